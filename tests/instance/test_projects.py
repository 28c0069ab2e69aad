from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from lookalike.compiler.syntax import Code, Diagnostic
from lookalike.instance import (
    branches,
    files,
    manifests,
    models,
    projects,
    remotes,
    validation,
    workspaces,
)
from lookalike.instance.access import Permission
from lookalike.instance.config import Config, ProjectConfig
from lookalike.instance.errors import Conflict, Invalid, NotAllowed, NotFound
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.projects import ProjectChanges, UnreachableRemote
from lookalike.store import projects as rows
from lookalike.store.records import Project
from tests.instance.conftest import FILES, Person, clone, connect, git_in, push_file


def test_create(instance: Instance, ada: Person, log_in: Callable[..., Person]) -> None:
    with pytest.raises(Invalid, match="dev mode"):
        projects.create_project(instance, ada.caller, "shop")
    caller = ada.enter("dev")
    made = projects.create_project(instance, caller, "shop")
    assert (made.name, made.production_branch, made.is_folder) == ("shop", "main", False)
    with pytest.raises(Conflict, match="exists already"):
        projects.create_project(instance, caller, "shop")
    for name in ("", "../x", "a b", "-x", "a/b"):
        with pytest.raises(Invalid) as error:
            projects.create_project(instance, caller, name)
        assert error.value.problems[0].field == "name"
    with pytest.raises(NotAllowed):
        projects.create_project(instance, log_in("v@example.com", "viewer").caller, "x")


def test_settings(instance: Instance, shop: Project, ada: Person, config: Config) -> None:
    changes = ProjectChanges(
        username="ci",
        password="hidden",
        pull_request_mode="links",
        validation_required=True,
        allows_warnings=False,
        http_port=8443,
        deploy_secret="hush",
    )
    changed = projects.update_project(instance, ada.caller, "shop", changes)
    settings = changed.settings
    assert (settings.username, settings.pull_request_mode, settings.http_port) == (
        "ci",
        "links",
        8443,
    )
    assert settings.validation_required
    assert not settings.allows_warnings
    again = projects.update_project(instance, ada.caller, "shop", ProjectChanges(username=None))
    assert again.settings == replace(settings, username="")
    other = open_instance(config)
    assert projects.get_project(other, ada.caller, "shop") == again
    other.close()
    assert "hidden" not in repr(again)
    assert "hush" not in repr(again)
    for wrong, field in (
        (ProjectChanges(pull_request_mode="maybe"), "pull_request_mode"),
        (ProjectChanges(production_branch="--x"), "git_production_branch_name"),
        (ProjectChanges(remote_url="ext::sh -c x"), "git_remote_url"),
        (ProjectChanges(remote_url="https://u:p@example.com/x"), "git_remote_url"),
        (ProjectChanges(name="other"), "name"),
    ):
        with pytest.raises(Invalid) as error:
            projects.update_project(instance, ada.caller, "shop", wrong)
        assert [found.field for found in error.value.problems] == [field]
    assert projects.get_project(instance, ada.caller, "shop") == again


def test_a_remote_must_answer(
    instance: Instance, shop: Project, ada: Person, tmp_path: Path
) -> None:
    with pytest.raises(UnreachableRemote):
        connect(instance, ada.caller, tmp_path / "nothing.git")
    assert projects.get_project(instance, ada.caller, "shop") == shop


def test_local_remotes_are_off_unless_allowed(
    instance: Instance, shop: Project, ada: Person, remote: Path
) -> None:
    strict = replace(instance, config=replace(instance.config, local_remotes=""))
    narrow = replace(
        instance, config=replace(instance.config, local_remotes=str(remote.parent / "x"))
    )
    for unwilling in (strict, narrow):
        with pytest.raises(Invalid) as error:
            connect(unwilling, ada.caller, remote)
        assert error.value.problems[0].field == "git_remote_url"


def test_no_project_may_read_the_repository_of_another(
    instance: Instance, shop: Project, ada: Person
) -> None:
    own = Path(instance.config.folder) / shop.repository
    with pytest.raises(Invalid) as error:
        connect(instance, ada.caller, own)
    assert error.value.problems[0].field == "git_remote_url"


def test_an_empty_remote_gets_production(
    instance: Instance, shop: Project, ada: Person, remote: Path, git: Callable[..., str]
) -> None:
    connect(instance, ada.caller, remote)
    assert git_in(remote, "rev-parse", "main") == git("rev-parse", "main")


@pytest.mark.parametrize("branch", ["main", "master"])
def test_a_project_begins_with_its_remote(
    instance: Instance, ada: Person, tmp_path: Path, branch: str
) -> None:
    bare = tmp_path / "full.git"
    git_in(tmp_path, "init", "--quiet", "--bare", f"--initial-branch={branch}", str(bare))
    outside = clone(bare, tmp_path / "outside")
    git_in(outside, "commit", "--quiet", "--allow-empty", "-m", "Root")
    git_in(outside, "push", "--quiet", "origin", f"HEAD:{branch}")
    push_file(outside, branch, "a.model.lkml", 'connection: "x"\n')
    caller = ada.enter("dev")
    projects.create_project(instance, caller, "shop")
    made = connect(instance, caller, bare)
    assert made.production_branch == branch
    assert projects.has_production(instance, made)
    production = branches.current_branch(instance, ada.enter("production"), "shop")
    assert (production.name, production.is_remote) == (branch, True)
    assert files.read_file(instance, ada.enter("dev"), "shop", "a.model.lkml")


def test_delete(
    instance: Instance, shop: Project, ada: Person, log_in: Callable[..., Person]
) -> None:
    place = Path(workspaces.repository_path(instance, shop))
    with pytest.raises(NotAllowed, match=Permission.ADMINISTER.value):
        projects.delete_project(instance, ada.caller, "shop")
    admin = log_in("root@example.com", "admin")
    assert place.is_dir()
    projects.delete_project(instance, admin.caller, "shop")
    assert list(place.parent.iterdir()) == []
    with pytest.raises(NotFound):
        projects.get_project(instance, ada.caller, "shop")
    again = projects.create_project(instance, ada.caller, "shop", FILES, "Again")
    assert again.id != shop.id
    assert files.list_files(instance, ada.caller, "shop")


def test_a_deletion_that_was_interrupted_is_finished(
    instance: Instance, shop: Project, ada: Person
) -> None:
    """As if the process had died right after the row was gone, or in the middle of creating."""
    place = Path(workspaces.repository_path(instance, shop))
    with instance.database.write() as db:
        rows.delete(db, shop.id)
        rows.set_leftover(db, shop.repository, instance.clock())
        rows.set_leftover(db, "projects/half.git", instance.clock() + timedelta(hours=1))
        rows.set_leftover(db, "../outside", instance.clock())
    outside = place.parents[2] / "outside"
    outside.mkdir()
    (place.parent / "half.git").mkdir()
    projects.create_project(instance, ada.caller, "other")
    assert not place.exists()
    assert outside.exists()
    assert (place.parent / "half.git").exists()


def test_a_configured_project_stays(config: Config, tmp_path: Path, ada: Person) -> None:
    folder = tmp_path / "lookml"
    folder.mkdir()
    (folder / "a.model.lkml").write_text('connection: "x"\n')
    configured = replace(config, projects={"files": ProjectConfig(path=str(folder))})
    opened = open_instance(configured)
    caller = replace(ada.caller, permissions=frozenset(Permission))
    with pytest.raises(Invalid, match="configuration"):
        projects.delete_project(opened, caller, "files")
    opened.close()
    assert (folder / "a.model.lkml").exists()


def test_deploy_keys(instance: Instance, shop: Project, ada: Person) -> None:
    with pytest.raises(NotFound):
        remotes.deploy_key(instance, ada.caller, "shop")
    public = remotes.create_deploy_key(instance, ada.caller, "shop")
    assert public.startswith("ssh-ed25519 ")
    assert remotes.deploy_key(instance, ada.caller, "shop") == public
    with pytest.raises(Conflict):
        remotes.create_deploy_key(instance, ada.caller, "shop")


def test_connection_tests(
    instance: Instance, shop: Project, ada: Person, remote: Path, tmp_path: Path
) -> None:
    assert remotes.list_connection_tests(instance, ada.caller, "shop") == ()
    connect(instance, ada.caller, remote)
    tests = remotes.list_connection_tests(instance, ada.caller, "shop")
    for test in tests:
        done = remotes.run_connection_test(instance, ada.caller, "shop", test.id)
        assert (done.id, done.is_passed) == (test.id, True), done.message
    with pytest.raises(NotFound):
        remotes.run_connection_test(instance, ada.caller, "shop", "none")
    remote.rename(tmp_path / "gone.git")
    last = remotes.run_connection_test(instance, ada.caller, "shop", tests[-1].id)
    assert not last.is_passed
    assert last.message
    with pytest.raises(NotFound):
        remotes.run_connection_test(
            instance, ada.caller, "shop", tests[0].id, "https://169.254.169.254/x"
        )


def shared(tmp_path: Path) -> tuple[Path, Path]:
    """A LookML project on a server of its own, and a working copy of it."""
    bare = tmp_path / "shared.git"
    git_in(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    outside = clone(bare, tmp_path / "shared")
    git_in(outside, "commit", "--quiet", "--allow-empty", "-m", "Root")
    git_in(outside, "push", "--quiet", "origin", "HEAD:main")
    text = "view: orders {\n  sql_table_name: @{schema}.orders ;;\n  dimension: one {}\n}\n"
    manifest = 'constant: schema { value: "a" export: override_optional }\n'
    push_file(outside, "main", "manifest.lkml", manifest)
    push_file(outside, "main", "orders.view.lkml", text)
    return bare, outside


def named(found: Sequence[Diagnostic]) -> list[tuple[str, int, str]]:
    """What is wrong with names of projects and views: where, and the beginning of the message."""
    codes = (Code.UNKNOWN_PROJECT, Code.UNKNOWN_VIEW)
    return [
        (each.place.path, each.place.line, each.message.partition(",")[0])
        for each in found
        if each.code in codes
    ]


def test_remote_dependencies_are_locked(
    instance: Instance, ada: Person, tmp_path: Path, config: Config
) -> None:
    bare, outside = shared(tmp_path)
    manifest = f"""project_name: "shop"
remote_dependency: shared {{
  url: "{bare}"
  ref: "main"
  override_constant: schema {{ value: "mine" }}
}}
"""
    model = 'connection: "x"\ninclude: "//shared/*.view.lkml"\nexplore: orders {}\n'
    caller = ada.enter("dev")
    made = {"manifest.lkml": manifest, "shop.model.lkml": model}
    projects.create_project(instance, caller, "shop", made, "Open")
    assert manifests.dependency_status(instance, caller, "shop") == "lock_required"
    (told,) = named(validation.validate(instance, caller, "shop").diagnostics)
    assert told == ("manifest.lkml", 2, "project `shared` is not locked to a commit")
    manifests.lock_all(instance, caller, "shop")
    assert manifests.dependency_status(instance, caller, "shop") == "lock_optional"
    assert not named(validation.validate(instance, caller, "shop").diagnostics)

    def fields(hall: Instance) -> set[str]:
        return set(models.explore_for(hall, ada.caller, "shop", "orders").explore.fields)

    assert "orders.one" in fields(instance)
    found = models.explore_for(instance, caller, "shop", "orders").explore
    assert "mine" in repr(found.view.sql_table_name)
    text = "view: orders {\n  dimension: two {}\n}\n"
    push_file(outside, "main", "orders.view.lkml", text)
    assert "orders.one" in fields(instance)
    manifests.lock_all(instance, caller, "shop")
    assert "orders.two" in fields(instance)
    (dependency,) = manifests.manifest_of(instance, caller, "shop").dependencies
    assert (dependency.name, dependency.url, dependency.ref) == ("shared", str(bare), "main")
    ada.enter("production")
    assert manifests.dependency_status(instance, ada.caller, "shop") == "lock_required"


def test_a_lock_of_somebody_else_is_fetched(
    instance: Instance, ada: Person, tmp_path: Path
) -> None:
    bare, outside = shared(tmp_path)
    commit = git_in(outside, "rev-parse", "HEAD")
    block = f'remote_dependency: shared {{\n  url: "{bare}"\n  ref: "%s"\n}}\n'
    made = {
        "manifest.lkml": block % "main",
        "manifest_lock.lkml": block % commit,
        "shop.model.lkml": 'connection: "x"\ninclude: "//shared/*"\nexplore: orders {}\n',
    }
    projects.create_project(instance, ada.enter("dev"), "shop", made, "Open")
    found = models.explore_for(instance, ada.caller, "shop", "orders")
    assert "orders.one" in found.explore.fields


def test_credentials_of_dependencies(
    instance: Instance, ada: Person, log_in: Callable[..., Person]
) -> None:
    url = "https://git.example.com/shared.git"
    made = {"manifest.lkml": f'remote_dependency: shared {{ url: "{url}" ref: "main" }}\n'}
    projects.create_project(instance, ada.enter("dev"), "shop", made, "Open")
    admin = log_in("root@example.com", "admin").caller
    (before,) = remotes.list_repository_credentials(instance, admin, "shop")
    assert (before.remote_url, before.is_configured) == (url, False)
    after = remotes.update_repository_credential(
        instance, admin, "shop", before.id, username="ci", password="hidden"
    )
    assert (after.username, after.is_configured) == ("ci", True)
    assert "hidden" not in repr(after)
    assert remotes.list_repository_credentials(instance, admin, "shop") == (after,)
    remotes.delete_repository_credential(instance, admin, "shop", before.id)
    assert remotes.list_repository_credentials(instance, admin, "shop") == (before,)
    for call in (
        lambda: remotes.delete_repository_credential(instance, admin, "shop", before.id),
        lambda: remotes.update_repository_credential(instance, admin, "shop", "none"),
    ):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(NotAllowed):
        remotes.list_repository_credentials(instance, ada.caller, "shop")
