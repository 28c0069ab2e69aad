"""The official SDKs, unmodified, over a real socket: the same question has two answers in two
workspaces.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.conftest import ROOT, Server, client_node, client_python, run_client

pytestmark = pytest.mark.clients


def revenue(rows: Any) -> Decimal:
    return Decimal(str(rows[0]["order_items.total_revenue"]))


def check_life(seen: dict[str, Any]) -> None:
    assert seen["me"] == "admin@localhost"
    assert seen["first"] == "production"
    assert (
        seen["production"][0]["order_items.count"] == seen["dev"][0]["order_items.count"] == 100_000
    )
    assert 0 < revenue(seen["dev"]) < revenue(seen["production"])


@pytest.mark.parametrize(
    ("client", "version"),
    [("looker-sdk-26", "4.0"), ("looker-sdk-23", "3.1"), ("looker-sdk-23", "4.0")],
)
def test_python_sdk(server: Server, client: str, version: str) -> None:
    script = str(Path(__file__).parent / "python_sdk.py")
    seen = cast("dict[str, Any]", run_client([client_python(client), script, version], server))
    check_life(seen)
    assert seen["updated"] == ["ApiSession", "dev"]
    assert seen["models"] == ["shop"]
    assert seen["dimensions"] > 20
    assert "Validation Failed" in seen["unknown_workspace"]
    assert seen["saved"]
    assert seen["same_id"]
    assert seen["slug"]
    assert "CASE WHEN" in seen["sql"]
    assert seen["back"] == seen["production"]
    assert seen["after_logout_3.1"] == seen["after_logout_4.0"] == 401


@pytest.mark.parametrize("name", ["node-4.0", "node-3.1"])
def test_node_sdk(server: Server, name: str) -> None:
    folder = client_node(name)
    seen = cast("dict[str, Any]", run_client(["node", "sdk.cjs"], server, cwd=folder))
    check_life(seen)
    assert seen["updated"] == "dev"
    assert seen["after_logout"] == 401


def test_the_clients_are_locked() -> None:
    """What is driven is what the registries give, at the versions the README names."""
    for name, version in (("looker-sdk-26", "26.22.0"), ("looker-sdk-23", "23.16.0")):
        text = (ROOT / "requirements" / "clients" / f"{name}.lock").read_text(encoding="utf-8")
        assert f"looker-sdk=={version}" in text
