"""An in-process client over a real instance: a folder, a store, a bare repository with LookML."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lookalike.api.app import Application, application
from lookalike.instance import credentials, login, people, projects
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import Instance, open_instance
from lookalike.store import accounts

LOOKML = {
    "manifest.lkml": 'project_name: "shop"\n',
    "shop.model.lkml": """
connection: "warehouse"
include: "/views/*.view.lkml"

access_grant: staff_only { user_attribute: department allowed_values: ["staff"] }

explore: orders {
  label: "Orders and Users"
  description: "What was ordered, and by whom"
  tags: ["core"]
  always_filter: { filters: [orders.status: "-EMPTY"] }
  join: users {
    sql_on: ${orders.user_id} = ${users.id} ;;
    relationship: many_to_one
    view_label: "Buyers"
  }
}
explore: buyers {
  from: users
  hidden: yes
  access_filter: { field: buyers.state user_attribute: state }
}
explore: secrets { view_name: users required_access_grants: [staff_only] }
""",
    "views/orders.view.lkml": """
view: orders {
  sql_table_name: (SELECT 1 AS id, 7 AS user_id, 'new' AS status, 12.5 AS amount,
    TIMESTAMP '2024-01-01 10:00:00' AS created_at) ;;
  drill_fields: [detail*]
  dimension: id { primary_key: yes type: number sql: ${TABLE}.id ;; }
  dimension: user_id { type: number hidden: yes }
  dimension: status { alias: [state] tags: ["t"] }
  dimension: is_new { type: yesno sql: ${status} = 'new' ;; }
  dimension: size { type: tier tiers: [10, 20] style: integer sql: ${TABLE}.amount ;; }
  dimension: band { type: tier tiers: [0, 20] sql: ${TABLE}.amount ;; }
  dimension: kind {
    case: { when: { sql: ${status} = 'new' ;; label: "Fresh" } else: "Old" }
  }
  dimension_group: created {
    type: time timeframes: [raw, date, minute15, week, day_of_week] sql: ${TABLE}.created_at ;;
  }
  measure: count { type: count filters: [status: "new"] }
  measure: total {
    type: sum sql: ${TABLE}.amount ;; value_format_name: usd drill_fields: [id, users.state]
    link: { label: "More" url: "https://example.com/{{ value }}" }
  }
  parameter: unit {
    type: unquoted allowed_value: { label: "Day" value: "day" } default_value: "day"
  }
  filter: since { type: date }
  set: detail { fields: [id, created_date, users.state] }
}
""",
    "views/users.view.lkml": """
view: users {
  sql_table_name: (SELECT 7 AS id, 'CA' AS state) ;;
  dimension: id { primary_key: yes type: number }
  dimension: state { label: "Home State" group_label: "Place" }
  dimension: income { type: number required_access_grants: [staff_only] }
  measure: count { type: count }
}
""",
}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """Calls the application as a server would, with the token of one user."""

    app: Application
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        if body is not None:
            raw = json.dumps(body).encode()
        return asyncio.run(self._call(method, path, raw, {**self.headers, **(headers or {})}))

    def get(self, path: str, **more: Any) -> Any:
        """The JSON of a successful GET under 4.0."""
        answer = self("GET", f"/api/4.0{path}", **more)
        assert answer.status == 200, answer.body
        return answer.json()

    def all_at_once(self, method: str, path: str, bodies: Sequence[object]) -> list[Answer]:
        """One request for each body, all under way together. Fails if they take a minute."""

        async def ask() -> list[Answer]:
            raws = (json.dumps(body).encode() for body in bodies)
            calls = [self._call(method, path, raw, self.headers) for raw in raws]
            async with asyncio.timeout(60):
                return await asyncio.gather(*calls)

        return asyncio.run(ask())

    async def _call(
        self, method: str, path: str, raw: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        raw_path, _, query = path.partition("?")
        sent = {"host": "localhost:19999", **headers}
        if self.token:
            sent.setdefault("authorization", f"Bearer {self.token}")
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": raw_path,
            "raw_path": raw_path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        }
        waiting = [{"type": "http.request", "body": raw or b"", "more_body": False}]
        replies: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if waiting:
                return waiting.pop()
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Any) -> None:
            replies.append(dict(message))

        await self.app(scope, receive, send)
        start, *rest = replies
        return Answer(
            start["status"],
            {name.decode(): value.decode() for name, value in start["headers"]},
            b"".join(reply.get("body", b"") for reply in rest),
        )


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance with the project `shop`; one for the tests of a module."""
    folder = tmp_path_factory.mktemp("instance")
    config = Config(
        folder=str(folder),
        connections={"warehouse": ConnectionConfig()},
        failed_logins_per_minute=5,
        body_bytes=100_000,
        local_remotes=str(folder.parent),
    )
    opened = open_instance(config)
    projects.create_project(opened, people.operator(opened, "dev"), "shop", LOOKML, "first")
    yield opened
    opened.close()


def serving(folder: Path, lookml: Mapping[str, str]) -> Iterator[Instance]:
    """An instance with another project `shop`, for the tests of a module."""
    config = Config(folder=str(folder), connections={"warehouse": ConnectionConfig()})
    opened = open_instance(config)
    projects.create_project(opened, people.operator(opened, "dev"), "shop", lookml, "first")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(instance: Instance) -> Application:
    return application(instance)


@pytest.fixture
def anyone(app: Application) -> Client:
    return Client(app)


@pytest.fixture
def admin(instance: Instance, app: Application) -> Client:
    return signed_in(instance, app, "admin")


@pytest.fixture
def developer(instance: Instance, app: Application) -> Client:
    return signed_in(instance, app, "developer")


@pytest.fixture
def viewer(instance: Instance, app: Application) -> Client:
    return signed_in(instance, app, "viewer")


def signed_in(instance: Instance, app: Application, role: str) -> Client:
    """A client with a fresh token of the user who has that role."""
    made = credential(instance, role)
    return Client(app, login.log_in(instance, made.credential.client_id, made.client_secret).token)


def reader_of(instance: Instance, app: Application, name: str, **attributes: str) -> Client:
    """A client of a developer of their own, who has these user attributes."""
    user = people.enter_user(instance, f"{name}@example.com", "developer")
    with instance.database.write() as db:
        for attribute, value in attributes.items():
            accounts.set_attribute(db, user.id, attribute, value)
    made = credentials.create_credential(instance, user)
    return Client(app, login.log_in(instance, made.credential.client_id, made.client_secret).token)


def credential(instance: Instance, role: str) -> credentials.NewCredential:
    user = people.enter_user(instance, f"{role}@example.com", role)
    return credentials.create_credential(instance, user)


def reader(
    instance: Instance, app: Application, name: str, department: str, role: str = "viewer"
) -> Client:
    """A client of a user of this department."""
    user = people.enter_user(instance, f"{name}@example.com", role)
    with instance.database.write() as db:
        accounts.set_attribute(db, user.id, "department", department)
    made = credentials.create_credential(instance, user)
    return Client(app, login.log_in(instance, made.credential.client_id, made.client_secret).token)


@pytest.fixture
def guest(instance: Instance, app: Application) -> Client:
    """A viewer without the grants of the staff."""
    return reader(instance, app, "guest", "guests")


@pytest.fixture
def staff(instance: Instance, app: Application) -> Client:
    return reader(instance, app, "staff", "staff")
