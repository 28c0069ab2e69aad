"""Date filters: `7 days`, `last month`, `2018-01-01 to 2018-02-01`, `before 2 weeks ago`, `NULL`.

Every form becomes a half-open range between two instants. Rule: Looker filter expressions, "Date".
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from lookalike.compiler.syntax.filter_expressions.tree import (
    Anchor,
    DateFilter,
    DateNull,
    DateRange,
    DateTerm,
    FilterError,
    Fiscal,
    Fixed,
    Floor,
    Instant,
    Now,
    Unit,
    Weekday,
)

# Longer spans lead out of the calendar.
MAX_YEARS = 1000

_TOKEN = re.compile(
    r"\s*(?:(?P<datetime>\d{4}([-/])\d{2}\2\d{2}(?:[ tT]+\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?)"
    r"|(?P<quarter>(?:fy)?\d{4}-q[1-4])"
    r"|(?P<fiscal>fy\d{4})"
    r"|(?P<month>\d{4}[-/]\d{2})"
    r"|(?P<offset>\d{4}-\d)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[a-z]+))(?![\w:/.-])\s*",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_PLACES = {"last": -1, "this": 0, "next": 1}
_PER_YEAR = {
    Unit.SECOND: 31_536_000,
    Unit.MINUTE: 525_600,
    Unit.HOUR: 8_760,
    Unit.DAY: 365,
    Unit.WEEK: 52,
    Unit.MONTH: 12,
    Unit.QUARTER: 4,
    Unit.FISCAL_QUARTER: 4,
    Unit.YEAR: 1,
    Unit.FISCAL_YEAR: 1,
}


class _Token(Struct, frozen=True):
    kind: str
    text: str


class _Period(Struct, frozen=True):
    """A start and a length. `is_span` for `3 days`, which has no start that one could name."""

    start: Instant
    length: tuple[int, Unit]
    is_span: bool = False


class _Unreadable(Exception):
    """Leaves this file only as a `FilterError`."""


def read_dates(text: str) -> DateFilter | FilterError:
    """Read a date filter."""
    try:
        return DateFilter(
            tuple(_Reader(_tokens(term)).term() for term in text.split(",") if term.strip())
        )
    except (_Unreadable, ValueError):
        shown = text if len(text) <= 60 else text[:60] + "…"
        return FilterError(
            f"`{shown}` is not a date filter; write for example `7 days`, `last month`, "
            "`2018-01-01`, `2018-01-01 to 2018-02-01`, `before 2 weeks ago` or `NULL`"
        )


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unreadable
        kind = match.lastgroup or ""
        tokens.append(_Token(kind, match[kind].lower()))
        at = match.end()
    return tokens


class _Reader:
    """Walks the tokens of one term once."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def term(self) -> DateTerm:
        term = self._null() or self._bound() or self._range()
        if self._at < len(self._tokens):
            raise _Unreadable
        return term

    def _null(self) -> DateNull | None:
        negated = self._take("not")
        if self._take("null"):
            return DateNull(negated)
        if negated:
            raise _Unreadable
        return None

    def _bound(self) -> DateRange | None:
        is_before = self._take("before")
        if not is_before and not self._take("after"):
            return None
        period = self._period()
        if period.is_span:
            raise _Unreadable
        return DateRange(end=period.start) if is_before else DateRange(start=period.start)

    def _range(self) -> DateRange:
        period = self._period()
        if self._take("for") and not period.is_span:
            return _range(period.start, self._length())
        if self._take("to") and not period.is_span:
            unit = self._unit_here()
            end = Instant(Floor(unit)) if unit else self._period().start
            return DateRange(period.start, end)
        return _range(period.start, period.length)

    def _period(self) -> _Period:
        token = self._next()
        if token.kind == "word":
            return self._worded(token.text)
        if token.kind == "number" and self._peek().kind == "word":
            unit = self._unit_here()
            if unit:
                return self._counted(_count(token.text, unit), unit)
        return _calendar(token)

    def _worded(self, word: str) -> _Period:
        if word in _DAYS:
            return _Period(_moved(Floor(Unit.DAY), _DAYS[word], Unit.DAY), (1, Unit.DAY))
        if word in _WEEKDAYS:
            return _Period(Instant(Weekday(_WEEKDAYS.index(word))), (1, Unit.DAY))
        if word == "now":
            return _Period(Instant(Now()), (1, Unit.SECOND))
        if word == "last" and self._peek().kind == "number":
            n, unit = self._length()
            return _span(n, unit)
        if word not in _PLACES:
            raise _Unreadable
        unit = self._unit()
        return _Period(_moved(Floor(unit), _PLACES[word], unit), (1, unit))

    def _counted(self, n: int, unit: Unit) -> _Period:
        if self._take("ago"):
            return _Period(_moved(Floor(unit), -n, unit), (1, unit))
        if self._take("from"):
            if not self._take("now"):
                raise _Unreadable
            return _Period(_moved(Floor(unit), n, unit), (1, unit))
        return _span(n, unit)

    def _length(self) -> tuple[int, Unit]:
        token = self._next()
        if token.kind != "number":
            raise _Unreadable
        unit = self._unit()
        return _count(token.text, unit), unit

    def _unit(self) -> Unit:
        unit = self._unit_here()
        if unit is None:
            raise _Unreadable
        return unit

    def _unit_here(self) -> Unit | None:
        start = self._at
        fiscal = "fiscal " if self._take("fiscal") else ""
        word = self._peek().text
        name = fiscal + (word[:-1] if word.endswith("s") else word)
        if self._peek().kind == "word" and name in _PER_YEAR:
            self._at += 1
            return Unit(name)
        self._at = start
        return None

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _Token("", "")

    def _next(self) -> _Token:
        token = self._peek()
        if not token.kind:
            raise _Unreadable
        self._at += 1
        return token

    def _take(self, word: str) -> bool:
        is_there = self._peek() == _Token("word", word)
        self._at += is_there
        return is_there


def _calendar(token: _Token) -> _Period:
    """A period that the calendar names."""
    text = token.text
    if token.kind == "datetime":
        return _moment(text)
    if token.kind == "month":
        return _Period(_fixed(int(text[:4]), int(text[5:])), (1, Unit.MONTH))
    if token.kind == "offset":
        return _Period(_fixed(int(text[:4]) - int(text[5:])), (1, Unit.YEAR))
    if token.kind == "fiscal":
        return _Period(Instant(Fiscal(_fiscal_year(text))), (1, Unit.FISCAL_YEAR))
    if token.kind == "quarter" and text.startswith("fy"):
        year, quarter = _fiscal_year(text[:6]), int(text[-1])
        return _Period(Instant(Fiscal(year, quarter)), (1, Unit.FISCAL_QUARTER))
    if token.kind == "quarter":
        return _Period(_fixed(int(text[:4]), 3 * int(text[-1]) - 2), (1, Unit.QUARTER))
    if token.kind == "number" and len(text) == 4:
        return _Period(_fixed(int(text)), (1, Unit.YEAR))
    raise _Unreadable


def _moment(text: str) -> _Period:
    moment = datetime.fromisoformat(" ".join(text.replace("/", "-").replace("t", " ").split()))
    colons = text.count(":")
    unit = (Unit.DAY, Unit.MINUTE, Unit.SECOND)[colons]
    return _Period(Instant(Fixed(moment)), (1, unit))


def _fixed(year: int, month: int = 1) -> Instant:
    return Instant(Fixed(datetime(year, month, 1)))


def _fiscal_year(text: str) -> int:
    year = int(text[2:])
    if not 2 <= year <= 9998:
        raise _Unreadable
    return year


def _count(digits: str, unit: Unit) -> int:
    if len(digits) > 12 or int(digits) > MAX_YEARS * _PER_YEAR[unit]:
        raise _Unreadable
    return int(digits)


def _span(n: int, unit: Unit) -> _Period:
    """The last `n` units, the current one among them."""
    return _Period(_moved(Floor(unit), 1 - n, unit), (n, unit), is_span=True)


def _moved(anchor: Anchor, n: int, unit: Unit) -> Instant:
    return Instant(anchor, ((n, unit),) if n else ())


def _range(start: Instant, length: tuple[int, Unit]) -> DateRange:
    """From `start`, `length` long; without an end where the calendar has none."""
    anchor = start.anchor
    year = anchor.at.year if isinstance(anchor, Fixed) else 0
    if isinstance(anchor, Fiscal):
        year = anchor.year
    if year + 1 + length[0] // _PER_YEAR[length[1]] >= 9998:
        return DateRange(start)
    return DateRange(start, Instant(anchor, (*start.shifts, length)))
