"""Which workspace a command looks at: the argument for it, and whoever sits at the terminal,
there.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from lookalike.instance import people, projects, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.instance import Instance
from lookalike.instance.production import check_production
from lookalike.instance.workspaces import PRODUCTION

WORKSPACE_IDS = "production, dev, dev:NAME, @REF, or PROJECT@REF,PROJECT@REF"


def add_workspace(parser: argparse.ArgumentParser, default: str | None) -> None:
    """`--workspace`, which takes the id of any workspace. Without a default the command chooses:
    `dev` for LookML that is served as it is, `production` for an instance.
    """
    said = default or "dev for bare LookML, else production"
    parser.add_argument(
        "--workspace",
        default=default,
        metavar="ID",
        help=f"{WORKSPACE_IDS} (default: {said})",
    )


def caller_in(
    instance: Instance, workspace: str, attributes: Mapping[str, str] = people.NO_ATTRIBUTES
) -> Caller:
    """The operator in a workspace that was asked for, with the values of user attributes that were
    given; a ref is resolved now, once.

    Raises Invalid and NotFound, also where `production` of a checkout is missing.
    """
    operator = people.operator(instance, PRODUCTION, attributes)
    if workspace == PRODUCTION:
        check_production(instance, projects.list_projects(instance, operator))
    return workspaces.within(instance, operator, workspace)
