"""Models and explores that are not there: what is said instead, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from lookalike.compiler import query
from lookalike.compiler.syntax import Budget
from lookalike.instance import models, people, projects
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import NotAllowed, NotFound
from lookalike.instance.instance import Instance, open_instance

SHOP = """connection: "warehouse"
access_grant: none { user_attribute: nothing allowed_values: ["x"] }
view: orders {
  dimension: id {}
  dimension: margin { required_access_grants: [none] }
  dimension_group: bought { timeframes: [raw, date] required_access_grants: [none] }
}
explore: orders {}
explore: secrets { from: orders required_access_grants: [none] }
"""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[Instance, Caller]]:
    opened = open_instance(
        Config(folder=str(tmp_path), connections={"warehouse": ConnectionConfig()})
    )
    operator = people.operator(opened, "dev")
    projects.create_project(opened, operator, "shop", {"shop.model.lkml": SHOP}, "first")
    yield opened, operator
    opened.close()


@pytest.mark.parametrize(
    ("model", "explore", "hint"),
    [
        ("shp", "orders", "model `shp` was not found in workspace `dev`; did you mean `shop`?"),
        ("shop", "ordesr", "in workspace `dev`; did you mean `orders`?"),
        ("shop", "elsewhere", "explore `elsewhere` was not found in model `shop` in workspace"),
        ("shop", "secret", "explore `secret` was not found in model `shop` in workspace `dev`"),
    ],
)
def test_a_near_name_is_suggested(
    hall: tuple[Instance, Caller], model: str, explore: str, hint: str
) -> None:
    with pytest.raises(NotFound) as caught:
        models.explore_for(*hall, model, explore)
    assert hint in str(caught.value)
    assert ("did you mean" in str(caught.value)) == ("did you mean" in hint)


@pytest.mark.parametrize("name", ["margin", "bought_date", "bought"])
@pytest.mark.parametrize("how", ["fields", "filters", "sorts"])
def test_a_withheld_field_is_as_one_that_does_not_exist(
    hall: tuple[Instance, Caller], name: str, how: str
) -> None:
    explore = models.explore_for(*hall, "shop", "orders").explore

    def told(asked: str) -> list[str]:
        """What is told of a name, without the name."""
        plain = query.Query(model="shop", explore="orders", fields=("orders.id",))
        question = {
            "fields": replace(plain, fields=(asked,)),
            "filters": replace(plain, filters=((asked, "x"),)),
            "sorts": replace(plain, sorts=(asked,)),
        }[how]
        asker = query.Asker(now=datetime(2024, 1, 1, tzinfo=UTC), attributes={})
        planned = query.plan(question, explore, asker, "duckdb", Budget())
        return [each.message.replace(asked, "?") for each in planned.diagnostics]

    assert told(f"orders.{name}") == told("orders.xqzwk")
    near = name[:-1] + "q"
    assert not any(name in message for message in told(f"orders.{near}"))


def test_models_of_others_are_not_suggested(hall: tuple[Instance, Caller]) -> None:
    instance, caller = hall
    with pytest.raises(NotFound) as caught:
        models.find_model(instance, replace(caller, models=frozenset({"other"})), "shp")
    assert "shop" not in str(caught.value)


def test_who_lacks_a_permission_is_named_by_mail(hall: tuple[Instance, Caller]) -> None:
    caller = replace(hall[1], permissions=frozenset())
    with pytest.raises(NotAllowed) as caught:
        require(caller, Permission.DEVELOP)
    assert str(caught.value).startswith(f"user `{caller.user.email}` lacks the permission")
