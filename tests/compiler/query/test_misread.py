"""Questions to what the parser did not understand: refused with its message, never sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler.query import Planned
from lookalike.compiler.syntax import Code

Ask = Callable[..., Planned]

FIELD = "view: +orders {\n dimension: bad { sql: upper(${TABLE}.x)\n }\n}"
JOIN = "explore: +order_items {\n join: users { sql_where: ${users.id} > 1\n }\n}"
TABLE = "view: +orders { derived_table: { sql: SELECT 1\n } }"
NATIVE = """
view: top {
  derived_table: { explore_source: order_items { column: id {} } }
  dimension: id {}
}
explore: top {}
"""


@pytest.mark.parametrize(
    ("more", "fields", "explore", "says"),
    [
        (FIELD, "orders.bad", "order_items", "`orders.bad` can't be used: the text of `sql`"),
        (JOIN, "orders.id", "order_items", "explore `order_items` can't be used: the text of"),
        (TABLE, "users.id", "users", "explore `users` can't be used: the text of `sql`"),
        (NATIVE + JOIN, "top.id", "top", "explore `order_items` can't be used: the text of"),
    ],
)
def test_the_message_of_the_parser_is_the_answer(
    ask: Ask, more: str, fields: str, explore: str, says: str
) -> None:
    planned = ask(fields, explore=explore, more=more)
    assert planned.plan is None
    (found,) = planned.diagnostics
    assert found.code is Code.UNCLOSED_SQL
    assert found.message.startswith(says)
    assert found.place.path == "shop.model.lkml"
    assert found.place.line > 0


def test_everything_else_still_works(ask: Ask) -> None:
    assert ask("orders.id, orders.count", more=FIELD).plan is not None
    assert ask("users.id", explore="users", more=JOIN).plan is not None
