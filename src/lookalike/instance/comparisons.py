"""Comparisons: what two workspaces say differently, and which SQL differs because of it.

In: the ids of two workspaces, of whatever kind. Out: changes of meaning, and pairs of SQL texts of
small questions, written at one moment for one asker. No session changes its workspace for it, and
projects whose files are the same in both are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.model import Change, Explore, LookmlModel
from lookalike.instance import access, connections, models, projects, workspaces
from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import Version

MOST_PROBES = 2_000
"""How many fields a comparison asks for at most; a share of it goes to each explore."""
_LEAST_SHARE = 8


class SqlChange(Struct, frozen=True):
    """The SQL of a question for one field of an explore, before and after.

    A text is empty where the question can't be compiled; the error says why. `also` are further
    fields of the explore whose SQL differs in the same lines.
    """

    model: str
    explore: str
    field: str
    before_sql: str
    after_sql: str
    before_error: str = ""
    after_error: str = ""
    also: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """`is_complete` is false where there was more SQL to compare than is compared at once.

    `sql_changes` are empty for a caller who may not see SQL.
    """

    changes: tuple[Change, ...]
    sql_changes: tuple[SqlChange, ...]
    from_versions: tuple[Version, ...]
    to_versions: tuple[Version, ...]
    is_complete: bool = True


class _Probe(Struct, frozen=True):
    """An explore as both workspaces have it, and the fields to ask it for."""

    model: str
    before: tuple[Explore, LookmlModel]
    after: tuple[Explore, LookmlModel]
    fields: tuple[str, ...]


class _Text(Struct, frozen=True):
    sql: str
    error: str


def compare(
    instance: Instance, caller: Caller, from_workspace: str, to_workspace: str
) -> Comparison:
    """What differs from one workspace to the other, in every project that the caller sees.

    Raises Invalid or NotFound for a workspace that does not exist; NotAllowed without `see_lookml`,
    and without `develop` for anything but production.
    """
    access.require(caller, Permission.SEE_LOOKML)
    callers = [
        workspaces.within(instance, caller, workspace)
        for workspace in (from_workspace, to_workspace)
    ]
    changes: list[Change] = []
    probes: list[_Probe] = []
    versions: list[tuple[Version, Version]] = []
    for project in projects.list_projects(instance, caller):
        old, new = (workspaces.version_of(instance, each, project) for each in callers)
        versions.append((old, new))
        before = models.assembled_of(instance, callers[0], old).project
        after = models.assembled_of(instance, callers[1], new).project
        if before is after:
            continue
        found = _seen(caller, model.compare(before, after))
        changes.extend(found)
        probes.extend(_probes(caller, before, after, found))
    sql_changes: tuple[SqlChange, ...] = ()
    is_complete = True
    if caller.may(Permission.SEE_SQL) and probes:
        share = max(_LEAST_SHARE, MOST_PROBES // len(probes))
        is_complete = all(len(probe.fields) <= share for probe in probes)
        sql_changes = tuple(_sql_changes(instance, caller, probes, share))
    return Comparison(
        changes=tuple(changes),
        sql_changes=sql_changes,
        from_versions=tuple(old for old, _ in versions),
        to_versions=tuple(new for _, new in versions),
        is_complete=is_complete,
    )


def _seen(caller: Caller, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes without the models that the caller's roles do not cover."""
    found = (
        replace(change, models=tuple(name for name in change.models if caller.sees_model(name)))
        for change in changes
    )
    return tuple(change for change in found if change.models)


def _probes(
    caller: Caller, before: model.Project, after: model.Project, changes: Sequence[Change]
) -> Iterator[_Probe]:
    """The explores of both whose SQL may differ, with the likeliest fields first."""
    named = {change.name for change in changes}
    for name, new in after.models.items():
        old = before.models.get(name)
        if old is None or not caller.sees_model(name):
            continue
        for explore in model.touched(changes, new):
            pair = _visible(caller, old, explore), _visible(caller, new, explore)
            if pair[0] is None or pair[1] is None:
                continue
            fields = _fields(pair[0], pair[1], named)
            yield _Probe(name, (pair[0], old), (pair[1], new), fields)


def _visible(caller: Caller, found: LookmlModel, name: str) -> Explore | None:
    explore = found.explores.get(name)
    return None if explore is None else access.visible(explore, access.grants(caller, found))


def _fields(before: Explore, after: Explore, named: set[str]) -> tuple[str, ...]:
    """The columns of both: those that changed, then one of each view, then the rest."""
    columns = [
        name
        for name, field in after.fields.items()
        if isinstance(field, model.Dimension | model.Measure)
        and isinstance(before.fields.get(name), model.Dimension | model.Measure)
    ]
    changed = [name for name in columns if _declared(after, name) in named]
    first: dict[str, str] = {}
    for name in columns:
        first.setdefault(name.partition(".")[0], name)
    return tuple(dict.fromkeys((*changed, *first.values(), *columns)))


def _declared(explore: Explore, name: str) -> str:
    """The field by the view that declares it, as a change names it."""
    alias, _, field = name.partition(".")
    view = explore.view_of(alias)
    return f"{view.name}.{field}" if view is not None else name


def _sql_changes(
    instance: Instance, caller: Caller, probes: Sequence[_Probe], share: int
) -> Iterator[SqlChange]:
    now = instance.clock()
    asker = query.Asker(now=now, attributes=caller.attributes)
    for probe in probes:
        found: dict[tuple[str, ...], SqlChange] = {}
        for field in probe.fields[:share]:
            question = query.Query(
                model=probe.model,
                explore=probe.after[0].name,
                fields=(field,),
                limit=query.UNLIMITED,
            )
            before = _compile(instance, question, *probe.before, asker)
            after = _compile(instance, question, *probe.after, asker)
            if before == after:
                continue
            key = _differing(before, after)
            known = found.get(key)
            found[key] = (
                replace(known, also=(*known.also, field))
                if known is not None
                else SqlChange(
                    probe.model,
                    probe.after[0].name,
                    field,
                    before.sql,
                    after.sql,
                    before.error,
                    after.error,
                )
            )
        yield from found.values()


def _compile(
    instance: Instance,
    question: query.Query,
    explore: Explore,
    found: LookmlModel,
    asker: query.Asker,
) -> _Text:
    """The SQL of a question as if deployed: lines for development only are left out."""
    try:
        settings = connections.settings_of(instance, explore.connection)
    except NotFound as error:
        return _Text("", str(error))
    asker = replace(asker, zone=settings.timezone, database_zone=settings.timezone)
    planned = query.plan(
        question, explore, asker, settings.dialect, syntax.Budget(), found.explores
    )
    if planned.plan is None:
        return _Text("", next(one.message for one in planned.diagnostics if one.is_error))
    return _Text(sql.write(planned.plan, sql.DIALECTS[settings.dialect]).text, "")


def _differing(before: _Text, after: _Text) -> tuple[str, ...]:
    """The lines that differ: one change of an explore alters the SQL of all its fields alike."""
    if before.error or after.error:
        return (before.error, after.error)
    lost, gained = (Counter(text.sql.splitlines()) for text in (before, after))
    return (*(lost - gained).elements(), "", *(gained - lost).elements())
