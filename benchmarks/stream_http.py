"""A million rows of eight columns as an answer to `run_inline_query` over HTTP, against DuckDB's
own COPY of the same statement TO a file.

python -m benchmarks.stream_http [--rows N] [--rounds N] [--sorted]

Prints for each form the wall time of both ways, their ratio and its aim, the time to the first byte
and the memory that the server and its workers needed at their peaks. The two take turns and are
both warm; the figures are medians. Both sort, which hides some of what writing costs, if told to.
"""

from __future__ import annotations

import argparse
import json
import socket
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import duckdb
import httpx
from msgspec import Struct

from benchmarks import servers
from benchmarks.measuring import forget_peak, peak_mb, take_turns, verdict, with_children
from benchmarks.servers import PIECE_BYTES, Server, request
from lookalike.instance import credentials, people, projects
from lookalike.instance.config import FILE, read_config
from lookalike.instance.instance import open_instance
from lookalike.instance.workspaces import DEV

AIMS = {"json": 1.0, "csv": 1.6}
LAST_CHUNK = b"\r\n0\r\n\r\n"
LOOKML = """
connection: "benchmark"
view: payments {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: number { type: number  sql: ${TABLE}.number ;; }
  dimension: score { type: number  sql: ${TABLE}.score ;; }
  dimension: amount { type: number  sql: ${TABLE}.amount ;; }
  dimension: customer { sql: ${TABLE}.customer ;; }
  dimension_group: due { type: time  timeframes: [date]  datatype: date  sql: ${TABLE}.due ;; }
  dimension_group: made { type: time  timeframes: [time]  sql: ${TABLE}.made ;; }
  dimension: is_open { type: yesno  sql: ${TABLE}.is_open ;; }
}
explore: payments {}
"""
TABLE = """
CREATE TABLE payments AS
SELECT
    range::INTEGER AS id,
    range * 1234567891 AS number,
    sqrt(range) AS score,
    (range * 7 % 100000 / 100.0)::DECIMAL(18, 2) AS amount,
    'customer "' || range % 5000 || '", Main Street' AS customer,
    DATE '2020-01-01' + (range % 1000)::INTEGER AS due,
    TIMESTAMP '2020-01-01' + to_seconds(range) AS made,
    range % 3 = 0 AS is_open
FROM range({rows})
"""
QUESTION: dict[str, object] = {
    "model": "benchmark",
    "view": "payments",
    "fields": [
        f"payments.{name}"
        for name in (
            "id", "number", "score", "amount", "customer", "due_date", "made_time", "is_open",
        )
    ],
    "sorts": ["__UNSORTED__"],
    "limit": "-1",
}  # fmt: skip


class Answer(Struct, frozen=True):
    """How one answer came: seconds to its first byte and to its last, and how large it was."""

    first: float
    seconds: float
    size: int
    breaks: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sorted", action="store_true")
    options = parser.parse_args()
    question = {**QUESTION, "sorts": [] if options.sorted else QUESTION["sorts"]}
    with tempfile.TemporaryDirectory() as folder:
        made = _make(Path(folder), options.rows)
        with (
            servers.lookalike(Path(folder)) as server,
            duckdb.connect(str(Path(folder, "warehouse.duckdb")), read_only=True) as warehouse,
        ):
            token = servers.log_in(server, made.credential.client_id, made.client_secret)
            asked = partial(_request, token, question)
            sql = _statement(server, token, question)
            for form, aim in AIMS.items():
                copy = partial(_copy, warehouse, sql, Path(folder, f"copy.{form}"))
                client = _Client(server, asked(form), options.rows)
                _compare(f"{form:5}", aim, copy, client, options.rounds)


def _make(folder: Path, rows: int) -> credentials.NewCredential:
    """An instance with one project, whose warehouse holds one table."""
    path = folder / "warehouse.duckdb"
    with duckdb.connect(str(path)) as warehouse:
        warehouse.execute(TABLE.format(rows=rows))
    (folder / FILE).write_text(f'[connections.benchmark]\npath = "{path.name}"\n')
    instance = open_instance(read_config(folder))
    try:
        admin = people.operator(instance, DEV)
        files = {"benchmark.model.lkml": LOOKML}
        projects.create_project(instance, admin, "benchmark", files, "Begin")
        return credentials.create_credential(instance, admin.user)
    finally:
        instance.close()


def _statement(server: Server, token: str, question: dict[str, object]) -> str:
    """The SQL that the server runs for the question."""
    with httpx.Client(trust_env=False, headers={"Authorization": f"token {token}"}) as client:
        answer = client.post(f"{server.url}/api/4.0/queries/run/sql", json=question)
    return answer.raise_for_status().text


def _request(token: str, question: dict[str, object], form: str) -> bytes:
    headers = [f"Authorization: token {token}", "Content-Type: application/json"]
    body = json.dumps(question).encode()
    return request("POST", f"/api/4.0/queries/run/{form}", headers, body)


def _compare(
    name: str, aim: float, copy: Callable[[], float], client: _Client, rounds: int
) -> None:
    answers: list[Answer] = []

    def ask() -> float:
        answers.append(client.ask())
        return answers[-1].seconds

    take_turns({"copy": copy, "ours": client.ask_and_count}, 1)
    for pid in with_children(client.server.pid):
        forget_peak(pid)
    found = take_turns({"copy": copy, "ours": ask}, rounds)
    peaks = [peak_mb(pid) for pid in with_children(client.server.pid)]
    print(f"{name} COPY TO a file {found['copy']:.2f} s, over HTTP {found['ours']:.2f} s")
    ratio = found["ours"] / found["copy"]
    print(verdict(f"{name} run_inline_query", ratio, "x", aim, "DuckDB's own COPY"))
    print(
        f"{name} first byte {median(each.first for each in answers) * 1e3:.0f} ms,"
        f" {answers[0].size / 1e6:.0f} MB, peak {sum(peaks):.0f} MB"
        f" (server {peaks[0]:.0f}, workers {sum(peaks[1:]):.0f})"
    )


def _copy(warehouse: duckdb.DuckDBPyConnection, sql: str, target: Path) -> float:
    form = target.suffix.removeprefix(".")
    started = time.perf_counter()
    warehouse.execute(f"COPY ({sql}) TO '{target}' (FORMAT {form})")
    return time.perf_counter() - started


class _Client:
    """One connection that asks one thing and throws the answer away."""

    def __init__(self, server: Server, asked: bytes, rows: int) -> None:
        self.server = server
        self._asked = asked
        self._rows = rows
        self._socket = socket.create_connection(("127.0.0.1", server.port))
        self._buffer = bytearray(PIECE_BYTES)

    def ask_and_count(self) -> float:
        """Ask, and see that every row came."""
        answer = self._ask(is_counting=True)
        # The head, the chunks and a first line have line breaks of their own, but not many.
        if not 0 <= answer.breaks - self._rows < self._rows // 50 + 50:
            raise RuntimeError(f"{answer.breaks} lines are not {self._rows} rows")
        return answer.seconds

    def ask(self) -> Answer:
        return self._ask(is_counting=False)

    def _ask(self, *, is_counting: bool) -> Answer:
        started = time.perf_counter()
        self._socket.sendall(self._asked)
        first = 0.0
        size = breaks = 0
        tail = b""
        while not tail.endswith(LAST_CHUNK):
            n = self._socket.recv_into(self._buffer)
            if n == 0:
                raise RuntimeError("the answer broke off")
            if not first:
                first = time.perf_counter() - started
                if not self._buffer.startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(self._buffer[:n].decode("utf-8", "replace"))
            if is_counting:
                breaks += self._buffer.count(b"\n", 0, n)
            size += n
            tail = (tail + bytes(self._buffer[max(0, n - 7) : n]))[-7:]
        return Answer(first, time.perf_counter() - started, size, breaks)


if __name__ == "__main__":
    main()
