"""DuckDB 1.4 and later. It speaks PostgreSQL's language, save for what stands here."""

from lookalike.compiler.sql.dialects.functions import FUNCTIONS, of_time
from lookalike.compiler.sql.dialects.postgres import POSTGRES

_RESERVED = frozenset(
    {
        "anti", "asof", "at", "describe", "glob", "lambda", "map", "pivot", "pivot_longer",
        "pivot_wider", "positional", "qualify", "semi", "show", "struct", "summarize", "try_cast",
        "unpivot",
    }
)  # fmt: skip

_UNITS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
_DURATIONS = {unit: f"DATESUB('{unit}', {{start}}, {{end}})" for unit in _UNITS}
_PART = "EXTRACT({part} FROM {x})"

DUCKDB = POSTGRES.but(
    name="duckdb",
    reserved=POSTGRES.reserved | _RESERVED,
    holds_nul=True,
    joins_nulls=True,
    same="{x} IS NOT DISTINCT FROM {y}",
    limit="LIMIT {n}",
    float_type="DOUBLE",
    rounded="ROUND({x}, {n})",
    moments={
        "datetime": "CAST({x} AS TIMESTAMP)",
        "timestamp": "CAST({x} AS TIMESTAMP)",
        "date": "{x}",
        "epoch": "MAKE_TIMESTAMP(CAST({x} AS BIGINT) * 1000000)",
        "yyyymmdd": "STRPTIME(CAST({x} AS VARCHAR), '%Y%m%d')",
    },
    bucket="TIME_BUCKET(INTERVAL '{n} {unit}', {x})",
    part=_PART,
    formatted="STRFTIME({x}, '{format}')",
    formats={
        "microsecond": "%Y-%m-%d %H:%M:%S.%f",
        "millisecond": "%Y-%m-%d %H:%M:%S.%g",
        "second": "%Y-%m-%d %H:%M:%S",
        "minute": "%Y-%m-%d %H:%M",
        "hour": "%Y-%m-%d %H",
        "month": "%Y-%m",
        "time_of_day": "%H:%M",
        "day_of_week": "%A",
        "month_name": "%B",
    },
    quarter="STRFTIME({x}, '%Y-Q') || CAST(QUARTER({x}) AS VARCHAR)",
    durations=_DURATIONS,
    # Halving a decimal keeps its scale here and would cut the half cent off.
    median="MEDIAN(CAST({x} AS DOUBLE)){only}",
    listed="ARRAY_TO_STRING(LIST_SORT(LIST(DISTINCT {x}){only}), '|RECORD|')",
    distinct_rows=(
        "(SELECT u.v AS v FROM (SELECT UNNEST(LIST(DISTINCT {{'k': {key}, 'v': {value}}})"
        " FILTER (WHERE {where})) AS u) AS u) AS d"
    ),
    calls={
        **FUNCTIONS,
        **of_time(POSTGRES.truncated, _PART, _DURATIONS, POSTGRES.moments["datetime"]),
        "round": "ROUND({0}, CAST({1} AS INTEGER))",
        "date": "TRY(MAKE_DATE({0}, {1}, {2}))",
        # Hour 24 would be the next day's first.
        "date_time": (
            "CASE WHEN {3} < 24 THEN TRY(MAKE_TIMESTAMP({0}, {1}, {2}, {3}, {4}, {5})) END"
        ),
    },
)
