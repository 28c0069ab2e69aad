"""Who may set what of a project, and what happens to secrets when its remote is another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from lookalike.instance import deploys, project_changes, projects, remotes, upstream
from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import Invalid, NotAllowed, Unavailable
from lookalike.instance.instance import Instance
from lookalike.instance.projects import ProjectChanges, UnreachableRemote
from lookalike.store import audit, secrets
from lookalike.store import projects as rows
from lookalike.store.records import Project, ProjectSettings
from tests.instance.conftest import Person, connect

HOME = "https://git.example.com/shop.git"


def without(caller: Caller, *missing: Permission) -> Caller:
    return replace(caller, permissions=caller.permissions - set(missing))


def with_remote(instance: Instance, shop: Project, **settings: str) -> Project:
    """The project as if somebody had set up this remote, which need not answer."""
    known = replace(ProjectSettings(remote_url=HOME, username="grace"), **settings)
    with instance.database.write() as db:
        secrets.set_secret(db, shop.id, secrets.PASSWORD, "hidden")
        return rows.update(db, shop.id, production_branch="main", settings=known)


def password(instance: Instance, project: Project) -> str:
    return upstream.remote_of(instance, project).password


@pytest.mark.parametrize(
    "url", ["https://git.example.com/other.git", "https://git.example.com:443/shop.git"]
)
def test_a_password_stays_with_its_host(instance: Instance, shop: Project, url: str) -> None:
    before = with_remote(instance, shop)
    settings, _ = project_changes.changed(before, ProjectChanges(remote_url=url))
    assert (settings.remote_url, settings.username) == (url, "grace")
    assert not project_changes.moves_host(before, ProjectChanges(remote_url=url))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.com/shop.git",
        "https://git.example.com:8443/shop.git",
        "ssh://git.example.com/shop.git",
        "",
    ],
)
def test_a_password_does_not_follow_to_another_host(
    instance: Instance, shop: Project, url: str
) -> None:
    kept = {"username_attribute": "git_user", "password_attribute": "git_password"}
    before = with_remote(instance, shop, **kept)
    changes = ProjectChanges(remote_url=url or None)
    assert project_changes.moves_host(before, changes)
    settings, _ = project_changes.changed(before, changes)
    assert (settings.username, settings.username_attribute, settings.password_attribute) == (
        "",
        "",
        "",
    )
    own, _ = project_changes.changed(before, ProjectChanges(remote_url=url or None, username="ada"))
    assert own.username == "ada"


def test_the_password_is_gone_once_the_remote_is(
    instance: Instance, shop: Project, ada: Person, remote: Path
) -> None:
    before = with_remote(instance, shop)
    missing = ProjectChanges(remote_url=str(remote.with_name("nothing.git")))
    with pytest.raises(UnreachableRemote):
        projects.update_project(instance, ada.caller, "shop", missing)
    assert projects.get_project(instance, ada.caller, "shop") == before
    assert password(instance, before) == "hidden"
    moved = connect(instance, ada.caller, remote)
    assert (moved.settings.username, password(instance, moved)) == ("", "")
    given = ProjectChanges(remote_url=None, username="ada", password="mine")
    own = projects.update_project(instance, ada.caller, "shop", given)
    assert (own.settings.username, password(instance, own)) == ("ada", "mine")
    again = connect(instance, ada.caller, remote)
    assert (again.settings.username, password(instance, again)) == ("", "")


def test_whose_attributes_are_sent_is_for_administrators(
    instance: Instance, shop: Project, ada: Person, log_in: Callable[..., Person]
) -> None:
    changes = ProjectChanges(username_attribute="email", password_attribute="git_password")
    with pytest.raises(NotAllowed, match="administer"):
        projects.update_project(instance, ada.caller, "shop", changes)
    admin = log_in("root@example.com", "admin")
    set_ = projects.update_project(instance, admin.caller, "shop", changes)
    assert set_.settings.password_attribute == "git_password"
    assert projects.update_project(instance, ada.caller, "shop", changes) == set_
    with pytest.raises(NotAllowed, match="administer"):
        projects.update_project(
            instance, ada.caller, "shop", ProjectChanges(password_attribute=None)
        )


@pytest.mark.parametrize(
    "changes",
    [
        ProjectChanges(production_branch="other"),
        ProjectChanges(pull_request_mode="required"),
        ProjectChanges(validation_required=True),
        ProjectChanges(allows_warnings=False),
        ProjectChanges(is_release_managed=True),
        ProjectChanges(deploy_secret="hush"),
    ],
    ids=lambda changes: next(iter(changes.said())),
)
def test_what_changes_production_needs_deploy(
    instance: Instance, shop: Project, ada: Person, changes: ProjectChanges
) -> None:
    bound = without(ada.caller, Permission.DEPLOY)
    with pytest.raises(NotAllowed, match="deploy"):
        projects.update_project(instance, bound, "shop", changes)
    assert projects.get_project(instance, ada.caller, "shop") == shop
    projects.update_project(instance, ada.caller, "shop", changes)


def test_what_stays_as_it_is_needs_nothing(instance: Instance, shop: Project, ada: Person) -> None:
    """Clients send a project back as they got it."""
    bound = without(ada.caller, Permission.DEPLOY)
    same = ProjectChanges(
        production_branch="main",
        pull_request_mode=shop.settings.pull_request_mode,
        validation_required=shop.settings.validation_required,
        allows_warnings=shop.settings.allows_warnings,
        unset_deploy_secret=True,
        username="ada",
        password="mine",
    )
    assert projects.update_project(instance, bound, "shop", same).settings.username == "ada"
    secret = ProjectChanges(deploy_secret="hush")
    projects.update_project(instance, ada.caller, "shop", secret)
    for wrong in (ProjectChanges(unset_deploy_secret=True), ProjectChanges(deploy_secret=None)):
        with pytest.raises(NotAllowed, match="deploy"):
            projects.update_project(instance, bound, "shop", wrong)


def test_another_production_branch_is_a_deploy(
    instance: Instance, shop: Project, ada: Person, git: Callable[..., str]
) -> None:
    first = git("rev-parse", "main")
    second = git("commit-tree", "-p", first, "-m", "Two", git("rev-parse", "main^{tree}"))
    git("update-ref", "refs/heads/release", second)
    changes = ProjectChanges(production_branch="release")
    projects.update_project(instance, ada.caller, "shop", changes)
    (done,) = deploys.list_deploys(instance, ada.caller, "shop")
    assert (done.before, done.after) == (first, second)
    with instance.database.read() as db:
        entries = audit.list_entries(db, 3)
    found = next(each for each in entries if each.action == "deploy_setting")
    assert (found.actor, found.subject) == (ada.caller.user.id, "shop")
    assert found.detail == f"main..release {first}..{second}"


def test_remotes_lie_on_public_addresses(instance: Instance, shop: Project, ada: Person) -> None:
    for url in ("https://127.0.0.1:9/x.git", "ssh://[::1]:22/x.git", "https://169.254.169.254/x"):
        changes = ProjectChanges(remote_url=url)
        with pytest.raises(Invalid, match=r"inside a private network.*`private_remotes`"):
            projects.update_project(instance, ada.caller, "shop", changes)
    private = replace(instance, config=replace(instance.config, private_remotes=True))
    with pytest.raises(UnreachableRemote, match="can't be reached"):
        projects.update_project(
            private, ada.caller, "shop", ProjectChanges(remote_url="https://127.0.0.1:9/x.git")
        )


def test_a_dependency_lies_on_a_public_address(instance: Instance, ada: Person) -> None:
    url = "https://127.0.0.1:9/shared.git"
    made = {"manifest.lkml": f'remote_dependency: shared {{ url: "{url}" ref: "main" }}\n'}
    projects.create_project(instance, ada.enter("dev"), "shop", made, "Open")
    done = remotes.run_connection_test(instance, ada.caller, "shop", "host_reachable", url)
    assert not done.is_passed
    assert "inside a private network" in done.message


def test_what_answers_is_not_repeated(
    instance: Instance, shop: Project, ada: Person, talker: int
) -> None:
    """A service that is no git server tells us its name; nobody shall learn it through us."""
    private = replace(instance, config=replace(instance.config, private_remotes=True))
    for url in (f"ssh://127.0.0.1:{talker}/x.git", f"https://127.0.0.1:{talker}/x.git"):
        known = ProjectSettings(remote_url=url)
        with instance.database.write() as db:
            project = rows.update(db, shop.id, production_branch="main", settings=known)
        with pytest.raises((Unavailable, Invalid)) as error:
            upstream.fetch(private, project)
        assert "Redis" not in str(error.value)
        assert "banner" not in str(error.value)
        assert len(str(error.value).splitlines()) == 1
        for step in ("read_remote", "write_remote"):
            done = remotes.run_connection_test(private, ada.caller, "shop", step)
            assert "Redis" not in done.message
