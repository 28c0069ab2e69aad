"""Main: the command line of lookalike. It reads the arguments, calls one command, and turns errors
into exit codes.

Exit codes: 0 fine, 1 findings, 2 usage or settings, 3 a database or remote can't be reached, 4 not
allowed, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from lookalike import __version__
from lookalike.cli import credentials, demo, diff, question, serve, test, users, validate
from lookalike.cli import format as formatting
from lookalike.cli.output import say
from lookalike.instance.errors import (
    Busy,
    Invalid,
    LookalikeError,
    NotAllowed,
    NotAuthenticated,
    Unavailable,
    Uncompilable,
)

FINDINGS, USAGE, UNREACHABLE, NOT_ALLOWED, INTERRUPTED = 1, 2, 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except LookalikeError as error:
        say(f"lookalike: {_sentence(error)}")
        return _code_of(error)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _sentence(error: LookalikeError) -> str:
    """The message, with what is wrong field by field where the message does not say it, a line
    each.
    """
    problems = error.problems if isinstance(error, Invalid) else ()
    said = [problem.message for problem in problems]
    if str(error) in said:
        return "\n".join(dict.fromkeys(said))
    more = [message for message in said if message not in str(error)]
    return "\n".join(more) if more else str(error)


def _code_of(error: LookalikeError) -> int:
    if isinstance(error, Uncompilable):
        return FINDINGS
    if isinstance(error, NotAllowed | NotAuthenticated):
        return NOT_ALLOWED
    if isinstance(error, Unavailable | Busy):
        return UNREACHABLE
    return USAGE


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    made = argparse.ArgumentParser(
        prog="lookalike",
        description="A server for LookML that speaks the Looker API.",
        epilog="Start with `lookalike demo`.",
    )
    made.add_argument("--version", action="version", version=f"lookalike {__version__}")
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for command in (serve, demo, validate, formatting, diff, test, credentials, users):
        command.add_to(commands)
    question.add_sql_to(commands)
    question.add_query_to(commands)
    return made
