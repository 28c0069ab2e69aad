"""Template text in, the library's template tokens out.

The library cuts templates with one regular expression that is quadratic on long blanks and on
unclosed tags; this one looks at each character once. Comments, `doc` and `raw` end here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token
from msgspec import Struct

MAX_EXPRESSION = 20_000
# The library scans to the end of an expression at each `(` and `[`: this bounds the product.
MAX_SCANNED = 4_000_000
MAX_MARKS = 10_000

_OPEN = re.compile(r"\{[{%]")
_NAME = re.compile(r"#|\w+")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*(-?)%\}")
_END_DOC = re.compile(r"\{%-?\s*enddoc\s*(-?)%\}")
_LINE = re.compile(r"[ \t]*(#|\w+)[ \t]*(.*)")


class _Mark(Struct, frozen=True):
    """`{{ body }}` (then `name` is empty) or `{% name body %}`, from `start` to `end`."""

    name: str
    body: str
    body_start: int
    start: int
    end: int
    trims_before: bool
    trims_after: bool


def tokens(source: str) -> Iterator[Token]:
    """Cut `source`. Raises `LiquidSyntaxError` at the first mark that is not closed."""
    at, trims, scanned, count = 0, False, 0, 0
    while at < len(source):
        mark = _next_mark(source, at)
        yield from _content(source, at, mark, trims)
        if mark is None:
            return
        count += 1
        if count > MAX_MARKS:
            message = f"a template may have {MAX_MARKS} tags and outputs at most; split it"
            raise _error(message, source, mark.start)
        at, trims = mark.end, mark.trims_after
        scanned += _scans(mark)
        if scanned > MAX_SCANNED or len(mark.body) > MAX_EXPRESSION:
            raise _error("this Liquid expression is too long", source, mark.start)
        if mark.name == "raw":
            end = _ending(_END_RAW, source, mark)
            yield Token(TOKEN_CONTENT, source[mark.end : end.start()], mark.end, source)
            at, trims = end.end(), bool(end[1])
        elif mark.name == "doc":
            end = _ending(_END_DOC, source, mark)
            at, trims = end.end(), bool(end[1])
        elif mark.name == "comment":
            at, trims = _comment_end(source, mark)
        elif mark.name == "#":
            _check_remark(source, mark)
        else:
            yield from _marked(source, mark)


def lines(source: str, token: Token) -> Iterator[Token]:
    """The tags in a tag `liquid`, one a line; `token` is what stands in it."""
    start, comments = token.start_index, 0
    for line in source.split("\n"):
        found = _LINE.match(line)
        if found is None and line.strip():
            raise _error("each line of a tag `liquid` is a tag", token.source, token.start_index)
        name = found[1] if found else ""
        comments += name == "comment"
        if found and not comments and name != "#":
            yield Token(TOKEN_TAG, name, start + found.start(1), token.source)
            if rest := found[2].rstrip():
                yield Token(TOKEN_EXPRESSION, rest, start + found.start(2), token.source)
        comments -= name == "endcomment" and comments > 0
        start += len(line) + 1
    if comments:
        raise _error("`comment` needs a matching `endcomment`", token.source, token.start_index)


def _scans(mark: _Mark) -> int:
    """How many characters the library looks at, at most."""
    bodies = mark.body.split("\n") if mark.name == "liquid" else [mark.body]
    return sum(len(body) * (body.count("(") + body.count("[")) for body in bodies)


def _next_mark(source: str, at: int) -> _Mark | None:
    opening = _OPEN.search(source, at)
    if opening is None:
        return None
    start = opening.start()
    is_output = source[start + 1] == "{"
    trims_before = source.startswith("-", start + 2)
    inner = start + 2 + trims_before
    stop = source.find("}}" if is_output else "%}", inner)
    if stop < 0:
        raise _error(f"`{opening.group()}` is never closed", source, start)
    trims_after = stop > inner and source[stop - 1] == "-"
    body = source[inner : stop - trims_after]
    name = ""
    body_start = inner + len(body) - len(body.lstrip())
    body = body.strip()
    if not is_output:
        word = _NAME.match(body)
        if word is None:
            raise _error("a tag needs a name after `{%`", source, start)
        name = word.group()
        rest = body[word.end() :]
        body_start += word.end() + len(rest) - len(rest.lstrip())
        body = rest.strip()
    return _Mark(name, body, body_start, start, stop + 2, trims_before, trims_after)


def _content(source: str, at: int, mark: _Mark | None, trims: bool) -> Iterator[Token]:
    text = source[at : mark.start if mark else len(source)]
    if trims:
        text = text.lstrip()
    if mark and mark.trims_before:
        text = text.rstrip()
    if text:
        yield Token(TOKEN_CONTENT, text, at, source)


def _marked(source: str, mark: _Mark) -> Iterator[Token]:
    kind = TOKEN_TAG if mark.name else TOKEN_OUTPUT
    yield Token(kind, mark.name or source[mark.start : mark.end], mark.start, source)
    if mark.body or not mark.name:
        yield Token(TOKEN_EXPRESSION, mark.body, mark.body_start, source)


def _ending(pattern: re.Pattern[str], source: str, opened: _Mark) -> re.Match[str]:
    name = opened.name
    if opened.body:
        raise _error(f"`{name}` takes nothing behind its name", source, opened.start)
    found = pattern.search(source, opened.end)
    if found is None:
        raise _error(f"`{name}` needs a matching `end{name}`", source, opened.start)
    return found


def _comment_end(source: str, opened: _Mark) -> tuple[int, bool]:
    """Where a comment ends, and whether the blanks behind it go. `raw` in it hides its end."""
    depth, at = 1, opened.end
    while mark := _next_mark(source, at):
        at = mark.end
        if mark.name == "raw":
            at = _ending(_END_RAW, source, mark).end()
        depth += (mark.name == "comment") - (mark.name == "endcomment")
        if not depth:
            return at, mark.trims_after
    raise _error("`comment` needs a matching `endcomment`", source, opened.start)


def _check_remark(source: str, mark: _Mark) -> None:
    if any(line.strip() and not line.strip().startswith("#") for line in mark.body.split("\n")[1:]):
        raise _error("each line of a remark begins with `#`", source, mark.start)


def _error(message: str, source: str, at: int) -> LiquidSyntaxError:
    return LiquidSyntaxError(message, token=Token(TOKEN_TAG, "", at, source))
