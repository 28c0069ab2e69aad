"""Operations: all of them, by tag, in the order of the reference."""

from __future__ import annotations

from typing import Any

from lookalike.wire import (
    api_auth,
    config,
    connection,
    dashboard,
    datagroup,
    deploy,
    derived_table,
    extensions,
    folder,
    git_branch,
    git_connection,
    look,
    lookml_model,
    metadata,
    project,
    project_file,
    query,
    query_task,
    role,
    session,
    user,
    validation,
    webhook,
    workspace,
)
from lookalike.wire.operation import Operation

OPERATIONS: tuple[Operation[Any, Any, Any], ...] = (
    *api_auth.OPERATIONS,
    *session.OPERATIONS,
    *workspace.OPERATIONS,
    *project.OPERATIONS,
    *git_branch.OPERATIONS,
    *project_file.OPERATIONS,
    *deploy.OPERATIONS,
    *git_connection.OPERATIONS,
    *validation.OPERATIONS,
    *lookml_model.OPERATIONS,
    *metadata.OPERATIONS,
    *datagroup.OPERATIONS,
    *derived_table.OPERATIONS,
    *connection.OPERATIONS,
    *query.OPERATIONS,
    *query_task.OPERATIONS,
    *dashboard.OPERATIONS,
    *folder.OPERATIONS,
    *look.OPERATIONS,
    *user.OPERATIONS,
    *role.OPERATIONS,
    *config.OPERATIONS,
    *extensions.OPERATIONS,
)
"""What the client offers."""

SERVED = (*OPERATIONS, *webhook.OPERATIONS)
"""What the server serves."""
