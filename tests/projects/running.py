"""Running: what a DuckDB file says to the SQL of a project, through the engine of the house."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lookalike import engines
from lookalike.engines import ConnectionSettings, Engine, EngineError

_SECONDS = 60.0
_QUOTED = re.compile(r'"([^"]*)"')


@contextmanager
def running(database: Path) -> Iterator[Callable[[str], str]]:
    """A function that runs one statement and returns what the database had against it: the first
    line, names between backticks; empty if every row came."""
    settings = ConnectionSettings(name="projects", dialect="duckdb", path=str(database), slots=1)
    engine = engines.connect(settings)
    try:
        yield lambda text: _refusal(engine, text)
    finally:
        engine.close()


def _refusal(engine: Engine, text: str) -> str:
    try:
        for _ in engine.run(text, _SECONDS):
            pass
    except EngineError as error:
        return _QUOTED.sub(r"`\1`", str(error).splitlines()[0])
    return ""
