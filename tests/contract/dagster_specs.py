"""Prints the assets of the definitions that the how-to page for Dagster shows, with its own words.

Run by the Python of the client: `dagster_specs.py DEFINITIONS`.
"""

from __future__ import annotations

import json
import runpy
import sys

from dagster import AssetSpec
from dagster_looker import LookerFilter, load_looker_asset_specs


def shown(spec: AssetSpec) -> dict[str, object]:
    return {
        "key": spec.key.to_user_string(),
        "kinds": sorted(spec.kinds),
        "deps": sorted(each.asset_key.to_user_string() for each in spec.deps),
        "owners": list(spec.owners),
        "url": spec.metadata["dagster-looker/web_url"].value,
    }


written = runpy.run_path(sys.argv[1])
whole = [shown(spec) for spec in written["defs"].assets]
folders = LookerFilter(
    dashboard_folders=[["LookML Dashboards"]], only_fetch_explores_used_in_dashboards=True
)
part = [shown(spec) for spec in load_looker_asset_specs(written["looker"], looker_filter=folders)]
print(json.dumps({"all": whole, "used": part}))
