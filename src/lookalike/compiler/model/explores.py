"""Explores: which views a question may use together, and how. Rule: LookML reference, "Explore
parameters"."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from lookalike.compiler.model.fields import Field, Sql
from lookalike.compiler.model.views import FieldSet, View
from lookalike.compiler.syntax import Diagnostic, Place


class Relationship(StrEnum):
    """From the views that `sql_on` names to the joined view."""

    MANY_TO_ONE = "many_to_one"
    ONE_TO_ONE = "one_to_one"
    ONE_TO_MANY = "one_to_many"
    MANY_TO_MANY = "many_to_many"


class JoinType(StrEnum):
    LEFT_OUTER = "left_outer"
    INNER = "inner"
    FULL_OUTER = "full_outer"
    CROSS = "cross"


class Join(Struct, frozen=True, kw_only=True):
    """One join; `name` is the alias. At most one of `sql_on`, `foreign_key`, `sql_foreign_key` and
    `sql` is set.

    `foreign_key` is a field as written; `sql` is the legacy complete join text.
    """

    name: str
    view: View
    place: Place
    type: JoinType = JoinType.LEFT_OUTER
    relationship: Relationship = Relationship.MANY_TO_ONE
    sql_on: Sql | None = None
    sql_where: Sql | None = None
    foreign_key: str = ""
    sql_foreign_key: Sql | None = None
    sql: Sql | None = None
    sql_table_name: Sql | None = None
    required_joins: tuple[str, ...] = ()
    fields: tuple[str, ...] | None = None  # as written
    view_label: str | None = None
    required_access_grants: tuple[str, ...] = ()
    outer_only: bool = False
    from_: str = ""  # as written


class AccessFilter(Struct, frozen=True):
    """The asker's attribute value, as a filter expression, always filters `field` (a full name)."""

    field: str
    user_attribute: str


class ConditionalFilter(Struct, frozen=True):
    """Default filters, dropped when the question filters any field of `unless`. Full names."""

    filters: tuple[tuple[str, str], ...]
    unless: tuple[str, ...] = ()


class Explore(Struct, frozen=True, kw_only=True):
    """`base` is the alias of the base view. `fields` maps `alias.field` to the field, after every
    `fields:` rule.

    `references` maps `alias.field` to every field of every used view: SQL may refer to what a
    question may not select. `withheld` are those that a grant withholds from the one who asks; none
    in an explore as it is built. `sets` maps `alias.set`. `errors` are the diagnostics about this
    explore; a field named in one of them (`Diagnostic.field`) can't be used, all others can.
    """

    name: str
    model: str
    project: str
    connection: str
    place: Place
    base: str
    view: View
    joins: tuple[Join, ...] = ()  # declaration order
    fields: Mapping[str, Field]
    references: Mapping[str, Field]
    withheld: frozenset[str] = frozenset()
    sets: Mapping[str, FieldSet]
    label: str
    view_label: str | None = None  # of the base view's fields, written only
    group_label: str = ""
    description: str = ""
    hidden: bool = False
    tags: tuple[str, ...] = ()
    extension_required: bool = False
    sql_table_name: Sql | None = None
    sql_always_where: Sql | None = None
    sql_always_having: Sql | None = None
    always_join: tuple[str, ...] = ()
    always_filter: tuple[tuple[str, str], ...] = ()  # (full name, filter expression)
    conditionally_filter: ConditionalFilter | None = None
    access_filters: tuple[AccessFilter, ...] = ()
    required_access_grants: tuple[str, ...] = ()
    cancel_grouping_fields: tuple[str, ...] = ()
    symmetric_aggregates: bool = True
    autogenerate_primary_keys: bool = False
    case_sensitive: bool = True
    persist_for: str = ""
    persist_with: str = ""
    week_start_day: int = 0  # 0 is Monday
    fiscal_month_offset: int = 0
    views: Mapping[
        str, View
    ]  # every view of the model: derived tables may name views that are not joined
    errors: tuple[Diagnostic, ...] = ()

    def view_of(self, alias: str) -> View | None:
        """The view behind an alias of this explore."""
        if alias == self.base:
            return self.view
        return next((join.view for join in self.joins if join.name == alias), None)

    def generates_key(self, alias: str) -> bool:
        """Are the rows of `alias` numbered where they must be told apart? Not those of a join whose
        text names its own table. Rule: LookML reference, `autogenerate_primary_keys`."""
        view = self.view_of(alias)
        if view is None or view.primary_key:
            return False
        is_asked = self.autogenerate_primary_keys or view.autogenerate_primary_keys
        return is_asked and all(join.sql is None for join in self.joins if join.name == alias)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The base view's alias, then the joins' in declaration order."""
        return (self.base, *(join.name for join in self.joins))
