"""Projects: which LookML projects the instance has, for those who may see them."""

from __future__ import annotations

from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.store import projects
from lookalike.store.records import Project


def list_projects(instance: Instance, caller: Caller) -> tuple[Project, ...]:
    """The projects of the instance, for those who may see LookML; nobody else sees any."""
    if not caller.may(Permission.SEE_LOOKML):
        return ()
    with instance.database.read() as db:
        return tuple(projects.list_projects(db))


def get_project(instance: Instance, caller: Caller, name: str) -> Project:
    """One project by its id. Raises NotFound."""
    for project in list_projects(instance, caller):
        if project.name == name:
            return project
    raise NotFound(f"project `{name}` was not found")
