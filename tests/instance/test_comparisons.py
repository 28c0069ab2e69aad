"""Two workspaces compared: who may, what each caller sees, and that no session moves for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from lookalike.instance import comparisons, files
from lookalike.instance.access import Permission
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import LookalikeError, NotAllowed
from lookalike.instance.instance import Instance
from lookalike.store.records import Project
from tests.instance.conftest import ORDERS, Person

EDITED = ORDERS.replace("dimension: id {", "dimension: id { sql: ${TABLE}.number ;;")
PATH = "views/orders.view.lkml"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "instance").mkdir()
    return Config(folder=str(tmp_path / "instance"), default_connection=ConnectionConfig())


@pytest.fixture
def edited(instance: Instance, ada: Person, shop: Project) -> Person:
    """Ada, with an edit in her `dev`."""
    files.save_file(instance, ada.caller, shop.name, PATH, EDITED)
    return ada


def test_an_edit_that_is_only_saved(instance: Instance, edited: Person) -> None:
    found = comparisons.compare(instance, edited.caller, "production", "dev")
    (change,) = found.changes
    assert (change.name, change.models) == ("orders.id", ("shop",))
    (sql,) = found.sql_changes
    assert (sql.explore, sql.field, sql.also) == ("orders", "orders.id", ())
    assert ("orders.id" in sql.before_sql, "number" in sql.after_sql) == (True, True)
    assert [each.workspace for each in found.to_versions] == ["dev"]
    assert found.to_versions[0].is_changed
    assert found.is_complete


def test_the_session_stays_where_it_is(instance: Instance, edited: Person) -> None:
    before = edited.caller.session
    commit = comparisons.compare(instance, edited.caller, "production", "dev").from_versions[0]
    comparisons.compare(instance, edited.caller, f"@{commit.commit}", "dev")
    assert edited.caller.session == before


def test_the_dev_of_another_is_not_compared(
    instance: Instance, edited: Person, grace: Person
) -> None:
    assert comparisons.compare(instance, grace.caller, "production", "dev").changes == ()


def test_named_workspaces(instance: Instance, edited: Person) -> None:
    edited.enter("dev:ci")
    found = comparisons.compare(instance, edited.caller, "dev:ci", "dev")
    assert [each.name for each in found.changes] == ["orders.id"]


@pytest.mark.parametrize("workspace", ["nowhere", "@nothing", "dev:never", "@", "dev:"])
def test_what_is_no_workspace(workspace: str, instance: Instance, edited: Person) -> None:
    with pytest.raises(LookalikeError):
        comparisons.compare(instance, edited.caller, workspace, "production")


def test_who_may(instance: Instance, edited: Person, log_in: Callable[..., Person]) -> None:
    viewer = log_in("v@example.com", "viewer")
    with pytest.raises(NotAllowed, match="see_lookml"):
        comparisons.compare(instance, viewer.caller, "production", "production")
    reader = replace(viewer.caller, permissions=frozenset({Permission.SEE_LOOKML}))
    assert comparisons.compare(instance, reader, "production", "production").changes == ()
    with pytest.raises(NotAllowed, match="develop"):
        comparisons.compare(instance, reader, "production", "dev")


def test_without_see_sql_there_is_no_sql(instance: Instance, edited: Person) -> None:
    caller = edited.caller
    blind = replace(caller, permissions=caller.permissions - {Permission.SEE_SQL})
    found = comparisons.compare(instance, blind, "production", "dev")
    assert len(found.changes) == 1
    assert found.sql_changes == ()


def test_models_outside_of_the_callers_roles(instance: Instance, edited: Person) -> None:
    outside = replace(edited.caller, models=frozenset({"other"}))
    found = comparisons.compare(instance, outside, "production", "dev")
    assert (found.changes, found.sql_changes) == ((), ())


def test_it_is_bounded(instance: Instance, ada: Person, shop: Project) -> None:
    def wide(sql: str) -> str:
        many = "".join(f"dimension: d{n} {{ sql: {sql}{n} ;; }}\n" for n in range(2_100))
        return f"view: orders {{ sql_table_name: t ;;\n{many}}}\n"

    files.save_file(instance, ada.caller, shop.name, PATH, wide("a"))
    start = files.commit(instance, ada.caller, shop.name, "Wide")
    files.save_file(instance, ada.caller, shop.name, PATH, wide("b"))
    found = comparisons.compare(instance, ada.caller, f"@{start}", "dev")
    assert len(found.changes) == 2_100
    assert len(found.sql_changes) == comparisons.MOST_PROBES
    assert not found.is_complete
