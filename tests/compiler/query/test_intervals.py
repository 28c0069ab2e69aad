"""Date filters end in literals of the database's zone: units, clock changes, datatypes, week and
fiscal settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from lookalike.compiler.query import Planned, plans

Ask = Callable[..., Planned]


def bounds(planned: Planned) -> tuple[object, object]:
    """The lower and the upper bound of the only condition."""
    assert planned.plan is not None, planned.diagnostics
    (condition,) = planned.plan.main.where
    parts = condition.of if isinstance(condition, plans.All) else (condition,)
    found: dict[str, object] = {}
    for part in parts:
        assert isinstance(part, plans.Compare)
        assert isinstance(part.right, plans.Literal)
        found[part.operator] = part.right.value
    return found.get(">="), found.get("<")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("3 days", "2018-05-16", "2018-05-19"),
        ("2 weeks", "2018-05-07", "2018-05-21"),
        ("2 months", "2018-04-01", "2018-06-01"),
        ("2 quarters", "2018-01-01", "2018-07-01"),
        ("2 years", "2017-01-01", "2019-01-01"),
        ("24 hours", "2018-05-17 19:00", "2018-05-18 19:00"),
        ("60 minutes", "2018-05-18 17:31", "2018-05-18 18:31"),
        ("2 months ago", "2018-03-01", "2018-04-01"),
        ("2 quarters ago", "2017-10-01", "2018-01-01"),
        ("7 days ago for 7 days", "2018-05-11", "2018-05-18"),
        ("last week", "2018-05-07", "2018-05-14"),
        ("next quarter", "2018-07-01", "2018-10-01"),
        ("this year to second", "2018-01-01", "2018-05-18 18:30:02"),
        ("2018-05-10 for 5 months", "2018-05-10", "2018-10-10"),
        ("2018-Q4", "2018-10-01", "2019-01-01"),
        ("monday", "2018-05-14", "2018-05-15"),
        ("2018-01-31 for 1 month", "2018-01-31", "2018-02-28"),
    ],
)
def test_ranges(ask: Ask, text: str, start: str, end: str) -> None:
    planned = ask("orders.count", filters={"orders.created_date": text})
    assert bounds(planned) == (at(start), at(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("before 2016-01-01", None, "2016-01-01"), ("after 24 months ago", "2016-05-01", None)],
)
def test_open_ranges(ask: Ask, text: str, start: str | None, end: str | None) -> None:
    planned = ask("orders.count", filters={"orders.created_date": text})
    assert bounds(planned) == (start and at(start), end and at(end))


def test_a_day_of_the_question_is_moved_to_the_zone_of_the_database(ask: Ask) -> None:
    planned = ask(
        "orders.count",
        filters={"orders.created_date": "2018-03-11"},
        zone="America/Los_Angeles",
        database_zone="UTC",
    )
    # The clocks went forward on that day: it had 23 hours.
    assert bounds(planned) == (at("2018-03-11 08:00"), at("2018-03-12 07:00"))


def test_hours_are_elapsed_time_on_the_day_the_clocks_change(ask: Ask) -> None:
    planned = ask(
        "orders.count",
        filters={"orders.created_time": "2018-03-11 01:00 for 3 hours"},
        zone="America/Los_Angeles",
    )
    assert bounds(planned) == (at("2018-03-11 09:00"), at("2018-03-11 12:00"))


def test_the_day_is_that_of_the_question(ask: Ask) -> None:
    # In Tokyo it is already the 19th.
    planned = ask("orders.count", filters={"orders.created_date": "today"}, zone="Asia/Tokyo")
    assert bounds(planned) == (at("2018-05-18 15:00"), at("2018-05-19 15:00"))


def test_columns_of_days_are_never_moved(ask: Ask) -> None:
    planned = ask("orders.count", filters={"orders.shipped_date": "2 days"}, zone="Asia/Tokyo")
    assert bounds(planned) == (date(2018, 5, 18), date(2018, 5, 20))


def test_a_bound_within_a_day_is_the_next_day_for_a_column_of_days(ask: Ask) -> None:
    planned = ask("orders.count", filters={"orders.shipped_date": "24 hours"})
    assert bounds(planned) == (date(2018, 5, 18), date(2018, 5, 19))


def test_numbers_for_days_and_for_seconds_of_the_epoch(ask: Ask) -> None:
    planned = ask("orders.count", filters={"orders.booked_date": "2018-05-18"})
    assert bounds(planned) == (20180518, 20180519)
    planned = ask(
        "orders.count", filters={"orders.seen_date": "1970-01-02"}, zone="America/New_York"
    )
    assert bounds(planned) == (86400 + 5 * 3600, 2 * 86400 + 5 * 3600)


def test_the_week_begins_on_the_day_of_the_model(ask: Ask) -> None:
    planned = ask(
        "orders.count",
        filters={"orders.created_date": "this week"},
        more="week_start_day: sunday",
    )
    assert bounds(planned) == (at("2018-05-13"), at("2018-05-20"))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("FY2018", "2018-04-01", "2019-04-01"),
        ("FY2018-Q1", "2018-04-01", "2018-07-01"),
        ("this fiscal year", "2018-04-01", "2019-04-01"),
        ("last fiscal quarter", "2018-01-01", "2018-04-01"),
    ],
)
def test_fiscal_years(ask: Ask, text: str, start: str, end: str) -> None:
    planned = ask(
        "orders.count", filters={"orders.created_date": text}, more="fiscal_month_offset: 3"
    )
    assert bounds(planned) == (at(start), at(end))


@pytest.mark.parametrize(
    "text", ["99999 years ago", "after 0001-01-01 for 3 centuries", "9999999999999 days"]
)
def test_impossible_dates_are_said_not_raised(ask: Ask, text: str) -> None:
    planned = ask("orders.count", filters={"orders.created_date": text}, zone="Asia/Tokyo")
    assert planned.plan is None
    assert [item.code for item in planned.diagnostics] == ["invalid_filter"]


@pytest.mark.parametrize("zone", ["Nowhere/City", "../etc/passwd", "America", ""])
def test_unknown_zones(ask: Ask, zone: str) -> None:
    planned = ask("orders.count", timezone=zone or "\x00")
    assert [item.code for item in planned.diagnostics] == ["invalid_timezone"]
