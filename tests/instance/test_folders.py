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


def instance_of(folder: Path, branch: str, settings: str = "") -> Path:
    """An instance whose one project is a bare clone with that branch."""
    source = folder / "source"
    write(source, "committed")
    git(source, "init", "-q", "-b", branch)
    git(source, "add", "-A")
    git(source, "commit", "-q", "-m", "first")
    made = folder / "instance"
    made.mkdir()
    git(folder, "clone", "-q", "--bare", "source", "instance/mine.git")
    (made / "lookalike.toml").write_text(
        f'[projects.mine]\npath = "mine.git"\n{settings}\n', encoding="utf-8"
    )
    return made


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
    (tmp_path / "w.duckdb").touch()
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


@pytest.mark.parametrize("branch", ["main", "master"])
def test_production_of_a_repository_is_its_usual_branch(tmp_path: Path, branch: str) -> None:
    assert label_in(instance_of(tmp_path, branch), "production") == "committed"


def test_main_comes_before_master(tmp_path: Path) -> None:
    made = instance_of(tmp_path, "master")
    write(tmp_path / "source", "newer")
    git(tmp_path / "source", "commit", "-q", "-a", "-m", "second")
    git(made / "mine.git", "fetch", "-q", "../../source", "master:main")
    assert label_in(made, "production") == "newer"


@pytest.mark.parametrize(
    ("branch", "settings", "missing"),
    [
        ("master", 'production_branch = "main"', "`main`"),
        ("main", 'production_branch = "live.lock"', "`live.lock`"),
        ("trunk", "", "`main` or `master`"),
    ],
)
def test_a_production_branch_that_is_missing_is_said(
    tmp_path: Path, branch: str, settings: str, missing: str
) -> None:
    made = instance_of(tmp_path, branch, settings)
    said = f"project `mine` has no branch {missing} to be `production`; there are `{branch}`:"
    with pytest.raises(Invalid, match=said):
        open_folder(made)


def test_before_the_first_deploy_there_may_be_branches_of_developers(tmp_path: Path) -> None:
    made = instance_of(tmp_path, "dev-ada-1234")
    assert label_in(made, "@dev-ada-1234") == "committed"
