from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lookalike.instance import branches, deploys, files, projects, workspaces
from lookalike.instance.config import Config
from lookalike.instance.errors import (
    Conflict,
    Invalid,
    LookalikeError,
    NotAllowed,
    NotAuthenticated,
    NotFound,
)
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.projects import ProjectChanges
from lookalike.store import audit
from lookalike.store.records import Project
from tests.instance.conftest import ORDERS, Person, clone, connect, git_in, push_file

VIEW = "views/orders.view.lkml"


def commit(who: Person, text: str, path: str = VIEW) -> str:
    files.save_file(who.instance, who.caller, "shop", path, text)
    return files.commit(who.instance, who.caller, "shop", f"Change {path}")


def production(who: Person, path: str = VIEW) -> str:
    caller = workspaces.within(who.instance, who.caller, "production")
    return files.read_file(who.instance, caller, "shop", path)


def test_deploy_and_undo(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    first = git("rev-parse", "main")
    second = commit(ada, "# 2\n")
    assert production(ada) == ORDERS
    done = deploys.deploy(instance, ada.caller, "shop")
    assert (done.before, done.after, done.changed_paths) == (first, second, (VIEW,))
    assert production(ada) == "# 2\n"
    again = deploys.deploy(instance, ada.caller, "shop")
    assert (again.changed_paths, again.after) == ((), second)
    assert "nothing to deploy" in again.message
    undone = deploys.undo(instance, ada.caller, "shop")
    assert (undone.before, undone.after) == (second, first)
    assert production(ada) == ORDERS
    assert deploys.undo(instance, ada.caller, "shop").after == second
    assert production(ada) == "# 2\n"
    numbers = [each.number for each in deploys.list_deploys(instance, ada.caller, "shop")]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 4
    git("fsck", "--full", "--strict")


def test_what_was_undone_can_be_mended_and_deployed(
    instance: Instance, shop: Project, ada: Person
) -> None:
    commit(ada, "one\n", "one.md")
    deploys.deploy(instance, ada.caller, "shop")
    deploys.undo(instance, ada.caller, "shop")
    commit(ada, "two\n", "two.md")
    deploys.deploy(instance, ada.caller, "shop")
    assert (production(ada, "one.md"), production(ada, "two.md")) == ("one\n", "two\n")


def test_nothing_to_undo(instance: Instance, shop: Project, ada: Person) -> None:
    with pytest.raises(Invalid, match="no deploy of project `shop` to undo"):
        deploys.undo(instance, ada.caller, "shop")


def test_two_lines_of_work_are_merged(
    instance: Instance, shop: Project, ada: Person, grace: Person, git: Callable[..., str]
) -> None:
    grace.enter("dev")
    commit(grace, "grace\n", "grace.md")
    commit(ada, ORDERS.replace("measure: count", "measure: n"))
    deploys.deploy(instance, ada.caller, "shop")
    done = deploys.deploy(instance, grace.caller, "shop")
    assert done.changed_paths == ("grace.md",)
    assert "measure: n" in production(ada)
    assert production(ada, "grace.md") == "grace\n"
    assert len(git("rev-list", "--parents", "-1", "main").split()) == 3


def test_a_conflict_changes_nothing(
    instance: Instance, shop: Project, ada: Person, grace: Person, git: Callable[..., str]
) -> None:
    grace.enter("dev")
    commit(grace, "# grace\n")
    commit(ada, "# ada\n")
    deploys.deploy(instance, ada.caller, "shop")
    before = git("for-each-ref")
    with pytest.raises(deploys.DeployConflict, match=VIEW) as error:
        deploys.deploy(instance, grace.caller, "shop")
    (file,) = error.value.files
    assert (file.path, file.production, file.branch) == (VIEW, "# ada\n", "# grace\n")
    assert "<<<<<<<" in file.merged
    assert git("for-each-ref") == before
    assert production(ada) == "# ada\n"


def test_a_conflict_ends_as_it_says(
    instance: Instance, shop: Project, ada: Person, grace: Person
) -> None:
    grace.enter("dev")
    commit(grace, "# grace\n")
    commit(ada, "# ada\n")
    deploys.deploy(instance, ada.caller, "shop")
    with pytest.raises(deploys.DeployConflict) as error:
        deploys.deploy(instance, grace.caller, "shop")
    assert "`create_git_branch` with the `ref` `main`)" in str(error.value)
    branches.create_branch(instance, grace.caller, "shop", "both", "main")
    commit(grace, "# ada\n# grace\n")
    deploys.deploy(instance, grace.caller, "shop")
    assert production(ada) == "# ada\n# grace\n"


def test_what_is_not_committed_is_not_deployed(
    instance: Instance, shop: Project, ada: Person
) -> None:
    files.save_file(instance, ada.caller, "shop", VIEW, "# saved\n")
    with pytest.raises(Invalid, match=f"not committed yet: {VIEW}"):
        deploys.deploy(instance, ada.caller, "shop")
    assert production(ada) == ORDERS


def test_validation_may_be_required(instance: Instance, shop: Project, ada: Person) -> None:
    changes = ProjectChanges(validation_required=True)
    projects.update_project(instance, ada.caller, "shop", changes)
    commit(ada, ORDERS.replace("type: count", "type: nonsense"))
    with pytest.raises(Invalid, match=r"must be valid.*views/orders.view.lkml:4"):
        deploys.deploy(instance, ada.caller, "shop")
    with pytest.raises(Invalid, match="must be valid"):
        deploys.deploy_ref(
            instance, ada.caller, "shop", branch=workspaces.personal_branch(ada.caller)
        )
    assert production(ada) == ORDERS
    commit(ada, ORDERS + "# fine\n")
    deploys.deploy(instance, ada.caller, "shop")


def test_pull_requests_may_be_required(instance: Instance, shop: Project, ada: Person) -> None:
    changes = ProjectChanges(pull_request_mode="required")
    projects.update_project(instance, ada.caller, "shop", changes)
    commit(ada, "# 1\n")
    with pytest.raises(Invalid, match="pull request"):
        deploys.deploy(instance, ada.caller, "shop")


def test_a_ref_is_deployed_exactly(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    first = git("rev-parse", "main")
    branches.create_branch(instance, ada.caller, "shop", "b")
    second, third = commit(ada, "# 2\n"), commit(ada, "# 3\n")
    assert deploys.deploy_ref(instance, ada.caller, "shop", branch="b").after == third
    assert deploys.deploy_ref(instance, ada.caller, "shop", ref=second[:8]).after == second
    assert production(ada) == "# 2\n"
    assert deploys.deploy_ref(instance, ada.caller, "shop", ref=first).after == first
    for wrong in ({}, {"branch": "b", "ref": first}, {"branch": "none"}, {"ref": "none"}):
        with pytest.raises(Invalid):
            deploys.deploy_ref(instance, ada.caller, "shop", **wrong)
    assert git("rev-parse", "main") == first


def test_in_the_background(instance: Instance, shop: Project, ada: Person) -> None:
    branches.create_branch(instance, ada.caller, "shop", "b")
    second = commit(ada, "# 2\n")

    def ended(number: int) -> deploys.DeployStatus:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            status = deploys.deploy_status(instance, ada.caller, "shop", number)
            if status.status in ("SUCCESS", "FAILED"):
                return status
            time.sleep(0.02)
        raise AssertionError("the deploy did not end")

    done = ended(deploys.start_deploy_ref(instance, ada.caller, "shop", branch="b"))
    assert (done.status, done.commit) == ("SUCCESS", second)
    failed = ended(deploys.start_deploy_ref(instance, ada.caller, "shop", ref="none"))
    assert failed.status == "FAILED"
    assert "none" in failed.error
    with pytest.raises(NotFound):
        deploys.deploy_status(instance, ada.caller, "shop", 999)


def test_tags(instance: Instance, shop: Project, ada: Person, git: Callable[..., str]) -> None:
    second = commit(ada, "# 2\n")
    deploys.tag_ref(instance, ada.caller, "shop", name="v1")
    deploys.tag_ref(instance, ada.caller, "shop", name="v2", commit="main", message="Second")
    assert git("rev-parse", "v1") == second
    assert git("cat-file", "-t", "v2") == "tag"
    with pytest.raises(Conflict):
        deploys.tag_ref(instance, ada.caller, "shop", name="v1")
    with pytest.raises(Invalid):
        deploys.tag_ref(instance, ada.caller, "shop", name="--x")


def test_who_may(
    instance: Instance, shop: Project, ada: Person, log_in: Callable[..., Person]
) -> None:
    viewer = log_in("v@example.com", "viewer")
    for call in (
        lambda: deploys.deploy(instance, viewer.caller, "shop"),
        lambda: deploys.undo(instance, viewer.caller, "shop"),
        lambda: deploys.deploy_ref(instance, viewer.caller, "shop", ref="main"),
        lambda: deploys.tag_ref(instance, viewer.caller, "shop", name="v"),
    ):
        with pytest.raises(NotAllowed, match="deploy"):
            call()
    ada.enter("production")
    with pytest.raises(Invalid, match="read-only"):
        deploys.deploy(instance, ada.caller, "shop")


def test_at_once_one_wins(
    config: Config, instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    """Two processes' worth of instances, one user in named workspaces each."""
    other = open_instance(config)
    texts = {}
    try:
        callers = []
        for n in range(6):
            caller = ada.enter(f"dev:w{n % 5}") if n < 5 else ada.enter("dev")
            files.save_file(instance, caller, "shop", f"w{n}.md", f"{n}\n")
            files.commit(instance, caller, "shop", f"{n}")
            callers.append(caller)
        barrier = threading.Barrier(len(callers))

        def work(n: int) -> None:
            barrier.wait()
            try:
                done = deploys.deploy(other if n % 2 else instance, callers[n], "shop")
                texts[n] = done.after
            except Conflict as error:
                texts[n] = f"conflict {error}"
            except BaseException as error:
                texts[n] = repr(error)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(len(callers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        held = git("ls-tree", "-r", "--name-only", "main").splitlines()
        for n, outcome in texts.items():
            if outcome.startswith("conflict"):
                assert "deploy again" in outcome
                assert f"w{n}.md" not in held
            else:
                assert len(outcome) == 40, outcome
                assert f"w{n}.md" in held
        assert any(len(outcome) == 40 for outcome in texts.values())
        for n, outcome in texts.items():
            if outcome.startswith("conflict"):
                deploys.deploy(instance, callers[n], "shop")
        held = git("ls-tree", "-r", "--name-only", "main").splitlines()
        assert {f"w{n}.md" for n in range(6)} <= set(held)
        git("fsck", "--full", "--strict")
    finally:
        other.close()


def test_with_a_remote(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    connect(instance, ada.caller, remote)
    outside = clone(remote, tmp_path / "outside")
    push_file(outside, "main", "out.md", "out\n")
    commit(ada, "# ada\n")
    done = deploys.deploy(instance, ada.caller, "shop")
    assert git_in(remote, "rev-parse", "main") == done.after
    assert set(done.changed_paths) == {"out.md", VIEW}
    undone = deploys.undo(instance, ada.caller, "shop")
    assert git_in(remote, "rev-parse", "main") == undone.after
    assert git_in(remote, "merge-base", "main", done.after) == done.after
    assert production(ada) == ORDERS
    commit(ada, "more\n", "more.md")
    last = deploys.deploy(instance, ada.caller, "shop")
    assert (production(ada), production(ada, "more.md")) == ("# ada\n", "more\n")
    assert git_in(remote, "rev-parse", "main") == last.after
    deploys.tag_ref(instance, ada.caller, "shop", name="v1")
    assert "v1" in git_in(remote, "tag")


def test_a_step_back_is_not_undone_by_the_next_deploy(
    instance: Instance, shop: Project, ada: Person, remote: Path, git: Callable[..., str]
) -> None:
    connect(instance, ada.caller, remote)
    first = git("rev-parse", "main")
    bad = commit(ada, "# bad\n")
    deploys.deploy(instance, ada.caller, "shop")
    deploys.deploy_ref(instance, ada.caller, "shop", ref=first)
    assert production(ada) == ORDERS
    assert git_in(remote, "rev-parse", "main") == bad
    commit(ada, "more\n", "more.md")
    with pytest.raises(Invalid, match="not what branch `main` of the remote builds on"):
        deploys.deploy(instance, ada.caller, "shop")
    assert production(ada) == ORDERS


def test_a_step_back_can_be_undone(
    instance: Instance, shop: Project, ada: Person, remote: Path, git: Callable[..., str]
) -> None:
    """The remote did not follow the step back, so it need not follow the way forward."""
    connect(instance, ada.caller, remote)
    first = git("rev-parse", "main")
    second = commit(ada, "# 2\n")
    deploys.deploy(instance, ada.caller, "shop")
    deploys.deploy_ref(instance, ada.caller, "shop", ref=first)
    undone = deploys.undo(instance, ada.caller, "shop")
    assert (undone.before, undone.after) == (first, second)
    assert production(ada) == "# 2\n"
    assert git_in(remote, "rev-parse", "main") == second


def test_undo_leaves_what_the_remote_has_beyond_production(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    connect(instance, ada.caller, remote)
    commit(ada, "# 2\n")
    deploys.deploy(instance, ada.caller, "shop")
    push_file(clone(remote, tmp_path / "outside"), "main", "out.md", "out\n")
    there = git_in(remote, "rev-parse", "main")
    deploys.undo(instance, ada.caller, "shop")
    assert production(ada) == ORDERS
    assert git_in(remote, "rev-parse", "main") == there


def test_undo_of_a_managed_release_pushes_nothing(
    instance: Instance, shop: Project, ada: Person, remote: Path, git: Callable[..., str]
) -> None:
    connect(instance, ada.caller, remote)
    first = git("rev-parse", "main")
    second = commit(ada, "# 2\n")
    managed = projects.ProjectChanges(is_release_managed=True)
    projects.update_project(instance, ada.caller, "shop", managed)
    deploys.deploy_ref(instance, ada.caller, "shop", ref=second)
    undone = deploys.undo(instance, ada.caller, "shop")
    assert (undone.before, undone.after) == (second, first)
    assert production(ada) == ORDERS
    assert git_in(remote, "rev-parse", "main") == first


def test_a_rejected_push_changes_nothing(
    instance: Instance, shop: Project, ada: Person, remote: Path, git: Callable[..., str]
) -> None:
    connect(instance, ada.caller, remote)
    commit(ada, "# 1\n")
    before = git("rev-parse", "main")
    (remote / "refs" / "heads" / "main.lock").touch()
    with pytest.raises(LookalikeError):
        deploys.deploy(instance, ada.caller, "shop")
    assert git("rev-parse", "main") == before
    (remote / "refs" / "heads" / "main.lock").unlink()
    deploys.deploy(instance, ada.caller, "shop")
    assert git_in(remote, "rev-parse", "main") == git("rev-parse", "main") != before


def test_the_webhook(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    for secret in ("", "anything"):
        with pytest.raises(NotAuthenticated, match="set its `deploy_secret`"):
            deploys.deploy_by_webhook(instance, "shop", secret)
    changes = ProjectChanges(deploy_secret="s3cret")
    updated = projects.update_project(instance, ada.caller, "shop", changes)
    assert updated.settings.has_deploy_secret
    with pytest.raises(Invalid, match="no remote"):
        deploys.deploy_by_webhook(instance, "shop", "s3cret")
    connect(instance, ada.caller, remote)
    outside = clone(remote, tmp_path / "outside")
    first = push_file(outside, "main", VIEW, "# 1\n")
    assert deploys.deploy_by_webhook(instance, "shop", "s3cret").after == first
    second = push_file(outside, "main", VIEW, "# 2\n")
    for name, secret in (("shop", ""), ("shop", "wrong"), ("none", "s3cret")):
        with pytest.raises(NotAuthenticated):
            deploys.deploy_by_webhook(instance, name, secret)
    assert production(ada) == "# 1\n"
    assert deploys.deploy_by_webhook(instance, "shop", "s3cret").after == second
    assert deploys.deploy_by_webhook(instance, "shop", "s3cret", ref=first[:9]).after == first
    third = push_file(outside, "other", VIEW, "# 3\n", "origin/main")
    assert deploys.deploy_by_webhook(instance, "shop", "s3cret", branch="other").after == third
    projects.update_project(instance, ada.caller, "shop", ProjectChanges(unset_deploy_secret=True))
    with pytest.raises(NotAuthenticated):
        deploys.deploy_by_webhook(instance, "shop", "")


def test_the_first_deploy_makes_production(instance: Instance, ada: Person) -> None:
    caller = ada.enter("dev")
    made = projects.create_project(instance, caller, "fresh")
    files.save_file(instance, caller, "fresh", "a.md", "a\n")
    first = files.commit(instance, caller, "fresh", "First")
    done = deploys.deploy(instance, caller, "fresh")
    assert (done.before, done.after) == ("", first)
    assert projects.has_production(instance, made)
    with pytest.raises(Invalid):
        deploys.undo(instance, caller, "fresh")


def test_everything_is_audited(instance: Instance, shop: Project, ada: Person) -> None:
    commit(ada, "# 1\n")
    deploys.deploy(instance, ada.caller, "shop")
    deploys.undo(instance, ada.caller, "shop")
    with instance.database.read() as db:
        entries = audit.list_entries(db, 3)
    assert [(each.action, each.actor) for each in entries] == [
        ("deploy_undo", ada.caller.user.id),
        ("deploy_branch", ada.caller.user.id),
        ("commit", ada.caller.user.id),
    ]
