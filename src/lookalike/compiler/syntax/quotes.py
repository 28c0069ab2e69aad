"""Quotes: where SQL text leaves off: in code, in a comment, or inside quotes.

In: text of a developer and where the text before it left off. Out: where it leaves off itself.
Invariant: where the databases read a text in different ways, it is `UNCLEAR`; nothing that a user
chose may stand there. Rules of PostgreSQL and DuckDB: comments nest, `E'…'` knows backslashes,
`$tag$…$tag$` and, on one of them, `` `…` `` quote.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.syntax import fragments


class Inside(StrEnum):
    """What the next character would stand in."""

    CODE = "code"
    LINE_COMMENT = "a comment"
    COMMENT = "a block comment"
    STRING = "a quoted text"
    ESCAPED = "a quoted text with backslashes"
    NAME = "a quoted name"
    BACKTICKS = "a name in backticks"
    DOLLARS = "a text in dollar quotes"
    UNCLEAR = "something that databases read in different ways"


class Spot(Struct, frozen=True):
    """Where text leaves off.

    `depth` counts open comments; `tag` is the open dollar quote. `after_escaped`: behind an `E'…'`
    and nothing but blanks and comments, so that a quoted text would go on with its backslashes.
    `touches`: the last token would run together with what is inserted here.
    """

    inside: Inside = Inside.CODE
    depth: int = 0
    tag: str = ""
    after_escaped: bool = False
    touches: bool = False

    @property
    def is_open(self) -> bool:
        """Is it in code, apart from everything, so that a value can be inserted?"""
        return self.inside is Inside.CODE and not (self.touches or self.after_escaped)

    @property
    def in_comment(self) -> bool:
        return self.inside in (Inside.LINE_COMMENT, Inside.COMMENT)

    @property
    def is_closed(self) -> bool:
        """May the text end here? A line comment ends with its line, which the writer of SQL
        adds."""
        return self.inside in (Inside.CODE, Inside.LINE_COMMENT)


CODE = Spot()
_UNCLEAR = Spot(Inside.UNCLEAR)

# What is no letter or digit of ASCII belongs to a word on one database and is a blank on the other.
_CODE = re.compile(
    r"""(?P<line>--) | (?P<block>/\*)
      | (?P<escaped>[eE]') | (?P<string>') | (?P<name>") | (?P<tick>`)
      | (?P<unclear>[^\x00-\x7f\w]\w*+(?:\$|(?<=[eE])') | \$[A-Za-z0-9_]*+[^\x00-\x7f])
      | (?P<dollars>\$(?:[A-Za-z_][A-Za-z0-9_]*)?\$)
      | (?P<word>[^\W\d][\w$]*) | \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \$\d+ | [^\x00-\x20]""",
    re.VERBOSE,
)
_LINE_END = re.compile(r"[\n\r]")
_COMMENT_MARK = re.compile(r"/\*|\*/")
_REST = {
    Inside.STRING: re.compile(r"[^']*+(?:''[^']*+)*+'"),
    Inside.ESCAPED: re.compile(r"(?:[^'\\]|\\.|'')*+'", re.DOTALL),
    Inside.NAME: re.compile(r'[^"]*+(?:""[^"]*+)*+"'),
    Inside.BACKTICKS: re.compile(r"[^`]*+`"),
}
_QUOTES = {
    "string": Inside.STRING,
    "escaped": Inside.ESCAPED,
    "name": Inside.NAME,
    "tick": Inside.BACKTICKS,
}
_EVENTFUL = re.compile(r"['\"$`&]|--|/\*|[eEbBxXnN]\Z")
_OPENING = re.compile(r"['\"`]|/\*|\$(?!\{)")
_NO_NAME = re.compile(r"['\"$]|--|/\*")  # in backticks: one database reads a name, the other this
_LONGEST_KEPT = 20_000
_PREFIXES = frozenset({"e", "b", "x", "n"})  # of quoted texts
_RUNS_ON = re.compile(r"'|\w*\$|\w*[eE]'")
_BLANK_THEN_QUOTE = re.compile(r"(?:\s|--[^\n\r]*+(?=[\n\r]))*+'")


def left_open(text: str) -> str:
    """What SQL without Liquid leaves open at its end, in words; empty for nothing. Whatever its
    references stand for, it changes nothing of that.
    """
    if not _OPENING.search(text):
        return ""
    spot = CODE
    for part in fragments.split(text):
        if isinstance(part, str):
            spot = leaves_off(part, spot)
        elif spot.inside is Inside.CODE:
            spot = CODE
    return "" if spot.is_closed else spot.inside.value


def leaves_off(text: str, spot: Spot) -> Spot:
    """Where `text` leaves off that begins at `spot`."""
    if spot is not CODE or len(text) > _LONGEST_KEPT:
        return _read(text, spot)
    return _from_code(text) if _EVENTFUL.search(text) else CODE


def runs_on(text: str) -> bool:
    """Would `text` run together with a value in front of it?"""
    return _RUNS_ON.match(text) is not None


@lru_cache(maxsize=4096)
def _from_code(text: str) -> Spot:
    return _read(text, CODE)


def _read(text: str, spot: Spot) -> Spot:
    at = 0
    if spot.inside is not Inside.CODE:
        at, spot = _rest(text, 0, spot)
    while spot.inside is Inside.CODE:
        token = _CODE.search(text, at)
        if token is None:
            return replace(spot, touches=False) if at < len(text) else spot
        at, spot = _after(token, text, spot)
    return spot


def _after(token: re.Match[str], text: str, spot: Spot) -> tuple[int, Spot]:
    """The end of what begins with `token`, which stands in code."""
    kind, end = token.lastgroup or "", token.end()
    if kind == "unclear":
        return end, _UNCLEAR
    if kind in ("line", "block"):
        inside = Inside.LINE_COMMENT if kind == "line" else Inside.COMMENT
        return _rest(text, end, Spot(inside, 1, after_escaped=spot.after_escaped))
    if kind in _QUOTES:
        return _rest(text, end, Spot(_QUOTES[kind]))
    if kind == "dollars":
        return _rest(text, end, Spot(Inside.DOLLARS, tag=token[0]))
    return end, Spot(touches=_is_prefix(token, text))


def _is_prefix(token: re.Match[str], text: str) -> bool:
    if token[0][-1] == "$" or token[0].lower() in _PREFIXES:
        return True
    return token[0] == "&" and text[token.start() - 1 : token.start()] in ("u", "U")


def _rest(text: str, at: int, spot: Spot) -> tuple[int, Spot]:
    """The end of the comment or quotes that are open at `at`, and the spot behind it."""
    inside = spot.inside
    if inside is Inside.UNCLEAR:
        return len(text), spot
    if inside is Inside.COMMENT:
        return _rest_of_comment(text, at, spot)
    if inside is Inside.LINE_COMMENT:
        line_end = _LINE_END.search(text, at)
        if line_end is None:
            return len(text), spot
        return line_end.end(), Spot(after_escaped=spot.after_escaped)
    if inside is Inside.DOLLARS:
        close = text.find(spot.tag, at)
        return (len(text), spot) if close < 0 else (close + len(spot.tag), Spot(touches=True))
    quoted = _REST[inside].match(text, at)
    end = quoted.end() if quoted else len(text)
    if inside is Inside.BACKTICKS and _NO_NAME.search(text, at, end):
        return end, _UNCLEAR
    if quoted is None:
        return end, spot
    if inside is not Inside.ESCAPED:
        return end, Spot(touches=inside is Inside.STRING)
    if _BLANK_THEN_QUOTE.match(text, end):
        return end, _UNCLEAR
    return end, Spot(after_escaped=True)


def _rest_of_comment(text: str, at: int, spot: Spot) -> tuple[int, Spot]:
    depth = spot.depth
    for mark in _COMMENT_MARK.finditer(text, at):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end(), Spot(after_escaped=spot.after_escaped)
    return len(text), replace(spot, depth=depth)
