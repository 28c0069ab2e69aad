"""Selects: one Select of a plan becomes the text of a SELECT.

Fan-out has two ways out. Where it can, the SELECT is split into parts: one for the aggregates that
count every row, one for each key by which others count, each with only the joins it needs; they
have the same groups and are joined on them. Where measures hold aggregates in a developer's own
words it can't, and keyed aggregates are written in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from lookalike.compiler.model import JoinType
from lookalike.compiler.query import Role, plans
from lookalike.compiler.sql import clauses, distinct, mentions, names, timeframes, walk
from lookalike.compiler.sql.clauses import Clauses
from lookalike.compiler.sql.expressions import Writing
from lookalike.compiler.sql.timeframes import Cut

_GROUP_NUMBER = "group_number"


def text(select: plans.Select, column_names: Sequence[str], pen: Writing) -> str:
    """`select` with its columns named `column_names`."""
    layout = _layout(select, column_names, pen)
    parts = _parts(layout)
    if not parts:
        return clauses.text(_one_level(layout), pen.dialect)
    if len(parts) == 1:
        return clauses.text(_two_levels(layout, parts[0]), pen.dialect)
    return clauses.text(_joined(layout, parts), pen.dialect)


class _Layout(Struct, frozen=True):
    """A select with its grouped columns, by index, written out."""

    select: plans.Select
    names: tuple[str, ...]  # quoted
    cuts: dict[int, Cut]
    where: tuple[str, ...]
    pen: Writing


class _Part(Struct, frozen=True):
    """The aggregates that count by one key, by their texts in place, and the joins they need;
    `key` None: they count each row."""

    key: plans.Expression | None
    aggregates: dict[str, plans.Aggregate]
    joins: Sequence[plans.JoinStep]


def _layout(select: plans.Select, column_names: Sequence[str], pen: Writing) -> _Layout:
    cuts = {
        i: _cut(column.expression, pen)
        for i, column in enumerate(select.columns)
        if not _is_measure(column)
    }
    where = tuple(map(pen.condition, select.where))
    return _Layout(select, tuple(map(names.quoted, column_names)), cuts, where, pen)


def _is_measure(column: plans.Column) -> bool:
    if column.role in (Role.HELPER, Role.BEHIND):
        return any(walk.aggregates(column.expression))
    return column.role is Role.MEASURE


def _cut(expression: plans.Expression, pen: Writing) -> Cut:
    if isinstance(expression, plans.Timeframe):
        return timeframes.cut(expression, pen)
    return Cut(pen.expression(expression))


# One level --------------------------------------------------------------------------------------


def _one_level(layout: _Layout) -> Clauses:
    select, pen = layout.select, layout.pen
    return Clauses(
        columns=_columns(layout, pen, [cut.key for cut in layout.cuts.values()]),
        source=_source(select, select.joins, pen),
        where=layout.where,
        group=_groups(layout, [cut.key for cut in layout.cuts.values()]),
        having=tuple(map(pen.condition, select.having)),
        order=_order(select, pen),
        limit=select.limit,
    )


def _columns(layout: _Layout, pen: Writing, keys: Sequence[str]) -> list[str]:
    """Every column; `keys` are the values to group by, in the order of the grouped columns."""
    shown = {
        i: cut.shown.format(k=key) for (i, cut), key in zip(layout.cuts.items(), keys, strict=True)
    }
    return [
        f"{shown[i] if i in shown else pen.expression(column.expression)} AS {layout.names[i]}"
        for i, column in enumerate(layout.select.columns)
    ]


def _groups(layout: _Layout, keys: Sequence[str]) -> list[str]:
    """Ordinals, save where the column shows something else than the value to group by."""
    if not layout.select.group:
        return []
    return [
        str(i + 1) if cut.shown == "{k}" else key
        for (i, cut), key in zip(layout.cuts.items(), keys, strict=True)
    ]


def _order(select: plans.Select, pen: Writing) -> list[str]:
    return [
        (str(order.column + 1) if isinstance(order.column, int) else pen.expression(order.column))
        + (" DESC" if order.descending else "")
        for order in select.order
    ]


def _source(select: plans.Select, joins: Sequence[plans.JoinStep], pen: Writing) -> str:
    lines = [_table(select.base, select.base_alias, pen)]
    lines += [_join(join, pen) for join in joins]
    return "\n".join(lines)


_JOIN_WORDS = {
    JoinType.LEFT_OUTER: "LEFT JOIN",
    JoinType.INNER: "INNER JOIN",
    JoinType.FULL_OUTER: "FULL OUTER JOIN",
    JoinType.CROSS: "CROSS JOIN",
}


def _join(join: plans.JoinStep, pen: Writing) -> str:
    if join.text is not None:
        return pen.expression(join.text)
    text = f"{_JOIN_WORDS[join.type]} {_table(join.table, join.alias, pen)}"
    if join.type is JoinType.CROSS:
        return text
    return f"{text} ON {'1=1' if join.on is None else pen.condition(join.on)}"


def _table(table: plans.Source, alias: str, pen: Writing) -> str:
    written, name = pen.table(table), names.bare(alias, pen.dialect)
    if isinstance(table, plans.CteTable) and table.name == alias:
        return written
    return f"{written} AS {name}"


# Parts ------------------------------------------------------------------------------------------


def _parts(layout: _Layout) -> list[_Part]:
    """The parts to split into; none if nothing counts by a key, or if the select can't be split
    or would gain nothing."""
    pen, select = layout.pen, layout.select
    keys: dict[str, plans.Expression | None] = {}
    found: dict[str, dict[str, plans.Aggregate]] = {}
    for expression in _measured(select):
        for aggregate in walk.aggregates(expression):
            key = "" if aggregate.key is None else pen.expression(aggregate.key)
            keys.setdefault(key, aggregate.key)
            found.setdefault(key, {})[pen.expression(aggregate)] = aggregate
    if not any(found) or not all(map(mentions.is_over_aggregates, _measured(select))):
        return []
    reads = _reads(select)
    parts = [
        _Part(
            keys[key],
            found[key],
            _needed_joins(select, reads, found[key].values() if key else None),
        )
        for key in sorted(found, key=bool)
    ]
    return parts if any(_gains(select, part) for part in parts) else []


def _gains(select: plans.Select, part: _Part) -> bool:
    """Is `part` better apart? COUNT(DISTINCT …) is not, unless that spares a join."""
    if part.key is None:
        return False
    if all(map(distinct.is_native, part.aggregates.values())):
        return len(part.joins) < len(select.joins)
    return True


def _measured(select: plans.Select) -> Iterator[walk.Part]:
    """Whatever stands in the select after grouping."""
    yield from (column.expression for column in select.columns if _is_measure(column))
    yield from select.having
    yield from (order.column for order in select.order if not isinstance(order.column, int))


def _two_levels(layout: _Layout, part: _Part) -> Clauses:
    """The only part: one row a key inside, groups outside."""
    inner, outer = _staged(layout, part)
    pen = Writing(layout.pen.dialect, outer)
    keys = [layout.names[i] for i in layout.cuts]
    return Clauses(
        columns=_columns(layout, pen, keys),
        source=f"{clauses.nested(clauses.text(inner, pen.dialect))} AS keyed",
        group=_groups(layout, keys),
        having=tuple(map(pen.condition, layout.select.having)),
        order=_order(layout.select, pen),
        limit=layout.select.limit,
    )


def _staged(layout: _Layout, part: _Part) -> tuple[Clauses, dict[str, str]]:
    """The SELECT with one row a key, and the aggregates over it by their texts in place."""
    pen, select = layout.pen, layout.select
    columns = _grouped_columns(layout)
    assert part.key is not None
    columns.append(f"{pen.expression(part.key)} AS {distinct.KEY}")
    values: dict[str, str] = {}
    outer: dict[str, str] = {}
    for in_place, aggregate in part.aggregates.items():
        inner = distinct.inner(aggregate, pen)
        name = None if inner is None else values.setdefault(inner, f"v{len(values) + 1}")
        outer[in_place] = distinct.outer(aggregate, name, pen.dialect)
    n_groups = len(columns)
    columns += [f"{inner} AS {name}" for inner, name in values.items()]
    source = _source(select, part.joins, pen)
    group = [str(i + 1) for i in range(n_groups)]
    return Clauses(columns=columns, source=source, where=layout.where, group=group), outer


def _grouped_columns(layout: _Layout) -> list[str]:
    return [f"{cut.key} AS {layout.names[i]}" for i, cut in layout.cuts.items()]


def _joined(layout: _Layout, parts: Sequence[_Part]) -> Clauses:
    """Several parts, each with the same groups, side by side."""
    computed: dict[str, str] = {}
    tables: list[str] = []
    for n, part in enumerate(parts, 1):
        body, outer = _part_body(layout, part)
        tables.append(f"{clauses.nested(clauses.text(body, layout.pen.dialect))} AS part_{n}")
        computed |= {in_place: f"part_{n}.m{i}" for i, in_place in enumerate(outer, 1)}
    pen = Writing(layout.pen.dialect, computed)
    return Clauses(
        columns=_columns(layout, pen, [f"part_1.{layout.names[i]}" for i in layout.cuts]),
        source=_side_by_side(tables, [layout.names[i] for i in layout.cuts], pen),
        where=tuple(map(pen.condition, layout.select.having)),
        order=_order(layout.select, pen),
        limit=layout.select.limit,
    )


def _part_body(layout: _Layout, part: _Part) -> tuple[Clauses, list[str]]:
    """One part, its aggregates named m1, m2 …; and the texts of these in place, in that order."""
    dialect = layout.pen.dialect
    if part.key is None:
        columns, groups = _grouped_columns(layout), [cut.key for cut in layout.cuts.values()]
        outer = {in_place: in_place for in_place in part.aggregates}
        source, where = _source(layout.select, part.joins, layout.pen), layout.where
    else:
        inner, outer = _staged(layout, part)
        columns = groups = [layout.names[i] for i in layout.cuts]
        source, where = f"{clauses.nested(clauses.text(inner, dialect))} AS keyed", ()
    group = [str(i) for i in range(1, len(columns) + 1)]
    if groups and not dialect.joins_nulls:
        number = f"ROW_NUMBER() OVER (ORDER BY {', '.join(groups)}) AS {_GROUP_NUMBER}"
        columns = [*columns, number]
    measures = [f"{text} AS m{i}" for i, text in enumerate(outer.values(), 1)]
    body = Clauses(columns=[*columns, *measures], source=source, where=where, group=group)
    return body, list(outer)


class _Reads(Struct, frozen=True):
    """What a select reads of which table, None where that can't be told: all of it together, and
    the condition of each join."""

    aliases: frozenset[str]
    always: frozenset[str] | None
    joins: tuple[frozenset[str] | None, ...]


def _reads(select: plans.Select) -> _Reads:
    aliases = frozenset((select.base_alias, *(join.alias for join in select.joins)))
    always: list[walk.Part] = list(select.where)
    always += [column.expression for column in select.columns if not _is_measure(column)]
    joins = tuple(
        mentions.tables(() if join.on is None else (join.on,), aliases)
        if join.text is None
        else None
        for join in select.joins
    )
    return _Reads(aliases, mentions.tables(always, aliases), joins)


def _needed_joins(
    select: plans.Select, reads: _Reads, aggregates: Iterable[plans.Aggregate] | None
) -> Sequence[plans.JoinStep]:
    """The joins that keyed `aggregates` need: a left join that nothing reads only repeats rows.
    With `aggregates` None every row counts, repeated or not."""
    if aggregates is None or reads.always is None or None in reads.joins:
        return select.joins
    own = mentions.tables(aggregates, reads.aliases)
    if own is None:
        return select.joins
    used = reads.always | own
    kept: list[plans.JoinStep] = []
    for join, on in zip(reversed(select.joins), reversed(reads.joins), strict=True):
        if join.alias in used or join.type is not JoinType.LEFT_OUTER:
            kept.append(join)
            used |= on or frozenset()
    return kept[::-1]


def _side_by_side(tables: Sequence[str], grouped: Sequence[str], pen: Writing) -> str:
    """Parts joined on their groups. Where null groups make that slow, on the groups' numbers in
    order: the groups of all parts are the same, so equal numbers mean equal groups."""
    lines = [tables[0]]
    for n, table in enumerate(tables[1:], 2):
        if not grouped:
            lines.append(f"CROSS JOIN {table}")
            continue
        names_ = grouped if pen.dialect.joins_nulls else [_GROUP_NUMBER]
        equals = "IS NOT DISTINCT FROM" if pen.dialect.joins_nulls else "="
        on = " AND ".join(f"part_1.{name} {equals} part_{n}.{name}" for name in names_)
        lines.append(f"INNER JOIN {table} ON {on}")
    return "\n".join(lines)
