"""What is read of a project for one model, and what of an answer is kept when files change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from lookalike.instance import files, models, people, projects, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance, open_instance

VIEW = 'view: {0} {{ label: "{1}" dimension: id {{ primary_key: yes }} measure: count {{}} }}'
FILES = {
    "one.model.lkml": 'connection: "w" include: "/one/*.view.lkml" explore: a {} explore: b {}',
    "two.model.lkml": 'connection: "w" label: "2nd" include: "/two/**/*.view.lkml" explore: c {}',
    "one/a.view.lkml": VIEW.format("a", "A"),
    "one/b.view.lkml": VIEW.format("b", "B"),
    "two/c.view.lkml": VIEW.format("c", "C"),
    "attic/d.view.lkml": VIEW.format("d", "D"),
}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[Instance, Caller]]:
    opened = open_instance(Config(folder=str(tmp_path), connections={"w": ConnectionConfig()}))
    operator = people.operator(opened, "dev")
    projects.create_project(opened, operator, "shop", FILES, "first")
    yield opened, operator
    opened.close()


def test_one_model_reads_only_what_it_includes(hall: tuple[Instance, Caller]) -> None:
    instance, caller = hall
    models.explore_for(instance, caller, "two", "c")
    assert len(instance.memos.parsed) == 2
    models.find_model(instance, caller, "one")
    assert len(instance.memos.parsed) == 5


def test_a_list_says_what_each_model_says(hall: tuple[Instance, Caller]) -> None:
    listed = models.list_overviews(*hall)
    assert [each.model.name for each in listed] == ["one", "two"]
    for each in listed:
        found = models.find_model(*hall, each.model.name)
        assert models.overview_of(found) == each
    assert [each.model.name for each in models.each_model(*hall)] == ["one", "two"]


def test_a_model_outlives_edits_of_others(hall: tuple[Instance, Caller]) -> None:
    instance, caller = hall
    before = {name: models.find_model(instance, caller, name).model for name in ("one", "two")}
    lists = {each.model.name: each.model for each in models.list_overviews(instance, caller)}
    files.save_file(instance, caller, "shop", "one/a.view.lkml", VIEW.format("a", "New"))
    after = {name: models.find_model(instance, caller, name).model for name in ("one", "two")}
    assert after["two"] is before["two"]
    assert after["one"].views["a"].label == "New"
    assert after["one"].views["b"] is before["one"].views["b"]
    relisted = {each.model.name: each.model for each in models.list_overviews(instance, caller)}
    assert relisted["two"] is lists["two"]
    production = people.operator(instance, "production")
    assert models.find_model(instance, production, "one").model is before["one"]


def test_a_new_file_is_found_by_the_pattern_that_names_it(hall: tuple[Instance, Caller]) -> None:
    instance, caller = hall
    assert set(models.find_model(instance, caller, "two").model.views) == {"c"}
    files.save_file(instance, caller, "shop", "two/deep/e.view.lkml", VIEW.format("e", "E"))
    assert set(models.find_model(instance, caller, "two").model.views) == {"c", "e"}
    files.delete_file(instance, caller, "shop", "two/deep/e.view.lkml")
    assert set(models.find_model(instance, caller, "two").model.views) == {"c"}
    files.rename_file(instance, caller, "shop", "two.model.lkml", "three.model.lkml")
    assert [each.model.name for each in models.list_overviews(instance, caller)] == ["one", "three"]
    with pytest.raises(NotFound):
        models.find_model(instance, caller, "two")


def test_a_manifest_counts_for_every_model(hall: tuple[Instance, Caller]) -> None:
    instance, caller = hall
    text = VIEW.format("a", "@{word}")
    files.save_file(instance, caller, "shop", "one/a.view.lkml", text)
    for word in ("First", "Second"):
        manifest = f'constant: word {{ value: "{word}" }}'
        files.save_file(instance, caller, "shop", "manifest.lkml", manifest)
        assert models.find_model(instance, caller, "one").model.views["a"].label == word


def test_both_ways_answer_alike(hall: tuple[Instance, Caller]) -> None:
    """A model by itself, and as a validation has it."""
    instance, caller = hall
    files.save_file(instance, caller, "shop", "one/b.view.lkml", "view: b { dimension: x {")
    (project,) = projects.list_projects(instance, caller)
    version = workspaces.version_of(instance, caller, project)
    whole = models.assembled_of(instance, caller, version).project.models
    for name, expected in whole.items():
        assert models.find_model(instance, caller, name).model == expected


def test_content_that_changes_its_path_is_not_taken_for_another(
    hall: tuple[Instance, Caller], tmp_path: Path
) -> None:
    """Few contents wander among the files, and the model includes now this and now that: whatever
    was read before, a server that begins afresh answers the same."""
    instance, caller = hall
    paths = [f"few/{name}.view.lkml" for name in "ab"]
    contents = [VIEW.format("few", label) for label in "AB"]
    wanted = [f'connection: "w" include: "{path}" explore: few {{}}' for path in paths]
    draw = random.Random(7)
    for _ in range(60):
        files.save_file(instance, caller, "shop", "few.model.lkml", draw.choice(wanted))
        for path in paths:
            files.save_file(instance, caller, "shop", path, draw.choice(contents))
        if draw.random() < 0.5:
            continue
        fresh = open_instance(Config(folder=str(tmp_path), connections=instance.config.connections))
        expected = models.find_model(fresh, caller, "few").model
        fresh.close()
        found = models.find_model(instance, caller, "few").model
        assert (found.files, found.views["few"]) == (expected.files, expected.views["few"])
