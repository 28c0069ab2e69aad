"""Build dashboards: what the `.lookml` files of a model say becomes dashboards.

In: the files that a model includes. Out: its dashboards by name, with what they extend merged in:
elements and filters match by name and are overlaid, new ones are appended. Rule: LookML reference,
"extends (for dashboards)".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model.circles import circles
from lookalike.compiler.model.constants import has_constant
from lookalike.compiler.model.dashboard_texts import (
    IncludedFile,
    Values,
    Written,
    open_sheet,
    read_sheet,
)
from lookalike.compiler.model.dashboards import Dashboard, DashboardFilter, Mention
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.labels import humanise
from lookalike.compiler.model.tables import Table
from lookalike.compiler.model.tiles import build_tile
from lookalike.compiler.syntax import NOWHERE, Budget, Code, Diagnostic, Place

_LAYOUTS = ("newspaper", "static", "grid", "tile")
_OPTIONS = ("dashboard", "extension", "elements", "filters")


class _Part(Struct, frozen=True, eq=False):
    """An element or a filter as written."""

    name: str
    written: Written
    place: Place


class _Draft(Struct, frozen=True, eq=False):
    """A dashboard as written, or as merged."""

    name: str
    place: Place
    written: Written
    elements: tuple[_Part, ...]
    filters: tuple[_Part, ...]


class _ReadFile(Struct, frozen=True, eq=False):
    """The drafts of one file. It keeps the parse alive, by whose identity it is found again."""

    parsed: syntax.yaml.Parsed
    drafts: tuple[_Draft, ...]
    found: tuple[Diagnostic, ...]


class _Built(Struct, frozen=True, eq=False):
    """A dashboard, and the drafts that it is made of."""

    drafts: tuple[_Draft, ...]
    dashboard: Dashboard
    found: tuple[Diagnostic, ...]


class Boards(Struct, frozen=True, eq=False):
    """What the models of one assembly share: drafts by file, dashboards by model and drafts."""

    files: Table[tuple[str, int, frozenset[tuple[str, str]]], _ReadFile]
    built: Table[tuple[str, tuple[int, ...]], _Built]

    @property
    def made(self) -> tuple[object, ...]:
        return (*self.files.made, *self.built.made)


def open_boards(before: Boards | None) -> Boards:
    """Tables for an assembly, with what is left of another."""
    if before is None:
        return Boards(Table(), Table())
    return Boards(Table(before.files), Table(before.built))


def build_dashboards(
    files: Sequence[IncludedFile], model: str, boards: Boards, budget: Budget
) -> tuple[Mapping[str, Dashboard], tuple[Diagnostic, ...]]:
    """The dashboards of a model, those that are only there to be extended too."""
    findings = Findings()
    drafts: dict[str, _Draft] = {}
    for file in files:
        read = _read(file, boards, budget)
        findings.found.extend(read.found)
        for draft in read.drafts:
            earlier = drafts.setdefault(draft.name, draft)
            if earlier is not draft:
                message = f"dashboard {quote(draft.name)} is declared more than once; rename one"
                related = (earlier.place,)
                findings.error(Code.DUPLICATE_OBJECT, message, draft.place, related)
    built: dict[str, Dashboard] = {}
    for name, chain in _chains(drafts, findings, budget).items():
        made = _made(chain, model, boards, budget)
        findings.found.extend(made.found)
        built[name] = made.dashboard
    return built, tuple(findings.found)


def _read(file: IncludedFile, boards: Boards, budget: Budget) -> _ReadFile:
    """The drafts of a file, read once for all models and for the next assembly."""

    def make() -> _ReadFile:
        findings = Findings()
        written = read_sheet(open_sheet(file), findings)
        drafts = tuple(_draft(each, findings, budget) for each in written)
        return _ReadFile(file.parsed, drafts, tuple(findings.found))

    uses = has_constant(file.parsed.text)
    constants = frozenset(file.constants.items() if uses else ())
    return boards.files.get((file.path, id(file.parsed), constants), make, budget)


def _made(chain: tuple[_Draft, ...], model: str, boards: Boards, budget: Budget) -> _Built:
    """The dashboard that comes of drafts, each overlaid by the next."""

    def make() -> _Built:
        findings = Findings()
        draft = chain[0]
        for above in chain[1:]:
            draft = _overlaid(draft, above, budget)
        dashboard = _dashboard(draft, model, findings, budget)
        return _Built(chain, dashboard, tuple(findings.found))

    return boards.built.get((model, tuple(map(id, chain))), make, budget)


def _draft(written: Written, findings: Findings, budget: Budget) -> _Draft:
    values = Values(written, "a dashboard", findings, budget)
    name = values.text("dashboard")
    place = values.place("dashboard", NOWHERE)
    if not name:
        message = "the dashboard has no name; write one behind `dashboard:`"
        findings.error(Code.INVALID_VALUE, message, place)
    what = f"dashboard {quote(name)}"
    elements = _parts("element", values, what, findings, budget)
    return _Draft(name, place, written, elements, _parts("filter", values, what, findings, budget))


def _parts(
    kind: str, values: Values, what: str, findings: Findings, budget: Budget
) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    places: dict[str, Place] = {}
    for written, start in values.objects(f"{kind}s"):
        own = Values(written, f"a {kind} of {what}", findings, budget)
        name, place = own.text("name"), own.place("name", start)
        if name and name in places:
            message = f"{kind} {quote(name)} of {what} is there more than once; rename one"
            findings.error(Code.DUPLICATE_OBJECT, message, place, (places[name],))
            continue
        places[name] = place
        parts.append(_Part(name, written, place))
    return tuple(parts)


def _chains(
    drafts: Mapping[str, _Draft], findings: Findings, budget: Budget
) -> Mapping[str, tuple[_Draft, ...]]:
    """Each dashboard as drafts to lay over each other: what it extends, each once, then its own."""
    parents = {name: _parents(draft, drafts, findings, budget) for name, draft in drafts.items()}
    for group in circles(parents):
        for name in group:
            message = f"dashboard {quote(name)} extends itself; break the circle"
            place = drafts[name].written["extends"].place
            findings.error(Code.CIRCULAR_EXTENDS, message, place)
            parents[name] = []
    found: dict[str, tuple[_Draft, ...]] = {}
    for name in _parents_first(parents):
        chain: dict[str, _Draft] = {}
        for parent in parents[name]:
            budget.spend(len(found[parent]))
            for draft in found[parent]:
                chain.setdefault(draft.name, draft)
        found[name] = (*chain.values(), drafts[name])
    return {name: found[name] for name in drafts}


def _parents(
    draft: _Draft, drafts: Mapping[str, _Draft], findings: Findings, budget: Budget
) -> list[str]:
    found: list[str] = []
    values = Values(draft.written, f"dashboard {quote(draft.name)}", findings, budget)
    for parent, place in values.named("extends"):
        if parent in drafts:
            found.append(parent)
            continue
        hint = did_you_mean(parent, drafts) or "; include its file in the model"
        message = f"`extends` of {quote(draft.name)} names unknown dashboard {quote(parent)}{hint}"
        findings.error(Code.UNKNOWN_DASHBOARD, message, place)
    return found


def _parents_first(parents: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The names in an order in which each comes after all that it extends."""
    done: dict[str, None] = {}
    for name in parents:
        stack = [name]
        while stack:
            ahead = [each for each in parents[stack[-1]] if each not in done]
            if ahead:
                stack.append(ahead[0])
            else:
                done[stack.pop()] = None
    return done


def _overlaid(below: _Draft, above: _Draft, budget: Budget) -> _Draft:
    """`above` over `below`: what has a name is merged with what has the same, all else replaced."""
    budget.spend(5 * (len(below.written) + len(above.written)))
    inherited = {key: spot for key, spot in below.written.items() if key not in _OPTIONS}
    return _Draft(
        above.name,
        above.place,
        {**inherited, **above.written},
        _joined(below.elements, above.elements, budget),
        _joined(below.filters, above.filters, budget),
    )


def _joined(
    below: tuple[_Part, ...], above: tuple[_Part, ...], budget: Budget
) -> tuple[_Part, ...]:
    overlays = {part.name: part for part in above if part.name}
    joined: list[_Part] = []
    for part in below:
        budget.spend(1 + len(part.written))
        over = overlays.pop(part.name, None) if part.name else None
        if over is not None:
            part = _Part(part.name, {**part.written, **over.written}, over.place)
        joined.append(part)
    joined.extend(part for part in above if not part.name or part.name in overlays)
    return tuple(joined)


def _dashboard(draft: _Draft, model: str, findings: Findings, budget: Budget) -> Dashboard:
    values = Values(draft.written, f"dashboard {quote(draft.name)}", findings, budget)
    elements = tuple(
        build_tile(part.written, part.name, part.place, model, findings, budget)
        for part in draft.elements
    )
    layout = values.text("layout")
    if layout and layout not in _LAYOUTS:
        hint = did_you_mean(layout, _LAYOUTS) or f"; write one of {', '.join(_LAYOUTS)}"
        message = f"`layout` can't be {quote(layout)}{hint}"
        findings.warning(Code.INVALID_VALUE, message, values.place("layout", draft.place))
    dashboard = Dashboard(
        name=draft.name,
        model=model,
        place=draft.place,
        title=values.text("title") or humanise(draft.name),
        description=values.text("description"),
        layout=layout,
        elements=elements,
        filters=tuple(_filter(part, model, findings, budget) for part in draft.filters),
        extends=values.texts("extends"),
        extension_required=values.text("extension") == "required",
        tabs=_tabs(values, findings, budget),
        preferred_viewer=values.text("preferred_viewer"),
        preferred_slug=values.text("preferred_slug"),
        query_timezone=values.text("query_timezone"),
        refresh=values.text("refresh"),
        load_configuration=values.text("load_configuration"),
        width=values.number("width"),
        auto_run=values.flag("auto_run"),
        crossfilter_enabled=values.flag("crossfilter_enabled"),
        enable_viz_full_screen=values.flag("enable_viz_full_screen"),
        filters_bar_collapsed=values.flag("filters_bar_collapsed"),
        filters_location_top=values.flag("filters_location_top"),
        embed_style=values.mapping("embed_style"),
        others=values.left(_OPTIONS),
    )
    values.check_left(_OPTIONS)
    return dashboard


def _tabs(values: Values, findings: Findings, budget: Budget) -> tuple[tuple[str, str], ...]:
    tabs = (Values(each, "a tab", findings, budget) for each, _ in values.objects("tabs"))
    return tuple((tab.text("name"), tab.text("label")) for tab in tabs)


def _filter(part: _Part, model: str, findings: Findings, budget: Budget) -> DashboardFilter:
    what = f"filter {quote(part.name)}"
    if not part.name:
        message = "the filter has no name; tiles can't listen to it without; write `name:`"
        findings.error(Code.INVALID_VALUE, message, part.place)
    values = Values(part.written, what, findings, budget)
    explore, field = values.text("explore"), values.text("field") or values.text("dimension")
    mentions = (Mention("field", field, values.place("field", part.place)),) if field else ()
    multiple = values.flag("allow_multiple_values")
    default = values.text("default_value")
    mistake = syntax.liquid.mistake(default)
    if mistake is not None:
        message = f"the default of {what} can't be read: {mistake.message}"
        findings.error(mistake.code, message, values.place("default_value", part.place))
    found = DashboardFilter(
        name=part.name,
        place=part.place,
        model_place=values.place("model", part.place),
        title=values.text("title") or part.name,
        type=values.text("type"),
        model=values.text("model") or (model if explore else ""),
        explore=explore,
        field=field,
        default_value=default,
        allow_multiple_values=True if multiple is None else multiple,
        required=bool(values.flag("required")),
        ui_config=values.mapping("ui_config"),
        listens_to_filters=values.texts("listens_to_filters"),
        mentions=mentions,
    )
    values.check_left(("name", "dimension"))
    return found
