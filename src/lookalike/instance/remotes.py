"""Remotes: the secrets that a project's remote and its dependencies are reached with, and tests of
whether they are.

In: a project. Out: public keys and answers of remotes. Secrets go in and never come out.
Rule: API, operations git_deploy_key, create_git_deploy_key, all_git_connection_tests,
run_git_connection_test, get_all_repository_credentials, update_repository_credential.
"""

from __future__ import annotations

import hashlib

from msgspec import Struct
from msgspec.structs import replace

from lookalike.git import (
    BadRemote,
    CommandFailed,
    Remote,
    check_url,
    new_deploy_key,
    probe,
    probe_steps,
)
from lookalike.instance import auditing, dependencies, projects, upstream, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Conflict, Invalid, NotFound, Problem, Unavailable
from lookalike.instance.instance import Instance, repository_for
from lookalike.store import records, secrets
from lookalike.store.records import Project


class ConnectionTest(Struct, frozen=True):
    """A step of testing a remote; the steps go from general to specific."""

    id: str
    description: str


class TestResult(Struct, frozen=True):
    """How a step went."""

    id: str
    is_passed: bool
    message: str


class RepositoryCredential(Struct, frozen=True, kw_only=True):
    """How to reach the remote of one dependency. The password is never here."""

    id: str
    root_project: str
    remote_url: str
    username: str = ""
    public_key: str = ""
    is_configured: bool = False


def deploy_key(instance: Instance, caller: Caller, project: str) -> str:
    """The public key of the project, one line. Raises NotFound if there is none yet."""
    require(caller, Permission.DEVELOP)
    found = projects.get_project(instance, caller, project)
    with instance.database.read() as db:
        public = secrets.find_secret(db, found.id, secrets.PUBLIC_KEY)
    if not public:
        raise NotFound(f"project `{project}` has no deploy key yet; create one")
    return public


def create_deploy_key(instance: Instance, caller: Caller, project: str) -> str:
    """A new ed25519 key pair of the project; the public line. Raises Conflict if there is one."""
    require(caller, Permission.DEVELOP)
    found = projects.get_project(instance, caller, project)
    try:
        private, public = new_deploy_key(f"lookalike-{project}")
    except CommandFailed as error:
        raise Unavailable(str(error)) from None
    with instance.database.write() as db:
        if secrets.find_secret(db, found.id, secrets.PUBLIC_KEY):
            raise Conflict(f"project `{project}` has a deploy key already; read it instead")
        secrets.set_secret(db, found.id, secrets.PRIVATE_KEY, private)
        secrets.set_secret(db, found.id, secrets.PUBLIC_KEY, public)
        auditing.record(instance, db, caller, "create_deploy_key", project, public)
    return public


def list_connection_tests(
    instance: Instance, caller: Caller, project: str, remote_url: str = ""
) -> tuple[ConnectionTest, ...]:
    """The steps `run_connection_test` knows for the project's remote, or for that of a dependency.
    A project without a remote has none.
    """
    require(caller, Permission.DEVELOP)
    found = projects.get_project(instance, caller, project)
    if not remote_url and not upstream.has_remote(found):
        return ()
    return tuple(ConnectionTest(id_, description) for id_, description in probe_steps())


def run_connection_test(
    instance: Instance, caller: Caller, project: str, test: str, remote_url: str = ""
) -> TestResult:
    """Run one step, and those it builds on. Raises NotFound for an unknown one."""
    require(caller, Permission.DEVELOP)
    found = projects.get_project(instance, caller, project)
    known = {one.id for one in list_connection_tests(instance, caller, project, remote_url)}
    if test not in known:
        raise NotFound(f"git connection test `{test[:100]}` was not found in project `{project}`")
    if remote_url and remote_url != found.settings.remote_url:
        remote = _dependency_remote(instance, caller, found, remote_url)
        probes = probe(remote)
    else:
        remote = upstream.remote_of(instance, found, caller)
        probes = probe(remote, repository_for(instance, found))
    done = next(one for one in probes if one.id == test)
    return TestResult(done.id, done.is_passed, done.message)


def list_repository_credentials(
    instance: Instance, caller: Caller, project: str
) -> tuple[RepositoryCredential, ...]:
    """One for each remote dependency of the project's manifest. Needs `administer`."""
    require(caller, Permission.ADMINISTER)
    found = projects.get_project(instance, caller, project)
    with instance.database.read() as db:
        kept = {one.name: one for one in secrets.list_credentials(db, found.id)}
    urls = {_id_of(url): url for url in _urls(instance, caller, found)}
    for name, one in kept.items():
        urls.setdefault(name, one.remote_url)
    return tuple(_shown(found, id_, url, kept.get(id_)) for id_, url in sorted(urls.items()))


def update_repository_credential(  # noqa: PLR0913 - what is not given stays
    instance: Instance,
    caller: Caller,
    project: str,
    credential: str,
    *,
    username: str | None = None,
    password: str | None = None,
    remote_url: str | None = None,
) -> RepositoryCredential:
    """Set what is given, leave the rest. Needs `administer`.

    Raises NotFound, Invalid for a URL that can't be used.
    """
    require(caller, Permission.ADMINISTER)
    found = projects.get_project(instance, caller, project)
    before = _find(instance, caller, found, credential)
    url = remote_url or before.remote_url
    try:
        check_url(url, upstream.allows_local(instance, url))
    except BadRemote as error:
        raise Invalid(
            "Validation Failed", (Problem("remote_url", "invalid", str(error)),)
        ) from None
    changed = replace(
        before,
        remote_url=url,
        username=before.username if username is None else username,
        password=before.password if password is None else password,
    )
    with instance.database.write() as db:
        secrets.set_credential(db, changed)
    return _shown(found, credential, url, changed)


def delete_repository_credential(
    instance: Instance, caller: Caller, project: str, credential: str
) -> None:
    """Forget a credential. Needs `administer`. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    found = projects.get_project(instance, caller, project)
    with instance.database.write() as db:
        is_gone = secrets.delete_credential(db, found.id, credential)
    if not is_gone:
        raise _missing(found, credential)


def _find(
    instance: Instance, caller: Caller, project: Project, credential: str
) -> records.RepositoryCredential:
    with instance.database.read() as db:
        kept = {one.name: one for one in secrets.list_credentials(db, project.id)}
    if credential in kept:
        return kept[credential]
    for url in _urls(instance, caller, project):
        if _id_of(url) == credential:
            return records.RepositoryCredential(project=project.id, name=credential, remote_url=url)
    raise _missing(project, credential)


def _urls(instance: Instance, caller: Caller, project: Project) -> frozenset[str]:
    """Where the remote dependencies of the project are."""
    version = workspaces.version_of(instance, caller, project)
    found = dependencies.remote_dependencies(instance, version)
    return frozenset(one.url for one in found.values())


def _missing(project: Project, credential: str) -> NotFound:
    return NotFound(f"credential `{credential[:100]}` was not found in project `{project.name}`")


def _shown(
    project: Project, id_: str, url: str, kept: records.RepositoryCredential | None
) -> RepositoryCredential:
    return RepositoryCredential(
        id=id_,
        root_project=project.name,
        remote_url=url,
        username=kept.username if kept else "",
        public_key=kept.public_key if kept else "",
        is_configured=bool(kept and (kept.password or kept.private_key)),
    )


def _id_of(url: str) -> str:
    """A stable id of a remote that fits into a path."""
    return hashlib.sha256(url.encode()).hexdigest()[:20]


def _dependency_remote(instance: Instance, caller: Caller, project: Project, url: str) -> Remote:
    """The remote of a dependency of the manifest. No other address is tried: the server does not
    knock at doors for whoever asks.
    """
    if url not in _urls(instance, caller, project):
        raise NotFound(f"`{url[:200]}` is no remote dependency of project `{project.name}`")
    return dependencies.remote_for(instance, project, url)
