"""The raw text of `sql: … ;;`: where it ends, and where it should have ended when its `;;` is
missing.

The text ends at the first `;;`, wherever that stands; there is no escape for it. A block whose `;;`
was forgotten would so swallow the next parameters, which is seen by their shape, and reported where
the block begins.
"""

from __future__ import annotations

import re

from lookalike.compiler.syntax.diagnostics import Code
from lookalike.compiler.syntax.lookml.patterns import PARAMETER_LINE
from lookalike.compiler.syntax.lookml.reading import Reading
from lookalike.compiler.syntax.lookml.tree import Form, Value

# Once a `;;` is known to be missing, weaker signs tell where the text should have ended.
_LIKELY_END = re.compile(r"(\{)|(\})|^[ \t]*+[a-z_]\w*+[ \t]*+:(?!:)(?=[ \t\n\"\[{])", re.MULTILINE)

_SQL_FORM = Form.SQL


def read(reading: Reading, key: str, start: int, at: int) -> int:
    """Read the block of `key`, whose text begins at `at`; answers where to read on."""
    text = reading.text
    end = reading.end_of_sql
    if end < at:
        end = reading.end_of_sql = _find(text, ";;", at)
    line_end = reading.end_of_line
    if line_end < at:
        line_end = reading.end_of_line = _find(text, "\n", at)
    if end > len(text) or (end > line_end and _runs_into_parameters(reading, at, end)):
        return _read_unclosed(reading, key, start, at)
    reading.nodes.append(Value(key, text[at:end], _SQL_FORM, start, at, end))
    return end + 2


def _find(text: str, what: str, at: int) -> int:
    found = text.find(what, at)
    return found if found >= 0 else len(text) + 1


def _runs_into_parameters(reading: Reading, at: int, end: int) -> bool:
    if reading.next_parameter < at:
        found = PARAMETER_LINE.search(reading.text, at, end)
        if found is None:
            return False
        reading.next_parameter = found.start()
    return reading.next_parameter < end


def _read_unclosed(reading: Reading, key: str, start: int, at: int) -> int:
    text = reading.text
    limit = min(reading.end_of_sql, len(text))
    if at <= reading.next_parameter < limit:
        limit = reading.next_parameter
    end = _likely_end(text, at, limit)
    while end > at and text[end - 1].isspace():
        end -= 1
    shown = end
    if end > at and text[end - 1] == ";":
        end -= 1
    hint = "end it with two semicolons" if end < shown else "write `;;` at its end"
    reading.report(
        Code.UNCLOSED_SQL,
        f"the text of `{key}` that begins in line {reading.line(start)} is not closed; {hint}",
        start,
        max(shown, start + len(key)),
    )
    reading.nodes.append(Value(key, text[at:end], _SQL_FORM, start, at, end))
    return shown


def _likely_end(text: str, at: int, limit: int) -> int:
    depth = 0
    for mark in _LIKELY_END.finditer(text, at, limit):
        if mark.lastindex == 1:
            depth += 1
        elif mark.lastindex == 2 and depth:
            depth -= 1
        else:
            return mark.start()
    return limit
