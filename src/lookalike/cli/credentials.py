"""`lookalike credentials`: API credentials of users, made, listed and revoked."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import datetime

from lookalike.cli.folder_choice import add_dir
from lookalike.cli.keeping import KEEPER, add_json, open_keeper, telling_of_admins
from lookalike.cli.output import harmless, result, result_json, say, table
from lookalike.cli.serve import Commands
from lookalike.instance import credentials
from lookalike.instance.access import ROLES
from lookalike.instance.credentials import PersonCredential
from lookalike.instance.people import NEWCOMER, Person, roles_named
from lookalike.instance.workspaces import PRODUCTION

_COLUMNS = ("email", "client id", "workspace", "created", "last used")


def add_to(commands: Commands) -> None:
    parser = commands.add_parser("credentials", help="make, list and revoke API credentials")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    _add_create(verbs)
    listing = verbs.add_parser(
        "list",
        help="print whose credentials there are",
        description="Print every API credential: whose it is, where its sessions begin, when it was"
        " made and last logged in (to the minute, UTC).",
    )
    add_dir(listing, said=KEEPER)
    add_json(listing)
    listing.set_defaults(run=run_list)
    revoking = verbs.add_parser(
        "revoke",
        help="end a credential and what was made with it",
        description="Revoke an API credential. Nobody logs in with it any more, and tokens that it"
        " made end at once. Exits with 2 when there is no such credential.",
    )
    revoking.add_argument("client_id", metavar="CLIENT_ID", help="as `credentials list` shows it")
    add_dir(revoking, said=KEEPER)
    add_json(revoking)
    revoking.set_defaults(run=run_revoke)


def _add_create(verbs: Commands) -> None:
    create = verbs.add_parser(
        "create",
        help="print a new client id and secret, once",
        description="Make an API credential of a user, who is made if need be. A user may have"
        " several: to rotate, create one, put it to use, and revoke the old one.",
    )
    add_dir(create, said=KEEPER)
    create.add_argument(
        "--email", required=True, help="whose credential; the user is made if need be"
    )
    create.add_argument(
        "--role",
        choices=sorted(ROLES),
        default="",
        metavar="ROLE",
        help=f"{', '.join(sorted(ROLES))} (default: {NEWCOMER} for a new user)",
    )
    create.add_argument(
        "--workspace",
        default="",
        metavar="ID",
        help="workspace in which its sessions begin (default: production); any other needs a role"
        " that may develop",
    )
    add_json(create)
    create.set_defaults(run=run_create)


def run_create(options: argparse.Namespace) -> int:
    with closing(open_keeper(options.dir)) as instance:
        made = credentials.enter_credential(
            instance, options.email, options.role, options.workspace
        )
    if options.json:
        result_json(
            {
                "client_id": made.credential.client_id,
                "client_secret": made.client_secret,
                "user_id": str(made.user.id),
                "email": made.user.email,
                "roles": made.user.roles,
                "workspace": options.workspace or PRODUCTION,
            }
        )
    else:
        result(f"client_id={made.credential.client_id}\nclient_secret={made.client_secret}")
        say(harmless(f"{made.user.email} has {roles_named(made.user.roles)}"))
        say("the secret is shown this once and kept only as a hash")
    if made.user.is_disabled:
        say(f"the user is disabled; `lookalike users enable {harmless(made.user.email)}` ends that")
    return 0


def run_list(options: argparse.Namespace) -> int:
    with closing(open_keeper(options.dir)) as instance:
        found = credentials.all_credentials(instance)
    if options.json:
        result_json([_record(user, each) for user, each in found])
    elif found:
        rows = [
            (
                harmless(user.email) + (" (disabled)" if user.is_disabled else ""),
                each.client_id,
                each.default_workspace or PRODUCTION,
                _minute(each.created_at),
                _minute(each.last_used_at),
            )
            for user, each in found
        ]
        result(table(_COLUMNS, rows, (False,) * len(_COLUMNS)))
    else:
        say("there are no credentials; `lookalike credentials create` makes them")
    return 0


def run_revoke(options: argparse.Namespace) -> int:
    with closing(open_keeper(options.dir)) as instance, telling_of_admins(instance):
        user = credentials.revoke_credential(instance, options.client_id)
        _tell_revoked(options, user)
    return 0


def _tell_revoked(options: argparse.Namespace, user: Person) -> None:
    if options.json:
        result_json({"client_id": options.client_id, "user_id": str(user.id), "email": user.email})
    else:
        say(f"revoked a credential of {harmless(user.email)}; tokens made by it have ended")


def _record(user: Person, found: PersonCredential) -> dict[str, object]:
    return {
        "client_id": found.client_id,
        "user_id": str(user.id),
        "email": user.email,
        "workspace": found.default_workspace or PRODUCTION,
        "created_at": found.created_at,
        "last_used_at": found.last_used_at,
        "is_disabled": user.is_disabled,
    }


def _minute(time: datetime | None) -> str:
    return "never" if time is None else f"{time:%Y-%m-%d %H:%M}"
