"""Run by the interpreter of an official Python SDK: one life of a session. Prints what it saw as
JSON.

Argument: the API version, 3.1 or 4.0. Settings come from LOOKERSDK_ variables.
"""

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import looker_sdk

if sys.argv[1] == "3.1":
    from looker_sdk.sdk.api31 import models

    sdk = looker_sdk.init31()
else:
    from looker_sdk.sdk.api40 import models

    sdk = looker_sdk.init40()

QUERY = models.WriteQuery(
    model="shop",
    view="order_items",
    fields=["order_items.total_revenue", "order_items.count"],
    limit="10",
)


def ask() -> Any:
    return json.loads(sdk.run_inline_query("json", QUERY))


def refused(call: Callable[[], object]) -> str | None:
    try:
        call()
    except looker_sdk.error.SDKError as error:
        return str(error.message)
    return None


seen: dict[str, Any] = {
    "me": sdk.me().email,
    "first": sdk.session().workspace_id,
    "production": ask(),
}
updated = sdk.update_session(models.WriteApiSession(workspace_id="dev"))
seen["updated"] = [type(updated).__name__, updated.workspace_id]
seen["dev"] = ask()
seen["models"] = [model.name for model in sdk.all_lookml_models()]
explore = sdk.lookml_model_explore("shop", "order_items")
seen["dimensions"] = len(explore.fields.dimensions)
seen["unknown_workspace"] = refused(
    lambda: sdk.update_session(models.WriteApiSession(workspace_id="nowhere"))
)
created = sdk.create_query(QUERY)
seen["saved"] = json.loads(sdk.run_query(created.id, "json")) == seen["dev"]
seen["same_id"] = sdk.create_query(QUERY).id == created.id
seen["slug"] = sdk.query_for_slug(created.slug).id == created.id
seen["sql"] = sdk.run_query(created.id, "sql")
sdk.update_session(models.WriteApiSession(workspace_id="production"))
seen["back"] = ask()
token = sdk.auth.token.access_token
sdk.logout()
for version in ("3.1", "4.0"):
    request = urllib.request.Request(
        f"{sdk.auth.settings.base_url}/api/{version}/session",
        headers={"Authorization": f"Bearer {token}"},
    )
    try:
        urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as error:
        seen[f"after_logout_{version}"] = error.code
        error.close()
print(json.dumps(seen))
