"""Access: one function decides who may. Everything else in the house asks here.

Permissions carry Looker's names. Rule: Looker, "Roles", permissions list.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import model
from lookalike.instance.errors import NotAllowed, NotFound
from lookalike.store.records import Role, Session, User


class Permission(StrEnum):
    """Rights of Looker's list that the server knows by now.

    Clients that look before they ask want to hold even rights to see what there is none of here.
    """

    ACCESS_DATA = "access_data"
    EXPLORE = "explore"
    MANAGE_MODELS = "manage_models"
    SEE_DATAGROUPS = "see_datagroups"
    SEE_LOOKML = "see_lookml"
    SEE_LOOKML_DASHBOARDS = "see_lookml_dashboards"
    SEE_LOOKS = "see_looks"
    SEE_PDTS = "see_pdts"
    SEE_QUERIES = "see_queries"
    SEE_SCHEDULES = "see_schedules"
    SEE_SQL = "see_sql"
    SEE_USER_DASHBOARDS = "see_user_dashboards"
    SEE_USERS = "see_users"
    DEVELOP = "develop"
    DEPLOY = "deploy"
    USE_SQL_RUNNER = "use_sql_runner"
    SUDO = "sudo"
    ADMINISTER = "administer"


ROLES: Mapping[str, frozenset[Permission]] = {
    "admin": frozenset(Permission),
    "developer": frozenset(
        {
            Permission.ACCESS_DATA,
            Permission.EXPLORE,
            Permission.SEE_LOOKML,
            Permission.SEE_LOOKML_DASHBOARDS,
            Permission.SEE_LOOKS,
            Permission.SEE_SQL,
            Permission.SEE_USER_DASHBOARDS,
            Permission.DEVELOP,
            Permission.DEPLOY,
            Permission.USE_SQL_RUNNER,
        }
    ),
    "viewer": frozenset(
        {
            Permission.ACCESS_DATA,
            Permission.EXPLORE,
            Permission.SEE_LOOKML_DASHBOARDS,
            Permission.SEE_LOOKS,
            Permission.SEE_USER_DASHBOARDS,
        }
    ),
}
"""The roles that a new instance has."""


class Caller(Struct, frozen=True, kw_only=True):
    """Who asks, resolved once per request. `models` None means every model."""

    user: User
    session: Session
    permissions: frozenset[str]
    models: frozenset[str] | None
    attributes: Mapping[str, str]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def sees_model(self, name: str) -> bool:
        return self.models is None or name in self.models


def caller_of(session: Session, user: User, roles: tuple[Role, ...]) -> Caller:
    """Fold the roles of a user into what the user may do.

    The store gives the same user and roles as the same objects, so the fold is kept by them.
    """
    held = _HELD.get(id(roles))
    if held is None or held.user is not user or held.roles is not roles:
        if len(_HELD) >= _N_HELD:
            _HELD.clear()
        held = _HELD[id(roles)] = _fold(user, roles)
    return Caller(
        user=user,
        session=session,
        permissions=held.permissions,
        models=held.models,
        attributes=held.attributes,
    )


class _Standing(Struct, frozen=True, kw_only=True):
    """What the roles of a user come to."""

    user: User
    roles: tuple[Role, ...]
    permissions: frozenset[str]
    models: frozenset[str] | None
    attributes: Mapping[str, str]


_N_HELD = 10_000
_HELD: dict[int, _Standing] = {}


def permissions_of(roles: tuple[Role, ...]) -> frozenset[str]:
    """The permissions of any of the roles."""
    return frozenset().union(*(role.permissions for role in roles))


def models_covered(roles: tuple[Role, ...]) -> frozenset[str] | None:
    """The models of any of the roles; None for all models."""
    several = [role.models for role in roles]
    return None if None in several else frozenset().union(*filter(None, several))


def _fold(user: User, roles: tuple[Role, ...]) -> _Standing:
    return _Standing(
        user=user,
        roles=roles,
        permissions=permissions_of(roles),
        models=models_covered(roles),
        attributes={
            "id": str(user.id),
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "name": f"{user.first_name} {user.last_name}".strip(),
            "locale": user.locale,
            **user.attributes,
        },
    )


def require(caller: Caller, permission: Permission, model_name: str | None = None) -> None:
    """Raise NotAllowed unless the caller has `permission`; NotFound for a model outside the
    caller's set.
    """
    if model_name is not None and not caller.sees_model(model_name):
        raise NotFound(f"model `{model_name}` was not found")
    if permission not in caller.permissions:
        raise NotAllowed(
            f"user `{caller.user.email}` lacks the permission `{permission.value}`;"
            " ask an administrator for a role that has it"
        )


def grants(caller: Caller, lookml_model: model.LookmlModel | model.Overview) -> frozenset[str]:
    """The access grants of a model that the caller meets."""
    return frozenset(
        grant.name
        for grant in lookml_model.access_grants.values()
        if caller.attributes.get(grant.user_attribute) in grant.allowed_values
    )


def withheld_views(explore: model.Explore, met: frozenset[str]) -> frozenset[str]:
    """The views of an explore, by the names that its fields have them under, of which the caller
    may not know."""
    withheld = {
        join.name
        for join in explore.joins
        if not met.issuperset((*join.required_access_grants, *join.view.required_access_grants))
    }
    if not met.issuperset(explore.view.required_access_grants):
        withheld.add(explore.base)
    return frozenset(withheld)


def withholds(
    explore: model.Explore, met: frozenset[str], views: frozenset[str], name: str
) -> bool:
    """Is a field of the explore, by its full name, one of which the caller may not know? `views`
    are those that `withheld_views` answers.
    """
    field = explore.references.get(name)
    if field is not None and not met.issuperset(field.required_access_grants):
        return True
    return name.partition(".")[0] in views


def visible(explore: model.Explore, met: frozenset[str]) -> model.Explore | None:
    """The explore without the joins and fields whose grants are not among `met`; None if it is
    itself withheld.

    References stay: a grant does not reach through `${}`. Rule: LookML reference,
    required_access_grants.
    """
    if not met.issuperset(explore.required_access_grants):
        return None
    references, views = explore.references, withheld_views(explore, met)
    if not views and not any(each.required_access_grants for each in references.values()):
        return explore
    withheld = frozenset(name for name in references if withholds(explore, met, views, name))
    if not withheld:
        return explore
    fields = {name: field for name, field in explore.fields.items() if name not in withheld}
    return replace(explore, fields=fields, withheld=withheld)
