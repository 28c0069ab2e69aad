"""The measure of a project: what it counts, what it tells, and whose mistake it says that is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest

from tests.projects import __main__ as command
from tests.projects.judge import Judgement, Own, by_cause
from tests.projects.measure import Measured, Setting, Share, Written, measure

SHOP = Path(__file__).parent.parent / "shop" / "project"
MODEL = """connection: "db"
include: "/views/*.view"
include: "*.dashboard"
explore: orders {
  join: users { sql_on: ${orders.user_id} = ${users.id} ;; relationship: many_to_one }
}
explore: lost { from: nowhere }
"""
VIEWS = """view: orders {
  dimension: id { primary_key: yes }
  dimension: user_id { sql: ${TABLE}.{{ _user_attributes['column'] }} ;; }
  dimension: wrong { sql: ${nope} ;; }
  measure: count { type: count }
  parameter: size { type: unquoted allowed_value: { value: "s" } }
  filter: day { type: date }
}
view: users {
  dimension: id {}
  measure: count { type: count }
}
"""
BOARD = """- dashboard: b
  elements:
  - {name: one, explore: orders, fields: [orders.count]}
  - {name: two, model: elsewhere, explore: orders, fields: [orders.count]}
"""
FILES = {"m.model.lkml": MODEL, "views/all.view.lkml": VIEWS, "b.dashboard.lookml": BOARD}

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "project", FILES)


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["projects", str(folder), *arguments])
        code = command.main()
        return code, capsys.readouterr().out

    return run


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def told(measured: Measured) -> list[tuple[str, str, str]]:
    return [(each.stage, each.what, each.code) for each in measured.failures]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_the_shop_is_whole(dialect: str) -> None:
    texts: list[Written] = []
    measured = measure(SHOP, {}, Setting(dialect=dialect, keep=texts.append))
    assert measured.failures == []
    for share in (measured.explores, measured.fields, measured.compiled, measured.together):
        assert share.working == share.listed > 0
    assert len(texts) == measured.compiled.listed + measured.together.listed
    assert all("SELECT" in each.text for each in texts)


def test_what_works_is_counted_and_what_does_not_is_told(folder: Path) -> None:
    measured = measure(folder, {}, Setting(attributes={"column": "user"}))
    assert (measured.files, measured.reached, measured.models, measured.views) == (3, 2, 1, 2)
    assert measured.explores == Share(2, 1)
    assert measured.fields == Share(8, 7)
    assert measured.compiled == Share(6, 4)
    assert measured.filters == Share(2, 2)
    assert measured.together == Share(1, 1)
    assert measured.tiles == Share(2, 1)
    assert told(measured) == [
        ("assemble", "lost", "unknown_view"),
        ("assemble", "orders.wrong", "unknown_field"),
        ("field", "m::orders orders.wrong", "unknown_field"),
        ("field", "m::orders users.count", "fan_out_without_key"),
        ("tile", "m::b two", "unknown_explore"),
    ]


def test_the_asker_has_the_given_attributes(folder: Path) -> None:
    texts: list[Written] = []
    measure(folder, {}, Setting(attributes={"column": "buyer"}, keep=texts.append))
    (text,) = [each.text for each in texts if each.what == "m::orders orders.user_id"]
    assert "orders.buyer" in text


def test_what_other_projects_hold_may_be_given(tmp_path: Path, folder: Path) -> None:
    other = written(tmp_path / "other", {"v.view.lkml": "view: nowhere { dimension: id {} }"})
    (folder / "manifest.lkml").write_text('local_dependency: { project: "other" }')
    (folder / "m.model.lkml").write_text(MODEL + 'include: "//other/*.view"')
    setting = Setting(attributes={"column": "user"})
    assert measure(folder, {"other": other}, setting).explores == Share(2, 2)


def test_a_table_says_whose_mistake_it_is(folder: Path) -> None:
    judgement = Judgement(own=[Own("lost view", code="unknown_view", path="*.model.lkml")])
    setting = Setting(attributes={"column": "user"})
    causes = by_cause(measure(folder, {}, setting).failures, judgement)
    assert [each.code for each in causes if each.why_own] == ["unknown_view"]
    assert causes[-1].why_own == "lost view"
    assert causes[-1].places == ("m.model.lkml:7",)


def test_the_command(run: Run, tmp_path: Path) -> None:
    table, texts = tmp_path / "table.toml", tmp_path / "sql.json"
    code, said = run("--attribute", "column=user", "--sql", str(texts))
    assert code == 1
    assert "fields to SQL       4 of 6 (66.67%)" in said
    assert "[OPEN] fan_out_without_key (field)" in said
    assert len(json.loads(texts.read_bytes())) == 4 + 2 + 1 + 1

    table.write_text('[attributes]\ncolumn = "user"\n[[own]]\nwhy = "made so"\n')
    code, said = run("--judged", str(table))
    assert code == 0
    assert "without the project's own mistakes 4 of 4 (100.00%)" in said
    assert "OPEN" not in said

    code, said = run("--json")
    data = json.loads(said)
    assert (code, data["fields"]) == (1, {"listed": 8, "working": 7})
    assert [each["code"] for each in data["failures"]] == [
        "unknown_view", "unknown_field", "unknown_field", "fan_out_without_key", "unknown_explore",
    ]  # fmt: skip


def test_questions_are_run_on_a_database(run: Run, folder: Path, tmp_path: Path) -> None:
    """What it refuses is told, and is left out where all fields of an explore are asked for."""
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as database:
        database.execute("CREATE TABLE orders AS SELECT 1 AS id, 2 AS buyer")
        database.execute("CREATE TABLE users AS SELECT 2 AS id")
    table = tmp_path / "table.toml"
    table.write_text('[[own]]\ncode = "refused"\nwhy = "no such column"\n')
    arguments = ("--attribute", "column=seller", "--database", str(tmp_path / "shop.duckdb"))
    code, said = run(*arguments, "--judged", str(table))
    assert code == 1
    assert (
        "ran: field          2 of 4 (50.00%);"
        " without the project's own mistakes 2 of 2 (100.00%)" in said
    )
    assert "ran: filter         2 of 2 (100.00%)" in said
    assert "ran: explore        1 of 1 (100.00%)" in said
    assert "[own: no such column] refused (field)" in said
    assert "have a column named `seller`" in said
    code, said = run("--attribute", "column=buyer", *arguments[2:])
    assert "ran: field          4 of 4 (100.00%)" in said


def test_a_comparison_is_asked_beside_its_time(tmp_path: Path) -> None:
    comparing = """view: orders {
  dimension_group: created { type: time timeframes: [time, date] }
  measure: count { type: count }
  measure: last_year { type: period_over_period based_on: count based_on_time: created_time
    period: year }
}
"""
    files = {
        "m.model.lkml": 'connection: "db"\ninclude: "/views/*"\nexplore: orders {}\n',
        "views/orders.view.lkml": comparing,
    }
    measured = measure(written(tmp_path / "project", files), {}, Setting())
    assert measured.failures == []
    assert measured.compiled.working == measured.compiled.listed == 4
