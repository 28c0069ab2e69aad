"""Validation: what is wrong with the LookML of one project in the caller's workspace, kept until
it is asked for again.

A kept validation is stale exactly when what it was made from is no longer what the workspace has:
the files of the project, those of the projects it imports, the names of the connections, models of
the same name in other projects. Rule: API,
operations validate_project, project_validation_results.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.syntax import Code, Diagnostic, Place
from lookalike.instance import dashboards, model_names, models, projects, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION, Version
from lookalike.store import validations
from lookalike.store.validations import SHARED, ValidationKey

_NAME = re.compile(r"`[^`]*`")


class NotValidated(Struct, frozen=True):
    """A model that was left out, and the file that holds it."""

    name: str
    path: str


class Validation(Struct, frozen=True, kw_only=True):
    """`version` is what was validated, `digest` names all that the findings depend on."""

    version: Version
    diagnostics: tuple[Diagnostic, ...]
    digest: str
    models_not_validated: tuple[NotValidated, ...] = ()
    seconds: float
    at: datetime


class Kept(Struct, frozen=True):
    """The last validation of a workspace, or None if there never was one.

    `version` is what the workspace has now. `is_stale`: the files are others by now.
    """

    version: Version
    validation: Validation | None
    is_stale: bool


class _Body(Struct, frozen=True, kw_only=True):
    """What is stored of a validation."""

    diagnostics: tuple[Diagnostic, ...]
    branch: str
    commit: str
    tree: str
    is_changed: bool
    seconds: float
    at: datetime


def validate(instance: Instance, caller: Caller, project: str) -> Validation:
    """Validate the project as the caller's workspace has it now, and keep the outcome.

    Raises NotFound for a project that does not exist.
    """
    version = _version(instance, caller, project)
    began = instance.clock()
    digest = _digest(instance, caller, version)
    found = _findings(instance, caller, version)
    now = instance.clock()
    made = Validation(
        version=version,
        diagnostics=found,
        digest=digest,
        seconds=(now - began).total_seconds(),
        at=now,
    )
    with instance.database.write(durable=False) as db:
        validations.keep(db, _key(caller, version), digest, _packed(made))
    return made


def cached(instance: Instance, caller: Caller, project: str) -> Kept:
    """The last validation of the project in the caller's workspace."""
    version = _version(instance, caller, project)
    with instance.database.read() as db:
        found = validations.find(db, _key(caller, version))
    if found is None:
        return Kept(version, None, is_stale=False)
    digest, packed = found
    is_stale = digest != _digest(instance, caller, version)
    return Kept(version, _unpacked(packed, digest, version), is_stale)


def sanitized(message: str) -> str:
    """The message without the names in it: each becomes `(?)`."""
    return _NAME.sub("(?)", message)


def _version(instance: Instance, caller: Caller, name: str) -> Version:
    require(caller, Permission.SEE_LOOKML)
    project = projects.get_project(instance, caller, name)
    return workspaces.version_of(instance, caller, project)


def _key(caller: Caller, version: Version) -> ValidationKey:
    """Production is one for all; any other workspace is its user's own."""
    workspace = caller.session.workspace
    user = SHARED if workspace == PRODUCTION else caller.user.id
    return ValidationKey(user, version.project.id, workspace)


def _digest(instance: Instance, caller: Caller, version: Version) -> str:
    config = instance.config
    connections = (*sorted(config.connections), config.default_connection is not None)
    hidden = sorted(
        (each.place.path, each.message) for each in model_names.findings(instance, caller, version)
    )
    others = sorted(model_names.elsewhere(instance, caller, version))
    parts = (models.key_of(instance, caller, version), connections, hidden, others)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _findings(instance: Instance, caller: Caller, version: Version) -> tuple[Diagnostic, ...]:
    """What the compiler found, and what only the instance knows: which connections exist, and so
    whether the tiles of dashboards can be answered, and the models of other projects.
    """
    assembled = models.assembled_of(instance, caller, version)
    config = instance.config
    others = model_names.elsewhere(instance, caller, version)
    found = [each for each in assembled.diagnostics if not _is_elsewhere(each, others)]
    for model in assembled.project.models.values():
        name = model.connection
        if name and name not in config.connections and config.default_connection is None:
            message = (
                f"connection `{name}` of model `{model.name}` does not exist;"
                " correct the name, or have an administrator add the connection"
            )
            place = model.connection_place
            found.append(Diagnostic(Code.MISSING_CONNECTION, message, place, model=model.name))
    found.extend(dashboards.tile_findings(instance, caller, assembled.project))
    found.extend(model_names.findings(instance, caller, version))
    return tuple(sorted(found, key=lambda each: _order(each.place)))


def _is_elsewhere(found: Diagnostic, others: Collection[str]) -> bool:
    """Whether a model that a dashboard names is one of another project."""
    return found.code is Code.UNKNOWN_MODEL and found.model in others


def _order(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _packed(validation: Validation) -> bytes:
    version = validation.version
    body = _Body(
        diagnostics=validation.diagnostics,
        branch=version.branch,
        commit=version.commit,
        tree=version.tree,
        is_changed=version.is_changed,
        seconds=validation.seconds,
        at=validation.at,
    )
    return zlib.compress(msgspec.msgpack.encode(body), 1)


def _unpacked(packed: bytes, digest: str, version: Version) -> Validation:
    """The validation as it was made; its files may no longer be those of `version`."""
    body = msgspec.msgpack.decode(zlib.decompress(packed), type=_Body)
    was = replace(
        version,
        branch=body.branch,
        commit=body.commit,
        tree=body.tree,
        is_changed=body.is_changed,
        folder=None,
    )
    return Validation(
        version=was,
        diagnostics=body.diagnostics,
        digest=digest,
        seconds=body.seconds,
        at=body.at,
    )
