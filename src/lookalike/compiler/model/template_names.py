"""Template names: which fields and filters the Liquid of a text names.

In: a text of a developer. Out: each name with the word that makes it one: the tag (`condition`) or
the end of the variable (`_in_query`). Branches that may not be taken count, comments do not. Each
text is looked at a fixed number of times. Rule: LookML reference, "Liquid variable reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

_NAME = r"[A-Za-z_]\w*(?:\.\w+)?"
_NAMED = re.compile(
    rf"\{{%-?\s*(?P<tag>condition|parameter|date_start|date_end)\s+(?P<tagged>{_NAME})\s*-?%\}}"
    rf"|\b(?P<variable>{_NAME})\."
    r"(?P<state>_in_query|_is_selected|_is_filtered|_parameter_value"
    r"|_value|_rendered_value|_filterable_value|_linked_value|_link|_sql)\b"
    rf"|\b(?P<index>_filters|row)\[\s*['\"](?P<indexed>{_NAME})['\"]\s*\]"
)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_FILTER = re.compile(r"'[^']*'|\"[^\"]*\"|\|\s*([A-Za-z_]\w*)")
_UNREAD = re.compile(r"\{%-?\s*(end)?(comment|raw)\b")
_CLOSING = {"{%": "%}", "{{": "}}"}


class TemplateName(Struct, frozen=True, gc=False):
    """`word` is the tag, the last part of the variable, what is indexed, or the sign of a filter.
    `start` and `end` of the name index the text."""

    written: str
    word: str
    start: int
    end: int


def names_in(text: str) -> Iterator[TemplateName]:
    """The fields, and for `_in_query` perhaps views, that the Liquid of `text` names."""
    if not _NAMED.search(text):
        return
    for start, end in _read_tags(text):
        for found in _NAMED.finditer(text, start, end):
            name = next(each for each in ("tagged", "variable", "indexed") if found[each])
            word = found["tag"] or found["state"] or found["index"]
            yield TemplateName(found[name], word, *found.span(name))


def filters_in(text: str) -> Iterator[TemplateName]:
    """The filters that the Liquid of `text` applies."""
    if "|" not in text:
        return
    for start, end in _read_tags(text):
        for found in _FILTER.finditer(text, start, end):
            if found[1]:
                yield TemplateName(found[1], "|", *found.span(1))


def _read_tags(text: str) -> Iterator[tuple[int, int]]:
    """The same as `tags_in`, without those that are not read."""
    unread, has_unread = "", "comment" in text or "raw" in text
    for start, end in tags_in(text):
        if has_unread:
            block = _UNREAD.match(text, start, end)
            unread = _after(block, unread) if block else unread
            if unread or block:
                continue
        yield start, end


def tags_in(text: str) -> Iterable[tuple[int, int]]:
    """Where each `{% … %}` and `{{ … }}` begins and ends. What is not closed is none."""
    if all(text.rfind(opening) <= text.rfind(closing) for opening, closing in _CLOSING.items()):
        return [tag.span() for tag in _TAG.finditer(text)]  # each one has an end
    return _closed_tags(text)


def _closed_tags(text: str) -> Iterator[tuple[int, int]]:
    """The same, where one that is not closed must not be looked for to the end again and again."""
    at = 0
    openings = {opening: text.find(opening) for opening in _CLOSING}
    while True:
        for opening, start in openings.items():
            if 0 <= start < at:
                openings[opening] = text.find(opening, at)
        start, opening = min(
            ((start, opening) for opening, start in openings.items() if start >= 0),
            default=(-1, ""),
        )
        if start < 0:
            return
        end = text.find(_CLOSING[opening], start + 2)
        if end < 0:
            openings[opening] = -1  # none behind it is closed either
            continue
        yield start, end + 2
        at = end + 2


def _after(block: re.Match[str], unread: str) -> str:
    """Which kind of block goes unread behind a tag that begins or ends one."""
    if not unread:
        return "" if block[1] else block[2]
    return "" if block[1] and block[2] == unread else unread
