"""`lookalike diff`: what two workspaces say differently, and which SQL differs because of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import msgspec

from lookalike.cli import reports
from lookalike.cli.attributes import add_attribute, attributes_of
from lookalike.cli.folder_choice import add_dir
from lookalike.cli.output import harmless, paint, result, result_json, say
from lookalike.cli.serve import Commands
from lookalike.cli.validate import TEXT, folder_of
from lookalike.cli.workspace_choice import WORKSPACE_IDS
from lookalike.compiler.model import Change
from lookalike.instance import comparisons, people, projects
from lookalike.instance.comparisons import Comparison, SqlChange
from lookalike.instance.folder import open_folder
from lookalike.instance.instance import Instance
from lookalike.instance.production import check_production
from lookalike.instance.workspaces import PRODUCTION, Version

_LONGEST_INLINE = 100
_COLOUR_OF_LINE = {"+": "added", "-": "removed", "@": "info"}


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "diff",
        help="say what differs between two workspaces, and in which SQL it shows",
        description="Compare the LookML of two workspaces by meaning, and the SQL of questions to"
        " the explores that changed. Exits with 1 when anything differs.",
    )
    parser.add_argument("before", metavar="A", help=f"workspace: {WORKSPACE_IDS}")
    parser.add_argument("after", metavar="B", help="workspace to compare it with")
    add_dir(parser)
    parser.add_argument(
        "--warehouse", default="", metavar="FILE", help="DuckDB file for bare LookML"
    )
    add_attribute(parser)
    parser.add_argument(
        "--output-format",
        choices=(TEXT, "json", "github"),
        default=TEXT,
        metavar="FORMAT",
        help="text, json, github (default: text)",
    )
    parser.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="output_format",
        help="short for --output-format json",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    attributes = attributes_of(options.attribute)
    instance = open_folder(Path(options.dir), options.warehouse)
    try:
        caller = people.operator(instance, PRODUCTION, attributes)
        if PRODUCTION in (options.before, options.after):
            known = projects.list_projects(instance, caller)
            check_production(instance, known, needs_git=True)
        found = comparisons.compare(instance, caller, options.before, options.after)
        if options.output_format == "json":
            result_json(_plain(found))
        elif options.output_format == "github":
            result("".join(_annotations(instance, found)))
        else:
            _print(found, options)
    finally:
        instance.close()
    return 1 if found.changes or found.sql_changes else 0


def _print(found: Comparison, options: argparse.Namespace) -> None:
    for change in found.changes:
        result("\n".join(_told(change)))
    for sql_change in found.sql_changes:
        result("\n".join(_sql(sql_change, options.before, options.after)))
    n, n_sql = len(found.changes), len(found.sql_changes)
    if n or n_sql:
        say(paint(f"{_counted(n, 'change')}, {_counted(n_sql, 'change')} of SQL", "strong"))
    else:
        say(f"nothing differs between {options.before} and {options.after}")
    if not found.is_complete:
        say(f"only {comparisons.MOST_PROBES} fields were asked for; there may be more SQL changes")


def _told(change: Change) -> Iterator[str]:
    """A change as lines: what, where, and each property."""
    place = change.place
    where = f"  {place.path}:{place.line}" if place.path else ""
    yield (
        f"{paint(change.action.value, change.action.value, sys.stdout)} {change.kind}"
        f" {paint(harmless(change.name), 'strong', sys.stdout)}"
        f" ({', '.join(map(harmless, change.models))})"
        f"{paint(harmless(where), 'dim', sys.stdout)}"
    )
    for each in change.properties:
        yield from _property(each.name, each.before, each.after)


def _property(name: str, before: str, after: str) -> Iterator[str]:
    if "\n" not in before + after and len(before) + len(after) <= _LONGEST_INLINE:
        yield f"    {name}: {_quoted(before)} → {_quoted(after)}"
        return
    yield f"    {name}:"
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))
    for line in lines[2:]:
        yield f"      {_coloured(line)}"


def _sql(change: SqlChange, before: str, after: str) -> Iterator[str]:
    also = f" and {_counted(len(change.also), 'field')} alike" if change.also else ""
    head = f"SQL of {change.model}/{change.explore} {change.field}"
    yield f"\n{paint(harmless(head), 'strong', sys.stdout)}{also}"
    for error, workspace in ((change.before_error, before), (change.after_error, after)):
        if error:
            yield f"{paint('error', 'error', sys.stdout)} in {workspace}: {harmless(error)}"
    if change.before_error or change.after_error:
        return
    lines = change.before_sql.splitlines(), change.after_sql.splitlines()
    for line in unified_diff(lines[0], lines[1], before, after, lineterm=""):
        yield _coloured(line)


def _coloured(line: str) -> str:
    colour = _COLOUR_OF_LINE.get(line[:1])
    return paint(harmless(line), colour, sys.stdout) if colour else harmless(line)


def _quoted(text: str) -> str:
    return harmless(text) if text else "∅"


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _annotations(instance: Instance, found: Comparison) -> Iterator[str]:
    """Notices beside the lines that changed; those of projects that are folders start from here."""
    folders = {folder_of(instance, each) for each in found.to_versions}
    folder = folders.pop() if len(folders) == 1 else ""
    for change in found.changes:
        path = change.place.path
        located = f"{folder}/{path}" if folder and path else path
        title = f"{change.action.value} {change.kind} {change.name}"
        message = "\n".join(
            f"{each.name}: {each.before or '∅'} → {each.after or '∅'}" for each in change.properties
        )
        line = 0 if change.action == "removed" else change.place.line
        yield reports.annotation("notice", located, (line, 0), title, message or title)
    for sql_change in found.sql_changes:
        title = f"SQL of {sql_change.model}/{sql_change.explore} {sql_change.field}"
        level = "error" if sql_change.after_error else "notice"
        diff = unified_diff(
            sql_change.before_sql.splitlines(), sql_change.after_sql.splitlines(), lineterm="", n=1
        )
        message = sql_change.after_error or "\n".join(list(diff)[2:])
        yield reports.annotation(level, "", (0, 0), title, message)


def _plain(found: Comparison) -> dict[str, object]:
    return {
        "from": [_version(each) for each in found.from_versions],
        "to": [_version(each) for each in found.to_versions],
        "changes": [_change(each) for each in found.changes],
        "sql_changes": [msgspec.structs.asdict(each) for each in found.sql_changes],
        "is_complete": found.is_complete,
    }


def _version(version: Version) -> dict[str, object]:
    return {
        "project": version.project.name,
        "workspace": version.workspace,
        "branch": version.branch,
        "commit": version.commit,
        "tree": version.tree,
        "is_changed": version.is_changed,
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "action": change.action.value,
        "kind": change.kind,
        "name": change.name,
        "models": change.models,
        "path": change.place.path,
        "line": change.place.line,
        "properties": [msgspec.structs.asdict(each) for each in change.properties],
    }
