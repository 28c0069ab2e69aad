"""`lookalike diff`: changes of meaning and of SQL, and what is silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import MODEL, ORDERS, SHOP, USERS, MakeFolder, Run, commit, git, write


def test_equal_workspaces_have_no_difference(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    ended = lookalike("diff", "production", "dev", made)
    assert (ended.code, ended.out) == (0, "")
    assert "nothing differs" in ended.err
    write(made, {"views/users.view.lkml": f"# only a comment\n{USERS}"})
    assert lookalike("diff", "production", "dev", made).code == 0


def test_an_edit_shows_in_meaning_and_sql(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    edited = ORDERS.replace("dimension: status {}", "dimension: status { sql: UPPER(status) ;; }")
    write(made, {"views/orders.view.lkml": edited})
    ended = lookalike("diff", "production", "dev", made)
    assert ended.code == 1
    assert "changed dimension orders.status (shop)  views/orders.view.lkml:5\n" in ended.out
    assert "    sql: ${TABLE}.status → UPPER(status)\n" in ended.out
    assert "SQL of shop/orders orders.status\n--- production\n+++ dev\n" in ended.out
    assert "\n-    orders.status AS" in ended.out
    assert "\n+    UPPER(status) AS" in ended.out
    assert ended.out.count("SQL of ") == 1
    assert "\x1b" not in ended.out
    back = lookalike("diff", "dev", "production", made)
    assert "sql: UPPER(status) → ${TABLE}.status" in back.out


def test_what_alters_all_fields_is_told_once(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    narrowed = MODEL.replace("{\n  join", "{\n  sql_always_where: 1 = 1 ;;\n  join")
    write(made, {"shop.model.lkml": narrowed})
    found = json.loads(lookalike("diff", "production", "dev", made, "--json").out)
    (change,) = found["changes"]
    assert (change["kind"], change["name"]) == ("explore", "orders")
    assert change["properties"] == [{"name": "sql_always_where", "before": "", "after": "1 = 1"}]
    (sql,) = found["sql_changes"]
    assert (sql["field"], len(sql["also"])) == ("orders.id", 5)
    assert "1 = 1" in sql["after_sql"]
    assert "1 = 1" not in sql["before_sql"]
    assert found["is_complete"] is True
    assert found["from"][0]["commit"]
    assert found["to"][0]["is_changed"] is True


def test_a_field_that_breaks(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    broken = USERS.replace("dimension: name {}", "dimension: name { sql: ${nowhere} ;; }")
    write(made, {"views/users.view.lkml": broken})
    ended = lookalike("diff", "production", "dev", made)
    assert ended.code == 1
    assert "error in dev: `users.name` can't be used: unknown field `nowhere`" in ended.out
    annotated = lookalike("diff", "production", "dev", made, "--output-format", "github").out
    assert "::error title=SQL of shop/orders users.name::`users.name` can't be used" in annotated


def test_a_label_alters_no_sql(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    renamed = USERS.replace("dimension: name {}", 'dimension: name { label: "Nom" }')
    write(made, {"views/users.view.lkml": renamed})
    found = json.loads(lookalike("diff", "production", "dev", made, "--json").out)
    assert [each["name"] for each in found["changes"]] == ["users.name"]
    assert found["sql_changes"] == []


def test_a_derived_table_of_a_changed_one(folder: MakeFolder, lookalike: Run) -> None:
    more = (
        "view: made { derived_table: { sql: SELECT id FROM ${users.SQL_TABLE_NAME} ;; }"
        " dimension: id {} }"
    )
    texts = {**SHOP, "views/made.view.lkml": more, "shop.model.lkml": MODEL + "explore: made {}\n"}
    made = folder(texts)
    write(made, {"views/users.view.lkml": USERS.replace("'Ann'", "'Bo'")})
    found = json.loads(lookalike("diff", "production", "dev", made, "--json").out)
    explores = {each["explore"]: each for each in found["sql_changes"]}
    assert set(explores) == {"orders", "made"}
    assert "'Bo'" in explores["made"]["after_sql"]


def test_names_do_not_command_the_terminal(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    hostile = USERS.replace("dimension: name {}", 'dimension: name { label: "\x1b]0;x\x07\u202e" }')
    write(made, {"views/users.view.lkml": hostile})
    ended = lookalike("diff", "production", "dev", made)
    assert ended.code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(ended.out)
    assert "\\u001b]0;x\\u0007\\u202e" in ended.out


def test_colours_on_a_terminal(
    folder: MakeFolder, lookalike: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder(SHOP)
    write(made, {"views/users.view.lkml": USERS.replace("'Ann'", "'Bo'")})
    monkeypatch.setenv("FORCE_COLOR", "1")
    lines = lookalike("diff", "production", "dev", made).out.splitlines()
    assert any(line.startswith("\x1b[31m-") for line in lines)
    assert any(line.startswith("\x1b[32m+") for line in lines)


def test_annotations_start_from_here(
    folder: MakeFolder, lookalike: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder(SHOP)
    monkeypatch.chdir(made.parent)
    write(made, {"views/users.view.lkml": USERS.replace("name {}", "name { hidden: yes }")})
    (line,) = lookalike(
        "diff", "production", "dev", "shop", "--output-format", "github"
    ).out.splitlines()
    assert line == (
        "::notice file=shop/views/users.view.lkml,line=4,title=changed dimension users.name::"
        "hidden: no → yes"
    )


def test_any_commit_can_be_compared(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    git(made, "tag", "v1")
    write(made, {"views/users.view.lkml": USERS.replace("name {}", "name { hidden: yes }")})
    commit(made)
    ended = lookalike("diff", "@v1", "production", made)
    assert ended.code == 1
    assert "changed dimension users.name" in ended.out
    assert lookalike("diff", "@v1", "@v1", made).code == 0
    assert lookalike("diff", "@nothing", "dev", made).code == 2


FETCH = ("fetch", "--quiet", "--depth", "1", "origin")


@pytest.fixture
def checkout(folder: MakeFolder, tmp_path: Path) -> Path:
    """What a job has: the newest commit of a feature branch, and no other branch."""
    made = folder(SHOP)
    git(made, "checkout", "--quiet", "-b", "feature")
    write(made, {"views/users.view.lkml": USERS.replace("name {}", "name { hidden: yes }")})
    commit(made)
    git(made, "checkout", "--quiet", "main")
    clone = tmp_path / "job"
    git(
        tmp_path,
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--branch",
        "feature",
        made.as_uri(),
        str(clone),
    )
    git(clone, "checkout", "--quiet", "--detach")
    git(clone, "branch", "--quiet", "-D", "feature")
    return clone


def test_a_checkout_without_production_is_an_error(checkout: Path, lookalike: Run) -> None:
    for sides in (("production", "dev"), ("dev", "production")):
        ended = lookalike("diff", *sides, checkout)
        assert (ended.code, ended.out) == (2, "")
        assert "there is no branch `main` or `master` here" in ended.err
        assert "such as `@origin/main`" in ended.err
    asked = ("sql", "shop/orders", "orders.count", "--dir", checkout)
    assert lookalike(*asked).code == 0
    assert lookalike(*asked, "--workspace", "production").code == 2
    assert lookalike("validate", checkout).code == 0


def test_production_of_a_checkout_is_what_was_fetched(checkout: Path, lookalike: Run) -> None:
    git(checkout, *FETCH, "main:refs/remotes/origin/main")
    for before in ("production", "@origin/main"):
        ended = lookalike("diff", before, "dev", checkout)
        assert ended.code == 1
        assert "changed dimension users.name" in ended.out


def test_production_of_a_clone_is_the_usual_branch_of_its_remote(
    checkout: Path, lookalike: Run
) -> None:
    git(checkout, *FETCH, "main:refs/remotes/origin/trunk")
    assert lookalike("diff", "production", "dev", checkout).code == 2
    git(checkout, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    found = json.loads(lookalike("diff", "production", "dev", checkout, "--json").out)
    assert found["from"][0]["branch"] == "origin/trunk"
    assert [each["name"] for each in found["changes"]] == ["users.name"]


def test_a_folder_that_production_does_not_hold(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    write(made, {f"more/{path}": text for path, text in SHOP.items()})
    ended = lookalike("diff", "production", "dev", made / "more")
    assert ended.code == 2
    assert "branch `main` holds no file of project `more`" in ended.err


def test_a_folder_without_git_has_no_production(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, SHOP)
    ended = lookalike("diff", "production", "dev", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "is not under git" in ended.err
    assert lookalike("validate", tmp_path, "--workspace", "production").code == 0
