"""PostgreSQL 14 and later, where `date_bin` first appears."""

from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.dialects.functions import FUNCTIONS, of_time

_RESERVED = frozenset(
    {
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
        "authorization", "binary", "both", "case", "cast", "check", "collate", "collation",
        "column", "concurrently", "constraint", "create", "cross", "current_catalog",
        "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except",
        "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having",
        "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral",
        "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not",
        "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
        "primary", "references", "returning", "right", "select", "session_user", "similar", "some",
        "symmetric", "table", "tablesample", "then", "to", "trailing", "true", "union", "unique",
        "user", "using", "variadic", "verbose", "when", "where", "window", "with",
    }
)  # fmt: skip

_TRUNCATED = "DATE_TRUNC('{unit}', {x})"
_PART = "CAST(EXTRACT({part} FROM {x}) AS INTEGER)"
# A cast alone would round 59.9 seconds up.
_WHOLE_PART = "CAST(FLOOR(EXTRACT({part} FROM {x})) AS INTEGER)"
_MOMENT = "CAST({x} AS TIMESTAMP)"
_AGE = "EXTRACT({part} FROM AGE({{end}}, {{start}}))"
_MONTHS = f"({_AGE.format(part='YEAR')} * 12 + {_AGE.format(part='MONTH')})"
_SECONDS = "EXTRACT(EPOCH FROM ({end} - {start}))"


def _complete(units: str, size: int) -> str:
    return f"CAST(TRUNC({units} / {size}) AS BIGINT)"


_DATE = "MAKE_DATE({0}, {1}, {2})"
_DATE_EXISTS = (
    "CASE WHEN {0} BETWEEN 1 AND 9999 AND {1} BETWEEN 1 AND 12 THEN {2} BETWEEN 1 AND"
    " EXTRACT(DAY FROM MAKE_DATE({0}, {1}, 1) + INTERVAL '1 month' - INTERVAL '1 day') END"
)

_DURATIONS = {
    "second": _complete(_SECONDS, 1),
    "minute": _complete(_SECONDS, 60),
    "hour": _complete(_SECONDS, 3600),
    "day": _complete(_SECONDS, 86_400),
    "week": _complete(_SECONDS, 604_800),
    "month": _complete(_MONTHS, 1),
    "quarter": _complete(_MONTHS, 3),
    "year": _complete(_MONTHS, 12),
}

POSTGRES = Dialect(
    name="postgres",
    reserved=_RESERVED,
    holds_nul=False,
    joins_nulls=False,
    same="ARRAY[{x}] = ARRAY[{y}]",
    relative_change="({now} - {then}) * 1.0 / NULLIF({then}, 0)",
    limit="FETCH NEXT {n} ROWS ONLY",
    text_type="VARCHAR",
    float_type="DOUBLE PRECISION",
    rounded="ROUND(CAST({x} AS NUMERIC), {n})",
    moments={
        "datetime": _MOMENT,
        "timestamp": _MOMENT,
        "date": _MOMENT,
        "epoch": "(TO_TIMESTAMP({x}) AT TIME ZONE 'UTC')",
        "yyyymmdd": "CAST(TO_DATE(CAST({x} AS VARCHAR), 'YYYYMMDD') AS TIMESTAMP)",
    },
    in_zone="({x} AT TIME ZONE {from_zone} AT TIME ZONE {to_zone})",
    truncated=_TRUNCATED,
    bucket="DATE_BIN(INTERVAL '{n} {unit}', {x}, TIMESTAMP '2000-01-01')",
    shifted="({x} + INTERVAL '{n} {unit}')",
    part=_PART,
    formatted="TO_CHAR({x}, '{format}')",
    formats={
        "microsecond": "YYYY-MM-DD HH24:MI:SS.US",
        "millisecond": "YYYY-MM-DD HH24:MI:SS.MS",
        "second": "YYYY-MM-DD HH24:MI:SS",
        "minute": "YYYY-MM-DD HH24:MI",
        "hour": "YYYY-MM-DD HH24",
        "month": "YYYY-MM",
        "time_of_day": "HH24:MI",
        "day_of_week": "FMDay",
        "month_name": "FMMonth",
    },
    quarter="TO_CHAR({x}, 'YYYY-\"Q\"Q')",
    durations=_DURATIONS,
    median="PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY {x}){only}",
    percentile=(
        "(PERCENTILE_DISC({p}) WITHIN GROUP (ORDER BY {x}){only}"
        " + PERCENTILE_DISC({q}) WITHIN GROUP (ORDER BY {x} DESC){only}) / 2.0"
    ),
    listed="ARRAY_TO_STRING(ARRAY_AGG(DISTINCT {x} ORDER BY {x}){only}, '|RECORD|')",
    distinct_rows=(
        "(SELECT DISTINCT u.k, u.v FROM UNNEST(ARRAY_AGG({key}) FILTER (WHERE {where}),"
        " ARRAY_AGG({value}) FILTER (WHERE {where})) AS u(k, v)) AS d"
    ),
    calls={
        **FUNCTIONS,
        **of_time(_TRUNCATED, _WHOLE_PART, _DURATIONS, _MOMENT),
        "date": f"CASE WHEN {_DATE_EXISTS} THEN {_DATE} END",
        "date_time": (
            f"CASE WHEN {_DATE_EXISTS} AND {{3}} BETWEEN 0 AND 23 AND {{4}} BETWEEN 0 AND 59"
            f" AND {{5}} BETWEEN 0 AND 59 THEN {_DATE} + MAKE_TIME({{3}}, {{4}}, {{5}}) END"
        ),
    },
)
