"""Which instance a command about users and credentials is for: LookML alone keeps neither."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lookalike.cli.output import say
from lookalike.instance import credentials
from lookalike.instance.errors import Invalid
from lookalike.instance.folder import config_of, is_bare
from lookalike.instance.instance import Instance, open_instance

KEEPER = "the instance's folder (default: here)"


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def open_keeper(folder: str) -> Instance:
    """The instance in a folder. Raises Invalid where nothing lasts."""
    config = config_of(Path(folder))
    if is_bare(config):
        raise Invalid(
            f"`{folder}` has no `lookalike.toml`, so nothing there keeps users and credentials;"
            " name an instance's folder with `--dir`, or use the credentials that `lookalike serve`"
            " prints for its own run, and `--attribute` of the other commands"
        )
    return open_instance(config)


@contextmanager
def telling_of_admins(instance: Instance) -> Iterator[None]:
    """Whoever takes the last admin with a credential away is told."""
    had_admin = _has_admin(instance)
    yield
    if had_admin and not _has_admin(instance):
        say("no admin has a credential now; `credentials create --email … --role admin` makes one")


def _has_admin(instance: Instance) -> bool:
    return any(
        "admin" in user.roles and not user.is_disabled
        for user, _ in credentials.all_credentials(instance)
    )
