"""Kill -9 at random moments: what was acknowledged is there after the restart, and the server is
ready in seconds.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from pathlib import Path

import pytest

from tests.contract.conftest import Server, credentials, lookalike, start
from tests.soak.test_isolation import ask_once, log_in

pytestmark = pytest.mark.soak

N_KILLS = 50
READY_SECONDS = 3.0


def test_acknowledged_changes_survive(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    lookalike("demo", str(folder), "--no-serve")
    client = credentials(folder, "admin@localhost", "admin")
    server = start(folder, client)
    tokens = [log_in(server, client) for _ in range(4)]
    acknowledged = dict.fromkeys(tokens, "production")
    in_flight: dict[str, str] = {}
    slowest = 0.0
    n_acknowledged = 0
    rng = random.Random(7)

    def change(
        token: str, running: Server, stop: threading.Event, fresh: list[str], seed: int
    ) -> None:
        nonlocal n_acknowledged
        dice = random.Random(seed)
        while not stop.is_set():
            try:
                wanted = dice.choice(("production", "dev"))
                in_flight[token] = wanted
                body = {"workspace_id": wanted}
                status, _ = ask_once(running, token, "PATCH", "/session", body)
                if status == 200:
                    acknowledged[token] = wanted
                    n_acknowledged += 1
                fresh.append(log_in(running, client))
            except (OSError, AssertionError, ValueError, http.client.HTTPException):
                return

    for kill in range(N_KILLS):
        stop = threading.Event()
        fresh: list[str] = []
        threads = [
            threading.Thread(target=change, args=(token, server, stop, fresh, kill * 10 + number))
            for number, token in enumerate(tokens)
        ]
        for thread in threads:
            thread.start()
        time.sleep(rng.uniform(0.02, 0.4))
        server.process.kill()
        server.process.wait()
        stop.set()
        for thread in threads:
            thread.join()
        began = time.monotonic()
        server = start(folder, client)
        slowest = max(slowest, time.monotonic() - began)
        for token in tokens:
            status, session = ask_once(server, token, "GET", "/session")
            assert status == 200
            assert session["workspace_id"] in {acknowledged[token], in_flight[token]}
            acknowledged[token] = session["workspace_id"]
        for token in fresh[-20:]:
            assert ask_once(server, token, "GET", "/session")[0] == 200
    server.stop()
    print(
        f"{N_KILLS} kills, {n_acknowledged} acknowledged changes, ready in at most {slowest:.2f} s"
    )
    assert n_acknowledged > N_KILLS
    assert slowest < READY_SECONDS
