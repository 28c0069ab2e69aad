"""Which folder a command looks at: `--dir`, everywhere, and for short `DIR` behind the arguments of
commands whose arguments do not end with a list.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from lookalike.instance.errors import Invalid

HERE = "default: here"


def add_dir(parser: argparse.ArgumentParser, default: str = ".", said: str = HERE) -> None:
    """`DIR`, or `--dir DIR`; not both."""
    ways = parser.add_mutually_exclusive_group()
    # The default of one of them must not win over the other.
    ways.add_argument("dir", nargs="?", default=argparse.SUPPRESS, metavar="DIR", help=said)
    ways.add_argument("--dir", default=default, metavar="DIR", help="the same as DIR")


def add_dir_option(parser: argparse.ArgumentParser, said: str = HERE) -> None:
    """`--dir DIR`, where the arguments end with a list."""
    parser.add_argument("--dir", default=".", metavar="DIR", help=said)


def refuse_folders(words: Iterable[str]) -> None:
    """Raise Invalid for one that is a folder: it is not what the list is of."""
    for word in words:
        if Path(word).is_dir():
            raise Invalid(f"`{word}` is a folder; name the folder with `--dir {word}`")
