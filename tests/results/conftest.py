"""Questions asked of a few lines of LookML on a table in memory, through the whole compiler and a
real engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from msgspec import Struct
from msgspec.structs import replace

from lookalike import engines, results
from lookalike.compiler import model, query, sql, syntax
from lookalike.engines import ConnectionSettings, Engine, TextForm

TABLE = """
CREATE TABLE orders AS
SELECT * FROM (VALUES
    (1, 'new', 1234.5::DECIMAL(18, 4), TIMESTAMP '2024-01-02 03:04:05.25', 0.1::DOUBLE, true),
    (2, 'say "hi", Jo', 12345678901234.5678, TIMESTAMP '2024-02-02 00:00:00', 1e20, false),
    (3, NULL, NULL, NULL, 'NaN'::DOUBLE, NULL),
    (4, 'tab' || chr(9) || 'line' || chr(10) || 'end', 0.0, TIMESTAMP '2024-03-01 10:00:00', -1e-7,
     true)
) AS t(id, status, amount, created_at, score, paid)
"""

LOOKML = """
connection: "memory"
explore: orders {}
view: orders {
  sql_table_name: orders ;;
  dimension: id { primary_key: yes type: number sql: ${TABLE}.id ;; }
  dimension: status { description: "Where it is" }
  dimension: amount { type: number value_format: "$#,##0.00" }
  dimension: exact { type: number sql: ${TABLE}.amount ;; }
  dimension: score { type: number }
  dimension: paid { type: yesno }
  dimension: blob { sql: encode('abc') ;; }
  dimension: size { type: tier tiers: [1000, 5000] style: integer sql: ${TABLE}.amount ;; }
  dimension_group: created {
    type: time timeframes: [raw, date, month, month_num] sql: ${TABLE}.created_at ;;
  }
  measure: count { type: count value_format_name: decimal_0 }
  measure: statuses { type: list list_field: status }
  measure: statuses_before {
    type: period_over_period based_on: statuses based_on_time: created_date period: month
  }
  measure: total { type: sum sql: ${amount} ;; value_format_name: usd }
}
"""


class Shop(Struct, frozen=True):
    """Asks, and writes what comes."""

    engine: Engine
    explore: model.Explore

    def script(self, *fields: str, **rest: Any) -> tuple[query.Plan, sql.Script]:
        question = query.Query(
            model="shop",
            explore="orders",
            fields=tuple(f"orders.{field}" for field in fields),
            **rest,
        )
        now = datetime(2024, 6, 1, tzinfo=UTC)
        asker = query.Asker(now=now, attributes={})
        planned = query.plan(question, self.explore, asker, "duckdb", syntax.Budget())
        assert planned.plan is not None, planned.diagnostics
        return planned.plan, sql.write(planned.plan, sql.DIALECTS["duckdb"])

    def answer(self, *fields: str, **rest: Any) -> results.Answer:
        plan, script = self.script(*fields, **rest)
        return results.answer(plan, script, self.explore, self.engine.run(script.main.text, 20))

    def written(
        self, name: str, *fields: str, options: results.Options | None = None, **rest: Any
    ) -> str:
        answer = self.answer(*fields, **rest)
        return b"".join(results.write(answer, name, options or results.Options())).decode()

    def straight(self, name: str, *fields: str, **rest: Any) -> str:
        """The same by the way on which the database writes the rows."""
        plan, script = self.script(*fields, **rest)
        form = results.text_form(name, script, self.explore, results.Options())
        answer = results.answer(plan, script, self.explore, ())
        before, behind = results.FORMATS[name].frame(answer.columns)
        keys = [column.field for column in script.main.columns]
        rows = self.engine.run_text(script.main.text, TextForm(form), keys, 20)
        assert rows is not None
        return (before + b"".join(rows) + behind).decode()

    def of(self, value: str, **changes: Any) -> Shop:
        """The same, where each status is `value`. `changes` are those of its field."""
        status = self.explore.fields["orders.status"]
        quoted = "'" + value.replace("'", "''") + "'"
        shown = replace(status, sql=model.Sql(quoted, status.place), **changes)
        named = {"orders.status": shown}
        fields = {**self.explore.fields, **named}
        references = {**self.explore.references, **named}
        return replace(self, explore=replace(self.explore, fields=fields, references=references))

    def finds(self, value: str, text: str) -> bool:
        """Does the filter expression find the rows with this status?"""
        _, script = self.of(value).script("id", filters=(("orders.status", text),))
        return any(self.engine.run(script.main.text, 20))

    def cell(self, value: str, *, html: str, **changes: Any) -> Any:
        """The cell of a status `value` as `json_detail` writes it, with this HTML."""
        place = self.explore.fields["orders.status"].place
        asked = self.of(value, html=model.Sql(html, place), **changes)
        plan, script = asked.script("status", limit=1)
        asker = query.Asker(now=datetime(2024, 6, 1, tzinfo=UTC), attributes={})
        reader = query.Reader(asker=asker, dialect="duckdb", strings={})
        wording = query.Wording(asked.explore, reader, syntax.Budget())
        rows = self.engine.run(script.main.text, 20)
        answer = results.answer(plan, script, asked.explore, rows, wording)
        whole = json.loads(b"".join(results.write(answer, "json_detail", results.Options())))
        return whole["data"][0]["orders.status"]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLE)
    parsed = syntax.lookml.parse(LOOKML)
    files = [model.SourceFile("shop.model.lkml", parsed)]
    assembled = model.assemble("shop", files, {}, {}, syntax.Budget())
    assert assembled.diagnostics == ()
    settings = ConnectionSettings(name="memory", dialect="duckdb", path=str(path))
    engine = engines.connect(settings)
    yield Shop(engine, assembled.project.models["shop"].explores["orders"])
    engine.close()
