"""Template names: which fields the Liquid of a text names.

In: a text of a developer. Out: each name with the word that makes it one: the tag (`condition`) or
the end of the variable (`_in_query`). Branches that may not be taken count, comments do not. Rule:
LookML reference, "Liquid variable reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_NAME = r"[A-Za-z]\w*(?:\.\w+)?"
_NAMED = re.compile(
    rf"\{{%-?\s*(?P<tag>condition|parameter|date_start|date_end)\s+(?P<tagged>{_NAME})\s*-?%\}}"
    rf"|\b(?P<variable>{_NAME})\.(?P<state>_in_query|_is_selected|_is_filtered|_parameter_value)\b"
    rf"|\b_filters\[\s*['\"](?P<filter>{_NAME})['\"]\s*\]"
)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_UNREAD = re.compile(r"\{%-?\s*(comment|raw)\s*-?%\}.*?\{%-?\s*end\1\s*-?%\}", re.DOTALL)


class TemplateName(Struct, frozen=True, gc=False):
    """`word` is the tag, or the last part of the variable. `start` and `end` index the text."""

    written: str
    word: str
    start: int
    end: int


def names_in(text: str) -> Iterator[TemplateName]:
    """The fields, and for `_in_query` perhaps views, that the Liquid of `text` names."""
    if "comment" in text or "raw" in text:
        text = _UNREAD.sub(lambda found: " " * len(found[0]), text)
    for tag in _TAG.finditer(text):
        for found in _NAMED.finditer(tag[0]):
            written = found["tagged"] or found["variable"] or found["filter"]
            word = found["tag"] or found["state"] or "_filters"
            at = tag.start()
            yield TemplateName(written, word, at + found.start(), at + found.end())
