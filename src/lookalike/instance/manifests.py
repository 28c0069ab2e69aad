"""Manifests: what a project imports, and the lockfile that pins it.

In: a project. Out: its manifest as the caller's workspace has it.
Rule: API, operations manifest, lock_all.
"""

from __future__ import annotations

from lookalike.compiler import model
from lookalike.instance import dependencies, files, loading, projects, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.dependencies import LOCKFILE
from lookalike.instance.instance import Instance


def manifest_of(instance: Instance, caller: Caller, project: str) -> model.Manifest:
    """The manifest; one without anything where there is no `manifest.lkml`."""
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    sources = loading.sources_of(instance, caller, version)
    return loading.manifest_of(instance, sources) or model.Manifest(constants={})


def dependency_status(instance: Instance, caller: Caller, project: str) -> str:
    """`install_none` without remote dependencies; `lock_required` if one is not locked,
    `lock_error` if a locked one can't be had, else `lock_optional`.
    """
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    wanted = dependencies.remote_dependencies(instance, version)
    if not wanted:
        return "install_none"
    locked = dependencies.remote_dependencies(instance, version, LOCKFILE)
    if any(name not in locked or locked[name].url != one.url for name, one in wanted.items()):
        return "lock_required"
    if any(dependencies.imported_version(instance, version, name) is None for name in wanted):
        return "lock_error"
    return "lock_optional"


def lock_all(instance: Instance, caller: Caller, project: str) -> None:
    """Fetch every remote dependency and write the commits they are at into the lockfile of the
    caller's workspace. Raises Invalid, and Unavailable where a remote can't be reached.
    """
    require(caller, Permission.DEPLOY)
    found = projects.get_project(instance, caller, project)
    workspaces.editable_copy(instance, caller, found)
    version = workspaces.version_of(instance, caller, found)
    lines = ["# Written by lock_all: the commits that the remote dependencies are at."]
    for name, one in sorted(dependencies.remote_dependencies(instance, version).items()):
        commit = dependencies.lock(instance, found, one)
        lines += [
            "",
            f"remote_dependency: {name} {{",
            f'  url: "{one.url}"',
            f'  ref: "{commit}"',
            "}",
        ]
    files.save_file(instance, caller, project, LOCKFILE, "\n".join([*lines, ""]))
