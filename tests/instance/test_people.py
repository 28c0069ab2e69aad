"""People: what holds when roles change and users are shut out while others act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.instance import login, people, workspaces
from lookalike.instance.access import Permission
from lookalike.instance.errors import Invalid, NotAllowed, NotAuthenticated
from lookalike.instance.instance import Instance
from lookalike.store import accounts
from tests.instance.conftest import Person

ALICE = "alice@example.com"


@pytest.fixture
def alice(log_in: Callable[..., Person]) -> Person:
    return log_in(ALICE, "admin")


def as_user(instance: Instance, admin: Person, other: Person) -> Person:
    """`other`, through a token that `admin` made."""
    token = login.log_in_as(instance, admin.caller, other.caller.user.id)
    return Person(instance, token.token)


def test_who_may_no_longer_act_as_others_no_longer_does(
    instance: Instance, alice: Person, ada: Person
) -> None:
    acting = as_user(instance, alice, ada)
    people.set_roles(instance, ALICE, ("admin", "viewer"))
    assert acting.caller.user == ada.caller.user
    people.set_roles(instance, ALICE, ("viewer",))
    with pytest.raises(NotAuthenticated):
        _ = acting.caller
    people.set_roles(instance, ALICE, ("admin",))
    with pytest.raises(NotAuthenticated):
        _ = acting.caller
    assert alice.caller.may(Permission.SUDO)


def test_who_is_acted_as_may_lose_rights(instance: Instance, alice: Person, ada: Person) -> None:
    acting = as_user(instance, alice, ada)
    people.set_roles(instance, "ada.lovelace@example.com", ("viewer",))
    assert not acting.caller.may(Permission.DEVELOP)


def test_a_role_that_loses_sudo_ends_what_it_allowed(
    instance: Instance, alice: Person, ada: Person
) -> None:
    acting = as_user(instance, alice, ada)
    assert acting.caller
    with instance.database.write() as db:
        role = accounts.find_role(db, "admin")
        assert role is not None
        accounts.set_permissions(db, role.id, role.permissions - {"sudo"})
    with pytest.raises(NotAuthenticated):
        _ = acting.caller


def test_a_login_as_another_that_crosses_a_demotion(
    instance: Instance, alice: Person, ada: Person
) -> None:
    """The caller was read before, the token is made after."""
    before, target = alice.caller, ada.caller.user.id
    people.set_roles(instance, ALICE, ("viewer",))
    late = Person(instance, login.log_in_as(instance, before, target).token)
    with pytest.raises(NotAuthenticated):
        _ = late.caller
    people.set_roles(instance, ALICE, ("admin",))
    with pytest.raises(NotAuthenticated):
        _ = late.caller


def test_a_login_as_another_that_crosses_a_logout(
    instance: Instance, alice: Person, ada: Person
) -> None:
    before, target = alice.caller, ada.caller.user.id
    login.log_out(instance, before)
    with pytest.raises(NotAuthenticated):
        login.log_in_as(instance, before, target)


def test_a_change_of_workspace_that_crosses_a_demotion(instance: Instance, ada: Person) -> None:
    before = ada.caller
    people.set_roles(instance, before.user.email, ("viewer",))
    with pytest.raises(NotAllowed):
        workspaces.enter(instance, before, "dev")
    assert ada.caller.session.workspace == "production"
    workspaces.enter(instance, before, "production")


def test_addresses_are_one_where_only_the_case_differs(instance: Instance) -> None:
    made = people.enter_user(instance, "straße@example.com", "viewer")
    assert people.enter_user(instance, "Straße@Example.com", "") == made
    assert people.enter_user(instance, "strasse@example.com", "viewer").id != made.id


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85", "\u200b", "\u202e", "\ud800"])
def test_an_address_holds_nothing_that_is_not_seen(instance: Instance, sign: str) -> None:
    with pytest.raises(Invalid, match="is not an e-mail address"):
        people.enter_user(instance, f"a{sign}@example.com", "viewer")
