"""Dialect: how one database writes what a plan asks for, as a value.

A dialect is made from another by naming what differs: `POSTGRES = DUCKDB.but(name="postgres", …)`.
Templates hold `{x}` where the operand goes; operands come in parentheses where they need them.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace


class Dialect(Struct, frozen=True, kw_only=True):
    """One database's ways. Every template is filled by `str.format` with the names its comment
    gives."""

    name: str
    reserved: frozenset[str]  # words that can't be a bare alias, in lower case
    holds_nul: bool  # may a text contain the character NUL?
    joins_nulls: bool  # does a hash join serve `IS NOT DISTINCT FROM`?
    same: str  # {x} {y}: equal or both null, in a form that a hash join serves
    relative_change: str  # {now} {then}: a fraction, null where `then` is zero
    limit: str  # {n}

    text_type: str
    float_type: str
    rounded: str  # {x} {n}

    # time
    moments: Mapping[str, str]  # by datatype: {x} (of "date" a DATE) as a timestamp or date
    in_zone: str  # {x} {from_zone} {to_zone}
    truncated: str  # {x} {unit}
    bucket: str  # {x} {n} {unit}: the start of the bucket, counted from midnight
    shifted: str  # {x} {n} {unit}
    part: str  # {x} {part}: an integer
    formatted: str  # {x} {format}
    formats: Mapping[str, str]  # by the names that `timeframes.py` gives them
    quarter: str  # {x} as `YYYY-Qn`
    durations: Mapping[str, str]  # by interval: {start} {end}

    # aggregates
    median: str  # {x} {only}
    percentile: str  # {x} {p} {q} {only}, where q is 1 - p and `only` a FILTER clause or nothing
    listed: str  # {x} {only}, never without a FILTER clause
    distinct_rows: str  # {key} {value} {where}: a table `d` with one row a key, its value in `d.v`

    calls: Mapping[
        str, str
    ]  # functions of Looker's expressions: {0} {1} …, or {all} for any number

    def but(self, **differences: object) -> Dialect:
        """This dialect, except for `differences`."""
        return replace(self, **differences)
