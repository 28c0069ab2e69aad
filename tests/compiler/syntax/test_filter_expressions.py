"""Filter expressions: what each text asks for, by the grammar of its kind of field."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax.filter_expressions import (
    Box,
    Circle,
    DateFilter,
    DateNull,
    DateRange,
    FilterError,
    FilterKind,
    Fiscal,
    Fixed,
    Floor,
    Instant,
    LocationFilter,
    Match,
    NoPoint,
    Now,
    NumberFilter,
    NumberNull,
    NumberTerm,
    Point,
    StringFilter,
    StringTerm,
    Unit,
    YesnoFilter,
    read,
)
from tests.patience import PATIENCE

# Strings --------------------------------------------------------------------------------------


def strings(text: str, kind: FilterKind = FilterKind.STRING) -> str:
    """`= a | ~ b% & -null`: what is included, then what is excluded."""
    result = read(text, kind)
    assert isinstance(result, StringFilter)
    signs = [_string(term) for term in result.includes]
    return " | ".join(signs) + "".join(f" & -{_string(term)}" for term in result.excludes)


def _string(term: StringTerm) -> str:
    mark = {Match.EQUALS: "=", Match.LIKE: "~", Match.BLANK: "blank", Match.NULL: "null"}
    return mark[term.match] + term.text


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", ""),
        ("   ", ""),
        (",", ""),
        ("FOO", "=FOO"),
        ("A,B", "=A | =B"),
        ("complete, in transit", "=complete | =in transit"),
        ("-FOO", " & -=FOO"),
        ("-A, -B", " & -=A & -=B"),
        ("%FOO%", "~%FOO%"),
        ("FOO%", "~FOO%"),
        ("%FOO", "~%FOO"),
        ("F%OD", "~F%OD"),
        ("_UF", "~_UF"),
        ("%", "~%"),
        ("-%FOO%", " & -~%FOO%"),
        ("%A%,%B%", "~%A% | ~%B%"),
        ("FOO%,-FOOD", "~FOO% & -=FOOD"),
        ("EMPTY", "blank"),
        ("-empty", " & -blank"),
        ("NULL,-null", "null & -null"),
        ("Null", "=Null"),
        ('"NULL"', "=NULL"),
        ("^NULL", "=NULL"),
        ("100^%^_^^", "=100%_^"),
        ("%100^%^_^^ FOO%", r"~%100\%\_^ FOO%"),
        (r"%a\b", r"~%a\\b"),
        (r"a\b", r"=a\b"),
        ("sub^_region", "=sub_region"),
        ('"100% Silk"', "=100% Silk"),
        ('"quoted, comma"', "=quoted, comma"),
        ('"a,b" , c', "=a,b | =c"),
        ('-"a,b"', " & -=a,b"),
        (r'"say \"x\", y"', '=say "x", y'),
        ('""', "="),
        ('"open, c', '="open | =c'),
        ('"a" b,c', '="a" b | =c'),
        (r"Santa Cruz \, CA", "=Santa Cruz , CA"),
        ("Santa Cruz ^, CA", "=Santa Cruz , CA"),
        ("t-shirt", "=t-shirt"),
        ("^-x", "=-x"),
        ("-", "=-"),
        (" hello ", "= hello "),
        ("^ hello^ ", "= hello "),
        ("a^ , b", "=a  | =b"),
        ("a^", "=a^"),
        ("it's; DROP TABLE x --", "=it's; DROP TABLE x --"),
    ],
)
def test_strings(text: str, meaning: str) -> None:
    assert strings(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Below 10,10 to 19", "=Below 10 | =10 to 19"),
        ("-Undefined", " & -=Undefined"),
        ("[0,10),[10,20)", "=[0,10) | =[10,20)"),
        ("T02 100%_x", "=T02 100%_x"),
        ('"[0,10)"', "=[0,10)"),
        ("NULL", "null"),
    ],
)
def test_tiers_have_labels_and_no_wildcards(text: str, meaning: str) -> None:
    assert strings(text, FilterKind.TIER) == meaning


@given(st.text())
def test_any_text_can_be_escaped_to_mean_itself(text: str) -> None:
    escaped = "".join("^" + character for character in text)
    expected = (StringTerm(Match.EQUALS, text),) if text else ()
    assert read(escaped, FilterKind.STRING) == StringFilter(expected)


# Numbers --------------------------------------------------------------------------------------


def numbers(text: str) -> str:
    result = read(text, FilterKind.NUMBER)
    assert isinstance(result, NumberFilter), result
    return " | ".join(map(_number, result.includes)) + "".join(
        f" & -{_number(term)}" for term in result.excludes
    )


def _number(term: NumberTerm) -> str:
    if isinstance(term, NumberNull):
        return "null"
    if term.is_value:
        return str(term.low)
    low = "" if term.low is None else f"{'[' if term.low_closed else '('}{term.low}"
    high = "" if term.high is None else f"{term.high}{']' if term.high_closed else ')'}"
    return f"{low}..{high}"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", ""),
        ("5", "5"),
        ("-.5, 1e3, 7.", "-0.5 | 1E+3 | 7"),
        ("NOT 5", " & -5"),
        ("<>5", " & -5"),
        ("!=5", " & -5"),
        ("=5", "5"),
        ("1, 3, 5, 7", "1 | 3 | 5 | 7"),
        ("1 OR 3", "1 | 3"),
        ("5.5 to 10", "[5.5..10]"),
        ("-5 to -1", "[-5..-1]"),
        ("1 to", "[1.."),
        ("to 10", "..10]"),
        (">=5.5 AND <=10", "[5.5..10]"),
        (">5 and >7", "(7.."),
        ("<3 OR >80.44", "..3) | (80.44.."),
        (">10 AND <=20 OR 90", "(10..20] | 90"),
        ("(1,7)", "(1..7)"),
        ("(1, 7]", "(1..7]"),
        ("[5,90]", "[5..90]"),
        ("(12,20]", "(12..20]"),
        ("[12,20)", "[12..20)"),
        ("(500, inf)", "(500.."),
        ("(500,)", "(500.."),
        ("(-inf,10]", "..10]"),
        ("(,10]", "..10]"),
        ("[0,9],[20,29]", "[0..9] | [20..29]"),
        ("[0,10],20", "[0..10] | 20"),
        ("NOT (3,12)", " & -(3..12)"),
        ("NOT 3 to 80.44", " & -[3..80.44]"),
        ("NOT >1 AND <100", " & -(1..100)"),
        ("NOT 5 AND NOT 6", " & -5 & -6"),
        ("NOT 66, 99, 4", " & -66 & -99 & -4"),
        ("5, NOT 6, NOT 7", "5 & -6 & -7"),
        (">1 AND <100, NOT 2", "(1..100) & -2"),
        ("23, not 42, 43", " & -23 & -42 & -43"),
        ("NOT 10,[1,5)", "[1..5) & -10"),
        ("NULL", "null"),
        ("not null", " & -null"),
        ("NULL, 5", "null | 5"),
        ("NOT NULL, NOT 5", " & -null & -5"),
    ],
)
def test_numbers(text: str, meaning: str) -> None:
    assert numbers(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "NOT >1, 2, <100",
        "5, NOT 5",
        ">5 AND <3",
        "NOT <5, NOT >=5",
        "(1,1)",
        "[1,2], NOT 0 to 9, NOT 3",
    ],
)
def test_an_impossible_number_is_null(text: str) -> None:
    assert read(text, FilterKind.NUMBER) == NumberFilter((NumberNull(),))


@pytest.mark.parametrize("text", ["NOT <5, NOT >5", "NOT (1,2), NOT (2,3)", "[1,2], NOT (1,2)"])
def test_what_a_single_number_passes_is_possible(text: str) -> None:
    assert read(text, FilterKind.NUMBER) != NumberFilter((NumberNull(),))


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "1 2",
        "not",
        "[1",
        "(1,2",
        "1 to to",
        "5-",
        "1;2",
        "<",
        "inf",
        "NULL AND 5",
        "1e9999999",
        "1e99999999999999999999999999",
        "--1",
    ],
)
def test_what_is_no_number_is_told_what_is(text: str) -> None:
    result = read(text, FilterKind.NUMBER)
    assert isinstance(result, FilterError)
    assert "write for example" in result.message


@settings(deadline=None)
@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=3), min_size=1))
def test_a_list_of_numbers_is_read_exactly(values: list[Decimal]) -> None:
    result = read(",".join(map(str, values)), FilterKind.NUMBER)
    assert isinstance(result, NumberFilter)
    assert [term.low for term in result.includes if not isinstance(term, NumberNull)] == values


# Dates ----------------------------------------------------------------------------------------

NOW = datetime(2018, 5, 18, 18, 30, 2)  # a Friday
FISCAL_OFFSET = 3  # the fiscal year begins in April

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.FISCAL_QUARTER: 3}
_MONTHS[Unit.FISCAL_YEAR] = 12
_SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600, Unit.DAY: 86_400}
_SECONDS[Unit.WEEK] = 604_800


def resolved(instant: Instant | None) -> str:
    """A small reading of instants, only for these tests."""
    if instant is None:
        return ""
    at = _anchored(instant)
    for n, unit in instant.shifts:
        at = _shifted(at, n, unit)
    return at.isoformat(" ").removesuffix(" 00:00:00")


def _anchored(instant: Instant) -> datetime:
    anchor = instant.anchor
    if isinstance(anchor, Fixed):
        return anchor.at
    if isinstance(anchor, Now):
        return NOW
    if isinstance(anchor, Floor):
        return _floor(anchor.unit)
    if isinstance(anchor, Fiscal):
        months = 3 * (anchor.quarter - 1) if anchor.quarter else 0
        return _shifted(datetime(anchor.year, 1 + FISCAL_OFFSET, 1), months, Unit.MONTH)
    return _floor(Unit.DAY) - timedelta((NOW.weekday() - anchor.day) % 7)


def _floor(unit: Unit) -> datetime:
    day = NOW.replace(hour=0, minute=0, second=0)
    if unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY):
        since = int((NOW - day).total_seconds())
        return day + timedelta(seconds=since - since % _SECONDS[unit])
    if unit is Unit.WEEK:
        return day - timedelta(day.weekday())
    offset = FISCAL_OFFSET if unit in (Unit.FISCAL_YEAR, Unit.FISCAL_QUARTER) else 0
    into = (day.month - 1 - offset) % _MONTHS[unit]
    return _shifted(day.replace(day=1), -into, Unit.MONTH)


def _shifted(at: datetime, n: int, unit: Unit) -> datetime:
    if unit in _SECONDS:
        return at + timedelta(seconds=n * _SECONDS[unit])
    months = at.year * 12 + at.month - 1 + n * _MONTHS[unit]
    return at.replace(year=months // 12, month=months % 12 + 1)


def dates(text: str) -> str:
    result = read(text, FilterKind.DATE)
    assert isinstance(result, DateFilter), result
    return ", ".join(
        ("not null" if term.negated else "null")
        if isinstance(term, DateNull)
        else f"{resolved(term.start)} .. {resolved(term.end)}".strip()
        for term in result.includes
    )


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        # n units, the current one included
        ("1 day", "2018-05-18 .. 2018-05-19"),
        ("3 days", "2018-05-16 .. 2018-05-19"),
        ("last 3 days", "2018-05-16 .. 2018-05-19"),
        ("7 days", "2018-05-12 .. 2018-05-19"),
        ("2 weeks", "2018-05-07 .. 2018-05-21"),
        ("2 months", "2018-04-01 .. 2018-06-01"),
        ("2 quarters", "2018-01-01 .. 2018-07-01"),
        ("2 years", "2017-01-01 .. 2019-01-01"),
        ("24 hours", "2018-05-17 19:00:00 .. 2018-05-18 19:00:00"),
        ("60 minutes", "2018-05-18 17:31:00 .. 2018-05-18 18:31:00"),
        ("1 second", "2018-05-18 18:30:02 .. 2018-05-18 18:30:03"),
        ("60 seconds", "2018-05-18 18:29:03 .. 2018-05-18 18:30:03"),
        ("2 fiscal quarters", "2018-01-01 .. 2018-07-01"),
        ("1 fiscal year", "2018-04-01 .. 2019-04-01"),
        # n units ago: one whole unit
        ("1 day ago", "2018-05-17 .. 2018-05-18"),
        ("1 week ago", "2018-05-07 .. 2018-05-14"),
        ("2 months ago", "2018-03-01 .. 2018-04-01"),
        ("2 quarters ago", "2017-10-01 .. 2018-01-01"),
        ("2 years ago", "2016-01-01 .. 2017-01-01"),
        # n units ago for m units: whole units
        ("7 days ago for 7 days", "2018-05-11 .. 2018-05-18"),
        ("60 minutes ago for 1 minute", "2018-05-18 17:30:00 .. 2018-05-18 17:31:00"),
        ("24 hours ago for 1 hour", "2018-05-17 18:00:00 .. 2018-05-17 19:00:00"),
        ("2 weeks ago for 2 weeks", "2018-04-30 .. 2018-05-14"),
        ("12 months ago for 3 months", "2017-05-01 .. 2017-08-01"),
        # last, this, next
        ("last week", "2018-05-07 .. 2018-05-14"),
        ("last month", "2018-04-01 .. 2018-05-01"),
        ("last quarter", "2018-01-01 .. 2018-04-01"),
        ("last year", "2017-01-01 .. 2018-01-01"),
        ("this week", "2018-05-14 .. 2018-05-21"),
        ("this day", "2018-05-18 .. 2018-05-19"),
        ("this fiscal year", "2018-04-01 .. 2019-04-01"),
        ("last fiscal quarter", "2018-01-01 .. 2018-04-01"),
        ("next week", "2018-05-21 .. 2018-05-28"),
        ("next quarter", "2018-07-01 .. 2018-10-01"),
        ("next year", "2019-01-01 .. 2020-01-01"),
        ("this year to second", "2018-01-01 .. 2018-05-18 18:30:02"),
        ("this week to day", "2018-05-14 .. 2018-05-18"),
        # from now
        ("2 months from now", "2018-07-01 .. 2018-08-01"),
        ("6 months from now for 3 months", "2018-11-01 .. 2019-02-01"),
        ("1 day from now", "2018-05-19 .. 2018-05-20"),
        # before and after
        ("before 2 months ago", ".. 2018-03-01"),
        ("before 2 years ago", ".. 2016-01-01"),
        ("after 24 months ago", "2016-05-01 .."),
        ("after 2 days from now", "2018-05-20 .."),
        ("before 2018-01-01", ".. 2018-01-01"),
        ("before 2018-01-01 12:30:00", ".. 2018-01-01 12:30:00"),
        ("after 2018/10/05", "2018-10-05 .."),
        ("before this week", ".. 2018-05-14"),
        ("after this week", "2018-05-14 .."),
        ("after next month", "2018-06-01 .."),
        ("before last quarter", ".. 2018-01-01"),
        ("before 2016", ".. 2016-01-01"),
        # absolute
        ("2018-05-10 to 2018-05-13", "2018-05-10 .. 2018-05-13"),
        (
            "2018-05-18 12:00:00 to 2018-05-18 14:00:00",
            "2018-05-18 12:00:00 .. 2018-05-18 14:00:00",
        ),
        ("2018/05/10 for 3 days", "2018-05-10 .. 2018-05-13"),
        ("2018/05/10 05:00 for 5 hours", "2018-05-10 05:00:00 .. 2018-05-10 10:00:00"),
        ("2018/05/10 for 5 months", "2018-05-10 .. 2018-10-10"),
        ("2018-07-01 for 1 quarter", "2018-07-01 .. 2018-10-01"),
        ("2018-05-18", "2018-05-18 .. 2018-05-19"),
        ("2018/05/18", "2018-05-18 .. 2018-05-19"),
        ("2018-05", "2018-05-01 .. 2018-06-01"),
        ("2018/05 for 2 months", "2018-05-01 .. 2018-07-01"),
        ("2018", "2018-01-01 .. 2019-01-01"),
        ("2018-Q4", "2018-10-01 .. 2019-01-01"),
        ("2016-1", "2015-01-01 .. 2016-01-01"),
        ("FY2018", "2018-04-01 .. 2019-04-01"),
        ("FY2018-Q1", "2018-04-01 .. 2018-07-01"),
        ("fy2018-q4", "2019-01-01 .. 2019-04-01"),
        ("9999-12-31", "9999-12-31 .."),
        ("2018-01-01 to 9999-12-31", "2018-01-01 .. 9999-12-31"),
        # words
        ("today", "2018-05-18 .. 2018-05-19"),
        ("yesterday", "2018-05-17 .. 2018-05-18"),
        ("tomorrow", "2018-05-19 .. 2018-05-20"),
        ("today for 7 days", "2018-05-18 .. 2018-05-25"),
        ("Friday", "2018-05-18 .. 2018-05-19"),
        ("saturday", "2018-05-12 .. 2018-05-13"),
        ("before Monday", ".. 2018-05-14"),
        ("after Monday", "2018-05-14 .."),
        ("NULL", "null"),
        ("not null", "not null"),
        ("", ""),
        ("  LAST   Month , 2016 ,", "2018-04-01 .. 2018-05-01, 2016-01-01 .. 2017-01-01"),
        ("today, NULL", "2018-05-18 .. 2018-05-19, null"),
    ],
)
def test_dates(text: str, range_: str) -> None:
    assert dates(text) == range_


NO_DATES = ["soon", "7", "7 dayz", "days", "last", "not 7 days", "after 3 days", "before", "0000"]
NO_DATES += ["3 days to today", "2018-02-30", "2018-5-1", "2018-01-01 25:00", "2018-Q5", "FY0001"]
NO_DATES += [
    "99999999999 days",
    "1001 years",
    "7 days ago for",
    "2018-01-01 2018-01-02",
    "' OR 1=1",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_told_what_is(text: str) -> None:
    result = read(text, FilterKind.DATE)
    assert isinstance(result, FilterError)
    assert "write for example `7 days`" in result.message


# Locations ------------------------------------------------------------------------------------


def point(latitude: str, longitude: str) -> Point:
    return Point(Decimal(latitude), Decimal(longitude))


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("", None),
        (" ", None),
        ("NULL", NoPoint()),
        ("not  null", NoPoint(negated=True)),
        ("-NULL", NoPoint(negated=True)),
        ("36.97, -122.03", point("36.97", "-122.03")),
        (" 36.97,-122.03 ", point("36.97", "-122.03")),
        (
            "40 miles from 36.97, -122.03",
            Circle(point("36.97", "-122.03"), Decimal(40), "miles"),
        ),
        ("1 Mile from 0,0", Circle(point("0", "0"), Decimal(1), "miles")),
        ("0.5 feet from 1,2", Circle(point("1", "2"), Decimal("0.5"), "feet")),
        ("5 kilometers from 1,2", Circle(point("1", "2"), Decimal(5), "kilometers")),
        (
            "inside box from 72.33, -173.14 to 14.39, -61.70",
            Box(point("72.33", "-173.14"), point("14.39", "-61.70")),
        ),
    ],
)
def test_locations(text: str, area: object) -> None:
    assert read(text, FilterKind.LOCATION) == LocationFilter(area)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "here",
        "36.97",
        "91, 0",
        "0, 181",
        "-1 miles from 0, 0",
        "4 yards from 0, 0",
        "inside box from 1, 2",
        "1, 2; DROP TABLE x",
        "1" * 100_000,
    ],
)
def test_what_is_no_location(text: str) -> None:
    found = read(text, FilterKind.LOCATION)
    assert isinstance(found, FilterError)
    assert len(found.message) < 400


# Yesno ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Yes", True),
        ("no", False),
        (" TRUE ", True),
        ("false", False),
        ("Yes,No", None),
        ("", None),
    ],
)
def test_yesno(text: str, value: bool | None) -> None:
    assert read(text, FilterKind.YESNO) == YesnoFilter(value)


def test_a_yesno_is_yes_or_no() -> None:
    assert read("maybe", FilterKind.YESNO) == FilterError(
        "`maybe` is not a yesno filter; write `Yes` or `No`"
    )


# Any text -------------------------------------------------------------------------------------

WORDS = ["7", "days", "ago", "for", "last", "to", "before", "2018-01-01", "NOT", "NULL", "AND", ","]
WORDS += [">", "<=", "[", ")", "%", "^", '"', "-", "\\", "FY2018", "inf", "1e9", ".", "fiscal year"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join) | st.text())
def test_no_text_raises(text: str) -> None:
    for kind in FilterKind:
        result = read(text, kind)
        if isinstance(result, DateFilter):
            for term in result.includes:
                if isinstance(term, DateRange):
                    resolved(term.start)
                    resolved(term.end)


LONG = ['"' * 100_000, "^" * 100_001, "-" * 100_000, " " * 100_000 + "x", "1," * 20_000]
LONG += ["9" * 100_000, '",' * 50_000, '"a"x,' * 30_000, "[" * 100_000, "not " * 30_000]
LONG += ["\\," * 50_000, ", " * 50_000]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:6])
def test_long_texts_take_linear_time(text: str) -> None:
    start = time.perf_counter()
    for kind in FilterKind:
        read(text, kind)
    assert time.perf_counter() - start < PATIENCE


def test_a_filter_has_a_greatest_length() -> None:
    assert isinstance(read("a" * 1_000_001, FilterKind.STRING), FilterError)
