"""A number of days and a section of a mask in, the date, time or duration as text out.

Day 1 is the first of January 1900, and day 60 its 29th of February that never was: spreadsheets
count so.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from msgspec import Struct

from lookalike.compiler.syntax.value_formats.masks import Mark, Section
from lookalike.compiler.syntax.value_formats.numbers import plain

_EXACT = Context(prec=1500, Emax=99_999, Emin=-99_999)
_LAST_DAY = 2_958_465  # 31 December 9999
_MOST_DECIMALS = 9
# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: on


class _Moment(Struct, frozen=True):
    """A number of days taken apart. `days` and `seconds` are whole; `fraction` holds the digits of
    the rest."""

    days: int
    seconds: int
    fraction: str
    half_days: bool

    @property
    def elapsed(self) -> int:
        return self.days * 86_400 + self.seconds


def write(section: Section, magnitude: Decimal) -> str:
    """The pieces of `section` filled in from `magnitude`, a number of days that is not negative."""
    if magnitude > _LAST_DAY:
        return plain(magnitude)
    moment = _moment(section, magnitude)
    written = [piece.text if piece.mark is Mark.TIME else "" for piece in section.pieces]
    shown = []
    for index, piece in enumerate(section.pieces):
        if piece.mark is not Mark.TIME:
            shown.append(piece.text)
        elif piece.text[0] == "m" and _is_minute(written, index):
            shown.append(_padded(moment.seconds // 60 % 60, piece.text))
        else:
            shown.append(_part(moment, piece.text))
    return "".join(shown)


def _moment(section: Section, magnitude: Decimal) -> _Moment:
    marks = [piece.text for piece in section.pieces if piece.mark is Mark.TIME]
    decimals = max((len(mark) - 1 for mark in marks if mark[0] == "."), default=0)
    decimals = min(decimals, _MOST_DECIMALS)
    seconds = _EXACT.multiply(magnitude, Decimal(86_400))
    # Without seconds in the mask a spreadsheet cuts minutes off, and so rounds nothing up.
    rounded = seconds.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = format(rounded, "f").partition(".")
    days, rest = divmod(int(whole), 86_400)
    half_days = any(mark in ("am/pm", "a/p") for mark in marks)
    return _Moment(days, rest, fraction, half_days)


def _is_minute(written: list[str], index: int) -> bool:
    """`m` is a minute behind an hour or before a second, and a month elsewhere."""
    if len(written[index]) > 2:
        return False
    before = next((mark for mark in reversed(written[:index]) if mark), "")
    after = next((mark for mark in written[index + 1 :] if mark), "")
    return before.strip("[")[:1] == "h" or after.strip("[")[:1] == "s"


def _part(moment: _Moment, mark: str) -> str:
    if mark[0] == "[":
        unit = {"h": 3600, "m": 60, "s": 1}[mark[1]]
        return _padded(moment.elapsed // unit, mark[1:-1])
    match mark[0]:
        case "h":
            hour = moment.seconds // 3600
            return _padded((hour - 1) % 12 + 1 if moment.half_days else hour, mark)
        case "s":
            return _padded(moment.seconds % 60, mark)
        case ".":
            return "." + moment.fraction.ljust(len(mark) - 1, "0") if len(mark) > 1 else "."
        case "a":
            half = "AM" if moment.seconds < 43_200 else "PM"
            return half if mark == "am/pm" else half[0]
    return _date_part(moment.days, mark)


def _date_part(days: int, mark: str) -> str:
    if days == 0 and mark in ("d", "dd"):
        return _padded(0, mark)
    day = date(1899, 12, 30) + timedelta(days=days + (days < 60))
    size = len(mark)
    match mark[0]:
        case "y":
            return f"{day.year:04}" if size > 2 else f"{day.year % 100:02}"
        case "m":
            name = _MONTHS[day.month - 1]
            return _padded(day.month, mark) if size < 3 else name[:3] if size == 3 else name
        case _:
            name = _WEEKDAYS[day.weekday()]
            return _padded(day.day, mark) if size < 3 else name[:3] if size == 3 else name


def _padded(number: int, mark: str) -> str:
    return f"{number:02}" if len(mark) > 1 else str(number)
