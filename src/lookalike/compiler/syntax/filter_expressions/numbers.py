"""Number filters: `5`, `NOT 5`, `1, 3`, `5.5 to 10`, `>=5 AND <10`, `(1,7]`, `<3 OR >80`, `NULL`.

Rule: Looker filter expressions, "Number".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.syntax.filter_expressions.tree import (
    FilterError,
    NumberFilter,
    NumberNull,
    NumberRange,
    NumberTerm,
)

MAX_DIGITS = 400

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<sign><=|>=|!=|<>|<|>|=|\[|\]|\(|\)|,)"
    r"|(?P<word>-?[A-Za-z]+))\s*"
)
_COMPARISONS = {"<", ">", "<=", ">=", "="}
_NEGATIONS = {"not", "!=", "<>"}


class _Unreadable(Exception):
    """Leaves this file only as a `FilterError`."""


class _Term(Struct, frozen=True):
    """One alternative: ranges that hold together, each of them with its NOT."""

    parts: tuple[tuple[bool, NumberTerm], ...]
    is_interval: bool = False

    @property
    def is_negated(self) -> bool:
        return self.parts[0][0]


def read_numbers(text: str) -> NumberFilter | FilterError:
    """Read a number filter."""
    try:
        terms = _Reader(_tokens(text)).terms()
        read = _distribute(terms)
    except _Unreadable:
        shown = text if len(text) <= 60 else text[:60] + "…"
        return FilterError(
            f"`{shown}` is not a number filter; write for example `5`, `NOT 5`, `1, 2`, "
            "`>=1 AND <10`, `1 to 9`, `[1,10)` or `NULL`"
        )
    return read if not terms or _is_possible(read) else NumberFilter((NumberNull(),))


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            if not text[at:].strip():
                break
            raise _Unreadable
        tokens.append((match["number"] or match["sign"] or match["word"]).lower())
        at = match.end()
    return tokens


class _Reader:
    """Walks the tokens once."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def terms(self) -> list[_Term]:
        terms: list[_Term] = []
        while self._peek():
            if self._take(",", "or"):
                continue
            terms.append(self._term())
            if self._peek() not in ("", ",", "or"):
                raise _Unreadable
        return terms

    def _term(self) -> _Term:
        is_negated = self._take(*_NEGATIONS)
        if self._peek() in ("[", "("):
            return _Term(((is_negated, self._interval()),), is_interval=True)
        parts = [(is_negated, self._part())]
        while self._take("and"):
            parts.append((self._take(*_NEGATIONS), self._part()))
        return _Term(_together(parts))

    def _part(self) -> NumberTerm:
        token = self._next()
        if token == "null":
            return NumberNull()
        if token in _COMPARISONS:
            return _compared(token, _number(self._next()))
        if token == "to":
            return NumberRange(high=_number(self._next()))
        low = _number(token)
        if not self._take("to"):
            return NumberRange(low, low)
        if self._peek() in ("", ",", "or", "and"):
            return NumberRange(low=low)
        return NumberRange(low, _number(self._next()))

    def _interval(self) -> NumberRange:
        low_closed = self._next() == "["
        low = self._end(",", "-inf")
        high = self._end("]", "inf", also=")")
        closing = self._tokens[self._at - 1]
        return NumberRange(low, high, low_closed, closing == "]")

    def _end(self, stop: str, infinity: str, also: str = "") -> Decimal | None:
        """One end of an interval and the sign behind it."""
        token = self._next()
        if token in (stop, also):
            return None
        number = None if token == infinity else _number(token)
        if self._next() not in (stop, also):
            raise _Unreadable
        return number

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise _Unreadable
        self._at += 1
        return token

    def _take(self, *tokens: str) -> bool:
        is_there = self._peek() in tokens
        self._at += is_there
        return is_there


def _number(token: str) -> Decimal:
    if not token.lstrip("-")[:1].isdigit() and not token.lstrip("-").startswith("."):
        raise _Unreadable
    try:
        number = Decimal(token)
    except InvalidOperation:  # an exponent that no number has
        raise _Unreadable from None
    if len(token) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        raise _Unreadable
    return number


def _compared(sign: str, number: Decimal) -> NumberRange:
    if sign == "=":
        return NumberRange(number, number)
    if sign[0] == "<":
        return NumberRange(high=number, high_closed=sign == "<=")
    return NumberRange(low=number, low_closed=sign == ">=")


def _together(parts: list[tuple[bool, NumberTerm]]) -> tuple[tuple[bool, NumberTerm], ...]:
    """Fold the parts that AND joins. A NOT before the first covers those without one."""
    if len(parts) == 1:
        return tuple(parts)
    first_negated = parts[0][0]
    own = [(True, part) for is_negated, part in parts[1:] if is_negated]
    folded = [parts[0][1], *(part for is_negated, part in parts[1:] if not is_negated)]
    ranges = [part for part in folded if isinstance(part, NumberRange)]
    if len(ranges) < len(folded) and len(folded) > 1:
        raise _Unreadable  # NULL and a number at once
    joint = folded[0] if len(folded) == 1 else _intersection(ranges)
    return ((first_negated, joint), *own)


def _distribute(terms: list[_Term]) -> NumberFilter:
    """Sort the terms into those that include and those that exclude.

    A single NOT that other terms follow stands for all of them, unless there are intervals.
    """
    negations = [index for index, term in enumerate(terms) if term.is_negated]
    covers_all = (
        len(negations) == 1
        and negations[0] < len(terms) - 1
        and not any(term.is_interval for term in terms)
    )
    includes: list[NumberTerm] = []
    excludes: list[NumberTerm] = []
    for term in terms:
        for is_negated, part in term.parts:
            (excludes if is_negated or covers_all else includes).append(part)
    return NumberFilter(tuple(includes), tuple(excludes))


# Is there a number that passes? ---------------------------------------------------------------

# A cut between numbers: before everything, before or behind a number, behind everything.
_Cut: TypeAlias = tuple[int, Decimal, int]
_ZERO = Decimal(0)
_FIRST: _Cut = (-1, _ZERO, 0)
_LAST: _Cut = (1, _ZERO, 0)


def _is_possible(read: NumberFilter) -> bool:
    """Could any value pass? Nulls pass when they are asked for."""
    includes = [term for term in read.includes if isinstance(term, NumberRange)]
    if len(includes) < len(read.includes):
        return True
    allowed = _merged(includes) if includes else [(_FIRST, _LAST)]
    forbidden = _merged([term for term in read.excludes if isinstance(term, NumberRange)])
    index = 0
    for start, end in allowed:
        while index < len(forbidden) and forbidden[index][1] <= start:
            index += 1
        if index == len(forbidden) or not (
            forbidden[index][0] <= start < end <= forbidden[index][1]
        ):
            return True
    return False


def _merged(ranges: Sequence[NumberRange]) -> list[tuple[_Cut, _Cut]]:
    """The ranges in order, those that touch joined, empty ones left out."""
    merged: list[tuple[_Cut, _Cut]] = []
    for start, end in sorted(map(_cuts, ranges)):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cuts(of: NumberRange) -> tuple[_Cut, _Cut]:
    start = _FIRST if of.low is None else (0, of.low, 0 if of.low_closed else 1)
    end = _LAST if of.high is None else (0, of.high, 1 if of.high_closed else 0)
    return start, end


def _intersection(ranges: Sequence[NumberRange]) -> NumberRange:
    """What lies in all of the ranges; of no extent (and then impossible) if nothing does."""
    low = max(ranges, key=lambda of: _cuts(of)[0])
    high = min(ranges, key=lambda of: _cuts(of)[1])
    return NumberRange(low.low, high.high, low.low_closed, high.high_closed)
