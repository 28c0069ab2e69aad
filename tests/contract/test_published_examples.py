"""What the vendor shows that sessions are for, in our own words and with the official SDKs,
unmodified: run the same content in production and in dev and compare; validate a branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.conftest import (
    Server,
    client_node,
    client_python,
    credentials,
    lookalike,
    run_client,
    start,
)
from tests.contract.test_spectacles import Workshop, git

pytestmark = pytest.mark.clients

VIEW = "views/users.view.lkml"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The demo shop with a remote that has what production has."""
    folder = tmp_path_factory.mktemp("published")
    lookalike("demo", str(folder / "demo"), "--no-serve")
    client = credentials(folder / "demo", "admin@localhost", "admin")
    project = next((folder / "demo" / "projects").glob("shop*.git"))
    git(folder, "clone", "-q", "--bare", str(project), "remote.git")
    git(folder, "clone", "-q", "remote.git", "clone")
    server = start(folder / "demo", client, local_remotes=folder)
    made = Workshop(server, folder / "clone")
    made.ask("PATCH", "/projects/shop", {"git_remote_url": str(folder / "remote.git")})
    yield made
    server.stop()


@pytest.mark.parametrize(
    ("client", "version"), [("looker-sdk-26", "4.0"), ("looker-sdk-23", "3.1")]
)
def test_the_same_content_in_production_and_in_dev(
    server: Server, client: str, version: str
) -> None:
    script = str(Path(__file__).parent / "python_compare.py")
    seen = cast("dict[str, Any]", run_client([client_python(client), script, version], server))
    one, two = seen["one"], seen["two"]
    assert one["workspaces"] == ["production", "dev", "production"]
    assert min(one["rows"].values()) > 1
    # The admin's dev branch counts returned items as no revenue, and changes nothing else.
    assert one["differing"] == one["differing_sql"] == two["differing"] == ["revenue"]
    assert one["is_back"]
    assert two["workspaces"] == ["production", "dev"]


@pytest.mark.parametrize("name", ["node-4.0", "node-3.1"])
def test_validate_a_branch(workshop: Workshop, name: str) -> None:
    branch = f"wrong-{name[-3:]}"
    text = workshop.view()
    wrong = text.replace("sql: ${credit} ;;", "sql: ${credits} ;;", 1)
    line = next(n for n, each in enumerate(wrong.splitlines(), 1) if "${credits}" in each)
    workshop.branch(branch, {VIEW: wrong})
    folder = client_node(name)
    seen = cast(
        "dict[str, Any]",
        run_client(["node", "branch.cjs", branch], workshop.server, cwd=folder),
    )
    assert (seen["first"], seen["entered"], seen["last"]) == ("production", "dev", "production")
    assert seen["production"] == seen["dev"] == seen["meanwhile"] == seen["clean"] == []
    assert seen["switched"] == seen["current"] == branch
    errors = [each for each in seen["branch"] if each[0] == "error"]
    assert errors
    assert all(path == f"shop/{VIEW}" for _, path, _, _ in errors)
    assert any(found == line and "credits" in said for _, _, found, said in errors)
    assert seen["restored"] == seen["before"]
    assert seen["before"].startswith("dev-")
