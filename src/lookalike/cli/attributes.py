"""User attributes as arguments: access filters, grants, the locale and templates read them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping

from lookalike.cli.output import say
from lookalike.compiler.syntax import Code, Diagnostic
from lookalike.instance.errors import Invalid
from lookalike.instance.folder import is_bare
from lookalike.instance.instance import Instance

NAME_VALUE = "NAME=VALUE"
_NAME = re.compile(r"[A-Za-z0-9_]+")


def add_attribute(parser: argparse.ArgumentParser) -> None:
    """`--attribute`, which may be repeated."""
    parser.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar=NAME_VALUE,
        help="a user attribute of whoever asks, for this run; may be repeated",
    )


def attributes_of(texts: Iterable[str]) -> Mapping[str, str]:
    """The attributes that are written. Raises Invalid for what is not one."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise Invalid(
                f"user attribute `{text}` is not {NAME_VALUE} with letters, digits and `_` in the"
                " name; write for example region=EU"
            )
        found[name] = value
    return found


def say_how_to_give(instance: Instance, diagnostics: Iterable[Diagnostic]) -> None:
    """Where a value of a user attribute is missing, say how to give one."""
    if any(found.code is Code.MISSING_ATTRIBUTE for found in diagnostics):
        lasting = "" if is_bare(instance.config) else ", or `lookalike users set` for good"
        say(f"give user attributes a value with `--attribute {NAME_VALUE}` for one run{lasting}")
