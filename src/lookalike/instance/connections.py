"""Connections: which databases the instance knows, by the names that models use."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from lookalike.engines import ConnectionSettings, Engine
from lookalike.instance.config import ConnectionConfig
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance, engine_of

Settings: TypeAlias = ConnectionSettings
"""How a connection is set up. The password is for engines only."""


def settings_of(instance: Instance, name: str) -> ConnectionSettings:
    """The settings of a connection. Raises NotFound, saying where to declare it."""
    found = instance.config.connections.get(name, instance.config.default_connection)
    if found is None:
        raise NotFound(
            f"connection `{name}` was not found;"
            f" declare it as `[connections.{name}]` in `lookalike.toml`"
        )
    return _settings(instance, name, found)


def engine_for(instance: Instance, name: str) -> Engine:
    """A live hand on the database of a connection."""
    return engine_of(instance, settings_of(instance, name))


def _settings(instance: Instance, name: str, found: ConnectionConfig) -> ConnectionSettings:
    path = found.path
    if path:
        path = str(Path(instance.config.folder) / path)
    return ConnectionSettings(
        name=name,
        dialect=found.dialect,
        path=path,
        host=found.host,
        port=found.port,
        database=found.database,
        username=found.username,
        password=found.password,
        timezone=found.timezone,
        slots=found.slots,
        memory_mb=found.memory_mb,
    )
