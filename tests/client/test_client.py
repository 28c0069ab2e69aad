"""Client and AsyncClient against a real server over a socket, with tokens that live 5 seconds among
them.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lookalike.client import (
    ApiSession,
    AsyncClient,
    Client,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Renewal,
    Settings,
    Timeout,
    Unreachable,
    WriteQuery,
)
from lookalike.wire.operation import BOTH
from tests.client.conftest import settings_of
from tests.contract.conftest import (
    Server,
    client_python,
    credentials,
    free_port,
    run_client,
    start,
)

QUESTION = {"model": "shop", "view": "order_items", "fields": ["order_items.total_revenue"]}
DEV = ApiSession(workspace_id="dev")
N_RENEWALS = 3
N_AT_ONCE = 4
MAX_SECONDS = 60


def revenue(text: str) -> float:
    rows = json.loads(text)
    return float(rows[0]["order_items.total_revenue"])


@pytest.mark.slow
@pytest.mark.parametrize("version", BOTH)
def test_one_life_of_a_session(server: Server, version: str) -> None:
    with Client(settings_of(server, version)) as client:
        assert client.user.me(fields="email").email == "admin@localhost"
        assert client.session.session().workspace_id == "production"
        in_production = revenue(client.query.run_inline_query("json", QUESTION))
        answer = client.session.update_session(DEV)
        assert isinstance(answer, ApiSession)
        assert answer.workspace_id == "dev"
        assert 0 < revenue(client.query.run_inline_query("json", QUESTION)) < in_production
        forced = client.query.run_inline_query("json", QUESTION, force_production=True)
        assert revenue(forced) == in_production
        token = client.auth.login(client.settings.client_id, client.settings.client_secret)
        assert token.expires_in == 3600
        client.auth.logout()
        assert client.session.session().workspace_id == "dev"


@pytest.mark.slow
@pytest.mark.parametrize("version", BOTH)
def test_every_group_answers(server: Server, version: str) -> None:
    with Client(settings_of(server, version)) as client:
        assert [each.id for each in client.workspace.all_workspaces()] == ["production", "dev"]
        assert client.workspace.workspace("dev").id == "dev"
        assert [each.id for each in client.project.all_projects()] == ["shop"]
        assert client.project.project("shop", "id").uses_git is None
        assert client.project.project_workspace("shop").workspace_id == "production"
        assert [each.name for each in client.lookml_model.all_lookml_models()] == ["shop"]
        assert client.lookml_model.lookml_model("shop").project_name == "shop"
        assert client.lookml_model.lookml_model_explore("shop", "users").name == "users"
        made = client.query.create_query(WriteQuery(**QUESTION))  # type: ignore[arg-type]
        assert made.id is not None
        assert client.query.create_query(made).id == made.id
        assert client.query.query(made.id).slug == made.slug
        assert client.query.query_for_slug(str(made.slug)).id == made.id
        assert "SELECT" in client.query.run_query(made.id, "sql")
        in_url = client.query.run_url_encoded_query(
            "shop",
            "order_items",
            "csv",
            fields=["users.state", "order_items.count"],
            f={"users.state": "California,Texas"},
            sorts=["users.state"],
        )
        assert [line.split(",")[0] for line in in_url.splitlines()[1:]] == ["California", "Texas"]
        assert client.config.alive().status == "ok"
        assert len(client.config.versions().supported_versions or ()) == 2
        assert "paths" in client.config.swagger()


@pytest.mark.slow
def test_another_user(server: Server, settings: Settings) -> None:
    viewer = credentials(server.folder, "viewer@localhost", "viewer")
    theirs = Settings(base_url=settings.base_url, client_id=viewer[0], client_secret=viewer[1])
    with Client(theirs) as client:
        with pytest.raises(NotAllowed):
            client.session.update_session(DEV)
        assert client.session.session().workspace_id == "production"
        user_id = client.user.me().id
    with Client(settings) as client:
        assert user_id is not None
        assert client.auth.login_user(user_id).access_token
        assert client.user.me().email == "admin@localhost"


@pytest.mark.slow
def test_errors_have_their_classes(settings: Settings) -> None:
    with Client(settings) as client:
        with pytest.raises(Invalid, match="nowhere") as caught:
            client.session.update_session({"workspace_id": "nowhere"})
        assert caught.value.errors[0].field == "workspace_id"
        for name in ("nothing", "..", "a/b"):
            with pytest.raises(NotFound):
                client.project.project(name)
    wrong = Settings(base_url=settings.base_url, client_id="nobody", client_secret="x")
    with Client(wrong) as client, pytest.raises(NotAuthenticated, match="check `client_id`"):
        client.user.me()


def test_where_nobody_listens() -> None:
    nowhere = Settings(base_url=f"http://127.0.0.1:{free_port()}", client_id="a", client_secret="b")
    with Client(nowhere) as client, pytest.raises(Unreachable, match="check `base_url`"):
        client.config.alive()

    async def ask() -> None:
        async with AsyncClient(nowhere) as client:
            await client.config.alive()

    with pytest.raises(Unreachable):
        asyncio.run(ask())


def test_where_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings = Settings(base_url=url, client_id="a", client_secret="b", timeout=0.2)
        with Client(settings) as client, pytest.raises(Timeout, match="`timeout`"):
            client.config.alive()


OFFICIAL = """
import json
import looker_sdk
from looker_sdk.sdk.api40 import models

sdk = looker_sdk.init40()
question = models.WriteQuery(
    model="shop", view="order_items", fields=["order_items.total_revenue"]
)
chosen = sdk.update_session(models.WriteApiSession(workspace_id="dev")).workspace_id
print(json.dumps({
    "chosen": chosen,
    "rows": json.loads(sdk.run_inline_query("json", question)),
    "then": sdk.session().workspace_id,
}))
"""


@pytest.fixture(scope="module")
def short(demo: Path, admin: tuple[str, str]) -> Iterator[Server]:
    """A server whose tokens live 5 seconds."""
    running = start(demo, admin, token_seconds=5)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def revenues(server: Server) -> dict[str, float]:
    """What the question answers in each workspace."""
    with Client(settings_of(server)) as client:
        found = {}
        for workspace in ("production", "dev"):
            client.session.update_session({"workspace_id": workspace})
            found[workspace] = revenue(client.query.run_inline_query("json", QUESTION))
    assert found["dev"] != found["production"]
    return found


def ask_through_renewals(settings: Settings) -> tuple[list[float], list[Renewal]]:
    """Threads that share one client ask until the token was renewed three times."""
    renewals: list[Renewal] = []
    deadline = time.monotonic() + MAX_SECONDS

    def ask(client: Client) -> list[float]:
        answers = []
        while len(renewals) < N_RENEWALS and time.monotonic() < deadline:
            answers.append(revenue(client.query.run_inline_query("json", QUESTION)))
            time.sleep(0.1)
        return [*answers, revenue(client.query.run_inline_query("json", QUESTION))]

    with Client(settings, on_renewal=renewals.append) as client:
        client.session.update_session(DEV)
        with ThreadPoolExecutor(N_AT_ONCE) as pool:
            answers = [each for part in pool.map(ask, [client] * N_AT_ONCE) for each in part]
        assert client.session.session().workspace_id == "dev"
    return answers, renewals


async def ask_through_renewals_async(settings: Settings) -> tuple[list[float], list[Renewal]]:
    """The same with tasks."""
    renewals: list[Renewal] = []
    deadline = time.monotonic() + MAX_SECONDS

    async def ask(client: AsyncClient) -> list[float]:
        answers = []
        while len(renewals) < N_RENEWALS and time.monotonic() < deadline:
            answers.append(revenue(await client.query.run_inline_query("json", QUESTION)))
            await asyncio.sleep(0.1)
        return [*answers, revenue(await client.query.run_inline_query("json", QUESTION))]

    async with AsyncClient(settings, on_renewal=renewals.append) as client:
        await client.session.update_session(DEV)
        parts = await asyncio.gather(*[ask(client) for _ in range(N_AT_ONCE)])
        assert (await client.session.session()).workspace_id == "dev"
    return [each for part in parts for each in part], renewals


@pytest.mark.slow
@pytest.mark.clients
def test_three_renewals_in_dev(short: Server, revenues: dict[str, float]) -> None:
    """Every answer of ours is from dev; the official client falls to production, as it does."""
    settings = settings_of(short)
    with ThreadPoolExecutor(2) as pool:
        blocking = pool.submit(ask_through_renewals, settings)
        awaited = pool.submit(lambda: asyncio.run(ask_through_renewals_async(settings)))
        seen: dict[str, Any] = run_client([client_python("looker-sdk-26"), "-c", OFFICIAL], short)
    for answers, renewals in (blocking.result(), awaited.result()):
        assert len(answers) > N_AT_ONCE * N_RENEWALS
        assert set(answers) == {revenues["dev"]}
        assert renewals == [Renewal("dev")] * N_RENEWALS
    assert seen["chosen"] == "dev"
    assert seen["then"] == "production"
    assert revenue(json.dumps(seen["rows"])) == revenues["production"]


@pytest.mark.slow
def test_a_credential_works_for_many_clients(
    settings: Settings, revenues: dict[str, float]
) -> None:
    """Sessions do not see each other's workspace."""
    with Client(settings) as one, Client(settings) as other:
        one.session.update_session(DEV)
        assert revenue(other.query.run_inline_query("json", QUESTION)) == revenues["production"]
        assert revenue(one.query.run_inline_query("json", QUESTION)) == revenues["dev"]
