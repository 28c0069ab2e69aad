"""Look: questions that people saved under a title. The server keeps none."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.dashboard import FolderBase, LookModel
from lookalike.wire.ids import Id
from lookalike.wire.operation import Masked, Nothing, Operation


class Look(Struct, frozen=True, kw_only=True):
    """A saved look."""

    can: dict[str, bool] | None = None
    content_metadata_id: Id | None = None
    id: Id | None = None
    title: str | None = None
    user_id: Id | None = None
    certification_metadata: dict[str, Any] | None = None
    content_favorite_id: Id | None = None
    created_at: str | None = None
    deleted: bool | None = None
    deleted_at: str | None = None
    deleter_id: Id | None = None
    description: str | None = None
    embed_url: str | None = None
    excel_file_url: str | None = None
    favorite_count: int | None = None
    google_spreadsheet_formula: str | None = None
    image_embed_url: str | None = None
    is_run_on_load: bool | None = None
    last_accessed_at: str | None = None
    last_updater_id: Id | None = None
    last_viewed_at: str | None = None
    model: LookModel | None = None
    public: bool | None = None
    public_slug: str | None = None
    public_url: str | None = None
    query_id: Id | None = None
    short_url: str | None = None
    folder: FolderBase | None = None
    folder_id: str | None = None
    updated_at: str | None = None
    user_name: str | None = None
    view_count: int | None = None
    usage_count: int | None = None
    is_owner_disabled: bool | None = None
    user: dict[str, Any] | None = None
    space_id: str | None = None
    space: dict[str, Any] | None = None


class SearchLooksParams(Masked, frozen=True, kw_only=True):
    id: Annotated[str | None, Meta(description="Id of a look.")] = None
    title: Annotated[str | None, Meta(description="Title, with `%` and `_`.")] = None
    description: Annotated[str | None, Meta(description="Description, with `%` and `_`.")] = None
    content_favorite_id: Annotated[str | None, Meta(description="Id of a favourite.")] = None
    space_id: Annotated[str | None, Meta(description="As `folder_id`.")] = None
    folder_id: Annotated[str | None, Meta(description="Id of a folder.")] = None
    user_id: Annotated[str | None, Meta(description="Id of the creator.")] = None
    view_count: Annotated[str | None, Meta(description="How often it was viewed.")] = None
    deleted: Annotated[bool | None, Meta(description="Whether to find deleted ones.")] = None
    query_id: Annotated[str | None, Meta(description="Id of the query.")] = None
    curate: Annotated[bool | None, Meta(description="Leave out suppressed ones.")] = None
    last_viewed_at: Annotated[str | None, Meta(description="When it was viewed last.")] = None
    page: Annotated[int | None, Meta(description="Number of the page.")] = None
    per_page: Annotated[int | None, Meta(description="Looks of a page.")] = None
    limit: Annotated[int | None, Meta(description="How many looks to answer.")] = None
    offset: Annotated[int | None, Meta(description="How many to pass over first.")] = None
    sorts: Annotated[str | None, Meta(description="Fields to sort by.")] = None
    filter_or: Annotated[bool | None, Meta(description="Whether one match is enough.")] = None


all_looks = Operation(
    name="all_looks",
    method="GET",
    path="/looks",
    tag="Look",
    summary="List the looks",
    description="There are none: the server keeps no questions under a title.",
    params=Masked,
    body=Nothing,
    answer=list[Look],
    needs="see_looks",
)

search_looks = Operation(
    name="search_looks",
    method="GET",
    path="/looks/search",
    tag="Look",
    summary="Search the looks",
    description="Finds nothing, whatever is asked: there are no looks.",
    params=SearchLooksParams,
    body=Nothing,
    answer=list[Look],
    needs="see_looks",
)

OPERATIONS = (all_looks, search_looks)
