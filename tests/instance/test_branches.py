from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lookalike.instance import branches, deploys, files, people, projects, upstream, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.errors import Conflict, Invalid, NotAllowed, NotFound
from lookalike.instance.folder import open_folder
from lookalike.instance.instance import Instance
from lookalike.store.records import Project
from tests.instance.conftest import ORDERS, Person, clone, connect, git_in, push_file

VIEW = "views/orders.view.lkml"


def commit(instance: Instance, caller: Caller, text: str, path: str = VIEW) -> str:
    files.save_file(instance, caller, "shop", path, text)
    return files.commit(instance, caller, "shop", f"Change {path}")


def test_the_branch_of_each_workspace(
    instance: Instance, shop: Project, ada: Person, grace: Person, git: Callable[..., str]
) -> None:
    main = git("rev-parse", "main")
    personal = workspaces.personal_branch(ada.caller)
    mine = branches.current_branch(instance, ada.caller, "shop")
    assert (mine.name, mine.ref, mine.is_personal, mine.is_readonly) == (
        personal,
        main,
        True,
        False,
    )
    assert (mine.owner_name, mine.is_local, mine.is_remote) == ("Ada Lovelace", True, False)
    assert mine.commit_at > 1_700_000_000
    production = branches.current_branch(instance, ada.enter("production"), "shop")
    assert (production.name, production.ref, production.is_production) == ("main", main, True)
    theirs = branches.find_branch(instance, grace.enter("dev"), "shop", personal)
    assert (theirs.is_personal, theirs.is_readonly) == (True, True)
    names = [each.name for each in branches.list_branches(instance, grace.caller, "shop")]
    assert names == sorted([personal, workspaces.personal_branch(grace.caller), "main"])
    with pytest.raises(NotFound):
        branches.find_branch(instance, ada.caller, "shop", "none")


def test_create_switch_and_delete(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    first = git("rev-parse", "main")
    made = branches.create_branch(instance, ada.caller, "shop", "feature/x")
    assert (made.name, made.ref, made.is_personal) == ("feature/x", first, False)
    second = commit(instance, ada.caller, "# x\n")
    assert git("rev-parse", "feature/x") == second
    with pytest.raises(Conflict):
        branches.create_branch(instance, ada.caller, "shop", "feature/x")
    with pytest.raises(Conflict, match="feature"):
        branches.create_branch(instance, ada.caller, "shop", "feature")
    with pytest.raises(Invalid):
        branches.create_branch(instance, ada.caller, "shop", "--output=x")
    git("tag", "v1", second)
    for n, ref in enumerate(("v1", second[:8], "feature/x")):
        made = branches.create_branch(instance, ada.caller, "shop", f"b{n}", ref)
        assert made.ref == second
    with pytest.raises(Invalid, match="no branch, tag or commit"):
        branches.create_branch(instance, ada.caller, "shop", "b9", "none")
    with pytest.raises(Invalid, match="current"):
        branches.delete_branch(instance, ada.caller, "shop", "b2")
    branches.update_branch(instance, ada.caller, "shop", "feature/x")
    branches.delete_branch(instance, ada.caller, "shop", "b2")
    with pytest.raises(NotFound):
        branches.delete_branch(instance, ada.caller, "shop", "b2")
    for name in ("main", workspaces.personal_branch(ada.caller)):
        with pytest.raises(Invalid):
            branches.delete_branch(instance, ada.caller, "shop", name)
    with pytest.raises(Invalid, match="no branch `none`"):
        branches.update_branch(instance, ada.caller, "shop", "none")


def test_a_branch_in_use_stays(
    instance: Instance, shop: Project, ada: Person, grace: Person
) -> None:
    branches.create_branch(instance, grace.enter("dev"), "shop", "shared")
    with pytest.raises(Invalid, match="in use"):
        branches.delete_branch(instance, ada.caller, "shop", "shared")


def test_the_production_branch_means_ones_own(
    instance: Instance, shop: Project, ada: Person
) -> None:
    branches.create_branch(instance, ada.caller, "shop", "x")
    assert branches.update_branch(instance, ada.caller, "shop", "main").is_personal


def test_with_a_ref_it_is_a_hard_reset(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    first = git("rev-parse", "main")
    branches.create_branch(instance, ada.caller, "shop", "tmp_spectacles_0123456789")
    second = commit(instance, ada.caller, "# 2\n")
    files.save_file(instance, ada.caller, "shop", VIEW, "# saved\n")
    branch = branches.update_branch(
        instance, ada.caller, "shop", "tmp_spectacles_0123456789", first[:7]
    )
    assert branch.ref == first
    assert files.read_file(instance, ada.caller, "shop", VIEW) == ORDERS
    branches.update_branch(instance, ada.caller, "shop", "", second)
    assert files.read_file(instance, ada.caller, "shop", VIEW) == "# 2\n"


def test_edits_come_along_only_where_nothing_differs(
    instance: Instance, shop: Project, ada: Person
) -> None:
    branches.create_branch(instance, ada.caller, "shop", "other")
    commit(instance, ada.caller, "# other\n")
    branches.update_branch(instance, ada.caller, "shop", "main")
    files.save_file(instance, ada.caller, "shop", "notes.md", "kept\n")
    branches.update_branch(instance, ada.caller, "shop", "other")
    assert files.read_file(instance, ada.caller, "shop", "notes.md") == "kept\n"
    assert files.read_file(instance, ada.caller, "shop", VIEW) == "# other\n"
    files.save_file(instance, ada.caller, "shop", VIEW, "# edited\n")
    with pytest.raises(Invalid, match=f"Checkout conflict with files: {VIEW}"):
        branches.update_branch(instance, ada.caller, "shop", "main")
    with pytest.raises(Invalid, match="Checkout conflict"):
        branches.create_branch(instance, ada.caller, "shop", "third", "main")
    names = {each.name for each in branches.list_branches(instance, ada.caller, "shop")}
    assert "third" not in names
    assert branches.create_branch(instance, ada.caller, "shop", "fourth").name == "fourth"
    assert files.read_file(instance, ada.caller, "shop", VIEW) == "# edited\n"


def test_what_others_commit_is_never_undone(
    instance: Instance, shop: Project, ada: Person, grace: Person
) -> None:
    branches.create_branch(instance, ada.caller, "shop", "shared")
    files.save_file(instance, ada.caller, "shop", "mine.md", "mine\n")
    branches.update_branch(instance, grace.enter("dev"), "shop", "shared")
    commit(instance, grace.caller, "# theirs\n")
    files.commit(instance, ada.caller, "shop", "Mine")
    assert files.read_file(instance, ada.caller, "shop", VIEW) == "# theirs\n"
    assert files.read_file(instance, grace.caller, "shop", "mine.md") == "mine\n"
    files.save_file(instance, ada.caller, "shop", VIEW, "# a\n")
    commit(instance, grace.caller, "# b\n")
    with pytest.raises(Conflict, match=VIEW):
        files.commit(instance, ada.caller, "shop", "Clash")
    assert files.read_file(instance, ada.caller, "shop", VIEW) == "# a\n"


def test_somebody_elses_branch_can_only_be_read(
    instance: Instance, shop: Project, ada: Person, grace: Person
) -> None:
    commit(instance, ada.caller, "# ada\n")
    personal = workspaces.personal_branch(ada.caller)
    branches.update_branch(instance, grace.enter("dev"), "shop", personal)
    assert files.read_file(instance, grace.caller, "shop", VIEW) == "# ada\n"
    with pytest.raises(NotAllowed, match="Ada Lovelace"):
        files.save_file(instance, grace.caller, "shop", VIEW, "")
    for call in (branches.reset_to_production,):
        with pytest.raises(NotAllowed):
            call(instance, grace.caller, "shop")
    with pytest.raises(NotAllowed):
        branches.update_branch(instance, grace.caller, "shop", personal, "main")
    with pytest.raises(NotAllowed):
        branches.create_branch(instance, grace.caller, "shop", f"{personal}-mine")


def test_reset_to_production(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    commit(instance, ada.caller, "# dev\n")
    files.save_file(instance, ada.caller, "shop", "saved.md", "x")
    branches.reset_to_production(instance, ada.caller, "shop")
    assert files.read_file(instance, ada.caller, "shop", VIEW) == ORDERS
    assert branches.current_branch(instance, ada.caller, "shop").ref == git("rev-parse", "main")
    with pytest.raises(NotFound):
        files.read_file(instance, ada.caller, "shop", "saved.md")
    with pytest.raises(Invalid, match="no remote"):
        branches.reset_to_remote(instance, ada.caller, "shop")


def test_a_remote(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    connect(instance, ada.caller, remote)
    outside = clone(remote, tmp_path / "outside")
    first = push_file(outside, "topic", VIEW, "# outside 1\n", "origin/main")
    branch = branches.update_branch(instance, ada.caller, "shop", "topic")
    assert (branch.ref, branch.remote_ref, branch.is_remote) == (first, first, True)
    assert files.read_file(instance, ada.caller, "shop", VIEW) == "# outside 1\n"
    second = push_file(outside, "topic", VIEW, "# outside 2\n")
    branches.reset_to_remote(instance, ada.caller, "shop")
    assert branches.current_branch(instance, ada.caller, "shop").ref == second
    mine = commit(instance, ada.caller, "# mine\n")
    assert git_in(remote, "rev-parse", "topic") == mine
    branch = branches.update_branch(instance, ada.caller, "shop", "topic", "origin/main")
    assert git_in(remote, "rev-parse", "topic") == branch.ref == branch.remote_ref
    branches.update_branch(instance, ada.caller, "shop", "main")
    branches.delete_branch(instance, ada.caller, "shop", "topic")
    assert "topic" not in git_in(remote, "branch")
    third = push_file(outside, "late", VIEW, "# late\n", "origin/main")
    assert ada.enter("@late").session.pins["shop"] == third
    assert ada.enter(f"@{third[:9]}").session.pins["shop"] == third


def test_temporary_branches_need_no_writable_remote(
    instance: Instance, shop: Project, ada: Person, remote: Path
) -> None:
    connect(instance, ada.caller, remote)
    branches.create_branch(instance, ada.caller, "shop", "tmp_1")
    branches.update_branch(instance, ada.caller, "shop", "tmp_1", "origin/main")
    assert "tmp_1" not in git_in(remote, "branch")


def test_ahead_and_behind(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    connect(instance, ada.caller, remote)
    outside = clone(remote, tmp_path / "outside")
    branches.create_branch(instance, ada.caller, "shop", "both")
    commit(instance, ada.caller, "# 1\n")
    push_file(outside, "both", "out.md", "1\n")
    files.save_file(instance, ada.caller, "shop", "in.md", "1\n")
    with pytest.raises((Conflict, Invalid), match="not pushed"):
        files.commit(instance, ada.caller, "shop", "In")
    upstream.fetch(instance, projects.get_project(instance, ada.caller, "shop"))
    branch = branches.current_branch(instance, ada.caller, "shop")
    assert (branch.ahead_count, branch.behind_count) == (1, 1)


def test_an_unreachable_remote_does_not_stop_a_switch(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    connect(instance, ada.caller, remote)
    branches.create_branch(instance, ada.caller, "shop", "x")
    remote.rename(tmp_path / "gone.git")
    branch = branches.update_branch(instance, ada.caller, "shop", "main")
    assert branch.is_personal
    assert branch.error


def test_a_folder_is_listed_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "lookml"
    folder.mkdir()
    (folder / "a.model.lkml").write_text('connection: "x"\n')
    git_in(folder, "init", "--quiet", "--initial-branch=main")
    git_in(folder, "add", "--all")
    git_in(folder, "commit", "--quiet", "-m", "First")
    opened = open_folder(folder)
    try:
        caller = people.operator(opened, "dev")
        assert [b.name for b in branches.list_branches(opened, caller, "lookml")] == ["main"]
        assert branches.current_branch(opened, caller, "lookml").is_readonly
        for call in (
            lambda: files.save_file(opened, caller, "lookml", "b.md", ""),
            lambda: branches.create_branch(opened, caller, "lookml", "x"),
            lambda: deploys.deploy(opened, caller, "lookml"),
            lambda: deploys.undo(opened, caller, "lookml"),
        ):
            with pytest.raises(Invalid, match="folder on disk"):
                call()
        pinned = workspaces.within(opened, caller, "@main")
        assert files.read_file(opened, pinned, "lookml", "a.model.lkml")
    finally:
        opened.close()
