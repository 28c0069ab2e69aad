"""`python -m tests.projects FOLDER`: how much of a LookML project assembles and becomes SQL.

Every field of every explore is asked for alone, then all fields of an explore together, then the
tiles of dashboards. SQL of a developer passes through as text, so the outcome shows what our
planning does with the project, not what its database would say; with `--database` every question
that became SQL is run on that DuckDB file as well. Exits with 1 when a failure is not explained by
the table of `--judged` (see tests/projects/judge.py).
"""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

import msgspec

from lookalike.compiler import sql
from tests.projects.judge import Cause, Judgement, blocked_by_own, by_cause, read_judgement
from tests.projects.measure import Measured, Setting, Share, Written, as_data, measure
from tests.projects.running import running


def main() -> int:
    options = _options()
    judgement = read_judgement(options.judged) if options.judged else Judgement()
    written: list[Written] = []
    with running(options.database) if options.database else nullcontext() as run:
        setting = Setting(
            dialect=options.dialect,
            attributes={**judgement.attributes, **dict(options.attribute)},
            say=lambda text: print(text, file=sys.stderr),
            keep=written.append if options.sql else lambda _: None,
            run=run,
        )
        measured = measure(options.folder, dict(options.imports), setting)
    causes = by_cause(measured.failures, judgement)
    if options.sql:
        options.sql.write_bytes(msgspec.json.encode(written))
    if options.json:
        text = msgspec.json.encode(as_data(measured, causes))
        print(msgspec.json.format(text, indent=2).decode())
    else:
        _print(measured, causes, judgement)
    return 1 if any(not each.why_own for each in causes) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.projects", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dialect", default="duckdb", choices=sorted(sql.DIALECTS))
    parser.add_argument(
        "--import",
        dest="imports",
        action="append",
        default=[],
        type=_imported,
        metavar="NAME=FOLDER",
        help="a project that this one imports; may be repeated",
    )
    parser.add_argument(
        "--attribute",
        action="append",
        default=[],
        type=_pair,
        metavar="NAME=VALUE",
        help="a user attribute of the asker; may be repeated",
    )
    parser.add_argument("--database", type=Path, metavar="FILE", help="a DuckDB file to run on")
    parser.add_argument("--judged", type=Path, metavar="FILE", help="what is the project's own")
    parser.add_argument("--sql", type=Path, metavar="FILE", help="write every SQL text, as JSON")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    return parser.parse_args()


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"`{text}` is not NAME=VALUE")
    return name, value


def _imported(text: str) -> tuple[str, Path]:
    name, value = _pair(text)
    return name, Path(value)


def _print(measured: Measured, causes: list[Cause], judgement: Judgement) -> None:
    print(f"{measured.name} ({measured.dialect}; developer SQL passes through as text)")
    print(f"  {measured.files} files, {measured.reached} reached by {measured.models} models")
    print(f"  {measured.views} views")
    print(f"  explores assembled  {_share(measured.explores)}")
    print(f"  fields assembled    {_share(measured.fields)}")
    for label, share, stage in (
        ("fields to SQL     ", measured.compiled, "field"),
        ("filters to SQL    ", measured.filters, "filter"),
        ("explores together ", measured.together, "explore"),
        ("tiles to SQL      ", measured.tiles, "tile"),
    ):
        n_own = blocked_by_own(measured.failures, judgement, stage)
        print(f"  {label}  {_share(share)}{_without(n_own, share)}")
    for stage, share in measured.ran.items():
        n_own = blocked_by_own(measured.failures, judgement, stage, refused=True)
        print(f"  ran: {stage:<15}{_share(share)}{_without(n_own, share)}")
    for cause in causes:
        whose = f"own: {cause.why_own}" if cause.why_own else "OPEN"
        print(f"\n  [{whose}] {cause.code} ({', '.join(cause.stages)})")
        print(f"    {cause.n_things} things, {cause.n_places} places: {', '.join(cause.places)}")
        print(f"    {cause.example}")
    for cause in by_cause(measured.warnings, Judgement()):
        print(f"\n  [not an error] {cause.code}, {cause.n_places} places: {cause.example}")


def _without(n_own: int, share: Share) -> str:
    if not n_own:
        return ""
    rest = Share(share.listed - n_own, share.working)
    return f"; without the project's own mistakes {_share(rest)}"


def _share(share: Share) -> str:
    percent = f" ({share.working / share.listed:.2%})" if share.listed else ""
    return f"{share.working} of {share.listed}{percent}"


if __name__ == "__main__":
    sys.exit(main())
