"""Metadata: suggestions, formats of models, and what is in the databases behind connections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import duckdb
import psycopg
import pytest

from lookalike.api.app import Application, application
from lookalike.instance import credentials, login, people, projects
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import Instance, open_instance
from lookalike.store import accounts
from tests import postgres
from tests.api.conftest import Client, reader_of, signed_in

TABLES = """
CREATE SCHEMA sales;
CREATE TABLE sales.orders (id INTEGER, status VARCHAR(20), made TIMESTAMP, paid BOOLEAN, day DATE);
CREATE TABLE sales."odd ""one"" x" (x DECIMAL(10, 2));
CREATE VIEW sales.open_orders AS SELECT * FROM sales.orders;
INSERT INTO sales.orders VALUES
  (1, 'new', NULL, true, NULL), (2, 'old', NULL, false, NULL), (3, '50%_off, x', NULL, true, NULL),
  (4, NULL, NULL, true, NULL);
"""
FILES = {
    "manifest.lkml": 'project_name: "m"\n',
    "m.model.lkml": """
connection: "db"
named_value_format: strict_money { value_format: "$0.00" strict_value_format: yes }
named_value_format: loose { value_format: "0" }
map_layer: regions { file: "maps/r.topojson" property_key: "name" }
explore: orders {
  access_filter: { field: orders.tenant user_attribute: tenant }
  always_filter: { filters: [orders.status: "new"] }
}
explore: free { from: orders }
explore: hidden_away { from: orders required_access_grants: [nobody] }
access_grant: nobody { user_attribute: none allowed_values: ["x"] }
view: orders {
  sql_table_name: sales.orders ;;
  dimension: id { type: number primary_key: yes }
  dimension: status {}
  dimension: tenant { sql: CASE WHEN ${id} < 2 THEN 'a' ELSE 'b' END ;; }
  dimension: fixed { suggestions: ["One", "Two"] sql: 1 ;; }
  dimension: off { suggestable: no sql: 1 ;; }
  dimension: paid { type: yesno }
  dimension: by_other { suggest_explore: free suggest_dimension: status sql: 1 ;; }
  dimension: lost { suggest_dimension: nothing sql: 1 ;; }
  dimension: bad { sql: no_such_column ;; }
  dimension: place {
    map_layer_name: regions synonyms: ["where", "site"] value_format_name: strict_money
  }
  dimension: zip { type: zipcode synonyms: "postcode" value_format_name: loose }
  dimension_group: made { type: time timeframes: [date] }
  measure: count { type: count }
  measure: last_year {
    type: period_over_period based_on: count based_on_time: made_date period: year kind: previous
  }
  filter: any_status { suggest_dimension: orders.status }
  parameter: unit { allowed_value: { label: "Day" value: "day" } }
}
""",
}
FIELDS = "/models/m/views/{}/fields/{}/suggestions"


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    folder = tmp_path_factory.mktemp(request.param)
    connection = _duckdb(folder) if request.param == "duckdb" else _postgres()
    config = Config(folder=str(folder), connections={"db": connection, "spare": connection})
    opened = open_instance(config)
    projects.create_project(opened, people.operator(opened, "dev"), "m", FILES, "first")
    yield opened
    opened.close()
    if request.param == "postgres":
        with psycopg.connect(postgres.needed(), autocommit=True) as db:
            db.execute("DROP SCHEMA sales CASCADE")


@pytest.fixture(scope="module")
def app(instance: Instance) -> Application:
    return application(instance)


def _duckdb(folder: Path) -> ConnectionConfig:
    with duckdb.connect(str(folder / "shop.duckdb")) as db:
        db.execute(TABLES)
    return ConnectionConfig(path="shop.duckdb", password="hush")


def _postgres() -> ConnectionConfig:
    address = postgres.needed()
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("DROP SCHEMA IF EXISTS sales CASCADE")
        db.execute(TABLES.encode())
    parts = urlsplit(address)
    return ConnectionConfig(
        dialect="postgres",
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 5432,
        database=parts.path.strip("/"),
        username=parts.username or "",
        password=parts.password or "hush",
    )


@pytest.fixture
def tenant(instance: Instance, app: Application) -> Client:
    return reader_of(instance, app, "tenant", tenant="b")


def suggested(client: Client, field: str, query: str = "", explore: str = "free") -> Any:
    return client.get(FIELDS.format(explore, field) + query)


@pytest.mark.parametrize(
    ("field", "query", "expected"),
    [
        ("free.status", "", ["50%_off, x", "new", "old"]),
        ("status", "", ["50%_off, x", "new", "old"]),
        ("free.status", "?term=e", ["new"]),
        ("free.status", f"?term={quote('%_off,')}", ["50%_off, x"]),
        ("free.status", "?term=zzz", []),
        ("free.status", "?filters[free.id]=2", ["old"]),
        ("free.status", f"?filters={quote(json.dumps({'free.id': '<3'}))}", ["new", "old"]),
        ("free.fixed", "?term=t", ["Two"]),
        ("free.paid", "", ["Yes", "No"]),
        ("free.unit", "", ["day"]),
        ("free.by_other", "?term=o", ["50%_off, x", "old"]),
    ],
)
def test_suggestions(tenant: Client, field: str, query: str, expected: list[str]) -> None:
    found = suggested(tenant, field, query)
    assert found == {
        "suggestions": expected,
        "error": None,
        "from_cache": False,
        "hit_limit": False,
        "used_calcite_materialization": False,
    }


def test_suggestions_are_what_the_caller_may_see(
    tenant: Client, instance: Instance, app: Application
) -> None:
    assert suggested(tenant, "orders.status", explore="orders")["suggestions"] == [
        "50%_off, x",
        "old",
    ]
    assert suggested(tenant, "orders.any_status", explore="orders")["error"] is None
    nobody = reader_of(instance, app, "nobody")
    refused = suggested(nobody, "orders.status", explore="orders")
    assert refused["suggestions"] == []
    assert "user attribute `tenant`" in refused["error"]


@pytest.mark.parametrize(
    ("field", "error"),
    [
        ("free.off", "field `free.off` has no suggestions"),
        ("free.id", "field `free.id` has no suggestions"),
        ("free.count", "field `free.count` has no suggestions"),
        ("free.lost", "there is no dimension `free.nothing` in explore `free`"),
        ("free.bad", "SQL Error: "),
    ],
)
def test_what_goes_wrong_is_part_of_the_suggestions(tenant: Client, field: str, error: str) -> None:
    found = suggested(tenant, field)
    assert found["suggestions"] == []
    assert found["error"].startswith(error)


def test_what_is_not_there_has_no_suggestions(tenant: Client) -> None:
    for explore, field in [("free", "free.x"), ("x", "x.y"), ("hidden_away", "hidden_away.id")]:
        answer = tenant("GET", "/api/4.0" + FIELDS.format(explore, field))
        assert answer.status == 404
    assert tenant("GET", "/api/3.1" + FIELDS.format("free", "free.id")).status == 404


def test_formats_of_a_model(viewer: Client) -> None:
    assert viewer.get("/models/m") == {
        "connection": "db",
        "name": "m",
        "value_formats": [
            {
                "format_string": "0",
                "label": "loose",
                "name": "loose",
                "strict_value_format": False,
            },
            {
                "format_string": "$0.00",
                "label": "strict_money",
                "name": "strict_money",
                "strict_value_format": True,
            },
        ],
    }


def test_what_a_model_says_of_fields(developer: Client) -> None:
    found = developer.get("/lookml_models/m/explores/free")["fields"]
    fields = {each["name"]: each for kind in found.values() for each in kind}
    place, zipcode = fields["free.place"], fields["free.zip"]
    assert place["synonyms"] == ["where", "site"]
    assert place["strict_value_format"] is True
    assert place["map_layer"]["url"] == "maps/r.topojson"
    assert place["map_layer"]["property_key"] == "name"
    assert zipcode["map_layer"]["name"] == "us_zipcode_tabulation_areas"
    assert (zipcode["synonyms"], zipcode["strict_value_format"]) == (["postcode"], False)
    assert fields["free.last_year"]["period_over_period_params"] == {
        "based_on": "free.count",
        "based_on_time": "free.made_date",
        "period": "year",
        "kind": "previous",
        "value_to_date": False,
    }


def test_schemas_tables_and_columns(developer: Client) -> None:
    schemas = developer.get("/connections/db/schemas")
    assert {"name": "sales", "is_default": False} in schemas
    assert [each["is_default"] for each in schemas].count(True) == 1
    (sales,) = developer.get("/connections/db/tables?schema_name=sales")
    assert (sales["name"], sales["is_default"], sales["table_limit_hit"]) == ("sales", False, False)
    names = {each["name"]: each["sql_escaped_name"] for each in sales["tables"]}
    assert names == {
        'odd "one" x': '"sales"."odd ""one"" x"',
        "open_orders": '"sales"."open_orders"',
        "orders": '"sales"."orders"',
    }
    (some,) = developer.get("/connections/db/tables?schema_name=sales&table_limit=1")
    assert (len(some["tables"]), some["table_limit_hit"]) == (1, True)
    (part,) = developer.get("/connections/db/tables?table_filter=OPEN&fields=tables(name)")
    assert part == {"tables": [{"name": "open_orders"}]}
    (orders,) = developer.get("/connections/db/columns?schema_name=sales&table_names=orders,no")
    assert (orders["name"], orders["schema_name"]) == ("orders", "sales")
    types = {each["name"]: each["data_type_looker"] for each in orders["columns"]}
    assert types == {
        "id": "number",
        "status": "string",
        "made": "time",
        "paid": "yesno",
        "day": "date",
    }
    found = developer.get("/connections/db/search_columns?column_name=STAT")
    assert [(each["table_name"], each["column_name"]) for each in found] == [
        ("open_orders", "status"),
        ("orders", "status"),
    ]


@pytest.mark.parametrize("name", ["x' OR '1'='1", "x\\' OR 1=1 --", "a\x00b", '"', "$$"])
def test_names_are_only_looked_for(developer: Client, name: str) -> None:
    for query in (f"schema_name={quote(name)}", f"table_filter={quote(name)}"):
        assert [
            table["name"]
            for schema in developer.get(f"/connections/db/tables?{query}")
            for table in schema["tables"]
        ] in ([], ['odd "one" x'])
    assert developer.get(f"/connections/db/columns?table_names={quote(name)}") == []
    assert developer.get(f"/connections/db/search_columns?column_name={quote(name)}") == []


def test_a_connection_has_one_database(developer: Client, instance: Instance) -> None:
    (name,) = developer.get("/connections/db/databases")
    assert developer.get(f"/connections/db/schemas?database={name}")
    assert developer("GET", "/api/4.0/connections/db/schemas?database=x").status == 404
    features = developer.get("/connections/db/features?fields=multiple_databases,dialect_name")
    dialect = instance.config.connections["db"].dialect
    assert features == {"dialect_name": dialect, "multiple_databases": False}
    assert developer("GET", "/api/4.0/connections/x/databases").status == 404
    assert developer("GET", "/api/4.0/connections/db/tables?table_limit=0").status == 422


def test_connections_tell_no_secret(developer: Client, admin: Client) -> None:
    for client in (developer, admin):
        answer = client("GET", "/api/4.0/connections")
        assert b"hush" not in answer.body
        assert [each["name"] for each in answer.json()] == ["db", "spare"]
    found = developer.get("/connections/db")
    assert (found["host"], found["username"], found["password"]) == (None, None, None)
    assert found["has_password"] is True
    assert found["database"]
    assert found["dialect"]["connection_tests"] == ["connect", "query"]
    assert found["dialect_name"] == found["dialect"]["name"]
    old = developer("GET", "/api/3.1/connections/db").json()
    assert "has_password" not in old
    assert old["name"] == "db"


def test_a_connection_of_other_models_does_not_exist(instance: Instance, app: Application) -> None:
    for models, names in (({"other"}, []), ({"m"}, ["db"])):
        role = f"of {min(models)}"
        with instance.database.write() as db:
            accounts.create_role(db, role, ["develop", "access_data"], models)
            user = accounts.create_user(
                db,
                email=f"{min(models)}@example.com",
                first_name="",
                last_name="",
                roles=[role],
                now=instance.clock(),
            )
        made = credentials.create_credential(instance, user)
        client = Client(
            app, login.log_in(instance, made.credential.client_id, made.client_secret).token
        )
        assert [each["name"] for each in client.get("/connections")] == names
        status = 200 if names else 404
        assert client("GET", "/api/4.0/connections/db/schemas").status == status
        assert client("PUT", "/api/4.0/connections/spare/test").status == 404


def test_a_connection_is_tested(developer: Client) -> None:
    for query in ("", "?tests=null", "?tests=connect,query"):
        answer = developer("PUT", f"/api/4.0/connections/db/test{query}")
        assert answer.status == 200
        assert [(each["name"], each["status"]) for each in answer.json()] == [
            ("connect", "success"),
            ("query", "success"),
        ]
    assert developer("PUT", "/api/4.0/connections/db/test?tests=x").status == 422
    assert developer("PUT", "/api/4.0/connections/x/test").status == 404


def test_a_connection_that_fails_says_so(tmp_path: Path) -> None:
    gone = ConnectionConfig(dialect="postgres", host="127.0.0.1", port=1, database="x")
    config = Config(folder=str(tmp_path), connections={"db": gone})
    opened = open_instance(config)
    try:
        client = signed_in(opened, application(opened), "developer")
        answer = client("PUT", "/api/4.0/connections/db/test?tests=connect")
        (found,) = answer.json()
        assert (found["name"], found["status"]) == ("connect", "error")
        assert found["message"]
    finally:
        opened.close()
