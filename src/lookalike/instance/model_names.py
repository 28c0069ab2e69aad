"""Model names: which models of a project have the name of one in another project.

In: a version of a project. Out: sentences, findings, and the models of all other projects. Of two
models of one name that of the older project counts, so the younger one's can't be asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from msgspec import Struct

from lookalike.compiler.syntax import Code, Diagnostic, Place
from lookalike.instance import workspaces
from lookalike.instance.access import Caller
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import Unreadable, Version
from lookalike.store import projects
from lookalike.store.records import Project

_SUFFIX = ".model.lkml"


class Clash(Struct, frozen=True):
    """A model of one project, by its file, whose name another project has as well."""

    name: str
    path: str
    project: Project
    other: Project

    @property
    def is_hidden(self) -> bool:
        """Whether it is the other one that counts."""
        return self.other.id < self.project.id

    @property
    def sentence(self) -> str:
        counts = self.other if self.is_hidden else self.project
        return (
            f"model `{self.name}` is in project `{self.other.name}` as well, and that of project"
            f" `{counts.name}` counts; rename one"
        )


def clashes(instance: Instance, caller: Caller, version: Version) -> tuple[Clash, ...]:
    """The models of a version that projects have as well in the same workspace."""
    own = _names(instance, version)
    found: list[Clash] = []
    for other in _others(instance, caller, version):
        shared = own.keys() & _names(instance, other)
        found.extend(
            Clash(name, own[name], version.project, other.project) for name in sorted(shared)
        )
    return tuple(found)


def findings(instance: Instance, caller: Caller, version: Version) -> tuple[Diagnostic, ...]:
    """The models of a version that nobody can ask, as an older project has the name."""
    return tuple(
        Diagnostic(
            Code.DUPLICATE_OBJECT,
            clash.sentence,
            Place(clash.path, line=1, column=1),
            model=clash.name,
        )
        for clash in clashes(instance, caller, version)
        if clash.is_hidden
    )


def elsewhere(instance: Instance, caller: Caller, version: Version) -> frozenset[str]:
    """The models that other projects have in the same workspace."""
    return frozenset(
        name for other in _others(instance, caller, version) for name in _names(instance, other)
    )


def _names(instance: Instance, version: Version) -> Mapping[str, str]:
    """The models of a version, with the file that holds them; empty where it can't be read."""
    with suppress(Unreadable):
        return {
            path.rpartition("/")[2].removesuffix(_SUFFIX): path
            for path in workspaces.files_of(instance, version)
            if path.endswith(_SUFFIX)
        }
    return {}


def _others(instance: Instance, caller: Caller, version: Version) -> Iterator[Version]:
    with instance.database.read() as db:
        known = projects.list_projects(db)
    for project in known:
        if project.id != version.project.id:
            with suppress(Unreadable):
                yield workspaces.version_of(instance, caller, project, version.workspace)
