"""Session: what one `GET /session` costs, with the look-up in the store, beside a raw ASGI route.

python -m benchmarks.session [--requests N] [--rounds N] [--connections N]

Prints CPU microseconds per request of `lookalike serve` with all its operations, of a function that
answers a constant of the same size on the same server software, and their ratio. The two take
turns; the figures are medians.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import servers
from benchmarks.measuring import take_turns, verdict
from benchmarks.servers import Connections, request

AIM_RATIO = 1.6
AIM_US = 45.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=5000, help="in each round, to each server")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        credentials = servers.make_demo(Path(folder, "demo"))
        with servers.lookalike(Path(folder, "demo")) as ours:
            token = servers.log_in(ours, *credentials)
            _compare(ours, token, options)


def _compare(ours: servers.Server, token: str, options: argparse.Namespace) -> None:
    asked = request("GET", "/api/4.0/session", [f"Authorization: token {token}"])
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
    print(verdict("GET /session", found["ours"], "us", AIM_US))
    ratio = found["ours"] / found["raw"]
    print(verdict("GET /session", ratio, "x", AIM_RATIO, "a raw ASGI route"))


if __name__ == "__main__":
    main()
