from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lookalike.git import is_branch_name
from lookalike.instance import (
    branches,
    credentials,
    files,
    login,
    models,
    people,
    projects,
    workspaces,
)
from lookalike.instance.access import Caller
from lookalike.instance.errors import Invalid, NotAllowed, NotFound
from lookalike.instance.instance import Instance, repository_for
from lookalike.store.records import Project
from tests.instance.conftest import ORDERS, Person

VIEW = "views/orders.view.lkml"


def text(instance: Instance, caller: Caller) -> str:
    return files.read_file(instance, caller, "shop", VIEW)


def problem(error: pytest.ExceptionInfo[Invalid]) -> str:
    assert [found.field for found in error.value.problems] == ["workspace_id"]
    return error.value.problems[0].message


def test_dev_is_each_users_own(
    instance: Instance, shop: Project, ada: Person, grace: Person
) -> None:
    grace.enter("dev")
    files.save_file(instance, ada.caller, "shop", VIEW, "view: orders {}\n")
    assert text(instance, ada.caller) == "view: orders {}\n"
    assert text(instance, grace.caller) == ORDERS
    version = workspaces.version_of(instance, ada.caller, shop)
    assert (version.workspace, version.is_changed) == ("dev", True)
    assert version.branch == workspaces.personal_branch(ada.caller)
    ada.enter("production")
    assert text(instance, ada.caller) == ORDERS


def test_named_workspaces_do_not_collide(instance: Instance, shop: Project, ada: Person) -> None:
    for name in ("one", "two"):
        files.save_file(instance, ada.enter(f"dev:{name}"), "shop", VIEW, f"# {name}\n")
    for name in ("one", "two"):
        assert text(instance, ada.enter(f"dev:{name}")) == f"# {name}\n"
        branch = branches.current_branch(instance, ada.caller, "shop")
        assert branch.name == f"{workspaces.personal_branch(ada.caller)}-{name}"
        assert (branch.is_personal, branch.is_readonly) == (True, False)
    assert text(instance, ada.enter("dev")) == ORDERS
    ids = [each.id for each in workspaces.list_workspaces(instance, ada.caller)]
    assert ids == ["production", "dev", "dev:one", "dev:two"]


@pytest.mark.parametrize("workspace", ["prod", "dev:", "dev:A", "dev:../x", "dev:" + "a" * 41, ""])
def test_what_is_no_workspace(
    instance: Instance, shop: Project, ada: Person, workspace: str
) -> None:
    with pytest.raises(Invalid) as error:
        workspaces.enter(instance, ada.caller, workspace)
    problem(error)
    assert ada.caller.session.workspace == "dev"


def test_pinned_by_branch_tag_and_commit(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    branches.create_branch(instance, ada.caller, "shop", "feature/x")
    files.save_file(instance, ada.caller, "shop", VIEW, "# feature\n")
    commit = files.commit(instance, ada.caller, "shop", "Feature")
    git("tag", "v1.2", commit)
    for ref in ("feature/x", "v1.2", commit, commit[:7]):
        assert text(instance, ada.enter(f"@{ref}")) == "# feature\n"
        assert ada.caller.session.pins == {"shop": commit}
        assert ada.caller.session.workspace == f"@{ref}"
    assert text(instance, ada.enter("shop@v1.2")) == "# feature\n"
    found = workspaces.workspace_of(instance, ada.caller, "@main")
    assert [(v.project.name, v.commit) for v in found.versions] == [
        ("shop", git("rev-parse", "main"))
    ]
    assert found.kind == "pinned"
    branch = branches.current_branch(instance, ada.caller, "shop")
    assert (branch.name, branch.ref, branch.is_readonly) == ("v1.2", commit, True)


def test_a_pinned_workspace_does_not_move(
    instance: Instance, shop: Project, ada: Person, grace: Person, git: Callable[..., str]
) -> None:
    caller = grace.enter("dev")
    branches.create_branch(instance, caller, "shop", "moving")
    files.save_file(instance, caller, "shop", VIEW, "# 1\n")
    files.commit(instance, caller, "shop", "1")
    pinned = ada.enter("@moving")
    files.save_file(instance, caller, "shop", VIEW, "# 2\n")
    second = files.commit(instance, caller, "shop", "2")
    git("update-ref", "refs/heads/main", second)
    assert text(instance, pinned) == "# 1\n"
    assert text(instance, ada.caller) == "# 1\n"
    assert text(instance, ada.enter("@moving")) == "# 2\n"


def test_projects_that_are_not_pinned_are_at_production_as_it_was(
    instance: Instance, shop: Project, ada: Person
) -> None:
    other = projects.create_project(
        instance, ada.caller, "books", {"a.model.lkml": "# then\n"}, "Books"
    )
    branches.create_branch(instance, ada.caller, "shop", "feature")
    pinned = ada.enter("shop@feature")
    assert set(pinned.session.pins) == {"shop", "books"}
    repository = repository_for(instance, other)
    before = repository.find_ref("refs/heads/main")
    repository.move("refs/heads/main", before, None)
    assert files.read_file(instance, pinned, "books", "a.model.lkml") == "# then\n"


@pytest.mark.parametrize(
    ("workspace", "words"),
    [
        ("@nothing", "no branch, tag or commit `nothing`"),
        ("shop@nothing", "in project `shop`"),
        ("books@main", "project `books` was not found"),
        ("@--output=x", "no branch, tag or commit"),
        ("@", "no branch, tag or commit"),
        ("shop@main,nope@main", "project `nope`"),
    ],
)
def test_a_ref_that_is_none(
    instance: Instance, shop: Project, ada: Person, workspace: str, words: str
) -> None:
    with pytest.raises(Invalid) as error:
        workspaces.enter(instance, ada.caller, workspace)
    assert words in problem(error)


def test_a_pinned_workspace_is_read_only(instance: Instance, shop: Project, ada: Person) -> None:
    ada.enter("@main")
    with pytest.raises(Invalid, match="read-only"):
        files.save_file(instance, ada.caller, "shop", VIEW, "")
    ada.enter("production")
    with pytest.raises(Invalid, match="read-only"):
        branches.create_branch(instance, ada.caller, "shop", "x")


def test_only_developers_leave_production(
    instance: Instance, shop: Project, log_in: Callable[..., Person]
) -> None:
    viewer = log_in("viewer@example.com", "viewer")
    for workspace in ("dev", "dev:x", "@main"):
        with pytest.raises(NotAllowed, match="develop"):
            workspaces.enter(instance, viewer.caller, workspace)
        with pytest.raises(NotAllowed, match="develop"):
            workspaces.within(instance, viewer.caller, workspace)
    assert viewer.caller.session.workspace == "production"


def test_within_reads_elsewhere_and_leaves_the_session(
    instance: Instance, shop: Project, ada: Person
) -> None:
    files.save_file(instance, ada.caller, "shop", VIEW, "# mine\n")
    assert text(instance, workspaces.within(instance, ada.caller, "production")) == ORDERS
    assert text(instance, workspaces.within(instance, ada.caller, "@main")) == ORDERS
    ada.enter("production")
    assert text(instance, workspaces.within(instance, ada.caller, "dev")) == "# mine\n"
    version = workspaces.version_of(instance, ada.caller, shop, "@main")
    assert version.commit
    assert version.branch == "main"
    assert ada.caller.session.workspace == "production"
    with pytest.raises(NotFound):
        workspaces.within(instance, ada.caller, "dev:never")
    with pytest.raises(NotFound):
        workspaces.workspace_of(instance, ada.caller, "nonsense")


def test_delete_parks_what_is_nowhere_else(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    caller = ada.enter("dev:ci")
    files.save_file(instance, caller, "shop", VIEW, "# committed\n")
    commit = files.commit(instance, caller, "shop", "Work")
    files.save_file(instance, caller, "shop", "extra.md", "saved\n")
    ada.enter("dev")
    workspaces.delete_workspace(instance, ada.caller, "dev:ci")
    refs = git("for-each-ref", "--format=%(refname)").splitlines()
    parked = [ref for ref in refs if ref.startswith("refs/lookalike/parked/")]
    assert len(parked) == 1
    assert git("show", f"{parked[0]}:extra.md") == "saved"
    assert git("rev-parse", f"{parked[0]}^") == commit
    assert not [ref for ref in refs if ref.endswith("-ci")]
    with pytest.raises(NotFound):
        workspaces.delete_workspace(instance, ada.caller, "dev:ci")
    with pytest.raises(Invalid):
        workspaces.delete_workspace(instance, ada.caller, "dev")
    assert text(instance, ada.enter("dev:ci")) == ORDERS
    git("fsck", "--full", "--strict")


def test_delete_leaves_nothing_of_a_clean_one(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    before = git("for-each-ref")
    ada.enter("dev:ci")
    ada.enter("dev")
    workspaces.delete_workspace(instance, ada.caller, "dev:ci")
    assert git("for-each-ref") == before


def test_quota_and_expiry(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    for n in range(5):
        ada.enter(f"dev:n{n}")
    with pytest.raises(Invalid) as error:
        ada.enter("dev:more")
    assert "5 are allowed" in problem(error)
    ada.enter("dev:n0")
    files.save_file(instance, ada.caller, "shop", VIEW, "# old\n")
    now = instance.clock()
    later = replace(instance, clock=lambda: now + timedelta(days=31))
    user = people.enter_user(later, "late@example.com", "developer")
    made = credentials.create_credential(later, user)
    token = login.log_in(later, made.credential.client_id, made.client_secret)
    workspaces.enter(later, login.caller_for(later, token.token), "dev:new")
    refs = git("for-each-ref", "--format=%(refname)")
    assert "refs/lookalike/parked/" in refs
    ids = [each.id for each in workspaces.list_workspaces(instance, ada.enter("dev"))]
    assert ids == ["production", "dev"]


def test_a_credential_may_carry_a_workspace(
    instance: Instance,
    shop: Project,
    log_in: Callable[..., Person],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert log_in("ci@example.com").caller.session.workspace == "production"
    assert log_in("ci@example.com", workspace="dev:job").caller.session.workspace == "dev:job"
    pinned = log_in("ci@example.com", workspace="@main").caller
    assert pinned.session.pins["shop"]
    with caplog.at_level(logging.WARNING):
        stuck = log_in("ci@example.com", workspace="@gone").caller
    assert stuck.session.workspace == "production"
    assert "begins in production" in caplog.text
    with pytest.raises(Invalid):
        log_in("ci@example.com", workspace="nonsense")
    with pytest.raises(Invalid, match="lacks the permission `develop`"):
        log_in("v@example.com", "viewer", workspace="dev")


def test_what_exists_elsewhere_is_named(instance: Instance, shop: Project, ada: Person) -> None:
    new = 'connection: "warehouse"\ninclude: "/views/*.view.lkml"\nexplore: orders {}\n'
    files.save_file(instance, ada.caller, "shop", "more.model.lkml", new)
    files.save_file(
        instance,
        ada.caller,
        "shop",
        "shop.model.lkml",
        new + "explore: again { from: orders }\n",
    )
    ada.enter("production")
    with pytest.raises(NotFound, match="exists in workspace `dev`"):
        models.find_model(instance, ada.caller, "more")
    with pytest.raises(NotFound, match="exists in workspace `dev`"):
        models.explore_for(instance, ada.caller, "shop", "again")
    with pytest.raises(NotFound) as error:
        models.explore_for(instance, ada.caller, "shop", "never")
    assert "exists in" not in str(error.value)


def test_personal_branches_can_be_named(instance: Instance, ada: Person) -> None:
    assert is_branch_name(workspaces.personal_branch(ada.caller))
    odd = people.enter_user(instance, "x@y", "developer")
    assert is_branch_name(workspaces.personal_branch(replace(ada.caller, user=odd)))
