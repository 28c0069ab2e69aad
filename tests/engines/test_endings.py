"""How statements end that do not end by themselves, and what is left: no slot lost, no process, no
file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lookalike import engines
from lookalike.engines import (
    Cancelled,
    ConnectionSettings,
    Engine,
    EngineError,
    OutOfMemory,
    Overloaded,
    SqlError,
    TextForm,
    TimedOut,
)
from tests.patience import PATIENCE

SLOW = "SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range + b.range = 7"
STUBBORN = "SELECT jaro_winkler_similarity(repeat('ab', 1000000), repeat('ba', 1000000))"
"""Takes some fifteen seconds and hears no interrupt."""
ENDLESS = "SELECT range, repeat('x', 100) FROM range(1000000000)"


OTHERS: set[int] = set()
"""Workers that other tests of this process keep."""


@pytest.fixture(scope="module", autouse=True)
def others() -> None:
    OTHERS.update(worker_pids())


def worker_pids(parent: int | None = None) -> list[int]:
    """The children of a process (this one by default, but for those of other tests) that are
    workers, zombies included.
    """
    wanted = str(parent or os.getpid())
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent_id = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if parent_id == wanted and (state == "Z" or b"lookalike.engines.worker" in command):
                found.append(int(entry.name))
    return [pid for pid in found if pid not in OTHERS]


def is_gone(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def rows(engine: Engine, sql: str, seconds: float = 20) -> list[tuple[object, ...]]:
    return [tuple(row) for batch in engine.run(sql, seconds) for row in batch]


@pytest.fixture
def narrow(warehouse: Path) -> Iterator[Engine]:
    """An engine with one slot."""
    settings = ConnectionSettings(name="n", dialect="duckdb", path=str(warehouse), slots=1)
    engine = engines.connect(settings)
    yield engine
    engine.close()


def test_the_deadline_stops_and_the_worker_lives_on(narrow: Engine) -> None:
    rows(narrow, "SELECT 1")
    before = worker_pids()
    started = time.monotonic()
    with pytest.raises(TimedOut):
        rows(narrow, SLOW, 0.3)
    assert time.monotonic() - started < PATIENCE
    assert rows(narrow, "SELECT 1") == [(1,)]
    assert worker_pids() == before


def test_a_stubborn_statement_is_killed_and_hurts_no_other(engine: Engine) -> None:
    other = iter(engine.run("SELECT range FROM range(500000)", 20))
    count = len(next(other))
    before = set(worker_pids())
    started = time.monotonic()
    with pytest.raises(TimedOut):
        rows(engine, STUBBORN, 0.5)
    assert 1.4 < time.monotonic() - started < PATIENCE
    assert count + sum(len(batch) for batch in other) == 500_000
    assert rows(engine, "SELECT 1") == [(1,)]
    assert before & set(worker_pids()), "the other worker lives on"
    assert len(worker_pids()) == 1, "the killed one has been reaped"


def test_cancelling_a_stubborn_statement_frees_its_slot(narrow: Engine) -> None:
    running = narrow.run(STUBBORN, 30)
    started = time.monotonic()
    running.cancel()
    assert time.monotonic() - started < PATIENCE
    assert rows(narrow, "SELECT 1", 5) == [(1,)]


def test_a_reader_that_sleeps_past_the_deadline_holds_nothing(narrow: Engine) -> None:
    running = narrow.run_text(ENDLESS, TextForm.CSV, (), 0.5)
    assert running is not None
    pieces = iter(running)
    assert next(pieces)
    time.sleep(2)
    assert rows(narrow, "SELECT 1", 5) == [(1,)]
    with pytest.raises(TimedOut):
        next(pieces)


def test_cancel_from_another_thread(narrow: Engine) -> None:
    running = narrow.run(SLOW, 20)
    threading.Timer(0.2, running.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(running)
    assert time.monotonic() - started < PATIENCE
    assert rows(narrow, "SELECT 1", 5) == [(1,)]


def test_cancel_between_two_pieces(narrow: Engine) -> None:
    running = narrow.run(ENDLESS, 20)
    pieces = iter(running)
    next(pieces)
    running.cancel()
    assert rows(narrow, "SELECT 1", 5) == [(1,)]
    with pytest.raises(Cancelled):
        next(pieces)


def test_cancel_of_what_nobody_reads(narrow: Engine) -> None:
    narrow.run(SLOW, 20).cancel()
    assert rows(narrow, "SELECT 1", 5) == [(1,)]


def test_cancel_after_the_end_is_harmless(narrow: Engine) -> None:
    running = narrow.run("SELECT 1", 20)
    assert list(running) == [[(1,)]]
    other = narrow.run("SELECT 2", 20)
    running.cancel()
    assert list(other) == [[(2,)]]
    assert list(running) == []


def test_a_reader_that_walks_away(narrow: Engine) -> None:
    for _batch in narrow.run(ENDLESS, 20):
        break
    assert rows(narrow, "SELECT 1", 5) == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list_sum(range(100000000))",
        "SELECT length(repeat('x', 2000000000))",
        "SELECT list(range) FROM range(100000000)",
        "SELECT string_agg(range::VARCHAR, ',') FROM range(100000000)",
        "SELECT repeat('x', 300000000) FROM range(3)",
    ],
    ids=["list", "text", "aggregate", "joined", "wide rows"],
)
def test_memory_is_capped(engine: Engine, sql: str) -> None:
    with pytest.raises(OutOfMemory):
        rows(engine, sql)
    assert rows(engine, "SELECT 1") == [(1,)]


@pytest.mark.slow
def test_the_disk_is_capped() -> None:
    engine = engines.connect(ConnectionSettings(name="d", dialect="duckdb", memory_mb=60))
    sql = "SELECT * FROM (SELECT range, hash(range) AS h FROM range(1000000000)) ORDER BY h"
    with pytest.raises(OutOfMemory, match="max_temp_directory_size"):
        rows(engine, sql, 60)
    assert rows(engine, "SELECT 1") == [(1,)]
    engine.close()


def test_a_worker_killed_by_the_system(narrow: Engine) -> None:
    running = narrow.run(SLOW, 20)
    [pid] = worker_pids()
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(OutOfMemory):
        list(running)
    assert rows(narrow, "SELECT 1") == [(1,)]


def test_an_idle_worker_that_died_is_replaced(narrow: Engine) -> None:
    rows(narrow, "SELECT 1")
    [pid] = worker_pids()
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # the server is the one to reap it
    assert rows(narrow, "SELECT 1") == [(1,)]


def test_overload_is_refused_at_once(narrow: Engine) -> None:
    running = narrow.run(SLOW, 30)
    outcomes: list[type[EngineError]] = []

    def ask() -> None:
        try:
            narrow.run("SELECT 1", 3)
        except EngineError as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    assert outcomes == [Overloaded] * 8
    for thread in threads:
        thread.join()
    assert outcomes[8:] == [TimedOut] * 32
    running.cancel()
    assert rows(narrow, "SELECT 1") == [(1,)]


def test_those_who_wait_get_their_turn(narrow: Engine) -> None:
    running = narrow.run(SLOW, 30)
    found: list[list[tuple[object, ...]]] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(rows(narrow, f"SELECT {n}")))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    running.cancel()
    for thread in threads:
        thread.join()
    assert sorted(found) == [[(n,)] for n in range(8)]


def test_closing_leaves_no_process_and_no_folder(warehouse: Path) -> None:
    engine = engines.connect(ConnectionSettings(name="c", dialect="duckdb", path=str(warehouse)))
    rows(engine, "SELECT 1")
    [pid] = worker_pids()
    folder = Path(f"/proc/{pid}/cwd").readlink()
    assert folder.is_dir()
    engine.close()
    assert is_gone(pid, 1)
    assert worker_pids() == []
    assert not folder.exists()


def test_closing_ends_what_runs(warehouse: Path) -> None:
    engine = engines.connect(ConnectionSettings(name="c", dialect="duckdb", path=str(warehouse)))
    running = engine.run(ENDLESS, 60)
    engine.close()
    assert worker_pids() == []
    with pytest.raises(Cancelled):
        list(running)


def test_the_worker_gets_nothing_of_the_environment(
    narrow: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY", "cuckoo")
    rows(narrow, "SELECT 1")
    [pid] = worker_pids()
    assert b"cuckoo" not in Path(f"/proc/{pid}/environ").read_bytes()
    with pytest.raises(SqlError):
        rows(narrow, "SELECT getenv('CANARY')")


SERVER = """
import sys
from lookalike import engines
engine = engines.connect(engines.ConnectionSettings(name="s", dialect="duckdb", path=sys.argv[1]))
running = engine.run(sys.argv[2], 60)
print("running", flush=True)
list(running)
"""


def test_workers_die_with_their_server(warehouse: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(warehouse), SLOW], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"running\n"
        [pid] = worker_pids(server.pid)
        folder = Path(f"/proc/{pid}/cwd").readlink()
        server.kill()
        assert is_gone(pid, 2)
        assert not folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_no_slot_is_lost_by_cancels_at_any_moment(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    statements = [ENDLESS, SLOW, "SELECT 1", "SELECT nope", "SELECT range FROM range(50000)"]

    def ask(sql: str, delay: float) -> None:
        try:
            running = engine.run(sql, 5)
            timer = threading.Timer(delay, running.cancel)
            timer.start()
            for _batch in running:
                pass
            timer.join()
        except EngineError:
            return

    for _round in range(50):
        threads = [
            threading.Thread(target=ask, args=(chance.choice(statements), chance.random() * 0.03))
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    both = [engine.run("SELECT 1", 5), engine.run("SELECT 2", 5)]
    assert [list(running) for running in both] == [[[(1,)]], [[(2,)]]]
    assert len(worker_pids()) <= 2
