"""Covering: a sign in place of names that a caller may not know, in texts that developers wrote.

In: a text, and which names are withheld. Out: the text without them. A name is covered where it can
be nothing else: with its view, alone in backticks, or where Liquid and `${}` refer to a field. A
word of a sentence or of an address stays, lest a hole in it tell that something is called so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

COVER = "(?)"
"""What stands for a name, as in Looker's `sanitized_message`."""


class Covering(Struct, frozen=True):
    """`words` are the names that nothing has which the caller may know, `views` all views by name
    or alias; `withholds` tells of a field by its full name."""

    words: frozenset[str]
    views: frozenset[str]
    withholds: Callable[[str], bool]

    def text(self, written: str) -> str:
        """A sentence, an address or a template."""
        return _PART.sub(self._part, written)

    def hides(self, name: str) -> bool:
        """Is what can only be a name withheld, with or without its view?"""
        parts = name.split(".")
        return not self.words.isdisjoint(parts) or self.withholds(".".join(parts[:2]))

    def _part(self, match: re.Match[str]) -> str:
        part = match[0]
        if part.startswith("http"):
            return part
        if part[0] not in "`{$":
            return COVER if self._is_reference(part) else part
        if alone := _ALONE.fullmatch(part):
            start, end = alone.span(1)
            return f"{part[:start]}{COVER}{part[end:]}" if self.hides(alone[1]) else part
        return _IN_CODE.sub(lambda name: COVER if self.hides(name[0]) else name[0], part)

    def _is_reference(self, dotted: str) -> bool:
        view, name = dotted.split(".")[:2]
        return (
            view in self.words
            or (view in self.views and name in self.words)
            or self.withholds(f"{view}.{name}")
        )


# A tag that is not closed ends where the next begins: no text is looked at twice.
_PART = re.compile(
    r"https?://[^\s?`{]*+|\{\{(?:(?!\{\{|\}\}).)*+(?:\}\})?+|\{%(?:(?!\{%|%\}).)*+(?:%\})?+"
    r"|\$\{[^{}]*+\}?+|`[^`]*+`|[A-Za-z_]\w*+(?:\.\w++)++",
    re.DOTALL,
)
_OF_CELLS = "value|rendered_value|linked_value|filterable_value|link"
_ALONE = re.compile(
    rf"(?:`[^\w`]*|\$\{{\s*|\{{\{{-?\s*(?!(?:{_OF_CELLS})\b)|\{{%-?\s*(?:parameter|condition)\s+)"
    r"([A-Za-z_]\w*(?:\.\w+)*)[^\w]*"
)
_IN_CODE = re.compile(
    r"[A-Za-z_]\w*(?:\.\w+)+|(?<=\$\{)[A-Za-z_]\w*|(?<=parameter )\w+|(?<=condition )\w+"
    r"|(?<=: )\w+|(?<=\[['\"])\w+"
)
