"""Content: the folders that dashboards lie in.

They are built in: people keep no dashboards or looks of their own here. Rule: Looker, "Organizing
and managing access to content"; LookML dashboards lie in a folder of their own.
"""

from __future__ import annotations

from msgspec import Struct

from lookalike.instance import dashboards
from lookalike.instance.access import Caller, Permission
from lookalike.instance.dashboards import FoundDashboard
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance


class Folder(Struct, frozen=True):
    """A folder without a parent."""

    id: str
    name: str


SHARED = Folder("1", "Shared")
LOOKML = Folder("lookml", "LookML Dashboards")


def list_folders(caller: Caller) -> tuple[Folder, ...]:
    """The folders that the caller sees."""
    return (SHARED, LOOKML) if caller.may(Permission.SEE_LOOKML_DASHBOARDS) else (SHARED,)


def get_folder(caller: Caller, id_: str) -> Folder:
    """A folder by its id. Raises NotFound."""
    for folder in list_folders(caller):
        if folder.id == id_:
            return folder
    raise NotFound(f"folder `{id_}` was not found")


def list_dashboards(
    instance: Instance, caller: Caller, folder: Folder
) -> tuple[FoundDashboard, ...]:
    """The dashboards that lie in a folder, as the caller's workspace has them and a list names
    them.
    """
    return dashboards.list_dashboards(instance, caller) if folder == LOOKML else ()


def whole_dashboards(
    instance: Instance, caller: Caller, folder: Folder
) -> tuple[FoundDashboard, ...]:
    """The same dashboards with their tiles and filters."""
    return dashboards.whole_dashboards(instance, caller) if folder == LOOKML else ()
