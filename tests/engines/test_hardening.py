"""The probes notice a wall that is missing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lookalike.engines import hardening
from lookalike.engines.frames import Opening


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    return Opening(
        path="",
        read_only=True,
        memory_mb=300,
        threads=1,
        timezone="UTC",
        folder=str(tmp_path),
    )


def test_a_hardened_database_passes_and_works(opening: Opening) -> None:
    with hardening.open_database(opening) as connection:
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_a_setting_of_one_session_is_not_enough(opening: Opening) -> None:
    with duckdb.connect(config=hardening.CONFIG) as connection:
        for statement in hardening.sequence(opening):
            connection.execute(statement.replace("SET GLOBAL python", "SET python"))
        with (
            pytest.raises(hardening.Unsafe, match="python_enable_replacements"),
            connection.cursor() as cursor,
        ):
            hardening.probe(cursor, opening.folder)


@pytest.mark.parametrize(
    "forgotten",
    ["enable_external_access", "lock_configuration", "python_enable_replacements"],
)
def test_a_forgotten_setting_is_noticed(opening: Opening, forgotten: str) -> None:
    with duckdb.connect(config=hardening.CONFIG) as connection:
        for statement in hardening.sequence(opening):
            if forgotten not in statement:
                connection.execute(statement)
        with pytest.raises(hardening.Unsafe, match=forgotten), connection.cursor() as cursor:
            hardening.probe(cursor, opening.folder)


def test_a_wall_with_a_gap_is_noticed(opening: Opening, tmp_path: Path) -> None:
    """The temporary folder is the one place that stays open, so a probe in it must not go
    unseen."""
    with duckdb.connect(config=hardening.CONFIG) as connection:
        for statement in hardening.sequence(opening):
            connection.execute(statement)
        (tmp_path / "spill").mkdir(exist_ok=True)
        with pytest.raises(hardening.Unsafe, match="COPY"):
            hardening.probe(connection, str(tmp_path / "spill"))
