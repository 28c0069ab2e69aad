"""Numbers written by the masks of value formats."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax import value_formats
from tests.patience import PATIENCE

Number = int | float | Decimal


def shown(mask: str, value: Number) -> str:
    return value_formats.render(value_formats.read(mask), value)


THOUSANDS = '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0'
CASES: list[tuple[str, Number, str]] = [
    # digits
    ("0", 3, "3"),
    ("0", 0, "0"),
    ("#", 0, ""),
    ("000", 7, "007"),
    ("0", 12345, "12345"),
    ("0.00", 1.5, "1.50"),
    ("0.##", 1.5, "1.5"),
    ("0.##", 1, "1."),
    ("#.##", 0.25, ".25"),
    (".00", 12.5, "12.50"),
    ("?0.0??", 1.25, " 1.25 "),
    # rounding
    ("0", 0.5, "1"),
    ("0", 2.5, "3"),
    ("0", -2.5, "-3"),
    ("0.00", 1.005, "1.01"),
    ("0.0", Decimal("0.25"), "0.3"),
    ("#,##0.0", 999999.95, "1,000,000.0"),
    # thousands
    ("#,##0", 0, "0"),
    ("#,##0", 999, "999"),
    ("#,##0", 1000, "1,000"),
    ("#,##0", 123456, "123,456"),
    ("#,##0", 1234567, "1,234,567"),
    ("#,##0.00", -1234567.891, "-1,234,567.89"),
    ("#,#", 1234567890, "1,234,567,890"),
    ("0,000", 5, "0,005"),
    ("00,000,000", 1234, "00,001,234"),
    ("#,##0", 10**21, "1,000,000,000,000,000,000,000"),
    # scaling
    ("0.0,", 12345, "12.3"),
    ('0.0,,"M"', 1234567, "1.2M"),
    ("#,##0,,", 5_000_000_000, "5,000"),
    ('#,##0," k"', 1234567, "1,235 k"),
    # percent
    ("0%", 0.256, "26%"),
    ("0.00%", 0.12345, "12.35%"),
    ("0.00\\%", 12, "12.00%"),
    ('0.0"%"', 12, "12.0%"),
    # literals
    ("$#,##0.00", 5, "$5.00"),
    ("$#,##0.00", -5, "-$5.00"),
    ('"£"#,##0', 1234, "£1,234"),
    ("[$€-407]#,##0.00", 2000, "€2,000.00"),
    ("0 \\m\\i\\n\\s", 3, "3 mins"),
    ("0.0 days", 3, "3.0 days"),
    ('"a;b" 0', 1, "a;b 1"),
    ("\\;0", 1, ";1"),
    ('"a" 0 "b"', -1, "-a 1 b"),
    ("000-0000", 5551234, "555-1234"),
    ("(000) 000-0000", 2015551234, "(201) 555-1234"),
    ("_(0_)", 1, " 1 "),
    ("*-0", 1, "1"),
    ('0"', 1, "1"),
    ("", 1, ""),
    ('"n/a"', 1, "n/a"),
    # sections
    ('0.0;(0.0);"-"', 1, "1.0"),
    ('0.0;(0.0);"-"', -1, "(1.0)"),
    ('0.0;(0.0);"-"', 0, "-"),
    ("0;(0)", 0, "0"),
    ("0;(0)", -3, "(3)"),
    ("$#,##0;-$#,##0", -3, "-$3"),
    ("0;;", -1, ""),
    ("0;;", 0, ""),
    ("0;-0;0;@", -1, "-1"),
    ("[Red]0;[Blue]-0", 1, "1"),
    ("0;@", -1, "-1"),
    # conditions
    (THOUSANDS, 1234567, "1.2M"),
    (THOUSANDS, 1000, "1.0K"),
    (THOUSANDS, 999, "999"),
    (THOUSANDS, -2000000, "-2000000"),
    ('[<=-1000]-0.0,"K";0', -1500, "-1.5K"),
    ("[<0](0);0", -5, "(5)"),
    ('[=1]"one";[<>1]"other"', 1, "one"),
    ('[=1]"one";[<>1]"other"', 2, "other"),
    ("[>10]0.0", 1.25, "1.25"),
    # exponents
    ("0.00E+00", 123456, "1.23E+05"),
    ("0.00E-00", 123456, "1.23E05"),
    ("0.00E+00", 0.00012, "1.20E-04"),
    ("0.0E+0", 9.96, "1.0E+1"),
    ("##0.0E+0", 123456, "123.5E+3"),
    ("0.00E+00", 0, "0.00E+00"),
    # the number as it is
    ("General", 1.50, "1.5"),
    ('General" x"', 100, "100 x"),
    ("@", Decimal("2.50"), "2.5"),
    # times: a number is so many days
    ("[h]:mm:ss", 1.5, "36:00:00"),
    ("hh:mm:ss", 0.51, "12:14:24"),
    ("h:mm AM/PM", 0.75, "6:00 PM"),
    ("h:mm AM/PM", 0, "12:00 AM"),
    ("[mm]:ss", 1 / 24, "60:00"),
    ("[ss]", 2 / 86400, "02"),
    ("mm:ss.00", 10.666 / 86400, "00:10.67"),
    ("hh:mm:ss", 3599.9999 / 86400, "01:00:00"),
    ("d \\d\\a\\y\\s", 2.4, "2 days"),
    ('d"d" h"h"', 0.5, "0d 12h"),
    ("[h]:mm", -0.5, "-12:00"),
    ("yyyy-mm-dd", 45000, "2023-03-15"),
    ("d mmm yy", 45000, "15 Mar 23"),
    ("dddd, mmmm d", 45000, "Wednesday, March 15"),
    # numbers beyond reading
    ("0", float("nan"), "nan"),
    ("0", float("-inf"), "-inf"),
    ("0", 10**500, "1.000000E+500"),
    ("0.00", Decimal("1e-500"), "0.00"),
    ("yyyy", 1e9, "1000000000"),
]


@pytest.mark.parametrize(
    ("mask", "value", "text"), CASES, ids=[f"{m} of {v}"[:60] for m, v, _ in CASES]
)
def test_shown(mask: str, value: Number, text: str) -> None:
    assert shown(mask, value) == text


NAMED = {
    "decimal_0": "1,235",
    "decimal_1": "1,234.5",
    "decimal_2": "1,234.50",
    "decimal_3": "1,234.500",
    "decimal_4": "1,234.5000",
    "percent_0": "123450%",
    "percent_1": "123450.0%",
    "percent_2": "123450.00%",
    "percent_3": "123450.000%",
    "percent_4": "123450.0000%",
    "usd_0": "$1,235",
    "usd": "$1,234.50",
    "gbp_0": "£1,235",
    "gbp": "£1,234.50",
    "eur_0": "€1,235",
    "eur": "€1,234.50",
    "id": "1235",
}


def test_named() -> None:
    written = {name: shown(mask, 1234.5) for name, mask in value_formats.NAMED.items()}
    assert written == NAMED


MASKS = st.text(alphabet='0#?.,%;"\\_*[]<>=$E+-@dmyhs/: ()aG1M', max_size=30)
NUMBERS = st.integers() | st.floats() | st.decimals(allow_nan=True) | st.just(10**6000)


@settings(max_examples=800, deadline=None)
@given(MASKS, NUMBERS)
def test_every_mask_shows_every_number(mask: str, value: Number) -> None:
    assert isinstance(shown(mask, value), str)


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_agrees_with_python(units: int, decimals: int) -> None:
    value = Decimal(units).scaleb(-decimals)
    mask = "#,##0" + ("." + "0" * decimals if decimals else "")
    assert shown(mask, value) == f"{value:,.{decimals}f}"


@pytest.mark.parametrize(
    "piece", ["0", "#", ",", "%", "0,", ";", '"', "[", "[h", "\\", "E+", "h", "_", "0.", "."]
)
def test_linear(piece: str) -> None:
    start = time.process_time()
    for value in (0, -1234.5678, 1e300):
        shown(piece * (50_000 // len(piece)), value)
        shown("0." + piece * (50_000 // len(piece)), value)
    assert time.process_time() - start < PATIENCE
