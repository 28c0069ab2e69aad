"""`lookalike sql` and `lookalike query`: a question from the command line, as SQL or answered."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import msgspec

from lookalike.cli.attributes import add_attribute, attributes_of, say_how_to_give
from lookalike.cli.folder_choice import add_dir_option
from lookalike.cli.output import result, say, table
from lookalike.cli.serve import Commands
from lookalike.cli.workspace_choice import add_workspace, caller_in
from lookalike.compiler.query import UNLIMITED, Query
from lookalike.instance import people, queries
from lookalike.instance.access import Caller
from lookalike.instance.errors import Invalid, Uncompilable
from lookalike.instance.folder import is_bare, open_folder
from lookalike.instance.instance import Instance
from lookalike.instance.queries import RunOptions
from lookalike.instance.workspaces import DEV, PRODUCTION

TABLE = "table"


def add_sql_to(commands: Commands) -> None:
    parser = commands.add_parser("sql", help="print the SQL of a question, without running it")
    _add_question(parser)
    parser.set_defaults(run=run, format="sql")


def add_query_to(commands: Commands) -> None:
    parser = commands.add_parser("query", help="ask a question and print the answer")
    _add_question(parser)
    parser.add_argument(
        "--format",
        default=TABLE,
        help="table (default), json, json_detail, csv, txt",
        metavar="FORMAT",
    )
    parser.add_argument(
        "--json", action="store_const", const="json", dest="format", help="short for --format json"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    attributes = attributes_of(options.attribute)
    instance = open_folder(Path(options.dir), options.warehouse)
    try:
        caller = (
            caller_in(instance, options.workspace, attributes)
            if options.workspace
            else people.operator(
                instance, DEV if is_bare(instance.config) else PRODUCTION, attributes
            )
        )
        question = question_from(options)
        compiled = queries.compile_question(instance, caller, question)
        _say_where(compiled)
        say_how_to_give(instance, compiled.diagnostics)
        if options.format == TABLE:
            result(answer_table(instance, caller, question))
        else:
            run_options = RunOptions(on_cut=partial(_say_cut, question))
            _write(queries.run(instance, caller, question, options.format, run_options).chunks)
    except Invalid as error:
        hint_of_warehouse(instance)
        if isinstance(error, Uncompilable):
            say_how_to_give(instance, error.diagnostics)
        raise
    finally:
        instance.close()
    return 0


def _say_where(compiled: queries.Compiled) -> None:
    """Which version answers, and what of the question was passed over."""
    version = compiled.found.version
    where = "the folder as it is" if version.folder else f"{version.branch}@{version.commit[:8]}"
    changed = " with uncommitted changes" if version.is_changed and not version.folder else ""
    say(f"{version.workspace}: {version.project.name}, {where}{changed}")
    for found in compiled.diagnostics:
        say(f"{found.severity.value}: {found.message}")


def _say_cut(question: Query) -> None:
    """Shares of a total that nobody has seen."""
    if question.limit == UNLIMITED:
        say("shares of the total are unknown: the answer has too many rows; ask for fewer")
    else:
        say(
            f"shares of the total are unknown: the answer was cut after {question.limit} rows;"
            f" write a higher `--limit`, or `--limit {UNLIMITED}` for all rows"
        )


def _write(chunks: Iterable[bytes]) -> None:
    last = b"\n"
    for last in chunks:
        sys.stdout.buffer.write(last)
    if not last.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def hint_of_warehouse(instance: Instance) -> None:
    """An empty database explains most of what fails on bare LookML."""
    config = instance.config
    if config.default_connection and not config.default_connection.path and not config.connections:
        say("no warehouse was named, so the database is empty; name one with --warehouse FILE")


def answer_table(instance: Instance, caller: Caller, question: Query) -> str:
    """The formatted answer as a table for people."""
    options = RunOptions(apply_formatting=True, on_cut=partial(_say_cut, question))
    body = b"".join(queries.run(instance, caller, question, "json_detail", options).chunks)
    detail = msgspec.json.decode(body)
    if detail["errors"]:
        raise Invalid(detail["errors"][0]["message_details"] or detail["errors"][0]["message"])
    fields = [*detail["fields"]["dimensions"], *detail["fields"]["measures"]]
    rows = [
        [_text(row[field["name"]].get("rendered", row[field["name"]]["value"])) for field in fields]
        for row in detail["data"]
    ]
    return table(
        [field["label"] for field in fields], rows, [field["is_numeric"] for field in fields]
    )


def question_from(options: argparse.Namespace) -> Query:
    """The question that the arguments ask."""
    model_name, slash, explore = options.explore.partition("/")
    if not slash or not model_name or not explore:
        raise Invalid(
            f"`{options.explore}` is not MODEL/EXPLORE; write for example shop/order_items"
        )
    filters = []
    for text in options.filter:
        field, equals, value = text.partition("=")
        if not equals:
            raise Invalid(
                f"filter `{text}` is not FIELD=EXPRESSION; write for example users.state=Texas"
            )
        filters.append((field.strip(), value))
    return Query(
        model=model_name,
        explore=explore,
        fields=tuple(name for text in options.field for name in text.split(",") if name),
        filters=tuple(filters),
        filter_expression=options.filter_expression,
        sorts=tuple(options.sort),
        limit=options.limit,
        timezone=options.timezone,
    )


def _text(value: object) -> str:
    return "∅" if value is None else str(value)


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("explore", metavar="MODEL/EXPLORE", help="what to ask")
    parser.add_argument(
        "field", nargs="+", metavar="FIELD", help="view.field, several apart or joined by commas"
    )
    add_dir_option(parser, "instance or LookML folder (default: here)")
    parser.add_argument(
        "--warehouse", default="", metavar="FILE", help="DuckDB file for bare LookML"
    )
    add_workspace(parser, None)
    add_attribute(parser)
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FIELD=EXPRESSION",
        help="a filter expression on a field; may be repeated",
    )
    parser.add_argument(
        "--filter-expression",
        default="",
        metavar="EXPRESSION",
        help="a custom filter in Looker's expressions",
    )
    parser.add_argument(
        "--sort", action="append", default=[], metavar="'FIELD [desc]'", help="may be repeated"
    )
    parser.add_argument("--limit", type=int, default=500, help="rows (default 500), -1 for all")
    parser.add_argument(
        "--timezone", default="", metavar="ZONE", help="IANA name; default: the connection's"
    )
