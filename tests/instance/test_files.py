from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from lookalike.instance import branches, files, projects, workspaces
from lookalike.instance.errors import Conflict, Invalid, NotAllowed, NotFound
from lookalike.instance.instance import Instance
from lookalike.store.records import Project
from tests.instance.conftest import ORDERS, Person

VIEW = "views/orders.view.lkml"


def test_the_life_of_a_file(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    made = files.save_file(
        instance, ada.caller, "shop", "views/new.view.lkml", "é\n", must="create"
    )
    assert (made.path, made.title, made.type, made.extension) == (
        "views/new.view.lkml",
        "new",
        "view",
        ".view.lkml",
    )
    assert (made.action, made.is_revertable, made.is_editable) == ("added", True, True)
    with pytest.raises(Conflict, match="exists already"):
        files.save_file(instance, ada.caller, "shop", "views/new.view.lkml", "", must="create")
    with pytest.raises(NotFound):
        files.save_file(instance, ada.caller, "shop", "none.lkml", "", must="update")
    changed = files.save_file(instance, ada.caller, "shop", VIEW, "# 1\n", must="update")
    assert changed.action == "modified"
    moved = files.rename_file(instance, ada.caller, "shop", "views/new.view.lkml", "b/c.view.lkml")
    assert moved.version == made.version
    with pytest.raises(Conflict):
        files.rename_file(instance, ada.caller, "shop", "b/c.view.lkml", VIEW)
    files.delete_file(instance, ada.caller, "shop", "shop.model.lkml")
    actions = {each.path: each.action for each in files.list_files(instance, ada.caller, "shop")}
    assert actions == {"b/c.view.lkml": "added", VIEW: "modified", "shop.model.lkml": "deleted"}
    with pytest.raises(NotFound):
        files.get_file(instance, ada.caller, "shop", "shop.model.lkml")
    commit = files.commit(instance, ada.caller, "shop", "All of it")
    assert git("ls-tree", "-r", "--name-only", commit).splitlines() == ["b/c.view.lkml", VIEW]
    assert git("log", "-1", "--format=%an|%ae|%s", commit) == (
        "Ada Lovelace|ada.lovelace@example.com|All of it"
    )
    assert {each.action for each in files.list_files(instance, ada.caller, "shop")} == {""}
    with pytest.raises(Invalid, match="nothing to commit"):
        files.commit(instance, ada.caller, "shop", "Again")


def test_an_expected_version(instance: Instance, shop: Project, ada: Person) -> None:
    before = files.get_file(instance, ada.caller, "shop", VIEW).version
    after = files.save_file(instance, ada.caller, "shop", VIEW, "# 1\n", expected=before).version
    with pytest.raises(files.FileChanged) as error:
        files.save_file(instance, ada.caller, "shop", VIEW, "# 2\n", expected=before)
    assert error.value.found == after
    with pytest.raises(files.FileChanged):
        files.delete_file(instance, ada.caller, "shop", VIEW, expected=before)
    with pytest.raises(files.FileChanged) as error:
        files.save_file(instance, ada.caller, "shop", "no.md", "", expected=before)
    assert error.value.found == ""
    files.save_file(instance, ada.caller, "shop", "no.md", "", expected="")


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/passwd", "a/../b", ".git/config", "a/.GIT/x", "", "a//b", "views", "a\0b", "x/"],
)
def test_a_path_that_is_none(
    instance: Instance, shop: Project, ada: Person, path: str, git: Callable[..., str]
) -> None:
    before = workspaces.version_of(instance, ada.caller, shop).tree
    with pytest.raises(Invalid):
        files.save_file(instance, ada.caller, "shop", path, "x")
    assert workspaces.version_of(instance, ada.caller, shop).tree == before
    with pytest.raises(NotFound):
        files.read_file(instance, ada.caller, "shop", path)


def test_folders(instance: Instance, shop: Project, ada: Person) -> None:
    assert files.list_folders(instance, ada.caller, "shop") == ("views",)
    assert files.create_folder(instance, ada.caller, "shop", "a/b/") == "a/b"
    assert files.list_folders(instance, ada.caller, "shop") == ("a", "a/b", "views")
    with pytest.raises(Conflict):
        files.create_folder(instance, ada.caller, "shop", "a")
    with pytest.raises(Conflict):
        files.create_folder(instance, ada.caller, "shop", VIEW)
    files.delete_folder(instance, ada.caller, "shop", "a")
    files.delete_folder(instance, ada.caller, "shop", "views")
    assert files.list_folders(instance, ada.caller, "shop") == ()
    with pytest.raises(NotFound):
        files.delete_folder(instance, ada.caller, "shop", "views")


def test_commit_some_of_it(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    files.save_file(instance, ada.caller, "shop", VIEW, "# 1\n")
    files.save_file(instance, ada.caller, "shop", "a.md", "a\n")
    files.delete_file(instance, ada.caller, "shop", "shop.model.lkml")
    commit = files.commit(instance, ada.caller, "shop", "Some", [VIEW, "shop.model.lkml"])
    assert git("ls-tree", "-r", "--name-only", commit).splitlines() == [VIEW]
    actions = {each.path: each.action for each in files.list_files(instance, ada.caller, "shop")}
    assert actions == {VIEW: "", "a.md": "added"}
    with pytest.raises(Invalid, match="no changes"):
        files.commit(instance, ada.caller, "shop", "None", [VIEW])


def test_an_edit_that_is_taken_back_leaves_no_change(
    instance: Instance, shop: Project, ada: Person
) -> None:
    files.save_file(instance, ada.caller, "shop", VIEW, "# 1\n")
    files.save_file(instance, ada.caller, "shop", VIEW, ORDERS)
    assert not workspaces.version_of(instance, ada.caller, shop).is_changed
    branches.create_branch(instance, ada.caller, "shop", "free")


def test_saves_at_once_are_all_kept(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    caller = ada.caller
    failed: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for k in range(5):
                files.save_file(instance, caller, "shop", f"f{n}/{k}.md", f"{n} {k}\n")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    found = [each.path for each in files.list_files(instance, caller, "shop")]
    assert len([path for path in found if path.startswith("f")]) == 30
    git("fsck", "--full", "--strict")


def test_who_may(instance: Instance, shop: Project, log_in: Callable[..., Person]) -> None:
    viewer = log_in("v@example.com", "viewer")
    with pytest.raises(NotFound):
        files.list_files(instance, viewer.caller, "shop")
    with pytest.raises((NotAllowed, NotFound)):
        files.save_file(instance, viewer.caller, "shop", VIEW, "")
    with pytest.raises(NotFound):
        files.list_files(instance, log_in("d@example.com").caller, "none")


def test_a_project_without_a_commit(instance: Instance, ada: Person) -> None:
    caller = ada.enter("dev")
    empty = projects.create_project(instance, caller, "empty")
    assert not projects.has_production(instance, empty)
    assert files.list_files(instance, caller, "empty") == ()
    with pytest.raises(Invalid, match="commit something"):
        branches.create_branch(instance, caller, "empty", "x")
    files.save_file(instance, caller, "empty", "a.md", "a\n")
    commit = files.commit(instance, caller, "empty", "First")
    branch = branches.current_branch(instance, caller, "empty")
    assert (branch.ref, branch.is_personal) == (commit, True)
