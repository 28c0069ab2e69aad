"""Text: the SQL by which DuckDB itself writes each row of a statement as text.

In: a statement, its columns and a form. Out: a statement with one text column that is never null.
The same value has the same text in every form: numbers in full, doubles that are no number as null,
dates and times as ISO text with a blank between, bytes in base64, and whatever else as DuckDB's own
text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from lookalike.engines.frames import Described, RowForm, Shape

_SHAPES = {
    "BOOLEAN": Shape.BOOLEAN,
    "TINYINT": Shape.INTEGER,
    "SMALLINT": Shape.INTEGER,
    "INTEGER": Shape.INTEGER,
    "BIGINT": Shape.INTEGER,
    "HUGEINT": Shape.INTEGER,
    "UTINYINT": Shape.INTEGER,
    "USMALLINT": Shape.INTEGER,
    "UINTEGER": Shape.INTEGER,
    "UBIGINT": Shape.INTEGER,
    "UHUGEINT": Shape.INTEGER,
    "BIGNUM": Shape.INTEGER,
    "FLOAT": Shape.FLOAT,
    "DOUBLE": Shape.FLOAT,
    "BLOB": Shape.BYTES,
    "DATE": Shape.DATE,
    "TIMESTAMP": Shape.MOMENT,
    "TIMESTAMP_S": Shape.MOMENT,
    "TIMESTAMP_MS": Shape.MOMENT,
    "TIMESTAMP_NS": Shape.MOMENT,
    "TIMESTAMP WITH TIME ZONE": Shape.MOMENT,
    "TIME": Shape.TIME,
}


def shape_of(type_name: str) -> Shape:
    """The shape of the values of a DuckDB type."""
    if type_name.startswith("DECIMAL(") and type_name.endswith(")"):
        return Shape.DECIMAL
    return _SHAPES.get(type_name, Shape.TEXT)


def as_text(sql: str, columns: Sequence[Described], form: RowForm, keys: Sequence[str]) -> str:
    """Wrap a statement so that each row comes as one text. Nothing of ours adds a line before
    it."""
    names = [f"c{index}" for index in range(len(columns))]
    plain = ", ".join(
        f"{_plain(name, column)} AS {name}" for name, column in zip(names, columns, strict=True)
    )
    row = _row(columns, names, form, keys)
    head = f"SELECT {row} FROM (SELECT {plain} FROM ("
    return f"{head}{sql}\n) AS t({', '.join(names)})) AS p"


def _plain(name: str, column: Described) -> str:
    """The column as one of few types, so that the forms need not know the others."""
    match column.type:
        case "FLOAT":  # by its own text: 0.1 and not 0.10000000149011612
            return f"{name}::VARCHAR::DOUBLE"
        case "TIMESTAMP WITH TIME ZONE" | "TIMESTAMP_NS":
            return f"{name}::TIMESTAMP"
        case "BLOB":
            return f"base64({name})"
        case "VARCHAR":
            return name
    return f"{name}::VARCHAR" if column.shape == Shape.TEXT else name


def _row(
    columns: Sequence[Described], names: Sequence[str], form: RowForm, keys: Sequence[str]
) -> str:
    shaped = list(zip(names, columns, strict=True))
    match form:
        case RowForm.CSV | RowForm.TAB:
            separator = "," if form is RowForm.CSV else "\t"
            cells = [_quoted(name, column.shape, separator) for name, column in shaped]
            return _concat([*_between(cells, f"E'{_ESCAPED[separator]}'"), r"E'\n'"])
        case RowForm.ROWS:
            cells = [_json(name, column.shape) for name, column in shaped]
            return _concat([r"E',\n['", *_between(cells, "','"), "']'"])
        case RowForm.JSON:
            parts = []
            for index, (key, (name, column)) in enumerate(zip(keys, shaped, strict=True)):
                opening = "," if index else "{"
                parts.append(_literal(f"{opening}{json.dumps(key, ensure_ascii=False)}:"))
                parts.append(_json(name, column.shape))
            return _concat([r"E',\n'", *parts, "'}'"])


_ESCAPED = {",": ",", "\t": r"\t"}


def _json(name: str, shape: Shape) -> str:
    match shape:
        case Shape.TEXT:
            return f"coalesce(to_json({name})::VARCHAR, 'null')"
        case Shape.FLOAT:
            return f"CASE WHEN isfinite({name}) THEN {name}::VARCHAR ELSE 'null' END"
        case Shape.BOOLEAN | Shape.INTEGER | Shape.DECIMAL:
            return f"coalesce({name}::VARCHAR, 'null')"
    return f"CASE WHEN {name} IS NULL THEN 'null' ELSE concat('\"', {name}, '\"') END"


def _quoted(name: str, shape: Shape, separator: str) -> str:
    """The cell of a separated file. `concat` turns null into nothing."""
    if shape is Shape.FLOAT:
        return f"CASE WHEN isfinite({name}) THEN {name} END"
    if shape is not Shape.TEXT:
        return name
    risky = " OR ".join(
        f"contains({name}, E'{character}')"
        for character in (_ESCAPED[separator], '"', r"\n", r"\r")
    )
    quoted = f"concat('\"', replace({name}, '\"', '\"\"'), '\"')"
    return f"CASE WHEN {risky} THEN {quoted} ELSE {name} END"


def _between(cells: Sequence[str], separator: str) -> list[str]:
    parts: list[str] = []
    for cell in cells:
        parts += [separator, cell] if parts else [cell]
    return parts


def _concat(parts: Sequence[str]) -> str:
    return f"concat({', '.join(parts)})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
