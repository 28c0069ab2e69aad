"""Validation: what it finds, and when what is kept of it is stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.syntax import Code
from lookalike.instance import people, projects, validation
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import NotAllowed, NotFound
from lookalike.instance.instance import Instance, open_instance

GOOD = {
    "shop.model.lkml": 'connection: "warehouse"\ninclude: "/*.view.lkml"\nexplore: t {}\n',
    "t.view.lkml": "view: t {\n  dimension: n { sql: ${TABLE}.n ;; }\n}\n",
}
BROKEN = "view: t {\n  dimension: n { sql: ${gone} ;; }\n}\n"


class Hall(Struct, frozen=True):
    """An instance, and a developer in it."""

    instance: Instance
    caller: Caller

    def commit(self, files: Mapping[str, str], project: str = "shop") -> None:
        found = projects.get_project(self.instance, self.caller, project)
        projects.commit_files(self.instance, self.caller, found, files, "more")

    def validate(self, project: str = "shop") -> validation.Validation:
        return validation.validate(self.instance, self.caller, project)

    def is_stale(self, project: str = "shop") -> bool | None:
        kept = validation.cached(self.instance, self.caller, project)
        return None if kept.validation is None else kept.is_stale

    def of(self, workspace: str, user: str = "") -> Hall:
        """The same hall with another session."""
        caller = replace(self.caller, session=replace(self.caller.session, workspace=workspace))
        if user:
            caller = replace(caller, user=people.enter_user(self.instance, user, "developer"))
        return Hall(self.instance, caller)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    config = Config(folder=str(tmp_path), connections={"warehouse": ConnectionConfig()})
    opened = open_instance(config)
    operator = people.operator(opened, "dev")
    projects.create_project(opened, operator, "shop", GOOD, "first")
    yield Hall(opened, operator)
    opened.close()


def test_nothing_wrong(hall: Hall) -> None:
    found = hall.validate()
    assert found.diagnostics == ()
    assert found.version.project.name == "shop"
    assert found.models_not_validated == ()


def test_an_error_has_its_place(hall: Hall) -> None:
    hall.commit({"t.view.lkml": BROKEN})
    (found,) = hall.validate().diagnostics
    assert (found.code, found.place.path, found.place.line) == (
        Code.UNKNOWN_FIELD,
        "t.view.lkml",
        2,
    )
    assert (found.model, found.explore) == ("shop", "t")
    assert found.is_error


def test_a_connection_that_does_not_exist(hall: Hall) -> None:
    text = GOOD["shop.model.lkml"].replace("warehouse", "elsewhere")
    hall.commit({"shop.model.lkml": text})
    (found,) = hall.validate().diagnostics
    assert (found.code, found.model) == (Code.MISSING_CONNECTION, "shop")
    assert "`elsewhere`" in found.message
    assert (found.place.path, found.place.line) == ("shop.model.lkml", 1)


def test_what_is_kept_comes_back_whole(hall: Hall) -> None:
    hall.commit({"t.view.lkml": BROKEN})
    made = hall.validate()
    kept = validation.cached(hall.instance, hall.caller, "shop")
    assert kept == validation.Kept(made.version, made, is_stale=False)


def test_it_is_stale_when_the_files_are_others(hall: Hall) -> None:
    assert hall.is_stale() is None
    hall.validate()
    assert hall.is_stale() is False
    hall.commit({"t.view.lkml": BROKEN})
    assert hall.is_stale() is True
    kept = validation.cached(hall.instance, hall.caller, "shop")
    assert kept.validation is not None
    assert kept.validation.diagnostics == ()
    hall.validate()
    assert hall.is_stale() is False


def test_it_is_not_stale_when_the_files_are_the_same_again(hall: Hall) -> None:
    hall.validate()
    hall.commit({"t.view.lkml": BROKEN})
    hall.commit({"t.view.lkml": GOOD["t.view.lkml"]})
    assert hall.is_stale() is False


def test_it_is_stale_when_an_imported_project_changes(hall: Hall) -> None:
    base = "view: base { dimension: b { sql: ${TABLE}.b ;; } }\n"
    projects.create_project(hall.instance, hall.caller, "lib", {"base.view.lkml": base}, "first")
    hall.commit(
        {
            "manifest.lkml": 'local_dependency: { project: "lib" }\n',
            "t.view.lkml": 'include: "//lib/base.view.lkml"\n'
            "view: t { extends: [base] dimension: n { sql: ${b} ;; } }\n",
        }
    )
    assert hall.validate().diagnostics == ()
    assert hall.is_stale() is False
    hall.commit({"base.view.lkml": base.replace("dimension: b", "dimension: c")}, "lib")
    assert hall.is_stale() is True
    assert Code.UNKNOWN_FIELD in {each.code for each in hall.validate().diagnostics}


def test_each_workspace_has_its_own(hall: Hall) -> None:
    hall.validate()
    assert hall.of("production").is_stale() is None
    assert hall.of("dev", "b@example.com").is_stale() is None
    hall.of("production").validate()
    assert hall.of("production", "b@example.com").is_stale() is False


def test_another_process_sees_it(hall: Hall) -> None:
    made = hall.validate()
    other = open_instance(hall.instance.config)
    try:
        kept = validation.cached(other, hall.caller, "shop")
        assert kept == validation.Kept(made.version, made, is_stale=False)
    finally:
        other.close()


def test_who_may(hall: Hall) -> None:
    with pytest.raises(NotFound):
        hall.validate("nonsense")
    viewer = replace(hall.caller, permissions=frozenset({"access_data", "explore"}))
    with pytest.raises(NotAllowed, match="see_lookml"):
        validation.validate(hall.instance, viewer, "shop")


def test_a_message_without_names() -> None:
    message = "unknown field `t.gone`; did you mean `t.n`?"
    assert validation.sanitized(message) == "unknown field (?); did you mean (?)?"


def test_an_assertion_that_cannot_be_read(hall: Hall) -> None:
    test = """
test: a {
  explore_source: t { column: n {} }
  assert: good { expression: ${t.n} > 0 AND sum(${t.n}) > 0 ;; }
  assert: bad { expression: ${t.n} >> 0 ;; }
}
"""
    hall.commit({"shop.model.lkml": GOOD["shop.model.lkml"] + test})
    (found,) = hall.validate().diagnostics
    assert (found.code, found.place.line, found.model) == (Code.INVALID_EXPRESSION, 8, "shop")
    assert "assertion `bad` can't be read" in found.message
