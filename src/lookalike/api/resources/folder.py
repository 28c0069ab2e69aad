"""Folder: the built-in folders, and the dashboards in them."""

from __future__ import annotations

from lookalike.api import dashboards as shown
from lookalike.api import provenance, searches
from lookalike.api.call import Answered, Call
from lookalike.api.handlers import Lane, serves
from lookalike.instance import content
from lookalike.wire import dashboard, folder
from lookalike.wire.operation import Masked, Nothing


@serves(folder.all_folders, Lane.IN_PLACE)
def all_folders(call: Call, params: Masked, body: Nothing) -> list[dashboard.FolderBase]:
    return [shown.folder_out(each) for each in content.list_folders(call.caller)]


@serves(folder.search_folders)
def search_folders(
    call: Call, params: folder.SearchFoldersParams, body: Nothing
) -> list[folder.Folder]:
    found = [
        _whole(call, each).answer
        for each in content.list_folders(call.caller)
        if _is_meant(shown.folder_out(each), params)
    ]
    return searches.page_of(found, params)


@serves(folder.folder)
def get_folder(call: Call, params: folder.FolderParams, body: Nothing) -> Answered[folder.Folder]:
    return _whole(call, content.get_folder(call.caller, params.folder_id))


@serves(folder.folder_children, Lane.IN_PLACE)
def list_children(call: Call, params: folder.ChildrenParams, body: Nothing) -> list[folder.Folder]:
    content.get_folder(call.caller, params.folder_id)
    return []


@serves(folder.folder_ancestors, Lane.IN_PLACE)
def list_ancestors(call: Call, params: folder.FolderParams, body: Nothing) -> list[folder.Folder]:
    content.get_folder(call.caller, params.folder_id)
    return []


@serves(folder.folder_dashboards)
def list_dashboards(
    call: Call, params: folder.FolderParams, body: Nothing
) -> Answered[list[dashboard.Dashboard]]:
    asked = content.get_folder(call.caller, params.folder_id)
    found = content.whole_dashboards(call.instance, call.caller, asked)
    versions = provenance.distinct([each.model.version for each in found])
    return Answered([shown.whole(call, each) for each in found], versions)


def _whole(call: Call, asked: content.Folder) -> Answered[folder.Folder]:
    found = content.list_dashboards(call.instance, call.caller, asked)
    out = shown.folder_out(asked)
    whole = folder.Folder(
        name=out.name,
        id=out.id,
        child_count=out.child_count,
        is_embed=out.is_embed,
        is_embed_shared_root=out.is_embed_shared_root,
        is_embed_users_root=out.is_embed_users_root,
        is_personal=out.is_personal,
        is_personal_descendant=out.is_personal_descendant,
        is_shared_root=out.is_shared_root,
        is_users_root=out.is_users_root,
        can=out.can,
        dashboards=[shown.brief(call, each) for each in found],
        looks=[],
    )
    return Answered(whole, provenance.distinct([each.model.version for each in found]))


def _is_meant(found: dashboard.FolderBase, asked: folder.SearchFoldersParams) -> bool:
    return searches.is_meant(
        (
            searches.like(asked.name, found.name),
            searches.among(asked.id, found.id),
            searches.among(asked.parent_id, found.parent_id),
            searches.among(asked.creator_id, found.creator_id),
            searches.equal(asked.is_shared_root, bool(found.is_shared_root)),
            searches.equal(asked.is_users_root, bool(found.is_users_root)),
        ),
        asked.filter_or,
    )
