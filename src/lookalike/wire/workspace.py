"""Workspace: the versions of the projects that a session can work on."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import SIGNED_IN, Nothing, Operation
from lookalike.wire.project import Project


class Workspace(Struct, frozen=True, kw_only=True):
    """`production`, shared by all; `dev` and `dev:<name>`, each user's own; `@<ref>`, a set of
    commits. `commits` tells the commit of each project.
    """

    can: dict[str, bool] | None = None
    id: str | None = None
    projects: list[Project] | None = None
    commits: dict[str, str] | None = None


class WorkspaceParams(Struct, frozen=True, kw_only=True):
    workspace_id: Annotated[
        str, Meta(description="`production`, `dev`, `dev:ci`, `@v1.2`, `shop@main`.")
    ]


all_workspaces = Operation(
    name="all_workspaces",
    method="GET",
    path="/workspaces",
    tag="Workspace",
    summary="List the workspaces",
    description=(
        "Answers `production`, `dev`, and the caller's other workspaces, with the projects that the"
        " caller sees in them."
    ),
    params=Nothing,
    body=Nothing,
    answer=list[Workspace],
    needs=SIGNED_IN,
)

workspace = Operation(
    name="workspace",
    method="GET",
    path="/workspaces/{workspace_id}",
    tag="Workspace",
    summary="Get a workspace",
    description="Answers a workspace; of `@<ref>` also which commits that ref means now.",
    params=WorkspaceParams,
    body=Nothing,
    answer=Workspace,
    needs=SIGNED_IN,
)

OPERATIONS = (all_workspaces, workspace)
