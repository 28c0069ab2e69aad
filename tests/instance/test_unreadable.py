"""A project whose files can't be read: no trouble for the others, and never put in production."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from lookalike.instance import branches, deploys, files, models, projects, validation, workspaces
from lookalike.instance.config import Config
from lookalike.instance.errors import Invalid, NotFound
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.projects import ProjectChanges
from lookalike.store.records import Project
from tests.instance.conftest import Person, clone, git_in

OTHER = {"other.model.lkml": 'connection: "warehouse"\n'}


def make_tree(folder: Path, entries: str) -> str:
    done = subprocess.run(
        ["git", "mktree"], cwd=folder, input=entries, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def bomb(folder: Path, parent: str = "") -> str:
    """A commit of a few objects whose files are a hundred million."""
    blob = git_in(folder, "hash-object", "-w", "--stdin")
    tree = make_tree(folder, "".join(f"100644 blob {blob}\tf{n}.md\n" for n in range(100)))
    for _ in range(3):
        tree = make_tree(folder, "".join(f"040000 tree {tree}\td{n}\n" for n in range(100)))
    parents = ("-p", parent) if parent else ()
    return git_in(folder, "commit-tree", *parents, "-m", "Bomb", tree)


def test_one_broken_project_hides_no_other(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    projects.create_project(instance, ada.caller, "other", OTHER, "Open")
    git("update-ref", "refs/heads/main", bomb(Path(git("rev-parse", "--absolute-git-dir"))))
    caller = ada.enter("production")
    assert [each.model.name for each in models.each_model(instance, caller)] == ["other"]
    assert models.find_model(instance, caller, "other")
    with pytest.raises(NotFound, match="model `nothing` was not found"):
        models.find_model(instance, caller, "nothing")
    assert workspaces.list_workspaces(instance, caller)
    for asked in (validation.validate, files.list_files):
        with pytest.raises(Invalid, match="project `shop` can't be read"):
            asked(instance, caller, "shop")
    assert validation.validate(instance, caller, "other").version.project.name == "other"


def test_an_import_that_cannot_be_read_is_as_if_absent(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    importing = {
        "manifest.lkml": 'local_dependency: { project: "shop" }\n',
        "other.model.lkml": 'connection: "warehouse"\ninclude: "//shop/views/*"\n',
    }
    projects.create_project(instance, ada.caller, "other", importing, "Open")
    git("update-ref", "refs/heads/main", bomb(Path(git("rev-parse", "--absolute-git-dir"))))
    assert models.find_model(instance, ada.enter("production"), "other")


def test_a_missing_repository_hides_no_other_project(
    instance: Instance, shop: Project, ada: Person, config: Config
) -> None:
    projects.create_project(instance, ada.caller, "other", OTHER, "Open")
    place = Path(workspaces.repository_path(instance, shop))
    place.rename(place.with_name("away"))
    caller = ada.enter("production")
    fresh = open_instance(config)
    assert [each.model.name for each in models.each_model(fresh, caller)] == ["other"]
    fresh.close()


@pytest.mark.parametrize("way", ["merge", "ref", "branch"])
def test_what_cannot_be_read_is_not_deployed(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str], way: str
) -> None:
    before = git("rev-parse", "main")
    folder = Path(git("rev-parse", "--absolute-git-dir"))
    broken = bomb(folder, before if way != "merge" else "")
    branches.create_branch(instance, ada.caller, "shop", "b")
    git("update-ref", "refs/heads/b", broken)
    deploy = {
        "ref": lambda: deploys.deploy_ref(instance, ada.caller, "shop", ref=broken),
        "branch": lambda: deploys.deploy_ref(instance, ada.caller, "shop", branch="b"),
        "merge": lambda: deploys.deploy(instance, ada.caller, "shop"),
    }
    with pytest.raises(Invalid, match="can't be read"):
        deploy[way]()
    assert git("rev-parse", "main") == before
    assert deploys.list_deploys(instance, ada.caller, "shop") == ()


def test_a_broken_production_can_be_mended(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    good = git("rev-parse", "main")
    broken = bomb(Path(git("rev-parse", "--absolute-git-dir")), good)
    git("update-ref", "refs/heads/main", broken)
    done = deploys.deploy_ref(instance, ada.caller, "shop", ref=good)
    assert (done.before, done.after, done.changed_paths) == (broken, good, ())
    assert deploys.list_deploys(instance, ada.caller, "shop") == (done,)


def test_neither_a_remote_nor_a_setting_makes_it_production(
    instance: Instance, shop: Project, ada: Person, tmp_path: Path, git: Callable[..., str]
) -> None:
    before = git("rev-parse", "main")
    broken = bomb(Path(git("rev-parse", "--absolute-git-dir")), before)
    git("update-ref", "refs/heads/release", broken)
    changes = ProjectChanges(production_branch="release")
    with pytest.raises(Invalid, match="can't be read"):
        projects.update_project(instance, ada.caller, "shop", changes)
    assert projects.get_project(instance, ada.caller, "shop").production_branch == "main"

    bare = tmp_path / "bomb.git"
    git_in(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    outside = clone(bare, tmp_path / "outside")
    git_in(outside, "push", "--quiet", "origin", f"{bomb(outside)}:refs/heads/main")
    made = projects.create_project(instance, ada.caller, "fresh")
    changes = ProjectChanges(remote_url=str(bare))
    with pytest.raises(Invalid, match="can't be read"):
        projects.update_project(instance, ada.caller, "fresh", changes)
    assert not projects.has_production(instance, made)
    assert projects.get_project(instance, ada.caller, "fresh") == made
