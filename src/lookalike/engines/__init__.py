"""Hands on the databases: one statement in, a stream of rows out. `engines.connect(settings)`."""

from lookalike.engines.connect import connect
from lookalike.engines.engine import (
    Batch,
    Cancelled,
    Column,
    ConnectionSettings,
    Engine,
    EngineError,
    OutOfMemory,
    Overloaded,
    Row,
    Running,
    RunningText,
    SqlError,
    TextForm,
    TimedOut,
    Unreachable,
)

__all__ = [
    "Batch",
    "Cancelled",
    "Column",
    "ConnectionSettings",
    "Engine",
    "EngineError",
    "OutOfMemory",
    "Overloaded",
    "Row",
    "Running",
    "RunningText",
    "SqlError",
    "TextForm",
    "TimedOut",
    "Unreachable",
    "connect",
]
