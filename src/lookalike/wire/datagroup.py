"""Datagroup: the datagroups of models."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import Nothing, Operation


class Datagroup(Struct, frozen=True, kw_only=True):
    """A datagroup. Times are seconds since 1970; no trigger is checked, so theirs are null."""

    can: Mapping[str, bool] | None = None
    created_at: int | None = None
    id: Id | None = None
    model_name: str | None = None
    name: str | None = None
    stale_before: int | None = None
    trigger_check_at: int | None = None
    trigger_error: str | None = None
    trigger_value: str | None = None
    triggered_at: int | None = None


class DatagroupParams(Struct, frozen=True, kw_only=True):
    datagroup_id: Id


all_datagroups = Operation(
    name="all_datagroups",
    method="GET",
    path="/datagroups",
    tag="Datagroup",
    summary="List the datagroups of the models in the caller's workspace",
    params=Nothing,
    body=Nothing,
    answer=list[Datagroup],
    needs="see_lookml",
)

datagroup = Operation(
    name="datagroup",
    method="GET",
    path="/datagroups/{datagroup_id}",
    tag="Datagroup",
    summary="Get a datagroup",
    params=DatagroupParams,
    body=Nothing,
    answer=Datagroup,
    needs="see_lookml",
)

OPERATIONS = (all_datagroups, datagroup)
