"""Two projects with a model of one name: the older project's counts, and everybody is told."""

from __future__ import annotations

import pytest

from lookalike.compiler.syntax import Code, Diagnostic
from lookalike.instance import deploys, files, models, projects, validation
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import Instance
from lookalike.instance.projects import ProjectChanges
from lookalike.store.records import Project
from tests.instance.conftest import Person

MODEL = 'connection: "warehouse"\nlabel: "Second"\n'


def alike(ada: Person, project: str) -> list[Diagnostic]:
    found = validation.validate(ada.instance, ada.caller, project).diagnostics
    return [each for each in found if each.code is Code.DUPLICATE_OBJECT]


def put(ada: Person, project: str, path: str) -> None:
    files.save_file(ada.instance, ada.caller, project, path, MODEL)
    files.commit(ada.instance, ada.caller, project, path)


def test_the_first_project_wins(instance: Instance, shop: Project, ada: Person) -> None:
    projects.create_project(instance, ada.caller, "annex", {"shop.model.lkml": MODEL}, "Open")
    caller = ada.enter("production")
    (listed,) = models.each_model(instance, caller)
    found = models.find_model(instance, caller, "shop")
    assert listed.version.project.name == found.version.project.name == "shop"


def test_validation_tells_the_later_project(
    instance: Instance, shop: Project, ada: Person, grace: Person
) -> None:
    projects.create_project(instance, ada.caller, "annex", {"a/shop.model.lkml": MODEL}, "Open")
    for name, expected in (("annex", [Code.DUPLICATE_OBJECT]), ("shop", [])):
        assert [each.code for each in alike(ada, name)] == expected
    (told,) = alike(ada, "annex")
    assert told.is_error
    assert (told.place.path, told.place.line, told.model) == ("a/shop.model.lkml", 1, "shop")
    assert "`shop` is in project `shop` as well" in told.message
    files.delete_file(instance, ada.caller, "shop", "shop.model.lkml")
    kept = validation.cached(instance, ada.caller, "annex")
    assert kept.validation is not None
    assert kept.is_stale
    assert alike(ada, "annex") == []


@pytest.mark.parametrize("is_later", [True, False])
def test_a_deploy_that_makes_two_of_a_name(
    instance: Instance, shop: Project, ada: Person, is_later: bool
) -> None:
    projects.create_project(instance, ada.caller, "annex", {"annex.model.lkml": MODEL}, "Open")
    project, name, other = ("annex", "shop", "shop") if is_later else ("shop", "annex", "annex")
    strict = ProjectChanges(validation_required=True)
    projects.update_project(instance, ada.caller, project, strict)
    put(ada, project, f"{name}.model.lkml")
    with pytest.raises(Invalid, match=f"model `{name}` is in project `{other}` as well"):
        deploys.deploy(instance, ada.caller, project)
    lax = ProjectChanges(validation_required=False)
    projects.update_project(instance, ada.caller, project, lax)
    done = deploys.deploy(instance, ada.caller, project)
    assert f"model `{name}` is in project `{other}` as well" in done.message
    assert "project `shop` counts" in done.message
    put(ada, project, "third.model.lkml")
    assert deploys.deploy(instance, ada.caller, project).message == ""


def test_a_tile_may_ask_a_model_of_another_project(
    instance: Instance, shop: Project, ada: Person
) -> None:
    board = (
        "- dashboard: d\n  title: D\n  elements:\n"
        "  - {name: a, type: table, model: annex, explore: orders, fields: [orders.id]}\n"
    )
    files.save_file(instance, ada.caller, "shop", "d.dashboard.lookml", board)
    text = files.read_file(instance, ada.caller, "shop", "shop.model.lkml")
    with_board = text + '\ninclude: "/d.dashboard"\n'
    files.save_file(instance, ada.caller, "shop", "shop.model.lkml", with_board)

    def unknown() -> list[str]:
        found = validation.validate(instance, ada.caller, "shop").diagnostics
        return [each.model for each in found if each.code is Code.UNKNOWN_MODEL]

    assert unknown() == ["annex"]
    projects.create_project(instance, ada.caller, "annex", {"annex.model.lkml": MODEL}, "Open")
    kept = validation.cached(instance, ada.caller, "shop")
    assert kept.is_stale
    assert unknown() == []
