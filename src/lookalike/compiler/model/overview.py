"""Overview: what a list of models says of one, known before any view is built.

In: the declarations gathered for a model. Out: its name, label and connection, and those of its
explores that may be listed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.compiler.model.build_models import (
    Workshop,
    datagroups_of,
    grants_of,
    listed_explores,
    settings_of,
)
from lookalike.compiler.model.findings import Findings
from lookalike.compiler.model.gather import Gathered
from lookalike.compiler.model.labels import humanise
from lookalike.compiler.model.project import AccessGrant, LookmlModel
from lookalike.compiler.model.values import read, same
from lookalike.compiler.model.written import Declaration

_LISTED = same("label group_label description hidden required_access_grants")


class ListedExplore(Struct, frozen=True, kw_only=True):
    """An explore as `Explore` says it."""

    name: str
    label: str
    group_label: str = ""
    description: str = ""
    hidden: bool = False
    required_access_grants: tuple[str, ...] = ()


class Overview(Struct, frozen=True, kw_only=True):
    """A model as `LookmlModel` says it. `explores` and `datagroups` are in the order of names."""

    name: str
    label: str
    connection: str
    access_grants: Mapping[str, AccessGrant]
    explores: tuple[ListedExplore, ...]
    datagroups: tuple[str, ...] = ()


def overview_of(model: LookmlModel) -> Overview:
    """The overview of a model that is built."""
    return Overview(
        name=model.name,
        label=model.label,
        connection=model.connection,
        access_grants=model.access_grants,
        explores=tuple(
            ListedExplore(
                name=each.name,
                label=each.label,
                group_label=each.group_label,
                description=each.description,
                hidden=each.hidden,
                required_access_grants=each.required_access_grants,
            )
            for _, each in sorted(model.explores.items())
        ),
        datagroups=tuple(sorted(model.datagroups)),
    )


def read_overview(gathered: Gathered, workshop: Workshop) -> Overview:
    """The overview of the model that the gathered declarations mean."""
    settings = settings_of(gathered, Findings())
    listed = listed_explores(gathered, workshop)
    explores = [_explore(each.declaration) for each in listed]
    return Overview(
        name=gathered.model.name,
        label=settings.get("label", humanise(gathered.model.name)),
        connection=settings.get("connection", ""),
        access_grants=grants_of(gathered),
        explores=tuple(sorted(explores, key=lambda each: each.name)),
        datagroups=tuple(sorted(datagroups_of(gathered))),
    )


def _explore(declaration: Declaration) -> ListedExplore:
    values = read(declaration, _LISTED, Findings())
    values.setdefault("label", humanise(declaration.name))
    return ListedExplore(name=declaration.name, **values)
