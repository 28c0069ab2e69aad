"""dagster-looker, unmodified, with the definitions of the how-to page: explores and dashboards are
assets that depend on what LookML says.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.conftest import ROOT, Server, alone, client_python, credentials, start
from tests.contract.pages import files_of

pytestmark = pytest.mark.clients

SCRIPT = ROOT / "tests" / "contract" / "dagster_specs.py"
EXPLORES = {
    "shop::order_items": {"order_items", "orders", "users", "products", "user_facts"},
    "shop::users": {"users", "orders", "order_items", "user_facts"},
}
"""Explore to the views of it. All but `user_facts`, which is derived, are tables of their name."""


@pytest.fixture(scope="module")
def found(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("dagster")
    for name, text in files_of("feed-dagster.md").items():
        (folder / name).write_text(text, encoding="utf-8")
    server = start(demo, credentials(demo, "dagster@example.com", "developer"))
    try:
        yield {"server": server, **specs(server, folder)}
    finally:
        server.stop()


def specs(server: Server, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [client_python("dagster"), str(SCRIPT), "definitions.py"],
        cwd=folder,
        env={**alone(server, folder), "DAGSTER_HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Failed to fetch" not in done.stderr
    return cast("dict[str, Any]", json.loads(done.stdout.strip().splitlines()[-1]))


def test_every_explore_is_an_asset_that_depends_on_views_and_tables(found: dict[str, Any]) -> None:
    explores = {each["key"]: each for each in found["all"] if "explore" in each["kinds"]}
    assert set(explores) == set(EXPLORES)
    for key, views in EXPLORES.items():
        tables = views - {"user_facts"}
        assert set(explores[key]["deps"]) == {*tables, *(f"view/{view}" for view in views)}
        url = f"{found['server'].url}/explore/{key.replace('::', '/')}"
        assert explores[key]["url"] == url


def test_every_dashboard_is_an_asset_that_depends_on_the_explores_of_its_filters(
    found: dict[str, Any],
) -> None:
    (board,) = [each for each in found["all"] if "dashboard" in each["kinds"]]
    assert board == {
        "key": "Sales_shop::sales",
        "kinds": ["dashboard", "looker"],
        "deps": ["shop::order_items", "shop::users"],
        "owners": [],
        "url": f"{found['server'].url}/dashboards/shop::sales",
    }
    assert len(found["all"]) == 3


def test_the_folder_of_lookml_dashboards_can_be_filtered_by(found: dict[str, Any]) -> None:
    assert {each["key"] for each in found["used"]} == {each["key"] for each in found["all"]}
