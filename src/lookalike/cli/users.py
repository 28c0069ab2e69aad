"""`lookalike users`: who is in an instance, what they may do, and the user attributes they have."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing

from msgspec import Struct

from lookalike.cli.attributes import NAME_VALUE, attributes_of
from lookalike.cli.folder_choice import add_dir, add_dir_option, refuse_folders
from lookalike.cli.keeping import KEEPER, add_json, open_keeper, telling_of_admins
from lookalike.cli.output import harmless, result, result_json, say, table
from lookalike.cli.serve import Commands
from lookalike.instance import people
from lookalike.instance.access import ROLES
from lookalike.instance.instance import Instance
from lookalike.instance.people import Person, roles_named

_COLUMNS = ("email", "roles", "models", "attributes")


class _Shown(Struct, frozen=True):
    """A user as this command shows one; `models` is None for all models."""

    id: str
    email: str
    roles: tuple[str, ...]
    models: list[str] | None
    attributes: Mapping[str, str]
    is_disabled: bool


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "users", help="list users, set their roles and attributes, shut them out"
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    listing = verbs.add_parser(
        "list", help="print users with their roles, the models these cover, and attributes"
    )
    add_dir(listing, said=KEEPER)
    add_json(listing)
    listing.set_defaults(run=run_list)
    _add_set(verbs)
    _add_roles(verbs)
    for verb, what, run in (
        ("disable", "shut a user out: no login, and every session ends at once", run_disable),
        ("enable", "let a user in again who was disabled", run_enable),
    ):
        switch = verbs.add_parser(verb, help=what, description=f"{what[0].upper()}{what[1:]}.")
        switch.add_argument("email", metavar="EMAIL", help="who")
        add_dir(switch, said=KEEPER)
        add_json(switch)
        switch.set_defaults(run=run)


def _add_set(verbs: Commands) -> None:
    setting = verbs.add_parser(
        "set",
        help="give a user values of user attributes",
        description="Set user attributes of a user, and print those that the user has then. They"
        " hold from the next request on.",
    )
    setting.add_argument("email", metavar="EMAIL", help="whose attributes")
    setting.add_argument(
        "attribute",
        nargs="+",
        metavar=NAME_VALUE,
        help="a user attribute; an empty value takes it away",
    )
    add_dir_option(setting, KEEPER)
    add_json(setting)
    setting.set_defaults(run=run_set)


def _add_roles(verbs: Commands) -> None:
    giving = verbs.add_parser(
        "roles",
        help="say which roles a user has",
        description="Give a user these roles and no others. They hold from the next request on,"
        " also for tokens that the user has.",
    )
    giving.add_argument("email", metavar="EMAIL", help="whose roles")
    giving.add_argument("role", nargs="+", metavar="ROLE", help=", ".join(sorted(ROLES)))
    add_dir_option(giving, KEEPER)
    add_json(giving)
    giving.set_defaults(run=run_roles)


def run_list(options: argparse.Namespace) -> int:
    with closing(open_keeper(options.dir)) as instance:
        found = [_shown(instance, user) for user in people.everybody(instance)]
    if options.json:
        result_json(found)
    elif found:
        result(table(_COLUMNS, [_row(user) for user in found], (False,) * len(_COLUMNS)))
    else:
        say("there are no users; `lookalike credentials create` makes them")
    return 0


def run_set(options: argparse.Namespace) -> int:
    refuse_folders(text for text in options.attribute if "=" not in text)
    values = attributes_of(options.attribute)
    with closing(open_keeper(options.dir)) as instance:
        found = _shown(instance, people.set_attributes(instance, options.email, values))
    if options.json:
        result_json(found)
    elif found.attributes:
        result("\n".join(_written(found.attributes)))
    else:
        say(f"{harmless(found.email)} has no user attributes")
    return 0


def run_roles(options: argparse.Namespace) -> int:
    refuse_folders(role for role in options.role if role not in ROLES)
    with closing(open_keeper(options.dir)) as instance, telling_of_admins(instance):
        found = _shown(instance, people.set_roles(instance, options.email, options.role))
        _tell(options, found, f"has {roles_named(found.roles)} from now on")
    return 0


def run_disable(options: argparse.Namespace) -> int:
    with closing(open_keeper(options.dir)) as instance, telling_of_admins(instance):
        found = _shown(instance, people.set_disabled(instance, options.email, True))
        _tell(options, found, "is shut out, and every session has ended")
    return 0


def run_enable(options: argparse.Namespace) -> int:
    with closing(open_keeper(options.dir)) as instance:
        found = _shown(instance, people.set_disabled(instance, options.email, False))
    _tell(options, found, "may log in again")
    return 0


def _tell(options: argparse.Namespace, found: _Shown, what: str) -> None:
    if options.json:
        result_json(found)
    else:
        say(harmless(f"{found.email} {what}"))


def _shown(instance: Instance, user: Person) -> _Shown:
    models = people.models_of(instance, user)
    return _Shown(
        str(user.id),
        user.email,
        user.roles,
        None if models is None else sorted(models),
        people.shown_attributes(instance, user),
        user.is_disabled,
    )


def _row(user: _Shown) -> tuple[str, ...]:
    return (
        harmless(user.email) + (" (disabled)" if user.is_disabled else ""),
        ", ".join(user.roles),
        "all" if user.models is None else ", ".join(map(harmless, user.models)),
        " ".join(_written(user.attributes)),
    )


def _written(attributes: Mapping[str, str]) -> list[str]:
    return [harmless(f"{name}={value}") for name, value in attributes.items()]
