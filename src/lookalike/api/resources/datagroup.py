"""Datagroup: the datagroups of models."""

from __future__ import annotations

from lookalike.api import provenance
from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.api.row_ids import row_id
from lookalike.instance import datagroups
from lookalike.wire import datagroup
from lookalike.wire.ids import Id
from lookalike.wire.operation import Nothing


@serves(datagroup.all_datagroups)
def all_datagroups(
    call: Call, params: Nothing, body: Nothing
) -> Answered[list[datagroup.Datagroup]]:
    found = datagroups.list_datagroups(call.instance, call.caller)
    versions = provenance.distinct([each.version for each in found])
    return Answered([_datagroup_out(each) for each in found], versions)


@serves(datagroup.datagroup)
def get_datagroup(
    call: Call, params: datagroup.DatagroupParams, body: Nothing
) -> Answered[datagroup.Datagroup]:
    number = row_id(params.datagroup_id, "datagroup")
    found = datagroups.find_datagroup(call.instance, call.caller, number)
    return Answered(_datagroup_out(found), (found.version,))


def _datagroup_out(found: datagroups.FoundDatagroup) -> datagroup.Datagroup:
    return datagroup.Datagroup(
        can={"show": True},
        created_at=int(found.created_at.timestamp()),
        id=Id(found.number),
        model_name=found.model,
        name=found.name,
    )
