"""Login: what one `POST /login` costs, which makes a session in the store, beside a raw ASGI route.

python -m benchmarks.login [--requests N] [--rounds N] [--connections N]

Prints CPU microseconds per login of `lookalike serve`, of a function that reads the same body and
answers a constant of the same size on the same server software, and their ratio. The two take
turns; the figures are medians.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import servers
from benchmarks.measuring import take_turns, verdict
from benchmarks.servers import Connections, request

AIM_US = 100.0
FORM = "Content-Type: application/x-www-form-urlencoded"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000, help="in each round, to each server")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        client_id, secret = servers.make_demo(Path(folder, "demo"))
        form = urlencode({"client_id": client_id, "client_secret": secret}).encode()
        with servers.lookalike(Path(folder, "demo")) as ours:
            _compare(ours, request("POST", "/api/4.0/login", [FORM], form), options)


def _compare(ours: servers.Server, asked: bytes, options: argparse.Namespace) -> None:
    ours_connections = Connections(ours, asked, options.connections)
    with servers.raw_route(ours_connections.body_bytes()) as raw:
        raw_connections = Connections(raw, asked, options.connections)
        ways = {
            "raw": lambda: raw_connections.cpu_per_request(options.requests),
            "ours": lambda: ours_connections.cpu_per_request(options.requests),
        }
        take_turns(ways, 1)
        found = take_turns(ways, options.rounds)
    print(f"raw ASGI route {found['raw']:.1f} us")
    print(verdict("POST /login", found["ours"], "us", AIM_US))
    print(f"POST /login {found['ours'] / found['raw']:.3g}x a raw ASGI route")


if __name__ == "__main__":
    main()
