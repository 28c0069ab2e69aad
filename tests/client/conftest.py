"""The servers of the contract tests, for the client: real processes on loopback sockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookalike.client import Settings
from tests.contract.conftest import Server, admin, demo, server

__all__ = ["admin", "demo", "ini", "server", "settings"]


def settings_of(server: Server, api_version: str = "4.0") -> Settings:
    return Settings(
        base_url=server.url,
        client_id=server.client_id,
        client_secret=server.client_secret,
        timeout=60,
        api_version=api_version,
    )


@pytest.fixture
def settings(server: Server) -> Settings:
    return settings_of(server)


@pytest.fixture
def ini(server: Server, tmp_path: Path) -> Path:
    """A `looker.ini` that leads to the server."""
    path = tmp_path / "looker.ini"
    lines = [
        "[Looker]",
        f"base_url={server.url}",
        f"client_id={server.client_id}",
        f"client_secret={server.client_secret}",
        "verify_ssl=false",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
