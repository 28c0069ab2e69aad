"""A small database file and an engine on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from lookalike import engines
from lookalike.engines import ConnectionSettings, Engine


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE orders AS SELECT range AS id, range % 7 AS size FROM range(1000)"
        )
    return path


@pytest.fixture
def engine(warehouse: Path) -> Iterator[Engine]:
    settings = ConnectionSettings(
        name="warehouse", dialect="duckdb", path=str(warehouse), slots=2, memory_mb=300
    )
    engine = engines.connect(settings)
    yield engine
    engine.close()
