"""DataHub's `looker` and `lookml` sources, unmodified, with the recipes of the how-to page.

What they ingest is compared with what the LookML of the demo says. A run that reports an error or a
warning ends with another code than zero. Nothing but the server is in reach of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lookalike.compiler import model
from lookalike.instance import models, people
from lookalike.instance.config import read_config
from lookalike.instance.instance import open_instance
from lookalike.instance.workspaces import PRODUCTION
from tests.contract.conftest import ROOT, Server, alone, client_python, credentials, start
from tests.contract.pages import files_of

pytestmark = pytest.mark.clients

LOOKML = ROOT / "src" / "lookalike" / "cli" / "shop"
UNSEEN = (model.Parameter, model.FilterField)
"""Kinds of fields that DataHub leaves out."""

KINDS = {
    "order_items.id": ("number", "NumberType"),
    "order_items.order_id": ("number", "NumberType"),
    "order_items.product_id": ("number", "NumberType"),
    "order_items.status": ("string", "StringType"),
    "order_items.is_returned": ("yesno", "BooleanType"),
    "order_items.created_raw": ("date_raw", "TimeType"),
    "order_items.created_time": ("date_time", "TimeType"),
    "order_items.created_date": ("date_date", "DateType"),
    "order_items.created_week": ("date_week", "TimeType"),
    "order_items.created_month": ("date_month", "DateType"),
    "order_items.created_quarter": ("date_quarter", "DateType"),
    "order_items.created_year": ("date_year", "DateType"),
    "order_items.sale_price": ("number", "NumberType"),
    "order_items.price_tier": ("tier", "EnumType"),
    "order_items.count": ("count", "NumberType"),
    "order_items.total_revenue": ("sum", "NumberType"),
    "order_items.returned_count": ("count", "NumberType"),
    "order_items.average_sale_price": ("average", "NumberType"),
    "order_items.return_rate": ("number", "NumberType"),
}
"""Field to its type in LookML, and to what that is for DataHub."""

TABLES = {
    "order_items": {"order_items"},
    "orders": {"orders", "order_items"},
    "products": {"products", "order_items"},
    "users": {"users", "orders", "order_items"},
    "user_facts": {"orders", "order_items", "users"},
}
"""View to the tables of the SQL that the server writes for it, with those that the first explore
joins on the way to the view.
"""

COLUMNS = {
    "order_items.id": {"order_items.id"},
    "order_items.is_returned": {"order_items.status"},
    "order_items.price_tier": {"order_items.sale_price"},
    "order_items.return_rate": {"order_items.status"},
    "users.name": {"users.first_name", "users.last_name"},
    "users.as_customer": {"users.created_at", "orders.created_at"},
    "users.total_credit": {"users.credit", "users.id"},
    "user_facts.user_id": {"orders.user_id"},
    "user_facts.average_lifetime_revenue": {"order_items.sale_price", "orders.user_id"},
}
"""Field of a view to the columns behind it, through `${}`, a derived table and a sum without
duplicates.
"""

UNTRACED = {
    "order_items.count",
    "order_items.created",
    "orders.created",
    "users.created",
}
"""Fields without a column: `COUNT(*)`, and groups of which DataHub asks for the timeframe that is
first by name and then looks for the one that is written first.
"""


@dataclass
class Ingested:
    """What a source wrote, by entity and aspect."""

    aspects: Mapping[str, Mapping[str, Any]]

    def of(self, aspect: str) -> dict[str, Any]:
        """Short name of an entity to that aspect of it."""
        return {
            _short(urn): found[aspect] for urn, found in self.aspects.items() if aspect in found
        }

    def fields(self, entity: str) -> dict[str, tuple[str, str]]:
        """The fields of a dataset, with both types."""
        return {
            field["fieldPath"]: (field["nativeDataType"], _kind(field["type"]["type"]))
            for field in self.of("schemaMetadata")[entity]["fields"]
        }

    def upstreams(self, entity: str) -> set[str]:
        return {_short(each["dataset"]) for each in self._lineage(entity)["upstreams"]}

    def columns(self, entity: str) -> dict[str, set[str]]:
        """Field to what it is made of."""
        return {
            _short(each["downstreams"][0]): {_short(upstream) for upstream in each["upstreams"]}
            for each in self._lineage(entity)["fineGrainedLineages"]
        }

    def _lineage(self, entity: str) -> Any:
        return self.of("upstreamLineage")[entity]


def _short(urn: str) -> str:
    """`shop.explore.users` of a dataset, `shop.explore.users/users.id` of its field."""
    inner = urn.partition("(")[2].rstrip(")") if "(" in urn else urn.rpartition(":")[2]
    if inner.startswith("urn:li:dataset:"):
        dataset, _, field = inner.partition("(")[2].partition("),")
        return f"{dataset.split(',')[1]}/{field}"
    return inner.split(",")[1] if "," in inner else inner


def _kind(written: Mapping[str, object]) -> str:
    (name,) = written
    return name.rpartition(".")[2]


@pytest.fixture(scope="module")
def ingested(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ingested]]:
    """What each source ingests from the demo, as a developer who is made for it."""
    folder = tmp_path_factory.mktemp("datahub")
    command = str(Path(client_python("datahub")).with_name("datahub"))
    server = start(demo, credentials(demo, "catalog@example.com", "developer"))
    shutil.copytree(LOOKML, folder / "lookml")
    try:
        yield {
            name.removesuffix(".yml"): _ingest(command, server, folder, name, text)
            for name, text in files_of("feed-datahub.md").items()
        }
    finally:
        server.stop()


def _ingest(command: str, server: Server, folder: Path, name: str, text: str) -> Ingested:
    (folder / name).write_text(text, encoding="utf-8")
    arguments = ["ingest", "run", "-c", name, "--strict-warnings", "--no-default-report"]
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        env={**alone(server, folder), "DATAHUB_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    written = json.loads((folder / name.replace(".yml", ".json")).read_text(encoding="utf-8"))
    aspects: dict[str, dict[str, Any]] = defaultdict(dict)
    for each in written:
        aspects[each["entityUrn"]][each["aspectName"]] = each["aspect"]["json"]
    return Ingested(aspects)


@pytest.fixture(scope="module")
def shop(demo: Path) -> Iterator[model.LookmlModel]:
    """The model that was ingested, as the compiler understands it."""
    instance = open_instance(read_config(demo))
    operator = people.operator(instance, PRODUCTION)
    yield models.find_model(instance, operator, "shop").model
    instance.close()


def test_explores_are_datasets_with_every_field(
    ingested: dict[str, Ingested], shop: model.LookmlModel
) -> None:
    looker = ingested["looker"]
    titles = {name: found["name"] for name, found in looker.of("datasetProperties").items()}
    assert titles == {f"shop.explore.{each.name}": each.label for each in shop.explores.values()}
    for explore in shop.explores.values():
        fields = looker.fields(f"shop.explore.{explore.name}")
        seen = {name for name, each in explore.fields.items() if not isinstance(each, UNSEEN)}
        assert set(fields) == seen
    fields = looker.fields("shop.explore.order_items")
    assert {name: each for name, each in fields.items() if name in KINDS} == KINDS


def test_explores_come_from_views_field_by_field(
    ingested: dict[str, Ingested], shop: model.LookmlModel
) -> None:
    """DataHub takes a timeframe for the group of it, and an interval for a field of its own."""
    looker = ingested["looker"]
    for explore in shop.explores.values():
        name = f"shop.explore.{explore.name}"
        views = {explore.view.name, *(join.view.name for join in explore.joins)}
        assert looker.upstreams(name) == {f"shop.view.{view}" for view in views}
        columns = looker.columns(name)
        assert set(columns) == {f"{name}/{field}" for field in looker.fields(name)}
        for field, sources in columns.items():
            found = explore.fields[field.removeprefix(f"{name}/")]
            assert sources == {f"shop.view.{found.view}/{_written(found)}"}


def test_dashboards_are_charts_in_a_folder(
    ingested: dict[str, Ingested], shop: model.LookmlModel
) -> None:
    looker = ingested["looker"]
    tiles = {
        f"dashboard_elements.shop::{dashboard.name}::{tile.name}": tile
        for dashboard in shop.dashboards.values()
        for tile in dashboard.elements
        if tile.queries
    }
    assert len(tiles) >= 4
    charts = looker.of("chartInfo")
    assert {name: chart["title"] for name, chart in charts.items()} == {
        name: tile.title for name, tile in tiles.items()
    }
    for name, tile in tiles.items():
        (asked,) = tile.queries
        (source,) = charts[name]["inputs"]
        assert _short(source["string"]) == f"shop.explore.{asked.explore}"
        fields = {
            each["schemaField"]["fieldPath"] for each in looker.of("inputFields")[name]["fields"]
        }
        listened = {
            field
            for filter_, field in asked.listen
            if any(each.name == filter_ and each.default_value for each in _filters(shop, name))
        }
        assert fields >= {*asked.fields, *dict(asked.filters), *listened}
    boards = looker.of("dashboardInfo")
    assert set(boards) == {f"dashboards.shop::{name}" for name in shop.dashboards}
    held = {
        _short(edge["destinationUrn"]) for each in boards.values() for edge in each["chartEdges"]
    }
    assert held == set(tiles)
    names = {each["name"] for each in looker.of("containerProperties").values()}
    assert names == {"LookML Dashboards", "shop"}


def _written(field: model.Field) -> str:
    if isinstance(field, model.Dimension) and field.timeframe:
        return field.group or field.name
    return field.name


def _filters(shop: model.LookmlModel, chart: str) -> tuple[model.DashboardFilter, ...]:
    return shop.dashboards[chart.split("::")[1]].filters


def test_views_are_datasets_with_every_field(
    ingested: dict[str, Ingested], shop: model.LookmlModel
) -> None:
    lookml = ingested["lookml"]
    views = {each.view for explore in shop.explores.values() for each in explore.fields.values()}
    assert set(lookml.of("viewProperties")) == {f"shop.view.{view}" for view in views}
    assert set(lookml.fields("shop.view.products")) == {"id", "name", "category", "brand", "count"}
    assert lookml.fields("shop.view.users")["as_customer"] == ("duration", "NumberType")


def test_views_come_from_tables_column_by_column(ingested: dict[str, Ingested]) -> None:
    lookml = ingested["lookml"]
    found: dict[str, set[str]] = {}
    for view, tables in TABLES.items():
        name = f"shop.view.{view}"
        assert lookml.upstreams(name) == {f"shop.main.{table}" for table in tables}
        columns = lookml.columns(name)
        assert set(columns) == {f"{name}/{field}" for field in lookml.fields(name)}
        for field, sources in columns.items():
            written = field.removeprefix("shop.view.").replace("/", ".")
            found[written] = {
                source.removeprefix("shop.main.").replace("/", ".") for source in sources
            }
    assert {field: found[field] for field in COLUMNS} == COLUMNS
    assert {field for field, sources in found.items() if not sources} == UNTRACED


def test_the_connection_test_of_an_admin_is_content(
    demo: Path, server: Server, tmp_path: Path
) -> None:
    """Only the usage that `system__activity` would tell is not there."""
    command = Path(client_python("datahub")).with_name("datahub")
    (tmp_path / "looker.yml").write_text(files_of("feed-datahub.md")["looker.yml"], "utf-8")
    report = tmp_path / "report.json"
    subprocess.run(
        [command, "ingest", "-c", "looker.yml", "--test-source-connection", "--report-to", report],
        cwd=tmp_path,
        env={**alone(server, tmp_path), "DATAHUB_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        timeout=120,
        check=True,
    )
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["basic_connectivity"] == {"capable": True}
    assert {name: each["capable"] for name, each in found["capability_report"].items()} == {
        "DESCRIPTIONS": True,
        "OWNERSHIP": True,
        "USAGE_STATS": False,
    }
