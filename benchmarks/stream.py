"""A million rows of eight columns through a worker as text, against DuckDB's own COPY TO a file.

python benchmarks/stream.py [--rows N]

Prints for each form the wall time of both ways (the best of three, each in its own process), their
ratio and its aim, the time to the first byte, and the memory that the server and the worker needed
at their peaks.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from lookalike import engines
from lookalike.engines import ConnectionSettings, TextForm

AIMS = {"json": 1.0, "csv": 1.6}
COLUMNS = ("id", "name", "day", "moment", "amount", "score", "flag", "note")
TABLE = """
CREATE TABLE t AS
SELECT
    range AS id,
    'customer number ' || range % 5000 AS name,
    DATE '2020-01-01' + (range % 1000)::INTEGER AS day,
    TIMESTAMP '2020-01-01' + to_seconds(range) AS moment,
    (range * 7 % 100000 / 100.0)::DECIMAL(18, 2) AS amount,
    sqrt(range) AS score,
    range % 3 = 0 AS flag,
    CASE WHEN range % 10 > 0 THEN 'a, "quoted" text ' || range % 100 END AS note
FROM range({rows})
"""
SQL = "SELECT * FROM t"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        way, form, path = given.measure
        print(json.dumps(_copy(form, path) if way == "copy" else _ours(way, form, path)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "t.duckdb"))
        with duckdb.connect(path) as connection:
            connection.execute(TABLE.format(rows=given.rows))
        for form, aim in AIMS.items():
            _compare(form, aim, path)


def _compare(form: str, aim: float, path: str) -> None:
    copied, ours, rows = (_best(way, form, path) for way in ("copy", "text", "rows"))
    ratio = ours["seconds"] / copied["seconds"]
    verdict = "ok" if ratio <= aim else "MISSED"
    print(
        f"{form:5} COPY {copied['seconds']:.2f} s  text {ours['seconds']:.2f} s"
        f"  ratio {ratio:.2f} (aim {aim})  {verdict}"
    )
    print(
        f"      first byte {ours['first'] * 1000:.0f} ms  {ours['bytes'] / 1e6:.0f} MB"
        f"  peak: server {ours['server_mb']:.0f} MB, worker {ours['worker_mb']:.0f} MB"
    )
    print(f"      as Python rows {rows['seconds']:.2f} s")


def _best(way: str, form: str, path: str) -> dict[str, float]:
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, __file__, "--measure", way, form, path],
                check=True,
                capture_output=True,
            ).stdout
        )
        for _ in range(3)
    ]
    return min(runs, key=lambda run: float(run["seconds"]))


def _copy(form: str, path: str) -> dict[str, float]:
    options = "FORMAT json" if form == "json" else "FORMAT csv"
    with duckdb.connect(path, read_only=True) as connection:
        connection.execute("SELECT 1")
        started = time.perf_counter()
        connection.execute(f"COPY ({SQL}) TO '{path}.{form}' ({options})")
        return {"seconds": time.perf_counter() - started}


def _ours(way: str, form: str, path: str) -> dict[str, float]:
    engine = engines.connect(ConnectionSettings(name="t", dialect="duckdb", path=path))
    list(engine.run("SELECT 1", 60))
    started = time.perf_counter()
    first = 0.0
    count = 0
    if way == "rows":
        for batch in engine.run(SQL, 600):
            first = first or time.perf_counter() - started
            count += len(batch)
    else:
        for piece in engine.run_text(SQL, TextForm(form), COLUMNS, 600) or ():
            first = first or time.perf_counter() - started
            count += len(piece)
    seconds = time.perf_counter() - started
    [worker] = Path("/proc/self/task", str(os.getpid()), "children").read_text().split()
    peaks = {"server_mb": _peak_mb("self"), "worker_mb": _peak_mb(worker)}
    engine.close()
    return {"seconds": seconds, "first": first, "bytes": count, **peaks}


def _peak_mb(process: str) -> float:
    status = Path("/proc", process, "status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
