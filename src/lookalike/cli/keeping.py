"""Which instance a command about users and credentials is for: LookML alone keeps neither."""

from __future__ import annotations

import argparse
from pathlib import Path

from lookalike.instance.errors import Invalid
from lookalike.instance.folder import config_of, is_bare
from lookalike.instance.instance import Instance, open_instance

_HELP = "the instance's folder (default: here)"


def add_dir(parser: argparse.ArgumentParser) -> None:
    """`DIR`, behind the other arguments."""
    parser.add_argument("dir", nargs="?", default=".", metavar="DIR", help=_HELP)


def add_dir_option(parser: argparse.ArgumentParser) -> None:
    """`--dir`, where the arguments end with a list."""
    parser.add_argument("--dir", default=".", metavar="DIR", help=_HELP)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def open_keeper(folder: str) -> Instance:
    """The instance in a folder. Raises Invalid where nothing lasts."""
    config = config_of(Path(folder))
    if is_bare(config):
        raise Invalid(
            f"`{folder}` has no `lookalike.toml`, so nothing there keeps users and credentials;"
            " `lookalike serve` prints credentials for its own run, and `--attribute` of the other"
            " commands gives user attributes for one"
        )
    return open_instance(config)
