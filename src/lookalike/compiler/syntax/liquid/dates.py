"""Dates: the filter `date`, which reads what people write for a day or a time and formats it.

In: a text, or seconds since 1970, and a format of `%` codes. Out: a text. Templates have no clock:
the time of the question comes in as `now`. Rule: `Time.parse` and `strftime` of Ruby, whose codes
do not depend on the system.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone

from liquid.exceptions import FilterArgumentError

from lookalike.compiler.syntax.liquid.conversions import argument

MAX_FORMAT = 200
MAX_WIDTH = 100
MAX_WRITTEN = 60

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_REST = "uary ruary ch il  e y ust tember ober ember ember".split(" ")  # noqa: SIM905
_NAMES = "|".join(_MONTHS)
_ORDINAL = r"(?:st|nd|rd|th)?"
_TIME = re.compile(
    r"(?:(?<=\d)t|(?<![\d.:]))(?P<hour>\d{1,2})"
    r"(?:(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9})\d*)?)?)"
    r"(?:\s*(?P<half>[ap])\.?m\b)?|\s*(?P<halfday>[ap])\.?m\b)"
    r"(?:\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})(?![\w:]))?"
)
_DAYS = tuple(
    map(
        re.compile,
        (
            r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
            r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
            rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}[\s-]*(?P<name>{_NAMES})[a-z]*[\s.,-]*(?P<year>\d{{4}})?(?!\d)",
            rf"\b(?P<name>{_NAMES})[a-z]*[\s.-]*(?P<day>\d{{1,2}}){_ORDINAL}(?!\d)[\s,-]*(?P<year>\d{{4}})?(?!\d)",
            rf"\b(?P<name>{_NAMES})[a-z]*[\s.,-]*(?P<year>\d{{4}})?(?!\d)",
            r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
            r"(?<!\d)(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])",
        ),
    )
)
_CODE = re.compile(r"%([-0^#_]*)(\d{0,4})(:{0,2})(?:[EO](?=[a-zA-Z]))?([a-zA-Z%+])")


def date(value: object, form: object, *, now: str = "") -> object:
    """`value` by the codes of `form`; as it is, if it is no date or there is no form."""
    pattern = argument(form)
    moment = _moment(value, now) if pattern else None
    if moment is None:
        return value
    if len(pattern) > MAX_FORMAT:
        message = f"the format of `date` may have {MAX_FORMAT} characters at most"
        raise FilterArgumentError(message, token=None)
    return _CODE.sub(lambda found: _written(found, moment), pattern)


# Reading --------------------------------------------------------------------------------------


def _moment(value: object, now: str) -> datetime | None:
    written = str(value).lower() if isinstance(value, str | int) else ""
    try:
        if isinstance(value, bool) or not written or len(written) > MAX_WRITTEN:
            return None
        if isinstance(value, int) or (written.isascii() and written.isdigit()):
            return _numbered(written)
        current = datetime.fromisoformat(now) if now else None
        return current if written in ("now", "today") else _spelled(written, current)
    except (OverflowError, ValueError):
        return None


def _numbered(digits: str) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(digits))


def _spelled(written: str, current: datetime | None) -> datetime | None:
    """A day, a time of day or both; what is not said is of the current year or day."""
    clock = _TIME.search(written)
    if clock:
        written = written[: clock.start()] + " " + written[clock.end() :]
    found = next(filter(None, (each.search(written) for each in _DAYS)), None)
    if found is None and (clock is None or current is None):
        return None
    base = current or datetime(1970, 1, 1, tzinfo=UTC)
    day = _day(found.groupdict(), base) if found else base
    return _at(day, clock) if clock else day.replace(hour=0, minute=0, second=0, microsecond=0)


def _day(parts: Mapping[str, str | None], current: datetime) -> datetime:
    name = parts.get("name")
    month = _MONTHS.index(name) + 1 if name else int(parts.get("month") or 1)
    year = int(parts.get("year") or current.year)
    return current.replace(year=year, month=month, day=int(parts.get("day") or 1))


def _at(day: datetime, clock: re.Match[str]) -> datetime:
    hour, half = int(clock["hour"]), clock["half"] or clock["halfday"]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = clock["zone"]
    return day.replace(
        hour=hour,
        minute=int(clock["minute"] or 0),
        second=int(clock["second"] or 0),
        microsecond=int((clock["part"] or "").ljust(6, "0")[:6]),
        tzinfo=_zone(zone) if zone else day.tzinfo,
    )


def _zone(written: str) -> timezone:
    if written[0] not in "+-":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


# Writing --------------------------------------------------------------------------------------


def _written(found: re.Match[str], moment: datetime) -> str:
    flags, width, colons, letter = found.groups()
    if letter not in _CODES or colons:
        return _special(found, moment)
    shown, size, filler = _CODES[letter]
    result = shown(moment)
    if "-" in flags:
        size = 0
        result = result.lstrip("0 ") or "0" if filler else result
    elif width:
        size = min(int(width), MAX_WIDTH)
    if "_" in flags or "0" in flags:
        filler = " " if "_" in flags else "0"
    if filler:
        result = result.lstrip("0") or "0"
    if "^" in flags:
        result = result.upper()
    elif "#" in flags:
        result = result.lower() if letter == "p" else result.upper()
    return result.rjust(size, filler or " ")


def _special(found: re.Match[str], moment: datetime) -> str:
    _, width, colons, letter = found.groups()
    if letter == "z":
        return _offset(moment, len(colons))
    if letter in "NL" and not colons:
        digits = int(width) if width else 9 if letter == "N" else 3
        return f"{moment.microsecond:06d}".ljust(min(digits, MAX_WIDTH), "0")[:digits]
    return found[0]


def _offset(moment: datetime, colons: int) -> str:
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    parts = [f"{seconds // 3600:02d}", f"{seconds // 60 % 60:02d}", f"{seconds % 60:02d}"]
    return sign + (":" if colons else "").join(parts if colons == 2 else parts[:2])


def _epoch(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return str(int(aware.timestamp()))


def _named(form: str) -> Callable[[datetime], str]:
    return lambda moment: _CODE.sub(lambda found: _written(found, moment), form)


_DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTH_NAMES = [f"{name.title()}{rest}" for name, rest in zip(_MONTHS, _REST, strict=True)]

# What each code shows, its width, and what fills it up; nothing fills a text up but blanks.
_CODES: Mapping[str, tuple[Callable[[datetime], str], int, str]] = {
    "a": (lambda t: _DAY_NAMES[t.weekday()][:3], 0, ""),
    "A": (lambda t: _DAY_NAMES[t.weekday()], 0, ""),
    "b": (lambda t: _MONTH_NAMES[t.month - 1][:3], 0, ""),
    "h": (lambda t: _MONTH_NAMES[t.month - 1][:3], 0, ""),
    "B": (lambda t: _MONTH_NAMES[t.month - 1], 0, ""),
    "c": (_named("%a %b %e %H:%M:%S %Y"), 0, ""),
    "C": (lambda t: str(t.year // 100), 2, "0"),
    "d": (lambda t: str(t.day), 2, "0"),
    "D": (_named("%m/%d/%y"), 0, ""),
    "e": (lambda t: str(t.day), 2, " "),
    "F": (_named("%Y-%m-%d"), 0, ""),
    "g": (lambda t: str(t.isocalendar().year % 100), 2, "0"),
    "G": (lambda t: str(t.isocalendar().year), 4, "0"),
    "H": (lambda t: str(t.hour), 2, "0"),
    "I": (lambda t: str(t.hour % 12 or 12), 2, "0"),
    "j": (lambda t: str(t.timetuple().tm_yday), 3, "0"),
    "k": (lambda t: str(t.hour), 2, " "),
    "l": (lambda t: str(t.hour % 12 or 12), 2, " "),
    "m": (lambda t: str(t.month), 2, "0"),
    "M": (lambda t: str(t.minute), 2, "0"),
    "n": (lambda t: "\n", 0, ""),
    "p": (lambda t: "PM" if t.hour > 11 else "AM", 0, ""),
    "P": (lambda t: "pm" if t.hour > 11 else "am", 0, ""),
    "r": (_named("%I:%M:%S %p"), 0, ""),
    "R": (_named("%H:%M"), 0, ""),
    "s": (_epoch, 0, "0"),
    "S": (lambda t: str(t.second), 2, "0"),
    "t": (lambda t: "\t", 0, ""),
    "T": (_named("%H:%M:%S"), 0, ""),
    "u": (lambda t: str(t.isoweekday()), 1, "0"),
    "U": (lambda t: str((t.timetuple().tm_yday + 6 - t.isoweekday() % 7) // 7), 2, "0"),
    "v": (_named("%e-%^b-%Y"), 0, ""),
    "V": (lambda t: str(t.isocalendar().week), 2, "0"),
    "w": (lambda t: str(t.isoweekday() % 7), 1, "0"),
    "W": (lambda t: str((t.timetuple().tm_yday + 6 - t.weekday()) // 7), 2, "0"),
    "x": (_named("%m/%d/%y"), 0, ""),
    "X": (_named("%H:%M:%S"), 0, ""),
    "y": (lambda t: str(t.year % 100), 2, "0"),
    "Y": (lambda t: str(t.year), 4, "0"),
    "Z": (lambda t: "UTC" if t.tzinfo in (None, UTC) else "", 0, ""),
    "%": (lambda t: "%", 0, ""),
}
