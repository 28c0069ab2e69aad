"""Dependencies: the projects on other servers that a manifest names, as versions of ours.

In: a version of the importing project, and a name. Out: the files of the import, at the commit that
the lockfile, or else the manifest, says. Each URL has one hidden repository in the instance's
folder, which is fetched when something asks for a commit that is not there.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from lookalike import git
from lookalike.compiler import model, syntax
from lookalike.git import (
    AmbiguousRef,
    CommitId,
    MissingObject,
    Remote,
    Repository,
    UnknownRef,
    create_repository,
    resolve,
)
from lookalike.instance import upstream, workspaces
from lookalike.instance.errors import Invalid, LookalikeError
from lookalike.instance.instance import Instance, repository_of
from lookalike.instance.workspaces import Version
from lookalike.store import secrets
from lookalike.store.records import Project, RepositoryCredential

LOCKFILE = "manifest_lock.lkml"
_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_PAUSE = timedelta(seconds=60)
_KEPT = 1_000


class RemoteDependency(Struct, frozen=True):
    """A project on another server. `ref` is a commit, a tag or a branch; empty for the default."""

    name: str
    url: str
    ref: str


def remote_dependencies(
    instance: Instance, version: Version, path: str = model.MANIFEST
) -> Mapping[str, RemoteDependency]:
    """The remote dependencies in the manifest of a version, or in its lockfile, by name."""
    blob = workspaces.files_of(instance, version).get(path)
    if blob is None:
        return {}
    parsed = instance.memos.parsed.get(
        blob, lambda: syntax.lookml.parse(workspaces.text_of(instance, version, blob))
    )
    return {one[0]: RemoteDependency(*one) for one in model.remote_dependencies(parsed)}


def imported_version(instance: Instance, version: Version, name: str) -> Version | None:
    """The files of the remote dependency `name` of a version; None if it is none, if it is not
    locked to a commit, or that commit can't be had.
    """
    dependency = remote_dependencies(instance, version).get(name)
    if dependency is None:
        return None
    locked = remote_dependencies(instance, version, LOCKFILE).get(name)
    ref = locked.ref if locked and locked.url == dependency.url else dependency.ref
    if not _COMMIT.fullmatch(ref):
        return None
    try:
        repository = _repository(instance, dependency.url)
        tree = _tree_of(instance, version.project, dependency.url, repository, CommitId(ref))
    except (LookalikeError, MissingObject):
        return None
    return Version(
        project=Project(
            id=0,
            name=name,
            repository=_path_of(dependency.url),
            production_branch="",
            is_folder=False,
            created_at=version.project.created_at,
        ),
        workspace=version.workspace,
        branch=dependency.ref,
        commit=ref,
        tree=tree,
    )


def lock(instance: Instance, project: Project, dependency: RemoteDependency) -> CommitId:
    """Fetch a dependency, and tell the commit that its ref is at. Raises Invalid, Unavailable."""
    repository = _repository(instance, dependency.url)
    with upstream.speaking():
        fetched = git.fetch(repository, remote_for(instance, project, dependency.url))
    ref = dependency.ref or fetched.default_branch or "main"
    for text in (f"origin/{ref}", ref):
        try:
            return resolve(repository, text)
        except AmbiguousRef as error:
            raise Invalid(f"{error} in dependency `{dependency.name}`") from None
        except UnknownRef:
            continue
    raise Invalid(
        f"dependency `{dependency.name}` has no branch, tag or commit `{ref[:100]}`;"
        " correct `ref` in the manifest"
    )


def remote_for(instance: Instance, project: Project, url: str) -> Remote:
    """The remote of a dependency, with what the project keeps to reach it."""
    with instance.database.read() as db:
        kept = {one.remote_url: one for one in secrets.list_credentials(db, project.id)}
    found = kept.get(url, RepositoryCredential(project=project.id, name="", remote_url=url))
    return Remote(
        url=url,
        username=found.username,
        password=found.password,
        private_key=found.private_key,
        allow_local=upstream.allows_local(instance, url),
        public_only=not instance.config.private_remotes,
        seconds=instance.config.remote_seconds,
    )


def _path_of(url: str) -> str:
    return f"dependencies/{hashlib.sha256(url.encode()).hexdigest()[:32]}.git"


def _repository(instance: Instance, url: str) -> Repository:
    """The hidden repository of a URL, made on first use: whole, then put in its place."""
    place = Path(instance.config.folder) / _path_of(url)
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        made = place.with_name(f".new-{instance.random(8).hex()}")
        create_repository(made, "main")
        with suppress(OSError):  # another process was faster
            made.rename(place)
        shutil.rmtree(made, ignore_errors=True)
    return repository_of(instance, str(place))


def _tree_of(
    instance: Instance, project: Project, url: str, repository: Repository, commit: CommitId
) -> git.TreeId:
    with suppress(MissingObject):
        return repository.tree_of(commit)
    if _is_new_try((url, commit), instance.clock()):
        with upstream.speaking():
            git.fetch(repository, remote_for(instance, project, url))
    return repository.tree_of(commit)


_TRIED: OrderedDict[tuple[str, str], datetime] = OrderedDict()
_LOCK = threading.Lock()


def _is_new_try(key: tuple[str, str], now: datetime) -> bool:
    """Whether to ask a remote for a commit (again): not on every request while it has none."""
    with _LOCK:
        last = _TRIED.get(key)
        if last is not None and last <= now < last + _PAUSE:
            return False
        _TRIED[key] = now
        while len(_TRIED) > _KEPT:
            _TRIED.popitem(last=False)
    return True
