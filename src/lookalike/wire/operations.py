"""Operations: all of them, by tag, in the order of the reference."""

from __future__ import annotations

from typing import Any

from lookalike.wire import (
    api_auth,
    config,
    lookml_model,
    project,
    query,
    session,
    user,
    workspace,
)
from lookalike.wire.operation import Operation

OPERATIONS: tuple[Operation[Any, Any, Any], ...] = (
    *api_auth.OPERATIONS,
    *session.OPERATIONS,
    *workspace.OPERATIONS,
    *project.OPERATIONS,
    *lookml_model.OPERATIONS,
    *query.OPERATIONS,
    *user.OPERATIONS,
    *config.OPERATIONS,
)
"""What the server serves and the client offers."""
