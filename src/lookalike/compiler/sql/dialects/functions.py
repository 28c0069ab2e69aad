"""Functions of Looker's expression language, as templates.

Rule: Looker functions and operators. `now` and `matches_filter` never come here: the planner
answers them.
"""

from collections.abc import Mapping

_UNITS = {
    "seconds": "second",
    "minutes": "minute",
    "hours": "hour",
    "days": "day",
    "months": "month",
    "years": "year",
}
_TRUNCATED = ("minutes", "hours", "days", "months", "years")

FUNCTIONS: Mapping[str, str] = {
    "+": "{0} + {1}",
    "-": "{0} - {1}",
    "*": "{0} * {1}",
    # Whole numbers divide to a fraction, as they do in a table calculation.
    "/": "{0} * 1.0 / {1}",
    "abs": "ABS({0})",
    "ceiling": "CEILING({0})",
    "coalesce": "COALESCE({all})",
    "concat": "CONCAT({all})",
    "contains": "(POSITION({1} IN {0}) > 0)",
    "exp": "EXP({0})",
    "floor": "FLOOR({0})",
    "if": "CASE WHEN {0} THEN {1} ELSE {2} END",
    "is_null": "({0} IS NULL)",
    "length": "LENGTH({0})",
    "ln": "LN({0})",
    "log": "LOG({0})",
    "lower": "LOWER({0})",
    "mod": "MOD({0}, {1})",
    "position": "POSITION({1} IN {0})",
    "power": "POWER({0}, {1})",
    "replace": "REPLACE({0}, {1}, {2})",
    "round": "ROUND(CAST({0} AS NUMERIC), CAST({1} AS INTEGER))",
    "sqrt": "SQRT({0})",
    "substring": "SUBSTRING({0}, CAST({1} AS INTEGER), CAST({2} AS INTEGER))",
    "upper": "UPPER({0})",
    **{
        f"add_{units}": f"({{1}} + CAST({{0}} AS INTEGER) * INTERVAL '1 {unit}')"
        for units, unit in _UNITS.items()
    },
}


def of_time(truncated: str, part: str, durations: Mapping[str, str], moment: str) -> dict[str, str]:
    """The functions on points in time, from a dialect's own templates."""
    x, y = moment.format(x="{0}"), moment.format(x="{1}")
    return {
        **{f"trunc_{units}": truncated.format(x=x, unit=_UNITS[units]) for units in _TRUNCATED},
        **{
            f"extract_{units}": part.format(x=x, part=unit.upper())
            for units, unit in _UNITS.items()
        },
        **{
            f"diff_{units}": durations[unit].format(start=x, end=y)
            for units, unit in _UNITS.items()
        },
    }
