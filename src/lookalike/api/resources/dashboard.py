"""Dashboard: the LookML dashboards of the session's workspace."""

from __future__ import annotations

from lookalike.api import dashboards as shown
from lookalike.api import provenance
from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.instance import dashboards
from lookalike.instance.dashboards import FoundDashboard
from lookalike.wire import dashboard
from lookalike.wire.operation import Masked, Nothing


@serves(dashboard.all_dashboards)
def all_dashboards(
    call: Call, params: Masked, body: Nothing
) -> Answered[list[dashboard.DashboardBase]]:
    found = dashboards.list_dashboards(call.instance, call.caller)
    versions = provenance.distinct([each.model.version for each in found])
    return Answered([shown.brief(call, each) for each in found], versions)


@serves(dashboard.search_dashboards)
def search_dashboards(
    call: Call, params: dashboard.SearchDashboardsParams, body: Nothing
) -> list[dashboard.Dashboard]:
    """Rule: API, search_dashboards: LookML dashboards are not found, and there are no others."""
    return []


@serves(dashboard.dashboard)
def get_dashboard(
    call: Call, params: dashboard.DashboardParams, body: Nothing
) -> Answered[dashboard.Dashboard]:
    found = _found(call, params)
    return Answered(shown.whole(call, found), (found.model.version,))


@serves(dashboard.dashboard_dashboard_elements)
def list_elements(
    call: Call, params: dashboard.DashboardParams, body: Nothing
) -> Answered[list[dashboard.DashboardElement]]:
    found = _found(call, params)
    return Answered(shown.elements(call, found), (found.model.version,))


@serves(dashboard.dashboard_dashboard_filters)
def list_filters(
    call: Call, params: dashboard.DashboardParams, body: Nothing
) -> Answered[list[dashboard.DashboardFilter]]:
    found = _found(call, params)
    return Answered(shown.filters(found), (found.model.version,))


@serves(dashboard.dashboard_dashboard_layouts)
def list_layouts(
    call: Call, params: dashboard.DashboardParams, body: Nothing
) -> Answered[list[dashboard.DashboardLayout]]:
    found = _found(call, params)
    return Answered(shown.layouts(found), (found.model.version,))


def _found(call: Call, params: dashboard.DashboardParams) -> FoundDashboard:
    return dashboards.get_dashboard(call.instance, call.caller, params.dashboard_id)
