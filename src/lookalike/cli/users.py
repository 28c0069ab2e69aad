"""`lookalike users`: who is in an instance, and the user attributes they have."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from lookalike.cli.attributes import NAME_VALUE, attributes_of
from lookalike.cli.output import harmless, result, result_json, say, table
from lookalike.cli.serve import Commands
from lookalike.instance import people
from lookalike.instance.errors import Invalid
from lookalike.instance.folder import config_of, is_bare
from lookalike.instance.instance import Instance, open_instance


def add_to(commands: Commands) -> None:
    parser = commands.add_parser("users", help="list users, set their attributes")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="print users with their roles and attributes")
    listing.add_argument("dir", nargs="?", default=".", metavar="DIR", help="the instance's folder")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=run_list)
    setting = verbs.add_parser(
        "set",
        help="give a user values of user attributes",
        description="Set user attributes of a user, and print those that the user has then.",
    )
    setting.add_argument("email", metavar="EMAIL", help="whose attributes")
    setting.add_argument(
        "attribute",
        nargs="+",
        metavar=NAME_VALUE,
        help="a user attribute; an empty value takes it away",
    )
    setting.add_argument("dir", metavar="DIR", help="the instance's folder")
    setting.set_defaults(run=run_set)


def run_list(options: argparse.Namespace) -> int:
    with closing(_instance(options)) as instance:
        found = [
            (user, people.shown_attributes(instance, user)) for user in people.everybody(instance)
        ]
    if options.json:
        result_json(
            [
                {
                    "id": str(user.id),
                    "email": user.email,
                    "roles": user.roles,
                    "attributes": attributes,
                    "is_disabled": user.is_disabled,
                }
                for user, attributes in found
            ]
        )
    elif found:
        rows = [
            (harmless(user.email), ", ".join(user.roles), " ".join(_written(attributes)))
            for user, attributes in found
        ]
        result(table(("email", "roles", "attributes"), rows, (False, False, False)))
    else:
        say("there are no users; `lookalike credentials create` makes them")
    return 0


def run_set(options: argparse.Namespace) -> int:
    values = attributes_of(options.attribute)
    with closing(_instance(options)) as instance:
        user = people.set_attributes(instance, options.email, values)
        written = _written(people.shown_attributes(instance, user))
    if written:
        result("\n".join(written))
    else:
        say(f"`{user.email}` has no user attributes")
    return 0


def _instance(options: argparse.Namespace) -> Instance:
    config = config_of(Path(options.dir))
    if is_bare(config):
        raise Invalid(
            f"`{options.dir}` has no `lookalike.toml`, so nothing there keeps users; `--attribute`"
            " of the other commands gives user attributes for one run"
        )
    return open_instance(config)


def _written(attributes: Mapping[str, str]) -> list[str]:
    return [harmless(f"{name}={value}") for name, value in attributes.items()]
