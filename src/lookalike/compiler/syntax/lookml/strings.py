"""Quoted text, with its escapes and with the missing closing quote.

Only `\\"` is an escape. Every other backslash belongs to the text: value formats and regular
expressions need it.
"""

from __future__ import annotations

import re

from lookalike.compiler.syntax.diagnostics import Code
from lookalike.compiler.syntax.lookml.patterns import PARAMETER_LINE, QUOTED
from lookalike.compiler.syntax.lookml.reading import Reading

# What stands before a quote that was meant to open a text, and so must not close one.
_OPENS_ANOTHER = re.compile(r"\n[ \t]*+[A-Za-z_]\w*+[ \t]*+:[ \t\[]*+\Z")
_LINE = re.compile(r"[^\n\r]*+")
_LAST_LINE_AT_MOST = 200


def read(reading: Reading, at: int) -> tuple[str, int]:
    """The text quoted at `at`, and where to read on."""
    found = None if reading.last_quote_passed else QUOTED.match(reading.text, at)
    if found is None:
        # All quotes from here on are escaped ones, so none that follows can close either.
        reading.last_quote_passed = True
        return _read_unclosed(reading, at)
    written = found[1]
    if "\n" in written and _runs_into_parameters(reading.text, found.end() - 1, written):
        return _read_unclosed(reading, at)
    return unescaped(written), found.end()


def unescaped(written: str) -> str:
    """The text that `written` between quotes stands for."""
    return written.replace('\\"', '"') if "\\" in written else written


def _runs_into_parameters(text: str, quote: int, written: str) -> bool:
    if PARAMETER_LINE.search(written):
        return True
    after = text[quote + 1 : quote + 2]
    if not after or after.isspace() or after in "},];#":
        return False
    return _OPENS_ANOTHER.search(written[-_LAST_LINE_AT_MOST:]) is not None


def _read_unclosed(reading: Reading, at: int) -> tuple[str, int]:
    line = _LINE.match(reading.text, at)
    written = line[0].rstrip() if line else '"'
    # `{ label: "x }`: the brace closes the block, not the sentence.
    written = written.rstrip("} \t")
    reading.report(
        Code.UNCLOSED_STRING,
        'the text that begins with this quote is not closed; add `"` at its end',
        at,
        at + len(written),
    )
    return unescaped(written[1:]), at + len(written)
