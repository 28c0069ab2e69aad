"""LookmlModel: models and explores, as the session's workspace has them."""

from __future__ import annotations

from lookalike.api import describe, provenance
from lookalike.api.call import Answered, Call, Encoded
from lookalike.api.handlers import serves
from lookalike.instance import models, wording
from lookalike.wire import lookml_model
from lookalike.wire.operation import Nothing


@serves(lookml_model.all_lookml_models)
def all_models(
    call: Call, params: lookml_model.AllModelsParams, body: Nothing
) -> Answered[list[lookml_model.LookmlModel]]:
    found = models.list_overviews(call.instance, call.caller)
    listed = [model_out(call, each, params.exclude_hidden) for each in found]
    if params.exclude_empty:
        listed = [each for each in listed if each.explores]
    first = max(0, params.offset or 0)
    last = None if params.limit is None else first + max(0, params.limit)
    return Answered(listed[first:last], provenance.distinct([each.version for each in found]))


@serves(lookml_model.lookml_model)
def get_model(
    call: Call, params: lookml_model.ModelParams, body: Nothing
) -> Answered[lookml_model.LookmlModel]:
    found = models.find_model(call.instance, call.caller, params.lookml_model_name)
    return Answered(model_out(call, models.overview_of(found)), (found.version,))


@serves(lookml_model.lookml_model_explore)
def get_explore(call: Call, params: lookml_model.ExploreParams, body: Nothing) -> Encoded:
    found = models.explore_for(
        call.instance, call.caller, params.lookml_model_name, params.explore_name
    )
    return Encoded(describe.explore(call, found, params.fields or ""), (found.version,))


def model_out(
    call: Call, found: models.FoundOverview, exclude_hidden: bool = False
) -> lookml_model.LookmlModel:
    explores = models.visible_explores(call.caller, found)
    strings = wording.strings_of(call.caller, found)
    model_label = strings.get(found.model.label, found.model.label)
    return lookml_model.LookmlModel(
        can={"show": True, "index": True, "update": False, "destroy": False},
        allowed_db_connection_names=[found.model.connection] if found.model.connection else [],
        explores=[
            lookml_model.LookmlModelNavExplore(
                name=explore.name,
                description=strings.get(explore.description, explore.description) or None,
                label=strings.get(explore.label, explore.label),
                hidden=explore.hidden,
                group_label=strings.get(explore.group_label, explore.group_label) or model_label,
                can={"show": True},
            )
            for explore in explores
            if not (exclude_hidden and explore.hidden)
        ],
        has_content=True,
        label=model_label,
        name=found.model.name,
        project_name=found.version.project.name,
        unlimited_db_connections=False,
    )
