"""Upstream: the remote of a project, reached with the project's secrets or the caller's own.

In: a project. Out: what its remote has, fetched, or moved there. What git refuses comes out as
Invalid, a remote that can't be reached as Unavailable; what was said on the way is in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lookalike import git
from lookalike.git import (
    BadRemote,
    CommitId,
    Fetched,
    Moved,
    NotFastForward,
    PrivateHost,
    Reason,
    RefTaken,
    Remote,
    RemoteFailed,
)
from lookalike.instance.access import Caller
from lookalike.instance.errors import Conflict, Invalid, Unavailable
from lookalike.instance.instance import Instance, repository_for
from lookalike.store import secrets
from lookalike.store.records import Project

LOG = logging.getLogger(__name__)


def has_remote(project: Project) -> bool:
    """Whether the project has a remote. A folder on disk is nobody's to push."""
    return bool(project.settings.remote_url) and not project.is_folder


def allows_local(instance: Instance, url: str) -> bool:
    """Whether a remote may be this path: it lies below the operator's folder for remotes, and not
    in the instance's own, where the repositories of others are.
    """
    if not instance.config.local_remotes:
        return False
    path = Path(url.removeprefix("file://")).resolve()
    allowed = Path(instance.config.folder, instance.config.local_remotes).resolve()
    own = Path(instance.config.folder).resolve()
    return path.is_relative_to(allowed) and not path.is_relative_to(own)


def remote_of(instance: Instance, project: Project, caller: Caller | None = None) -> Remote:
    """The remote with the secrets to reach it: the caller's own where the project asks for them."""
    settings = project.settings
    with instance.database.read() as db:
        password = secrets.find_secret(db, project.id, secrets.PASSWORD)
        private_key = secrets.find_secret(db, project.id, secrets.PRIVATE_KEY)
    username = settings.username
    if caller is not None and settings.username_attribute:
        username = caller.attributes.get(settings.username_attribute, username)
        password = caller.attributes.get(settings.password_attribute, password)
    return Remote(
        url=settings.remote_url,
        username=username,
        password=password,
        private_key=private_key,
        allow_local=allows_local(instance, project.settings.remote_url),
        public_only=not instance.config.private_remotes,
        seconds=instance.config.remote_seconds,
    )


def fetch(instance: Instance, project: Project, caller: Caller | None = None) -> Fetched:
    """Bring what is new on the remote. No branch of ours moves."""
    with speaking():
        return git.fetch(repository_for(instance, project), remote_of(instance, project, caller))


def push(  # noqa: PLR0913 - whose, where, from and to
    instance: Instance,
    project: Project,
    caller: Caller | None,
    branch: str,
    expected: CommitId | None,
    new: CommitId | None,
    *,
    is_forced: bool = False,
) -> None:
    """Move a branch of the remote; None where it is absent. Raises Conflict if it moved there."""
    remote = remote_of(instance, project, caller)
    with speaking():
        git.push(repository_for(instance, project), remote, branch, expected, new, is_forced)


def push_tag(instance: Instance, project: Project, caller: Caller | None, name: str) -> None:
    """Make a tag known to the remote."""
    with speaking():
        git.push_tag(repository_for(instance, project), remote_of(instance, project, caller), name)


def tracked(instance: Instance, project: Project, branch: str) -> CommitId | None:
    """Where the remote had a branch when it was last asked; None where it had none."""
    if not has_remote(project):
        return None
    found = repository_for(instance, project).find_ref(git.tracking_ref(branch))
    return CommitId(found) if found else None


@contextmanager
def speaking() -> Iterator[None]:
    """What can go wrong with a remote, as errors of the hall."""
    try:
        yield
    except PrivateHost as error:
        raise Invalid(f"{error}; an operator can allow it with `private_remotes`") from None
    except BadRemote as error:
        raise Invalid(str(error)) from None
    except Moved:
        raise Conflict(
            "the branch has moved on the remote meanwhile; reset to the remote, or repeat"
        ) from None
    except NotFastForward as error:
        raise Invalid(str(error)) from None
    except RefTaken as error:
        raise Conflict(str(error)) from None
    except RemoteFailed as error:
        LOG.info("a remote failed (%s): %s", error.reason, error.words)
        if error.reason in (Reason.UNREACHABLE, Reason.TOO_SLOW):
            raise Unavailable(error.sentence) from None
        raise Invalid(error.sentence) from None
