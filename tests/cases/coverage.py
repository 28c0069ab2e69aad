"""Coverage: which case shows what of the language.

A case shows a parameter if it writes it and, with the parameter taken out of its LookML, gives
something else. So what a case merely mentions does not count. `python -m tests.cases.coverage`
lists what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from lookalike.compiler.model import Dimension
from tests.cases import bench, inventory, running
from tests.cases.blocks import Block, Written, book
from tests.cases.mutations import Thing, mutations
from tests.cases.rules import RULES
from tests.cases.running import Effort, Outcome

ENOUGH = 2
"""How many cases are named for one thing."""

_CODE = re.compile(r"\w+\[(\w+)\]: ")


class Coverage(Struct, frozen=True):
    """The cases that show each thing; those of `missing` are shown by none."""

    shown: Mapping[Thing, Sequence[Written]]
    missing: Sequence[Thing]


@cache
def coverage() -> Coverage:
    """What the case book shows, found by running it and its mutations."""
    shown: dict[Thing, list[Written]] = {thing: [] for thing in inventory.things()}
    for case in book():
        for thing in shown_by(case, shown):
            if case not in shown[thing]:
                shown[thing].append(case)
    return Coverage(shown, [thing for thing, cases in shown.items() if not cases])


def shown_by(case: Written, shown: Mapping[Thing, Sequence[Written]]) -> Iterator[Thing]:
    """What a case shows of the things in `shown`, but for those that have enough cases already."""
    texts = running.texts_of(case.blocks)
    effort = Effort(
        rows=False,
        dialects=frozenset(
            {"duckdb", *(block.argument for block in case.blocks if block.kind == "sql")}
        ),
    )
    outcome = running.run(case.blocks, texts, effort)
    usual = _essence(outcome)
    yield from (
        thing for thing in (*_told(case, outcome), *_times(case, outcome)) if thing in shown
    )
    for path, text in texts.items():
        done: set[Thing] = set()
        for thing, others in mutations(path, text):
            if thing in done or len(shown.get(thing, (case,) * ENOUGH)) >= ENOUGH:
                continue
            for other in others:
                if _essence(running.run(case.blocks, {**texts, path: other}, effort)) != usual:
                    done.add(thing)
                    yield thing
                    break


def _told(case: Written, outcome: Outcome) -> Iterator[Thing]:
    """What shows without a mutation: rules and diagnostics."""
    for name in case.shows:
        assert name in RULES, f"{case.file}: {case.title}: there is no rule `{name}`"
        yield "inheritance", name, ""
    for message in _said(outcome):
        found = _CODE.match(message)
        if found:
            yield "diagnostic", found[1], ""


def _times(case: Written, outcome: Outcome) -> Iterator[Thing]:
    """The timeframes and intervals that the questions of a case ask."""
    laid = bench.lay(running.texts_of(case.blocks)) if outcome.sql else None
    for block in case.blocks:
        found = running.explore_of(block, laid) if laid and block.kind == "query" else None
        for name in _asked(block) if found else ():
            field = found.explore.references.get(name) if found else None
            if isinstance(field, Dimension) and field.timeframe:
                yield "timeframe", field.timeframe, ""
            if isinstance(field, Dimension) and field.interval:
                yield "interval", field.interval, ""


def _asked(block: Block) -> tuple[str, ...]:
    question = running.question_of(block)
    return (*question.fields, *(name for name, _ in question.filters))


def _said(outcome: Outcome) -> list[str]:
    drawn = outcome.drawn.values()
    lines = [line for file in drawn for drawings in file.values() for line in drawings]
    return sorted([*map(running.said_in, lines), *outcome.errors])


def _essence(outcome: Outcome) -> object:
    """What came out, wherever in the files the messages stand."""
    return _said(outcome), outcome.sql, outcome.answers


# The page ---------------------------------------------------------------------------------------

_HEADINGS = {
    "timeframe": "Timeframes",
    "interval": "Intervals",
    "diagnostic": "Diagnostics",
    "inheritance": "Rules of extends, refinements and includes",
    "Liquid variable": "Variables of Liquid",
    "Liquid tag": "Tags of Liquid",
    "Liquid filter": "Filters of Liquid",
}
_CASES = "../../tests/cases"
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


def page(note: str) -> str:
    """The reference page."""
    found = coverage()
    n_shown = len(found.shown) - len(found.missing)
    lines = [
        "# LookML coverage",
        "",
        note,
        f"The case book, `tests/cases`, has {len(book())} cases."
        f" They show {n_shown} of {len(found.shown)} parts of the language.",
        "A parameter or a choice is shown by a case that writes it and gives something else"
        " without it.",
        "",
        "## Missing",
        "",
        *(_named(found.missing) or ["None."]),
        "",
    ]
    for kind in dict.fromkeys(kind for kind, _, _ in found.shown):
        lines += [f"## {_HEADINGS.get(kind, f'`{kind}`')}", "", "| part | shown by |", "|---|---|"]
        for thing, cases in found.shown.items():
            if thing[0] == kind:
                lines.append(f"| {_part(thing)} | {'; '.join(map(_link, cases)) or '–'} |")
        lines.append("")
    return "\n".join([*lines, *_without_effect()])


def _named(missing: Sequence[Thing]) -> list[str]:
    """What is missing, a line for each kind."""
    kinds: dict[str, list[str]] = {}
    for thing in missing:
        kinds.setdefault(thing[0], []).append(_name(thing))
    return [f"- {kind}: {', '.join(names)}" for kind, names in kinds.items()]


def _name(thing: Thing) -> str:
    _, name, value = thing
    return f"`{name}: {value}`" if value else f"`{name}`"


def _part(thing: Thing) -> str:
    rule = RULES[thing[1]] if thing[0] == "inheritance" else None
    return f"{rule.sentence} ({rule.source})" if rule else _name(thing)


def _link(case: Written) -> str:
    anchor = _NOT_IN_ANCHOR.sub("", case.title.lower()).replace(" ", "-")
    return f"[{case.file.removesuffix('.md')}: {case.title}]({_CASES}/{case.file}#{anchor})"


def _without_effect() -> list[str]:
    found = [(*each, inventory.reason(*each)) for each in inventory.parameters()]
    return [
        "## Read and without effect",
        "",
        "These are known, so that they are no mistake; they change nothing.",
        "",
        "| of | parameter | why |",
        "|---|---|---|",
        *(f"| `{kind}` | `{name}` | {reason} |" for kind, name, reason in found if reason),
        "",
    ]


if __name__ == "__main__":
    print("\n".join(_named(coverage().missing)))
