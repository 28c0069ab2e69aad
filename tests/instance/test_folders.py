"""A folder of LookML served as it is: which version is `production`, wherever the folder lies."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lookalike.instance import models, people
from lookalike.instance.errors import Invalid
from lookalike.instance.folder import open_folder

MODEL = 'connection: "w"\nexplore: marks {}\nview: marks { label: "%s" dimension: id {} }\n'


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, label: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "m.model.lkml").write_text(MODEL % label, encoding="utf-8")


def label_in(folder: Path, workspace: str) -> str:
    instance = open_folder(folder)
    try:
        caller = people.operator(instance, workspace)
        return models.explore_for(instance, caller, "m", "marks").explore.view.label
    finally:
        instance.close()


@pytest.mark.parametrize("branch", ["main", "master"])
@pytest.mark.parametrize("below", ["", "bi/lookml"])
def test_production_is_the_branch(tmp_path: Path, branch: str, below: str) -> None:
    folder = tmp_path / below
    write(folder, "committed")
    git(tmp_path, "init", "-q", "-b", branch)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    write(folder, "edited")
    assert label_in(folder, "production") == "committed"
    assert label_in(folder, "dev") == "edited"


def test_without_git_there_is_one_version(tmp_path: Path) -> None:
    write(tmp_path, "only")
    assert label_in(tmp_path, "production") == label_in(tmp_path, "dev") == "only"


def test_settings_beside_the_lookml(tmp_path: Path) -> None:
    write(tmp_path, "here")
    (tmp_path / "lookalike.toml").write_text('[connections.w]\npath = "w.duckdb"\n')
    assert label_in(tmp_path, "dev") == "here"


def test_settings_win_over_what_the_store_knows(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, name)
    settings = tmp_path / "instance" / "lookalike.toml"
    settings.parent.mkdir()
    for name in ("a", "b"):
        settings.write_text(f'[projects.shop]\npath = "../{name}"\n', encoding="utf-8")
        assert label_in(settings.parent, "dev") == name


def test_a_project_that_lies_nowhere_is_said(tmp_path: Path) -> None:
    (tmp_path / "lookalike.toml").write_text('[projects.shop]\npath = "nowhere"\n')
    with pytest.raises(Invalid, match=r"project `shop` lies nowhere: `nowhere` is not a folder"):
        open_folder(tmp_path)
