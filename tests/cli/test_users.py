"""User attributes at the terminal: for one run of a command, and for the users of an instance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lookalike.instance import people, projects
from lookalike.instance.config import read_config
from lookalike.instance.instance import open_instance
from lookalike.instance.project_changes import ProjectChanges
from tests.cli.conftest import MODEL, ORDERS, SHOP, MakeFolder, Run, write

FILTERED = MODEL.replace(
    "{\n  join", "{\n  access_filter: { field: users.name user_attribute: who }\n  join"
)
TESTED = (
    FILTERED
    + """
test: ann_is_seen {
  explore_source: orders { column: count {} }
  assert: is_one { expression: ${orders.count} = 1 ;; }
}
"""
)
LOCALIZED = {
    "manifest.lkml": "localization_settings: { default_locale: en localization_level: permissive }",
    "en.strings.json": '{"state": "State"}',
    "fr.strings.json": '{"state": "État"}',
    "views/orders.view.lkml": ORDERS.replace(
        "dimension: status {}", 'dimension: status { label: "state" }'
    ),
}
QUESTION = ("shop/orders", "orders.count")


@pytest.fixture
def keeper(tmp_path: Path, lookalike: Run) -> Path:
    """An instance with one user."""
    (tmp_path / "lookalike.toml").write_text("")
    lookalike("credentials", "create", tmp_path, "--email", "ann@example.com")
    return tmp_path


def test_a_question_with_attributes(folder: MakeFolder, lookalike: Run) -> None:
    made = folder({**SHOP, "shop.model.lkml": FILTERED})
    without = lookalike("sql", *QUESTION, "--dir", made)
    assert without.code == 1
    assert "--attribute NAME=VALUE" in without.err
    ended = lookalike("sql", *QUESTION, "--dir", made, "--attribute", "who=Ann")
    assert (ended.code, "'Ann'" in ended.out) == (0, True)
    answers = [
        lookalike("query", *QUESTION, "--dir", made, "--json", "--attribute", f"who={who}").out
        for who in ("Ann", "Bob")
    ]
    assert [json.loads(each) for each in answers] == [[{"orders.count": 1}], [{"orders.count": 0}]]


def test_tests_with_attributes(folder: MakeFolder, lookalike: Run) -> None:
    made = folder({**SHOP, "shop.model.lkml": TESTED})
    without = lookalike("test", made)
    assert without.code == 1
    assert "--attribute NAME=VALUE" in without.err
    assert lookalike("test", made, "--attribute", "who=Ann").code == 0
    assert lookalike("test", made, "--attribute", "who=Bob").code == 1


def test_a_difference_with_attributes(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    write(made, {"shop.model.lkml": FILTERED})
    ended = lookalike("diff", "production", "dev", made, "--attribute", "who=Ann")
    assert ended.code == 1
    assert "'Ann'" in ended.out


def test_grants(folder: MakeFolder, lookalike: Run) -> None:
    granted = MODEL.replace(
        "explore:",
        'access_grant: some { user_attribute: team allowed_values: ["a"] }\nexplore:',
    ).replace("{\n  join", "{\n  required_access_grants: [some]\n  join")
    made = folder({**SHOP, "shop.model.lkml": granted})
    question = ("sql", "shop/orders", "users.name", "--dir", made)
    assert lookalike(*question).code == 2
    assert lookalike(*question, "--attribute", "team=b").code == 2
    assert lookalike(*question, "--attribute", "team=a").code == 0


def test_the_locale(folder: MakeFolder, lookalike: Run) -> None:
    made = folder({**SHOP, **LOCALIZED})
    question = ("query", "shop/orders", "orders.status", "--dir", made)
    assert "State" in lookalike(*question).out
    assert "État" in lookalike(*question, "--attribute", "locale=fr").out


@pytest.mark.parametrize("written", ["who", "=Ann", "wh o=Ann"])
def test_what_is_no_attribute(written: str, folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    ended = lookalike("sql", *QUESTION, "--dir", made, "--attribute", written)
    assert ended.code == 2
    assert "NAME=VALUE" in ended.err


def test_a_user_is_given_attributes(keeper: Path, lookalike: Run) -> None:
    ended = lookalike("users", "set", "ANN@example.com", "region=EU", "note=a=b", keeper)
    assert (ended.code, ended.out) == (0, "note=a=b\nregion=EU\n")
    assert lookalike("users", "set", "ann@example.com", "note=", keeper).out == "region=EU\n"
    (found,) = json.loads(lookalike("users", "list", keeper, "--json").out)
    assert found == {
        "id": "1",
        "email": "ann@example.com",
        "roles": ["viewer"],
        "attributes": {"region": "EU"},
        "is_disabled": False,
    }
    listed = lookalike("users", "list", keeper).out
    assert "ann@example.com  viewer  region=EU" in listed


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("bob@example.com", "region=EU"), "there is no user `bob@example.com`"),
        (("ann@example.com", "region"), "NAME=VALUE"),
        (("ann@example.com", "region=EU", "email=x@y.z"), "`email` can't be set"),
    ],
)
def test_what_cannot_be_set(
    arguments: tuple[str, ...], reason: str, keeper: Path, lookalike: Run
) -> None:
    ended = lookalike("users", "set", *arguments, keeper)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err
    (found,) = json.loads(lookalike("users", "list", keeper, "--json").out)
    assert found["attributes"] == {}


def test_bare_lookml_keeps_no_users(folder: MakeFolder, lookalike: Run) -> None:
    ended = lookalike("users", "set", "ann@example.com", "region=EU", folder(SHOP))
    assert ended.code == 2
    assert "`--attribute`" in ended.err


def test_passwords_are_not_shown(keeper: Path, lookalike: Run) -> None:
    instance = open_instance(read_config(keeper))
    try:
        caller = people.operator(instance, "dev")
        projects.create_project(instance, caller, "shop", {}, "first")
        projects.update_project(
            instance,
            caller,
            "shop",
            ProjectChanges(username_attribute="git_name", password_attribute="git_word"),
        )
    finally:
        instance.close()
    ended = lookalike("users", "set", "ann@example.com", "git_name=ann", "git_word=hush", keeper)
    assert (ended.code, ended.out) == (0, "git_name=ann\ngit_word=…\n")
    for arguments in ((), ("--json",)):
        assert "hush" not in lookalike("users", "list", keeper, *arguments).out
