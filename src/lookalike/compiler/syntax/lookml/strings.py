"""Quoted text, with its escapes and with the missing closing quote.

Only `\\"` is an escape. Every other backslash belongs to the text: value formats and regular
expressions need it.
"""

from __future__ import annotations

import re

from lookalike.compiler.syntax.diagnostics import Code
from lookalike.compiler.syntax.lookml.patterns import FOREIGN_QUOTES, PARAMETER_LINE, QUOTED, WORD
from lookalike.compiler.syntax.lookml.reading import Reading, shown

# What stands before a quote that was meant to open a text, and so must not close one: the beginning
# of a parameter, perhaps with what it opens on the same line.
_OPENS_ANOTHER = re.compile(r"\n[ \t]*+[A-Za-z_]\w*+[ \t]*+:(?:[^\n]*[\[{,][^\n]*:)?+[ \t\[]*+\Z")
_LINE = re.compile(r"[^\n\r]*+")
_LAST_LINE_AT_MOST = 200
_LONGEST_FOREIGN = 1_000  # characters in quotes of another kind
_LET_PASS = "'`"  # around one word, which is taken as it stands
_OPENING = {"}": "{", "]": "["}


def read(reading: Reading, at: int, closing: str = "}") -> tuple[str, int]:
    """The text quoted at `at`, and where to read on. The signs `closing` at the end of a line are
    not of a text that lacks its quote."""
    found = None if reading.last_quote_passed else QUOTED.match(reading.text, at)
    if found is None:
        # All quotes from here on are escaped ones, so none that follows can close either.
        reading.last_quote_passed = True
        return _read_unclosed(reading, at, closing)
    written = found[1]
    if "\n" in written and runs_into_parameters(reading.text, found.end() - 1, written):
        return _read_unclosed(reading, at, closing)
    return unescaped(written), found.end()


def read_foreign(reading: Reading, before: str, at: int) -> tuple[str, int] | None:
    """The same of a text in quotes of another kind, which ends on its line; None if none begins at
    `at`. `before` is what stands before it."""
    text = reading.text
    closing = FOREIGN_QUOTES.get(text[at])
    end = text.find(closing, at + 1, at + _LONGEST_FOREIGN) if closing else -1
    if (
        end < 0
        or "\n" in text[at:end]
        or (text[at] in _LET_PASS and WORD.fullmatch(text, at, end + 1))
    ):
        return None
    inside = text[at + 1 : end]
    message = f'a text stands in straight double quotes; write `{before}"{shown(inside)}"`'
    reading.report(Code.SYNTAX, message, at, end + 1)
    return inside, end + 1


def unescaped(written: str) -> str:
    """The text that `written` between quotes stands for."""
    return written.replace('\\"', '"') if "\\" in written else written


def runs_into_parameters(text: str, quote: int, written: str) -> bool:
    """Whether a text over several lines, which ends with the `quote`, was meant to end before."""
    if PARAMETER_LINE.search(written):
        return True
    after = text[quote + 1 : quote + 2]
    if not after or after.isspace() or after in "},];#":
        return False
    return _OPENS_ANOTHER.search(written[-_LAST_LINE_AT_MOST:]) is not None


def _read_unclosed(reading: Reading, at: int, closing: str) -> tuple[str, int]:
    line = _LINE.match(reading.text, at)
    written = line[0].rstrip() if line else '"'
    # `{ label: "x }`: the brace closes the block, not the sentence; unless it opens one: `@{x}`.
    while written[-1] in closing and written.count(written[-1]) > written.count(
        _OPENING[written[-1]]
    ):
        written = written[:-1].rstrip()
    report_unclosed(reading, at, at + len(written))
    return unescaped(written[1:]), at + len(written)


def report_unclosed(reading: Reading, start: int, end: int) -> None:
    """Tell that the text between a quote and `end` is not closed."""
    message = 'the text that begins with this quote is not closed; add `"` at its end'
    reading.report(Code.UNCLOSED_STRING, message, start, end)
