"""Users and their roles over the API, in both versions: everybody for an admin, else oneself."""

from __future__ import annotations

import msgspec
import pytest

from lookalike.instance.access import ROLES, Permission
from lookalike.instance.instance import Instance
from lookalike.wire import user as wire
from lookalike.wire.encoding import only_in_other
from tests.api.conftest import Client, signed_in


@pytest.fixture(autouse=True)
def everybody(viewer: Client, developer: Client, admin: Client) -> None:
    """Makes the users."""


def _keys(struct: type[msgspec.Struct], version: str) -> set[str]:
    names = {each.encode_name for each in msgspec.structs.fields(struct)}
    return names - only_in_other(struct.__name__, version)


def _emails(found: list[dict[str, str]]) -> list[str]:
    return [each["email"].partition("@")[0] for each in found]


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_an_admin_sees_everybody(admin: Client, version: str) -> None:
    found = admin("GET", f"/api/{version}/users").json()
    assert {"viewer", "developer", "admin"} <= set(_emails(found))
    assert set(found[0]) == _keys(wire.User, version)
    mine = admin("GET", f"/api/{version}/user").json()
    assert admin("GET", f"/api/{version}/users/{mine['id']}").json() == mine
    assert mine in found
    assert isinstance(mine["id"], int if version == "3.1" else str)


def test_others_see_themselves(viewer: Client, admin: Client) -> None:
    mine = viewer.get("/user")
    assert viewer.get("/users") == viewer.get("/users/search") == [mine]
    assert viewer.get(f"/users/{mine['id']}") == mine
    other = admin.get("/user")["id"]
    for path in (f"users/{other}", f"users/{other}/roles", "users/nobody"):
        assert viewer("GET", f"/api/4.0/{path}").status == 404


@pytest.mark.parametrize(
    ("asked", "emails"),
    [
        ("email=viewer%25", ["viewer"]),
        ("email=VIEWER@%25&is_disabled=false", ["viewer"]),
        ("email=viewer%25&is_disabled=true", []),
        ("first_name=dev%25", ["developer"]),
        ("group_id=1", []),
        ("email=%25@example.com&sorts=email&limit=2", ["admin", "developer"]),
        ("email=viewer%25&first_name=dev%25&filter_or=true&sorts=email", ["developer", "viewer"]),
        ("verified_looker_employee=true", []),
    ],
)
def test_search(admin: Client, asked: str, emails: list[str]) -> None:
    assert _emails(admin.get(f"/users/search?{asked}")) == emails


def test_search_by_the_ids_of_one_client(admin: Client) -> None:
    """dagster-looker sends the digits of an id with commas between them, and nothing for none."""
    assert len(admin.get("/users/search?id=")) == len(admin.get("/users"))
    (first,) = admin.get("/users/search?id=1,x")
    assert first["id"] == "1"


@pytest.mark.parametrize(
    ("pattern", "emails"), [("viewe", ["viewer"]), ("%25nobody%25", []), ("DEV_L", ["developer"])]
)
def test_search_names(admin: Client, pattern: str, emails: list[str]) -> None:
    assert _emails(admin.get(f"/users/search/names/{pattern}")) == emails
    assert admin.get(f"/users/search/names/{pattern}?is_disabled=true") == []


def test_some_of_all(admin: Client) -> None:
    (found,) = admin.get("/users?ids=1&fields=id")
    assert found == {"id": "1"}
    assert len(admin.get("/users?limit=2&sorts=id%20desc")) == 2


@pytest.mark.parametrize("name", ["viewer", "developer", "admin"])
def test_roles(instance: Instance, admin: Client, name: str) -> None:
    holder = signed_in(instance, admin.app, name)
    id_ = holder.get("/user")["id"]
    (role,) = holder.get(f"/users/{id_}/roles")
    assert admin.get(f"/users/{id_}/roles") == [role]
    assert set(role) == _keys(wire.Role, "4.0")
    assert role["name"] == name
    assert role["permission_set"]["permissions"] == sorted(ROLES[name])
    assert role["permission_set"]["all_access"] is (name == "admin")
    assert role["model_set"]["all_access"] is True
    assert role["model_set"]["models"] == []


def test_an_admin_holds_what_catalogues_ask_for(admin: Client) -> None:
    (role,) = admin.get(f"/users/{admin.get('/user')['id']}/roles")
    assert set(role["permission_set"]["permissions"]) == {each.value for each in Permission}
    assert {"see_looks", "see_users", "see_queries"} <= set(role["permission_set"]["permissions"])


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_users_name_their_roles_by_id(admin: Client, viewer: Client, version: str) -> None:
    roles = admin("GET", f"/api/{version}/roles").json()
    by_name = {each["name"]: each["id"] for each in roles}
    assert set(by_name) == set(ROLES)
    found = {each["email"]: each for each in admin("GET", f"/api/{version}/users").json()}
    assert found["viewer@example.com"]["role_ids"] == [by_name["viewer"]]
    assert found["viewer@example.com"]["group_ids"] == []
    (own,) = viewer("GET", f"/api/{version}/roles").json()
    assert own == admin("GET", f"/api/{version}/roles/{own['id']}").json()
    assert viewer("GET", f"/api/{version}/roles/{by_name['admin']}").status == 404
    assert admin("GET", f"/api/{version}/roles?ids={own['id']}").json() == [own]


def test_who_has_a_role(admin: Client, viewer: Client) -> None:
    by_name = {each["name"]: each["id"] for each in admin.get("/roles")}
    assert _emails(admin.get(f"/roles/{by_name['viewer']}/users")) == ["viewer"]
    assert _emails(viewer.get(f"/roles/{by_name['viewer']}/users")) == ["viewer"]
    assert viewer("GET", f"/api/4.0/roles/{by_name['developer']}/users").status == 404


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_credentials_are_rotated_over_the_api(admin: Client, anyone: Client, version: str) -> None:
    (user,) = admin.get("/users/search?email=viewer%25")
    path = f"/api/{version}/users/{user['id']}/credentials_api3"
    before = admin("GET", path).json()
    made = admin("POST", path).json()
    assert set(made) == _keys(wire.CreateCredentialsApi3, version)
    listed = admin("GET", path).json()
    assert listed[:-1] == before
    assert listed[-1] == {name: made[name] for name in _keys(wire.CredentialsApi3, version)}
    one = f"{path}/{made['id']}"
    assert admin("GET", one).json() == listed[-1]
    form = f"client_id={made['client_id']}&client_secret={made['client_secret']}".encode()
    token = anyone("POST", f"/api/{version}/login", raw=form).json()["access_token"]
    holder = Client(admin.app, token)
    assert holder("GET", f"/api/{version}/user").status == 200
    assert admin("DELETE", one).status == 204
    assert holder("GET", f"/api/{version}/user").status == 401
    assert anyone("POST", f"/api/{version}/login", raw=form).status == 404
    assert admin("GET", one).status == admin("DELETE", one).status == 404
    assert admin("GET", path).json() == before


def test_users_come_with_the_credentials_that_the_caller_may_see(
    admin: Client, viewer: Client
) -> None:
    mine = viewer.get("/user")
    assert {each["type"] for each in mine["credentials_api3"]} == {"api3"}
    assert mine["credentials_api3"][0]["can"]["delete"] is False
    found = {each["id"]: each["credentials_api3"] for each in admin.get("/users")}
    assert found == {id_: admin.get(f"/users/{id_}/credentials_api3") for id_ in found}
    assert found[admin.get("/user")["id"]]


def test_a_credential_is_found_under_its_own_user_only(admin: Client) -> None:
    mine, (other,) = admin.get("/user"), admin.get("/users/search?email=viewer%25")
    own = admin.get(f"/users/{mine['id']}/credentials_api3")[0]["id"]
    elsewhere = f"/api/4.0/users/{other['id']}/credentials_api3/{own}"
    assert admin("DELETE", elsewhere).status == 404
    assert admin("GET", f"/api/4.0/users/{mine['id']}/credentials_api3/{own}").status == 200
