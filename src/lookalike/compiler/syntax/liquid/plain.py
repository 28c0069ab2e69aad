"""Plain Liquid: the templates that nearly everybody writes, known to be right without being parsed.

In: a template. Out: whether all of it is plain. One that is not may be right or wrong; that takes a
parse, and `tests/compiler/syntax/test_plain_liquid.py` holds the two against each other. No budget
is spent: each character is looked at a fixed number of times, and the parse of the file that it
stands in has paid for it.

Rule: Liquid reference, "Tags", "Operators"; Looker, "Liquid variable reference", of `condition`,
`parameter`, `date_start` and `date_end`.
"""

from __future__ import annotations

import re

_MOST_CHARACTERS = 100_000
_MOST_MARKS = 5_000
_MOST_DEEP = 30

_GAP = r"[ \t\r\n]"
_WORD = (
    r"(?!(?:and|or|not|contains|in|if|else|unless|true|false|nil|null|empty|blank|as|with|for)\b)"
    r"[A-Za-z_][A-Za-z0-9_]{0,199}"
)
_TEXT = r"(?:'[^'\\{}]{0,1000}'|\"[^\"\\{}]{0,1000}\")"
_PATH = rf"{_WORD}(?:\.{_WORD}){{0,9}}(?:\[{_TEXT}\])?"
_VALUE = rf"(?:{_PATH}|{_TEXT}|\d{{1,15}}(?:\.\d{{1,15}})?)(?![\w.\[])"
_ARGUMENTS = rf"(?:{_GAP}*:{_GAP}*{_VALUE}(?:{_GAP}*,{_GAP}*{_VALUE}){{0,9}})?"
_FILTERED = rf"{_VALUE}(?:{_GAP}*\|{_GAP}*{_WORD}{_ARGUMENTS}){{0,30}}"
_COMPARED = rf"{_VALUE}(?:{_GAP}*(?:==|!=|<>|<=|>=|<|>|{_GAP}contains{_GAP}){_GAP}*{_VALUE})?"
_TEST = rf"{_COMPARED}(?:{_GAP}+(?:and|or){_GAP}+{_COMPARED}){{0,30}}"
_LISTED = rf"{_VALUE}(?:(?:{_GAP}*,{_GAP}*|{_GAP}+or{_GAP}+){_VALUE}){{0,99}}"
_FIELD = r"[A-Za-z_]\w{0,199}(?:\.\w{1,200})?"
_MARK = re.compile(
    rf"\{{\{{-?{_GAP}*{_FILTERED}{_GAP}*-?\}}\}}"
    rf"|\{{%-?{_GAP}*(?:"
    rf"(?P<opens>if|unless){_GAP}+{_TEST}"
    rf"|(?P<holds>condition){_GAP}+{_FIELD}"
    rf"|(?P<chooses>case){_GAP}+{_VALUE}"
    rf"|elsif{_GAP}+(?P<elsif>{_TEST})"
    rf"|when{_GAP}+(?P<when>{_LISTED})"
    r"|(?P<other>else)"
    r"|end(?P<ends>if|unless|condition|case)"
    rf"|assign{_GAP}+{_WORD}{_GAP}*={_GAP}*{_FILTERED}"
    rf"|(?:parameter|date_start|date_end){_GAP}+{_FIELD}"
    rf"|comment{_GAP}*-?%\}}[^{{]*\{{%-?{_GAP}*endcomment"
    rf"){_GAP}*-?%\}}"
    r"|(?P<strange>\{[{%])",
    re.ASCII,
)
_OPENING = ("opens", "holds", "chooses")
_CHOOSING = "case without a when"


def is_plain(text: str) -> bool:
    """Whether `text` is a template that can't be wrong."""
    if len(text) > _MOST_CHARACTERS:
        return False
    opened: list[str] = []
    end = 0
    for count, mark in enumerate(_MARK.finditer(text)):
        kind = mark.lastgroup
        if kind == "strange" or count == _MOST_MARKS:
            return False
        if (
            opened
            and opened[-1] == _CHOOSING
            and (kind != "when" or text[end : mark.start()].strip())
        ):
            return False
        end = mark.end()
        if kind is not None and not _is_in_place(kind, mark[kind], opened):
            return False
    return not opened


def _is_in_place(kind: str, word: str, opened: list[str]) -> bool:
    """May the tag stand in the blocks that are `opened`? They become those behind it."""
    if kind in _OPENING:
        opened.append(_CHOOSING if kind == "chooses" else word)
        return len(opened) <= _MOST_DEEP
    if not opened:
        return False
    last = opened[-1]
    if kind == "ends":
        opened.pop()
        return word == last.removesuffix(" else")
    if kind == "when":
        opened[-1] = "case"
        return last in (_CHOOSING, "case")
    if kind == "elsif":
        return last == "if"
    opened[-1] = f"{last} else"
    return last in ("if", "unless", "case")
