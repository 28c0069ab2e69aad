"""Writer: a plan becomes the text of its statement for one dialect.

Invariant: values reach the text through `literals.py` alone; what developers wrote reaches it
unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence

from lookalike.compiler.query import Plan, plans
from lookalike.compiler.sql import clauses, names, selects
from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.expressions import Writing
from lookalike.compiler.sql.script import ResultColumn, Script, Statement


def write(plan: Plan, dialect: Dialect) -> Script:
    """The statements that answer `plan`."""
    pen = Writing(dialect)
    columns = tuple(
        ResultColumn(column.field, column.field, column.role) for column in plan.main.columns
    )
    select = selects.text(plan.main, [column.alias for column in columns], pen)
    return Script(dialect.name, (Statement(_with(plan.ctes, pen) + select, columns),))


def _with(ctes: Sequence[plans.Cte], pen: Writing) -> str:
    if not ctes:
        return ""
    tables = (
        f"{names.bare(cte.name, pen.dialect)} AS {clauses.nested(_body(cte.body, pen))}"
        for cte in ctes
    )
    return f"WITH {', '.join(tables)}\n"


def _body(body: plans.Expression | plans.Derived, pen: Writing) -> str:
    if not isinstance(body, plans.Derived):
        return pen.expression(body)
    select = selects.text(body.select, body.names, pen)
    if not body.derived:
        return select
    columns = [
        f"{pen.expression(expression)} AS {names.quoted(name)}" for name, expression in body.derived
    ]
    source = f"{clauses.nested(select)} AS explore_source"
    return clauses.text(clauses.Clauses(columns=["*", *columns], source=source), pen.dialect)
