"""Wording: how the texts of models, explores and dashboards read for one caller.

In: a caller and what was found for them. Out: the explore in the caller's language with its Liquid
rendered, and a key of all that this depends on; or the dashboard in the caller's language. Rule:
LookML reference, "Localizing your LookML model".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import model, query, syntax
from lookalike.instance import connections, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.models import FoundExplore, FoundModel, FoundOverview

_CHART_TEXTS = ("comparison_label", "single_value_title")
"""The options of a chart that are translated."""


class WordingKey(Struct, frozen=True):
    """What the texts of an explore depend on besides the explore. `minute` is when they are read,
    None if they don't ask for the time."""

    locale: str
    attributes: frozenset[tuple[str, str]]
    dialect: str
    zone: str
    minute: datetime | None


def key_of(instance: Instance, caller: Caller, found: FoundExplore) -> WordingKey:
    """All that decides how the texts of `found` read for the caller."""
    explore = found.model.explores[found.explore.name]
    locale, strings = _language(caller, found.strings)
    depends = instance.memos.wordings.get(
        (found.key, found.model.name, explore.name, locale),
        lambda: query.dependence(explore, strings),
    )
    names = caller.attributes if depends.attributes is None else depends.attributes
    dialect, zone = _database(instance, explore.connection)
    now = instance.clock().replace(second=0, microsecond=0)
    return WordingKey(
        locale=locale,
        attributes=frozenset(
            (name, caller.attributes[name]) for name in names if name in caller.attributes
        ),
        dialect=dialect,
        zone=zone,
        minute=now if depends.clock else None,
    )


def worded(
    instance: Instance, caller: Caller, found: FoundExplore, key: WordingKey
) -> model.Explore:
    """The explore as the caller reads it, with nothing asked of it."""
    reader = query.Reader(
        asker=query.Asker(
            now=key.minute or instance.clock(),
            zone=key.zone,
            database_zone=key.zone,
            attributes=dict(key.attributes),
            in_development=workspaces.is_dev(found.version.workspace),
        ),
        dialect=key.dialect,
        strings=_language(caller, found.strings)[1],
    )
    return query.Wording(found.explore, reader, syntax.Budget()).worded()


def strings_of(caller: Caller, found: FoundExplore | FoundOverview) -> Mapping[str, str]:
    """The texts of the project in the caller's language."""
    return _language(caller, found.strings)[1]


def board_of(
    caller: Caller, found: FoundModel | FoundOverview, board: model.Dashboard
) -> model.Dashboard:
    """A dashboard of the model in the caller's language; what its text tiles say stays."""
    strings = _language(caller, found.strings)[1]
    if not strings:
        return board
    return replace(
        board,
        title=strings.get(board.title, board.title),
        description=strings.get(board.description, board.description),
        elements=tuple([_tile(each, strings) for each in board.elements]),
        filters=tuple(
            [replace(each, title=strings.get(each.title, each.title)) for each in board.filters]
        ),
    )


def _tile(tile: model.DashboardElement, strings: Mapping[str, str]) -> model.DashboardElement:
    chart = {
        name: strings.get(text, text)
        for name in _CHART_TEXTS
        if isinstance(text := tile.vis.get(name), str)
    }
    return replace(
        tile,
        title=strings.get(tile.title, tile.title),
        note_text=strings.get(tile.note_text, tile.note_text),
        vis={**tile.vis, **chart},
    )


def _language(
    caller: Caller, strings: Mapping[str, Mapping[str, str]]
) -> tuple[str, Mapping[str, str]]:
    """The locale that is read, the empty one for the default, and its texts."""
    locale = caller.attributes.get("locale", "")
    return (locale, strings[locale]) if locale in strings else ("", strings.get("", {}))


def _database(instance: Instance, connection: str) -> tuple[str, str]:
    """Dialect and time zone; an explore is described even while its connection is missing."""
    try:
        settings = connections.settings_of(instance, connection)
    except NotFound:
        return "", "UTC"
    return settings.dialect, settings.timezone
