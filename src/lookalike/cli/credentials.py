"""`lookalike credentials create`: an API credential for a user, who is made if need be."""

from __future__ import annotations

import argparse
from pathlib import Path

from lookalike.cli.output import result, result_json, say
from lookalike.cli.serve import Commands
from lookalike.instance import login
from lookalike.instance.access import ROLES
from lookalike.instance.errors import Invalid
from lookalike.instance.folder import MEMORY_STORE, config_of
from lookalike.instance.instance import open_instance
from lookalike.instance.workspaces import PRODUCTION


def add_to(commands: Commands) -> None:
    parser = commands.add_parser("credentials", help="make API credentials")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    create = verbs.add_parser("create", help="print a new client id and secret, once")
    create.add_argument("dir", nargs="?", default=".", metavar="DIR", help="the instance's folder")
    create.add_argument(
        "--email", required=True, help="whose credential; the user is made if need be"
    )
    create.add_argument("--role", choices=sorted(ROLES), default="viewer", help="default: viewer")
    create.add_argument(
        "--workspace",
        default="",
        metavar="ID",
        help="workspace in which its sessions begin (default: production); any other needs a role"
        " that may develop",
    )
    create.add_argument("--json", action="store_true", help="print JSON")
    create.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    config = config_of(Path(options.dir))
    if config.database == MEMORY_STORE:
        raise Invalid(
            f"`{options.dir}` has no `lookalike.toml`, so nothing there keeps credentials;"
            " `lookalike serve` prints some for its own run"
        )
    instance = open_instance(config)
    try:
        made = login.enter_credential(instance, options.email, options.role, options.workspace)
    finally:
        instance.close()
    if options.json:
        result_json(
            {
                "client_id": made.client_id,
                "client_secret": made.client_secret,
                "user_id": str(made.user.id),
                "email": made.user.email,
                "role": options.role,
                "workspace": options.workspace or PRODUCTION,
            }
        )
    else:
        result(f"client_id={made.client_id}\nclient_secret={made.client_secret}")
        say("The secret is shown this once and kept only as a hash.")
    return 0
