"""Folder: where dashboards lie. The folders are built in, and hold what LookML says."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from lookalike.wire.dashboard import Dashboard, DashboardBase, FolderBase
from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Operation


class Folder(FolderBase, frozen=True, kw_only=True):
    """A folder with what lies in it."""

    dashboards: list[DashboardBase] | None = None
    looks: list[dict[str, Any]] | None = None


class FolderParams(Masked, frozen=True, kw_only=True):
    folder_id: Annotated[str, Meta(description="Id of the folder.")]


class ChildrenParams(FolderParams, frozen=True, kw_only=True):
    page: Annotated[int | None, Meta(description="Number of the page.")] = None
    per_page: Annotated[int | None, Meta(description="Folders of a page.")] = None
    limit: Annotated[int | None, Meta(description="How many folders to answer.")] = None
    offset: Annotated[int | None, Meta(description="How many to pass over first.")] = None
    sorts: Annotated[str | None, Meta(description="Fields to sort by.")] = None


class SearchFoldersParams(Masked, frozen=True, kw_only=True):
    page: Annotated[int | None, Meta(description="Number of the page.")] = None
    per_page: Annotated[int | None, Meta(description="Folders of a page.")] = None
    limit: Annotated[int | None, Meta(description="How many folders to answer.")] = None
    offset: Annotated[int | None, Meta(description="How many to pass over first.")] = None
    sorts: Annotated[str | None, Meta(description="Fields to sort by.")] = None
    name: Annotated[str | None, Meta(description="Name, with `%` and `_`.")] = None
    id: Annotated[str | None, Meta(description="Ids of folders, with commas.")] = None
    parent_id: Annotated[str | None, Meta(description="Ids of parents, with commas.")] = None
    creator_id: Annotated[str | None, Meta(description="Ids of creators, with commas.")] = None
    filter_or: Annotated[bool | None, Meta(description="Whether one match is enough.")] = None
    is_shared_root: Annotated[bool | None, Meta(description="Whether it is the shared root.")] = (
        None
    )
    is_users_root: Annotated[bool | None, Meta(description="Whether it is the users' root.")] = None


all_folders = Operation(
    name="all_folders",
    method="GET",
    path="/folders",
    tag="Folder",
    summary="List the folders",
    description=(
        "There are two, each a root: `lookml`, where the LookML dashboards lie, for those who see"
        " such; and the shared folder, which is empty. What lies in a folder is told by `folder`."
    ),
    params=Masked,
    body=Nothing,
    answer=list[FolderBase],
    needs=SIGNED_IN,
)

search_folders = Operation(
    name="search_folders",
    method="GET",
    path="/folders/search",
    tag="Folder",
    summary="Search the folders",
    params=SearchFoldersParams,
    body=Nothing,
    answer=list[Folder],
    needs=SIGNED_IN,
)

folder = Operation(
    name="folder",
    method="GET",
    path="/folders/{folder_id}",
    tag="Folder",
    summary="Get a folder",
    description="With the dashboards in it, in brief.",
    params=FolderParams,
    body=Nothing,
    answer=Folder,
    needs=SIGNED_IN,
)

folder_children = Operation(
    name="folder_children",
    method="GET",
    path="/folders/{folder_id}/children",
    tag="Folder",
    summary="List the folders in a folder",
    description="The built-in folders hold no others.",
    params=ChildrenParams,
    body=Nothing,
    answer=list[Folder],
    needs=SIGNED_IN,
)

folder_ancestors = Operation(
    name="folder_ancestors",
    method="GET",
    path="/folders/{folder_id}/ancestors",
    tag="Folder",
    summary="List the folders that a folder lies in",
    description="Every folder is a root.",
    params=FolderParams,
    body=Nothing,
    answer=list[Folder],
    needs=SIGNED_IN,
)

folder_dashboards = Operation(
    name="folder_dashboards",
    method="GET",
    path="/folders/{folder_id}/dashboards",
    tag="Folder",
    summary="List the dashboards of a folder",
    params=FolderParams,
    body=Nothing,
    answer=list[Dashboard],
    needs=SIGNED_IN,
)

OPERATIONS = (
    all_folders,
    search_folders,
    folder,
    folder_children,
    folder_ancestors,
    folder_dashboards,
)
