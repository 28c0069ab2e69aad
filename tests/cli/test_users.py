"""Users at the terminal: their attributes, for one run of a command and for good, their roles, and
who is shut out.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lookalike.instance import credentials, login, people, projects, workspaces
from lookalike.instance.access import Permission
from lookalike.instance.config import read_config
from lookalike.instance.errors import NotAuthenticated
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.project_changes import ProjectChanges
from lookalike.store import accounts
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
    ended = lookalike("users", "set", "ANN@example.com", "region=EU", "note=a=b", "--dir", keeper)
    assert (ended.code, ended.out) == (0, "note=a=b\nregion=EU\n")
    taken = lookalike("users", "set", "ann@example.com", "note=", "--dir", keeper)
    assert taken.out == "region=EU\n"
    (found,) = json.loads(lookalike("users", "list", keeper, "--json").out)
    assert found == {
        "id": "1",
        "email": "ann@example.com",
        "roles": ["viewer"],
        "models": None,
        "attributes": {"region": "EU"},
        "is_disabled": False,
    }
    same = lookalike("users", "set", "ann@example.com", "region=EU", "--json", "--dir", keeper)
    assert json.loads(same.out) == found
    listed = lookalike("users", "list", keeper).out
    assert "ann@example.com  viewer  all     region=EU" in listed


def test_an_address_does_not_command_the_terminal(keeper: Path, lookalike: Run) -> None:
    """It is refused; a store of before may hold one."""
    email = "a\x1b[31mnn@example.com"
    made = lookalike("credentials", "create", keeper, "--email", email)
    assert (made.code, "without blanks and control characters" in made.err) == (2, True)
    instance = open_instance(read_config(keeper))
    with instance.database.write() as db:
        now = instance.clock()
        accounts.create_user(db, email=email, first_name="", last_name="", roles=[], now=now)
    instance.close()
    ended = lookalike("users", "set", email, "note=", "--dir", keeper)
    assert ended.err == "a\\u001b[31mnn@example.com has no user attributes\n"
    assert "\x1b" not in made.err + lookalike("users", "list", keeper).out


def test_the_models_of_a_user(keeper: Path, lookalike: Run) -> None:
    instance = open_instance(read_config(keeper))
    with instance.database.write() as db:
        accounts.create_role(db, "some", ["explore"], ["shop"])
        accounts.create_role(db, "more", ["explore"], ["attic"])
        accounts.set_roles(db, 1, ["some", "more"])
    instance.close()
    (found,) = json.loads(lookalike("users", "list", keeper, "--json").out)
    assert (found["roles"], found["models"]) == (["some", "more"], ["attic", "shop"])
    assert "some, more  attic, shop" in lookalike("users", "list", keeper).out


def test_roles_change_in_sessions_under_way(keeper: Path, lookalike: Run) -> None:
    instance = open_instance(read_config(keeper))
    try:
        token = _token(instance)

        def may_develop() -> bool:
            return login.caller_for(instance, token).may(Permission.DEVELOP)

        given = lookalike(
            "users", "roles", "ann@example.com", "viewer", "developer", "--dir", keeper
        )
        assert (given.code, may_develop()) == (0, True)
        assert given.err == "ann@example.com has the roles `developer`, `viewer` from now on\n"
        taken = lookalike("users", "roles", "ann@example.com", "viewer", "--json", "--dir", keeper)
        assert json.loads(taken.out)["roles"] == ["viewer"]
        assert not may_develop()
    finally:
        instance.close()


def test_who_may_not_develop_any_more_leaves_dev(keeper: Path, lookalike: Run) -> None:
    roles = ("users", "roles", "ann@example.com")
    lookalike(*roles, "developer", "--dir", keeper)
    instance = open_instance(read_config(keeper))
    try:
        dev, production = _token(instance), _token(instance)
        workspaces.enter(instance, login.caller_for(instance, dev), "dev")
        sessions = (dev, production)
        lookalike(*roles, "admin", "--dir", keeper)
        assert [login.caller_for(instance, each).session.workspace for each in sessions] == [
            "dev",
            "production",
        ]
        lookalike(*roles, "viewer", "--dir", keeper)
        with pytest.raises(NotAuthenticated):
            login.caller_for(instance, dev)
        assert login.caller_for(instance, production).session.workspace == "production"
    finally:
        instance.close()


@pytest.mark.parametrize("change", ["roles", "disable"])
def test_who_takes_the_last_admin_away_is_told(change: str, keeper: Path, lookalike: Run) -> None:
    for name in ("ada", "bob"):
        email = f"{name}@example.com"
        lookalike("credentials", "create", keeper, "--email", email, "--role", "admin")
    more = ("viewer",) if change == "roles" else ()
    first, last, another = (
        lookalike("users", change, f"{name}@example.com", *more, "--dir", keeper)
        for name in ("ada", "bob", "ann")
    )
    assert (first.code, last.code, another.code) == (0, 0, 0)
    told = [
        "no admin has a credential now; `credentials create --email … --role admin` makes one"
        in each.err
        for each in (first, last, another)
    ]
    assert told == [False, True, False]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("ann@example.com", "boss"), "use one of `admin`, `developer`, `viewer`"),
        (("bob@example.com", "admin"), "there is no user `bob@example.com`"),
        (("admin@localhost", "viewer"), "stays `admin`"),
    ],
)
def test_what_roles_cannot_be_given(
    arguments: tuple[str, ...], reason: str, keeper: Path, lookalike: Run
) -> None:
    lookalike("credentials", "create", keeper, "--email", people.OPERATOR, "--role", "admin")
    before = lookalike("users", "list", keeper).out
    ended = lookalike("users", "roles", *arguments, "--dir", keeper)
    assert ended.code == 2
    assert reason in ended.err
    assert lookalike("users", "list", keeper).out == before


def test_a_user_is_shut_out_at_once(keeper: Path, lookalike: Run) -> None:
    instance = open_instance(read_config(keeper))
    try:
        token = _token(instance)
        assert lookalike("users", "disable", "ann@example.com", keeper).code == 0
        with pytest.raises(NotAuthenticated):
            login.caller_for(instance, token)
        assert "ann@example.com (disabled)" in lookalike("users", "list", keeper).out
        ended = lookalike("users", "enable", "ann@example.com", keeper, "--json")
        assert json.loads(ended.out)["is_disabled"] is False
        with pytest.raises(NotAuthenticated):
            login.caller_for(instance, token)
        assert login.caller_for(instance, _token(instance))
    finally:
        instance.close()
    assert lookalike("users", "disable", "bob@example.com", keeper).code == 2


def _token(instance: Instance) -> str:
    made = credentials.enter_credential(instance, "ann@example.com", "")
    return login.log_in(instance, made.credential.client_id, made.client_secret).token


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("bob@example.com", "region=EU"), "there is no user `bob@example.com`"),
        (("ann@example.com", "region"), "NAME=VALUE"),
        (("ann@example.com", "region=EU", "elsewhere"), "NAME=VALUE"),
        (("ann@example.com", "region=EU", "email=x@y.z"), "`email` can't be set"),
    ],
)
def test_what_cannot_be_set(
    arguments: tuple[str, ...], reason: str, keeper: Path, lookalike: Run
) -> None:
    ended = lookalike("users", "set", *arguments, "--dir", keeper)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err
    (found,) = json.loads(lookalike("users", "list", keeper, "--json").out)
    assert found["attributes"] == {}


@pytest.mark.parametrize("command", [("roles", "viewer"), ("set", "region=EU")])
def test_a_folder_behind_a_list_is_named_by_an_option(
    command: tuple[str, str], keeper: Path, lookalike: Run
) -> None:
    verb, word = command
    ended = lookalike("users", verb, "ann@example.com", word, keeper)
    assert ended.code == 2
    assert f"`{keeper}` is a folder; name the folder with `--dir {keeper}`" in ended.err


def test_bare_lookml_keeps_no_users(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    ended = lookalike("users", "set", "ann@example.com", "region=EU", "--dir", made)
    assert ended.code == 2
    assert "`--attribute`" in ended.err
    assert "name an instance's folder with `--dir`" in ended.err


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
    values = ("git_name=ann", "git_word=hush")
    ended = lookalike("users", "set", "ann@example.com", *values, "--dir", keeper)
    assert (ended.code, ended.out) == (0, "git_name=ann\ngit_word=…\n")
    for arguments in ((), ("--json",)):
        assert "hush" not in lookalike("users", "list", keeper, *arguments).out
