"""The text of a filter and the kind of its field in, the filter out, or why it cannot be read.

Each grammar looks at each character a fixed number of times.
"""

from __future__ import annotations

from lookalike.compiler.syntax.filter_expressions.dates import read_dates
from lookalike.compiler.syntax.filter_expressions.locations import read_locations
from lookalike.compiler.syntax.filter_expressions.numbers import read_numbers
from lookalike.compiler.syntax.filter_expressions.strings import read_labels, read_strings
from lookalike.compiler.syntax.filter_expressions.tree import (
    FilterError,
    FilterKind,
    Read,
    YesnoFilter,
)

MAX_LENGTH = 1_000_000

_YESNO = {"yes": True, "true": True, "no": False, "false": False}


def read(text: str, kind: FilterKind) -> Read:
    """Read `text` by the grammar of `kind`. An empty text means any value."""
    if len(text) > MAX_LENGTH:
        return FilterError(f"a filter may have {MAX_LENGTH} characters at most; shorten it")
    if kind is FilterKind.STRING:
        return read_strings(text)
    if kind is FilterKind.NUMBER:
        return read_numbers(text)
    if kind is FilterKind.DATE:
        return read_dates(text)
    if kind is FilterKind.TIER:
        return read_labels(text)
    if kind is FilterKind.LOCATION:
        return read_locations(text)
    return _read_yesno(text)


def _read_yesno(text: str) -> YesnoFilter | FilterError:
    words = {word.strip().lower() for word in text.split(",")} - {""}
    if not words <= _YESNO.keys():
        shown = text if len(text) <= 60 else text[:60] + "…"
        return FilterError(f"`{shown}` is not a yesno filter; write `Yes` or `No`")
    values = {_YESNO[word] for word in words}
    return YesnoFilter(values.pop() if len(values) == 1 else None)
