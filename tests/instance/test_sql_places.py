"""What a database refuses is told with the place in the LookML that it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from lookalike.compiler.query import Query
from lookalike.instance import people, queries
from lookalike.instance.access import ROLES, Caller, Permission
from lookalike.instance.config import Config, ConnectionConfig, ProjectConfig
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import Instance, open_instance
from tests import postgres

MODEL = """connection: "db"
view: v {
  derived_table: { sql: SELECT 1 AS x, 2 AS y ;; }
  dimension: x { type: number }
  dimension: xx {}
  dimension: sum {
    type: number
    sql:
      ${TABLE}.y +
      ${TABLE}.zz ;;
  }
  dimension: size { sql: CASE WHEN ${sum} > 3 THEN 'a' ELSE 'b' END ;; }
  dimension: long { sql: CASE WHEN ${x} = 1 OR ${x} = 1 OR ${x} = 1 OR ${x} = 1 OR ${x} = 1
    THEN 'one of the longest texts that anybody has ever seen' WHEN LOWERED(${x}) THEN 'b' END ;; }
  dimension: shown { sql:
    {% if 1 == 2 %}
    1 +
    {% endif %}
    nope ;; }
  measure: total { type: sum sql: ${sum} ;; }
  measure: count { type: count filters: [sum: ">1"] }
}
view: broken {
  derived_table: {
    sql:
      SELECT 1 AS x,
        2 AS y,
        oops AS z ;;
  }
  dimension: x {}
}
view: native {
  derived_table: { explore_source: v { column: x {} column: size {} } }
  dimension: x {}
}
view: named { sql_table_name: no_such_schema.no_such_table ;; dimension: x {} }
explore: v {
  join: u { from: v relationship: one_to_one sql_on: ${v.x} = ${u.x} AND uu.q = 1 ;; }
}
explore: broken {}
explore: native {}
explore: named {}
explore: where { from: v sql_always_where: ${x} > lost ;; }
explore: pair {
  from: v
  join: u { from: v relationship: one_to_one sql_on: ${pair.x} = ${u.x} ;; }
}
view: ranked {
  derived_table: {
    explore_source: v { column: x {} derived_column: rank { sql: lost + 1 ;; } }
  }
  dimension: rank {}
}
explore: ranked {}
"""


def _duckdb() -> ConnectionConfig:
    return ConnectionConfig()


def _postgres() -> ConnectionConfig:
    address = urlsplit(postgres.needed())
    return ConnectionConfig(
        dialect="postgres",
        host=address.hostname or "127.0.0.1",
        port=address.port or 0,
        database=address.path.strip("/"),
        username=address.username or "",
        password=address.password or "",
    )


@pytest.fixture(scope="module", params=[_duckdb, _postgres], ids=["duckdb", "postgres"])
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    folder = tmp_path_factory.mktemp("places")
    (folder / "shop").mkdir()
    (folder / "shop" / "shop.model.lkml").write_text(MODEL)
    opened = open_instance(
        Config(
            folder=str(folder),
            connections={"db": request.param()},
            projects={"shop": ProjectConfig(path="shop")},
        )
    )
    yield opened
    opened.close()


def _refused(instance: Instance, caller: Caller, explore: str, *fields: str) -> str:
    with pytest.raises(Invalid, match=r"^SQL Error: ") as found:
        queries.ask(instance, caller, Query(model="shop", explore=explore, fields=fields))
    return str(found.value)


@pytest.mark.parametrize(
    ("explore", "fields", "place"),
    [
        ("v", ("v.x", "v.xx"), " in the SQL of `v.xx` at shop.model.lkml:5"),
        ("v", ("v.sum",), " in the SQL of `v.sum` at shop.model.lkml:10"),
        ("v", ("v.size",), " in the SQL of `v.sum` at shop.model.lkml:10"),
        ("v", ("v.total",), " in the SQL of `v.sum` at shop.model.lkml:10"),
        ("v", ("v.count",), " in the SQL of `v.sum` at shop.model.lkml:10"),
        ("v", ("v.long",), " in the SQL of `v.long` at shop.model.lkml:13"),
        ("v", ("v.shown",), " in the SQL of `v.shown` at shop.model.lkml:16"),
        ("v", ("v.x", "u.x"), " at shop.model.lkml:38"),
        ("broken", ("broken.x",), " at shop.model.lkml:28"),
        ("native", ("native.x",), " at shop.model.lkml:10"),
        ("named", ("named.x",), " at shop.model.lkml:36"),
        ("where", ("where.x",), " at shop.model.lkml:43"),
        ("pair", ("u.sum",), " in the SQL of `u.sum` at shop.model.lkml:10"),
        ("ranked", ("ranked.rank",), " at shop.model.lkml:50"),
    ],
)
def test_the_place_of_what_is_refused(
    explore: str, fields: tuple[str, ...], place: str, instance: Instance
) -> None:
    told = _refused(instance, people.operator(instance, "dev"), explore, *fields)
    assert told.endswith(f"\nThat is{place}.")


def test_answers_tell_it_too(instance: Instance) -> None:
    question = Query(model="shop", explore="v", fields=("v.sum",))
    caller = people.operator(instance, "dev")
    options = queries.RunOptions()
    stream = queries.run(instance, caller, question, "json_detail", options)
    (error,) = json.loads(b"".join(stream.chunks))["errors"]
    assert error["message_details"].endswith("at shop.model.lkml:10.")


@pytest.mark.parametrize("missing", [Permission.SEE_LOOKML, Permission.SEE_SQL])
def test_places_are_for_those_who_may_see_lookml(missing: Permission, instance: Instance) -> None:
    caller = people.operator(instance, "dev")
    held = ROLES["developer"] - {missing}
    told = _refused(instance, replace(caller, permissions=held), "v", "v.sum")
    assert "shop.model.lkml" not in told
    assert ("zz" in told) == (missing is Permission.SEE_LOOKML)
