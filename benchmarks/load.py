"""Load: a project of 3,000 files and 50 MB, from a server that knows nothing of it to its answers.

python -m benchmarks.load [--files N] [--rounds N] [--edits N]

All is asked of `lookalike serve` over HTTP; the project lies in a packed bare repository. Prints
CPU seconds of the server: of the first `GET /lookml_models`, beside the parse of the same files and
nothing else; of the first explore of a small model; of validating everything; of an edit of one
file and the answers that show it; of describing an explore with 7,000 fields; of the first listing
after a restart; and the most memory that the server held, beside the size of the text. Each of
these that is a first time is asked of a new server.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from msgspec import Struct

from benchmarks import large_project, servers
from benchmarks.measuring import cpu_seconds, peak_mb, verdict
from benchmarks.servers import Server
from lookalike.compiler.syntax import lookml
from lookalike.git import create_repository

AIM_COLD = 3.0
AIM_EDIT_MS = 10.0
AIM_DESCRIBE_MS = 150.0
AIM_MEMO_MS = 10.0
AIM_MEMORY = 25.0
WIDE = "/lookml_models/wide/explores/wide"
SMALL = "/lookml_models/small/explores/small_0"
PATIENCE = 300


class Asked(Struct, frozen=True):
    """What one request took of the server."""

    cpu: float
    wall: float
    body: bytes


class Client:
    """One caller of a server, logged in."""

    def __init__(self, server: Server, client_id: str, secret: str) -> None:
        token = servers.log_in(server, client_id, secret)
        self._pid = server.pid
        self._http = httpx.Client(
            base_url=f"{server.url}/api/4.0",
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
            trust_env=False,
        )

    def ask(self, method: str, path: str, body: Any = None) -> Asked:
        """One request, which must be answered well."""
        cpu, wall = cpu_seconds(self._pid), time.perf_counter()
        answer = self._http.request(method, path, json=body).raise_for_status()
        wall = time.perf_counter() - wall
        return Asked(cpu_seconds(self._pid) - cpu, wall, answer.content)


class Workbench(Struct, frozen=True):
    """An instance that has the project, and how to log in."""

    folder: Path
    client_id: str
    secret: str
    megabytes: float

    @contextmanager
    def new_server(self) -> Iterator[tuple[Server, Client]]:
        with servers.lookalike(self.folder) as server:
            yield server, Client(server, self.client_id, self.secret)


def main() -> None:
    options = _arguments()
    if options.parse_alone:
        print(json.dumps(_parse_alone(options.files)))
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = _workbench(Path(folder, "instance"), options.files)
        _cold(bench, options)
        _one_model(bench, options.rounds)
        _warm(bench, options)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=large_project.FILES)
    parser.add_argument("--rounds", type=int, default=3, help="new servers for each first time")
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--parse-alone", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _cold(bench: Workbench, options: argparse.Namespace) -> None:
    """Parse and listing take turns, each in a process of its own."""
    parses, listings, peaks = [], [], []
    for _ in range(options.rounds):
        parses.append(_in_own_process(options.files))
        with bench.new_server() as (server, client):
            listings.append(client.ask("GET", "/lookml_models").cpu)
            peaks.append(peak_mb(server.pid))
    parse, listing = median(parses), median(listings)
    print(f"parse alone {parse:.2f} s of CPU, {bench.megabytes / parse:.1f} MB/s")
    print(f"first listing {listing:.2f} s of CPU ({_range(listings)})")
    print(verdict("cold load", listing / parse, "x", AIM_COLD, "the parse alone"))
    memory = median(peaks) / bench.megabytes
    print(verdict("memory after the listing", memory, "x", AIM_MEMORY, "the text"))
    with bench.new_server() as (server, client):
        cpu = client.ask("POST", "/projects/large/validate").cpu
        client.ask("GET", WIDE)
        memory = peak_mb(server.pid) / bench.megabytes
    print(f"validation of everything {cpu:.2f} s of CPU, {cpu / parse:.2f}x the parse alone")
    print(verdict("memory after validating", memory, "x", AIM_MEMORY, "the text"))


def _one_model(bench: Workbench, rounds: int) -> None:
    found = []
    for _ in range(rounds):
        with bench.new_server() as (server, client):
            found.append((client.ask("GET", SMALL).cpu * 1e3, peak_mb(server.pid)))
    cpu, peak = (median(each) for each in zip(*found, strict=True))
    print(f"first explore of a model of six files {cpu:.0f} ms of CPU, the server at {peak:.0f} MB")


def _warm(bench: Workbench, options: argparse.Namespace) -> None:
    with bench.new_server() as (_, client):
        client.ask("GET", "/lookml_models")
        client.ask("PATCH", "/session", {"workspace_id": "dev"})
        client.ask("GET", "/lookml_models")
        _edits(client, options.edits)
        _describing(client, options.edits)
    began = time.perf_counter()
    with bench.new_server() as (server, client):
        answered = client.ask("GET", "/lookml_models")
        wall = time.perf_counter() - began
        cpu = cpu_seconds(server.pid)
    print(f"restart to first listing {wall:.2f} s, {cpu:.2f} s of CPU; {answered.cpu:.2f} of them")


def _edits(client: Client, count: int) -> None:
    """A view is saved, then a question is asked that shows it, then its explore is described."""
    name = "area_07_order_00"
    explore = f"/lookml_models/area_07/explores/{name}"
    question = {"model": "area_07", "view": name, "fields": [f"{name}.count"]}
    client.ask("GET", explore)
    saves, answers, walls, listings = [], [], [], []
    for number in range(count):
        text = large_project.view(name, 1, 48, f"Edit {number}.").replace(
            "analytics.", f"analytics_{number}."
        )
        body = {"path": f"views/area_07/{name}.view.lkml", "content": text}
        saved = client.ask("PUT", "/projects/large/files", body)
        answered = client.ask("POST", "/queries/run/sql", question)
        if f"analytics_{number}.".encode() not in answered.body:
            sys.exit("the edit is not in the answer")
        described = client.ask("GET", explore)
        listings.append(client.ask("GET", "/lookml_models?fields=name").cpu * 1e3)
        saves.append(saved.cpu * 1e3)
        answers.append((answered.cpu * 1e3, described.cpu * 1e3))
        walls.append((saved.wall + answered.wall) * 1e3)
    sql, description = (median(each) for each in zip(*answers, strict=True))
    print(
        f"save {median(saves):.1f} ms of CPU, the SQL of a question {sql:.1f},"
        f" then its explore described {description:.1f}, all models listed {median(listings):.1f};"
        f" save and SQL {median(walls):.1f} ms by the clock"
    )
    print(verdict("edit to visible answer", median(saves) + sql, "ms", AIM_EDIT_MS))


def _describing(client: Client, rounds: int) -> None:
    """The model is known when it is described, the description is not; a mask is another one."""
    client.ask("GET", f"{WIDE}?fields=name")
    first = client.ask("GET", WIDE)
    known = [client.ask("GET", WIDE).cpu * 1e3 for _ in range(rounds)]
    fields = json.loads(first.body)["fields"]
    n_fields = sum(len(each) for each in fields.values())
    print(f"{n_fields} fields described in {len(first.body) / 1e6:.1f} MB of JSON")
    print(verdict("describing", first.cpu * 1e3, "ms", AIM_DESCRIBE_MS))
    print(verdict("describing from the memo", median(known), "ms", AIM_MEMO_MS))


def _in_own_process(n_files: int) -> float:
    command = [sys.executable, "-m", "benchmarks.load", "--parse-alone", "--files", str(n_files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout))


def _parse_alone(n_files: int) -> float:
    """CPU seconds of parsing every file, the trees kept, the collector set as in the server."""
    texts = list(large_project.files(n_files).values())
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    began = time.process_time()
    kept = [lookml.parse(text) for text in texts]
    spent = time.process_time() - began
    if any(each.diagnostics for each in kept):
        sys.exit("the project should have no mistakes")
    return spent


def _workbench(folder: Path, n_files: int) -> Workbench:
    client_id, secret = servers.make_demo(folder)
    files = large_project.files(n_files)
    repository = create_repository(folder / "projects" / "large.git", "main")
    command = ["git", "-C", repository.path, "fast-import", "--quiet"]
    subprocess.run(command, input=_as_stream(files), check=True)
    with (folder / "lookalike.toml").open("a") as settings:
        settings.write('\n[projects.large]\npath = "projects/large.git"\n')
        settings.write('\n[connections.warehouse]\ndialect = "duckdb"\n')
    megabytes = sum(len(text) for text in files.values()) / 1e6
    print(f"{len(files)} files, {megabytes:.1f} MB")
    return Workbench(folder, client_id, secret, megabytes)


def _as_stream(files: Mapping[str, str]) -> bytes:
    """One commit of all files, as git takes it in: into one pack."""
    pieces = [b"commit refs/heads/main\ncommitter a <a@example.com> 1767225600 +0000\ndata 0\n"]
    for path, text in files.items():
        data = text.encode()
        pieces.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data))
    return b"".join(pieces)


def _range(figures: list[float]) -> str:
    return f"{min(figures):.2f}–{max(figures):.2f}"


if __name__ == "__main__":
    main()
