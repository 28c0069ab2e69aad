"""Functions of Looker's expression language, on values that a database has returned.

In: plain arguments. Out: a value; None where there is none, as for a root of -1. Text that grows is
counted by a budget. Rule: Looker functions and operators.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException
from typing import Any, TypeAlias

from msgspec import Struct

from lookalike.compiler.syntax import Budget
from lookalike.results.values import text as text_of

Value: TypeAlias = bool | Decimal | str | date | datetime | None
"""A value of an expression. Datetimes are naive: times of the zone in which they are shown."""

KINDS: Mapping[str, str] = {
    "n": "a number",
    "t": "a text",
    "d": "a date",
    "b": "yes or no",
    "v": "a value",
}


class Function(Struct, frozen=True):
    """`takes` has a letter of `KINDS` for each argument; the last goes for those behind it."""

    takes: str
    compute: Callable[..., Value]


def kind_of(value: Value) -> str:
    """The letter of a value that is not null."""
    if isinstance(value, bool):
        return "b"
    if isinstance(value, Decimal):
        return "n"
    return "t" if isinstance(value, str) else "d"


def call(function: Function, arguments: tuple[Value, ...], budget: Budget) -> Value:
    """The outcome. Null arguments make it null; what has no outcome, such as 1 / 0, is null too."""
    if None in arguments:
        return None
    try:
        found = function.compute(*arguments)
    except (ArithmeticError, ValueError, DecimalException):
        return None
    if isinstance(found, str):
        budget.produce(len(found))
    return None if isinstance(found, Decimal) and not found.is_finite() else found


def shown(value: Value) -> str:
    """A value as text; null has none."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else text_of(value)


def joined(values: tuple[Value, ...], budget: Budget) -> str:
    """`concat`. Null adds nothing, as in SQL."""
    found = "".join(map(shown, values))
    budget.produce(len(found))
    return found


_MOST_PLACES = 100
_MOST_STEPS = Decimal(10) ** 11


def _whole(number: Decimal) -> int:
    """Raises ValueError for what no date could bear; a huge exponent is a huge integer."""
    if abs(number) > _MOST_STEPS:
        raise ValueError
    return int(number)


def _round(number: Decimal, places: Decimal) -> Decimal:
    n = _whole(places)
    if abs(n) > _MOST_PLACES:
        raise ValueError
    return number.quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP)


def _substring(text: str, start: Decimal, length: Decimal) -> str:
    first = _whole(start) - 1
    return text[max(first, 0) : max(first + _whole(length), 0)]


def _replace(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old else text


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)


def _date(year: Decimal, month: Decimal, day: Decimal) -> date:
    return date(_whole(year), _whole(month), _whole(day))


def _date_time(*parts: Decimal) -> datetime:
    year, month, day, hour, minute, second = map(_whole, parts)
    return datetime(year, month, day, hour, minute, second)


def _later(unit: str) -> Callable[[Decimal, date], date]:
    def add(n: Decimal, day: date) -> date:
        found = _moment(day) + timedelta(**{unit: _whole(n)})
        if isinstance(day, datetime) or unit != "days":
            return found
        return found.date()

    return add


def _months_later(factor: int) -> Callable[[Decimal, date], date]:
    """The same day of another month, or that month's last."""

    def add(n: Decimal, day: date) -> date:
        months = day.year * 12 + day.month - 1 + _whole(n) * factor
        year, month = divmod(months, 12)
        if not 1 <= year <= 9999:
            raise ValueError
        return day.replace(
            year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1])
        )

    return add


def _between(seconds: int) -> Callable[[date, date], Decimal]:
    """Whole units that have passed."""

    def count(start: date, end: date) -> Decimal:
        passed = (_moment(end) - _moment(start)) // timedelta(microseconds=1)
        n = abs(passed) // (seconds * 1_000_000)
        return Decimal(n if passed >= 0 else -n)

    return count


def _months_between(factor: int) -> Callable[[date, date], Decimal]:
    def count(start: date, end: date) -> Decimal:
        first, last = sorted((_moment(start), _moment(end)))
        n = (last.year - first.year) * 12 + last.month - first.month
        # The last month is whole from the day and time on which the first one began; in a shorter
        # month that is its last day.
        began = min(first.day, monthrange(last.year, last.month)[1]), first.time()
        if (last.day, last.time()) < began:
            n -= 1
        n //= factor
        return Decimal(n if start is first or _moment(start) == first else -n)

    return count


def _truncated(*names: str) -> Callable[[date], date]:
    parts: dict[str, Any] = {name: 1 if name in ("month", "day") else 0 for name in names}

    def cut(day: date) -> date:
        found = _moment(day).replace(**parts)
        return found if isinstance(day, datetime) and "hour" not in parts else found.date()

    return cut


def _part(name: str) -> Callable[[date], Decimal]:
    return lambda day: Decimal(getattr(_moment(day), name))


_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
_CLOCK = ("second", "microsecond")

FUNCTIONS: Mapping[str, Function] = {
    "+": Function("nn", lambda a, b: a + b),
    "-": Function("nn", lambda a, b: a - b),
    "*": Function("nn", lambda a, b: a * b),
    "/": Function("nn", lambda a, b: a / b),
    "abs": Function("n", abs),
    "ceiling": Function("n", lambda n: n.to_integral_value(ROUND_CEILING)),
    "exp": Function("n", lambda n: n.exp()),
    "floor": Function("n", lambda n: n.to_integral_value(ROUND_FLOOR)),
    "ln": Function("n", lambda n: n.ln()),
    "log": Function("n", lambda n: n.log10()),
    "mod": Function("nn", lambda a, b: a % b),
    "power": Function("nn", lambda a, b: a**b),
    "round": Function("nn", _round),
    "sqrt": Function("n", lambda n: n.sqrt()),
    "contains": Function("tt", lambda text, part: part in text),
    "length": Function("t", lambda text: Decimal(len(text))),
    "lower": Function("t", str.lower),
    "position": Function("tt", lambda text, part: Decimal(text.find(part) + 1)),
    "replace": Function("ttt", _replace),
    "substring": Function("tnn", _substring),
    "upper": Function("t", str.upper),
    "to_number": Function("t", lambda text: Decimal(text.strip())),
    "date": Function("nnn", _date),
    "date_time": Function("nnnnnn", _date_time),
    **{f"add_{unit}": Function("nd", _later(unit)) for unit in _SECONDS},
    "add_months": Function("nd", _months_later(1)),
    "add_years": Function("nd", _months_later(12)),
    **{f"diff_{unit}": Function("dd", _between(n)) for unit, n in _SECONDS.items()},
    "diff_months": Function("dd", _months_between(1)),
    "diff_years": Function("dd", _months_between(12)),
    **{
        f"extract_{part}s": Function("d", _part(part))
        for part in ("year", "month", "day", "hour", "minute", "second")
    },
    "trunc_minutes": Function("d", _truncated(*_CLOCK)),
    "trunc_hours": Function("d", _truncated(*_CLOCK, "minute")),
    "trunc_days": Function("d", _truncated(*_CLOCK, "minute", "hour")),
    "trunc_months": Function("d", _truncated(*_CLOCK, "minute", "hour", "day")),
    "trunc_years": Function("d", _truncated(*_CLOCK, "minute", "hour", "day", "month")),
}
"""Those whose outcome is null as soon as an argument is."""
