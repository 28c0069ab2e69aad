"""Views: a table, or the SQL that makes one, and the fields on it. Rule: LookML reference, "View
parameters"."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.compiler.model.fields import Field, Sql
from lookalike.compiler.syntax import NOWHERE, Diagnostic, Place


class SourceColumn(Struct, frozen=True):
    """`column: name { field: … }` of a native derived table; `field` is empty where none is
    written."""

    name: str
    field: str = ""
    place: Place = NOWHERE


class DerivedColumn(Struct, frozen=True):
    """`derived_column: name { sql: … }`."""

    name: str
    sql: Sql


class ExploreSource(Struct, frozen=True, kw_only=True):
    """The question behind a native derived table."""

    explore: str
    columns: tuple[SourceColumn, ...] = ()
    derived_columns: tuple[DerivedColumn, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    dev_filters: tuple[tuple[str, str], ...] = ()  # in development these hold as well
    sorts: tuple[str, ...] = ()
    limit: int | None = None
    timezone: str = ""
    bind_filters: tuple[tuple[str, str], ...] = ()  # (from_field, to_field)
    bind_all_filters: bool = False
    expression_custom_filter: Sql | None = None
    place: Place


class DerivedTable(Struct, frozen=True, kw_only=True):
    """Exactly one of `sql` and `explore_source`, unless the declaration is broken or builds its
    table by itself.

    `persistence` keeps the parameters that make it persistent, by name.
    """

    sql: Sql | None = None
    explore_source: ExploreSource | None = None
    persistence: Mapping[str, str]
    place: Place

    @property
    def is_persistent(self) -> bool:
        return bool(self.persistence)


class FieldSet(Struct, frozen=True):
    """`fields` as written: `f`, `view.f`, `set*`, `view.set*`, `ALL_FIELDS*`, each with optional
    `-`."""

    name: str
    fields: tuple[str, ...]
    place: Place


class View(Struct, frozen=True, kw_only=True):
    """`fields` maps the bare name to the field, in declaration order, members of groups too. `lost`
    are the members that a group might have, did it not have the mistake that is told of it."""

    name: str
    place: Place
    label: str = ""  # written only
    sql_table_name: Sql | None = None
    derived_table: DerivedTable | None = None
    fields: Mapping[str, Field]
    sets: Mapping[str, FieldSet]
    lost: Mapping[str, Diagnostic] = {}
    primary_key: str = ""  # bare name of the dimension
    is_key_misread: bool = False  # whether a dimension that may be it can't be read
    autogenerate_primary_keys: bool = False
    drill_fields: tuple[str, ...] = ()
    suggestions: bool = True
    required_access_grants: tuple[str, ...] = ()
    extension_required: bool = False
