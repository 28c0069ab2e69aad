"""Comparisons: in every combination of period, timeframe and zone the earlier value is the truth.

The truth is worked out here row by row: on the clock of the question each time is moved one period
later, and counts where it then falls.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import psycopg
import pytest
from msgspec import Struct

from lookalike.compiler import sql
from lookalike.compiler.query import Planned
from tests.compiler.query.conftest import NOW
from tests.postgres import POSTGRES

Ask = Callable[..., Planned]

OFFSET, FIRST_DAY = 3, 2
START, END = datetime(2018, 1, 29), datetime(2018, 5, 31)
PERIODS: dict[str, tuple[int, int]] = {
    "date": (0, 1),
    "week": (0, 7),
    "month": (1, 0),
    "quarter": (3, 0),
    "year": (12, 0),
    "fiscal_quarter": (3, 0),
    "fiscal_year": (12, 0),
}
BESIDE = {
    "date": "date week",
    "week": "date week",
    "month": "date month",
    "quarter": "date month quarter",
    "year": "date month quarter year",
    "fiscal_quarter": "date fiscal_quarter",
    "fiscal_year": "date fiscal_quarter fiscal_year",
}
MORE = """
fiscal_month_offset: 3
week_start_day: wednesday
view: visits {
  dimension: channel {}
  dimension_group: at {
    type: time  sql: ${TABLE}.came_at ;;
    timeframes: [raw, date, week, month, quarter, year, fiscal_quarter, fiscal_year]
  }
  measure: count { type: count }
  measure: before { type: period_over_period  based_on: count  based_on_time: at_raw PERIOD }
}
explore: visits {}
"""


class Case(Struct, frozen=True):
    period: str
    timeframe: str
    zone: str
    to_date: bool

    def __str__(self) -> str:
        return f"{self.period}-{self.timeframe}-{self.zone}{'-to-date' if self.to_date else ''}"


def cases() -> Iterator[Case]:
    for period, beside in BESIDE.items():
        for timeframe in beside.split():
            for zone in ("UTC", "America/New_York"):
                yield Case(period, timeframe, zone, to_date=False)
            yield Case(period, timeframe, "Europe/Berlin", to_date=True)


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_the_earlier_value_is_the_truth(ask: Ask, case: Case) -> None:
    found = rows(asked(ask, case), case)
    assert found == truth(case)
    assert any(before for *_, before in found)


@cache
def visits() -> list[tuple[datetime, str | None]]:
    """Times of the database, many of them near the ends of months and where clocks change."""
    random = Random(17)
    edges = [
        datetime(2018, 3, 1) + timedelta(minutes=random.randrange(-900, 900)) for _ in range(60)
    ]
    leaps = [datetime(2016, 2, 29, hour, 30) for hour in range(24)]
    spread = [
        datetime(2016, 1, 1) + timedelta(minutes=random.randrange(1_250_000)) for _ in range(900)
    ]
    return [(at, random.choice(["web", "app", None])) for at in (*edges, *leaps, *spread)]


def asked(ask: Ask, case: Case) -> Planned:
    settings = f"period: {case.period}{'  value_to_date: yes' if case.to_date else ''}"
    return ask(
        f"visits.at_{case.timeframe}, visits.channel, visits.count, visits.before",
        explore="visits",
        more=MORE.replace("PERIOD", settings),
        filters={"visits.at_date": f"{START:%Y/%m/%d} to {END:%Y/%m/%d}"},
        zone=case.zone,
        limit=-1,
    )


def rows(planned: Planned, case: Case) -> set[tuple[Any, ...]]:
    assert planned.plan is not None, planned.diagnostics
    found = set(
        _duckdb().execute(sql.write(planned.plan, sql.DIALECTS["duckdb"]).main.text).fetchall()
    )
    if POSTGRES:
        text = sql.write(planned.plan, sql.DIALECTS["postgres"]).main.text
        assert set(_postgres().execute(text.encode()).fetchall()) == found
    return found


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE visits (came_at TIMESTAMP, channel VARCHAR)")
    connection.executemany("INSERT INTO visits VALUES (?, ?)", visits())
    return connection


@cache
def _postgres() -> psycopg.Connection[Any]:
    connection = psycopg.connect(POSTGRES, autocommit=True)
    connection.execute("CREATE TEMPORARY TABLE visits (came_at TIMESTAMP, channel VARCHAR)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO visits VALUES (%s, %s)", visits())
    return connection


def truth(case: Case) -> set[tuple[Any, ...]]:
    now: Counter[tuple[Any, str | None]] = Counter()
    before: Counter[tuple[Any, str | None]] = Counter()
    for stored, channel in visits():
        at = stored.replace(tzinfo=UTC).astimezone(ZoneInfo(case.zone)).replace(tzinfo=None)
        moved = later(at, *PERIODS[case.period])
        if START <= at < END:
            now[bucket(at, case.timeframe), channel] += 1
        is_there = case.timeframe != "date" or PERIODS[case.period][1] or moved.day == at.day
        if START <= moved < END and is_there:
            counts = not case.to_date or is_so_far(at, case)
            before[bucket(moved, case.timeframe), channel] += counts
    return {(*group, n, before.get(group)) for group, n in now.items()}


def later(at: datetime, months: int, days: int) -> datetime:
    total = at.year * 12 + at.month - 1 + months
    year, month = total // 12, total % 12 + 1
    day = min(at.day, monthrange(year, month)[1])
    return at.replace(year=year, month=month, day=day) + timedelta(days=days)


def start(at: datetime, timeframe: str) -> datetime:
    day = datetime(at.year, at.month, at.day)
    if timeframe == "week":
        return day - timedelta(days=(day.weekday() - FIRST_DAY) % 7)
    if timeframe == "date":
        return day
    size = {"month": 1, "quarter": 3, "year": 12}[timeframe.removeprefix("fiscal_")]
    offset = OFFSET if timeframe.startswith("fiscal_") else 0
    months = (at.year * 12 + at.month - 1 - offset) // size * size + offset
    return datetime(months // 12, months % 12 + 1, 1)


def bucket(at: datetime, timeframe: str) -> date | str | int:
    begun = start(at, timeframe)
    if timeframe.startswith("fiscal_"):
        begun = later(begun, -OFFSET, 0)
    match timeframe.removeprefix("fiscal_"):
        case "date" | "week":
            return begun.date()
        case "month":
            return f"{begun:%Y-%m}"
        case "quarter":
            return f"{begun:%Y}-Q{(begun.month + 2) // 3}"
    return f"FY{begun.year}" if timeframe.startswith("fiscal_") else begun.year


def is_so_far(at: datetime, case: Case) -> bool:
    now = NOW.astimezone(ZoneInfo(case.zone)).replace(tzinfo=None)
    begun = start(now, case.timeframe)
    months = 0
    while later(begun, months + 1, 0) <= now and case.timeframe not in ("date", "week"):
        months += 1
    return at < later(start(at, case.timeframe), months, 0) + (now - later(begun, months, 0))
