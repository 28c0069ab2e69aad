"""Run by the interpreter of an official Python SDK: the same content in production and in dev.
Prints what differs as JSON.

Argument: the API version, 3.1 or 4.0. Settings come from LOOKERSDK_ variables.
"""

import json
import sys
from typing import Any

import looker_sdk

if sys.argv[1] == "3.1":
    from looker_sdk.sdk.api31 import models

    start = looker_sdk.init31
else:
    from looker_sdk.sdk.api40 import models

    start = looker_sdk.init40

CONTENT = {
    "revenue": ("order_items", ["products.category", "order_items.total_revenue"]),
    "items": ("order_items", ["products.category", "order_items.count"]),
    "users": ("users", ["users.state", "users.count"]),
}


def save(sdk: Any, explore: str, fields: list[str]) -> Any:
    query = models.WriteQuery(
        model="shop", view=explore, fields=fields, sorts=[f"{fields[0]} asc"], limit="20"
    )
    return sdk.create_query(query).id


def run(sdk: Any, queries: dict[str, Any], result_format: str) -> dict[str, str]:
    return {name: sdk.run_query(id_, result_format) for name, id_ in queries.items()}


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(name for name in before if before[name] != after[name])


def enter(sdk: Any, workspace: str) -> None:
    sdk.update_session(models.WriteApiSession(workspace_id=workspace))


def one_session() -> dict[str, Any]:
    """One session goes to dev and comes back."""
    sdk = start()
    queries = {name: save(sdk, *content) for name, content in CONTENT.items()}
    seen: dict[str, Any] = {"workspaces": [sdk.session().workspace_id]}
    answers = []
    for workspace in ("dev", "production"):
        answers.append({kind: run(sdk, queries, kind) for kind in ("json", "sql")})
        enter(sdk, workspace)
        seen["workspaces"].append(sdk.session().workspace_id)
    production, dev = answers
    seen["rows"] = {name: len(json.loads(text)) for name, text in production["json"].items()}
    seen["differing"] = differing(production["json"], dev["json"])
    seen["differing_sql"] = differing(production["sql"], dev["sql"])
    seen["is_back"] = run(sdk, queries, "json") == production["json"]
    sdk.logout()
    return seen


def two_sessions() -> dict[str, Any]:
    """Two sessions of one user, side by side: the one in dev does not carry the other along."""
    production, dev = start(), start()
    enter(dev, "dev")
    queries = {name: save(production, *content) for name, content in CONTENT.items()}
    found = set()
    for name, id_ in queries.items():
        for _ in range(3):
            if production.run_query(id_, "json") != dev.run_query(id_, "json"):
                found.add(name)
    seen = {
        "workspaces": [production.session().workspace_id, dev.session().workspace_id],
        "differing": sorted(found),
    }
    production.logout()
    dev.logout()
    return seen


print(json.dumps({"one": one_session(), "two": two_sessions()}))
