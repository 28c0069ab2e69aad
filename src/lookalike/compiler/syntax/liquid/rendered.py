"""What a rendered template is: plain text with holes that only the writer of SQL may fill.

A value that a user typed never becomes SQL text here. It stays a hole, and
`compiler/sql/literals.py` fills it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from msgspec import Struct

from lookalike.compiler.syntax.diagnostics import Diagnostic


class ConditionHole(Struct, frozen=True):
    """`{% condition field %} body {% endcondition %}`: what the filter on `field` asks of `body`.

    `field` is as written (`name` or `view.name`), empty when the tag names none.
    """

    field: str
    body: Pieces


class ParameterHole(Struct, frozen=True):
    """`{% parameter field %}` or `{{ field._parameter_value }}`: the chosen value as a literal of
    the type of the parameter."""

    field: str


class DateBoundHole(Struct, frozen=True):
    """`{% date_start field %}` or `{% date_end field %}`."""

    field: str
    end: bool


class QuotedHole(Struct, frozen=True):
    """A text that went through `sql_quote`: a string literal."""

    text: str


Hole: TypeAlias = ConditionHole | ParameterHole | DateBoundHole | QuotedHole
Pieces: TypeAlias = tuple[str | Hole, ...]


class Rendered(Struct, frozen=True):
    """`pieces` in order. With an error among the diagnostics they are what could be rendered."""

    pieces: Pieces
    diagnostics: tuple[Diagnostic, ...] = ()


class Scope(Protocol):
    """What a template may see. Names of fields are given as written: `name` (of the own view) or
    `view.name`.

    Rule: Looker, "Liquid variable reference".
    """

    @property
    def names(self) -> Mapping[str, Any]:
        """`_model._name`, `_view._name`, `_explore._name`, `_field._name`, `_dialect._name`,
        `_query._query_timezone` to their texts, and what else is called by a name."""

    def user_attribute(self, name: str) -> str | None:
        """The asker's value, None if the attribute is not set."""

    def filter_text(self, field: str) -> str | None:
        """The filter expression on a field as the user wrote it."""

    def parameter_text(self, field: str) -> str | None:
        """The chosen value of a parameter as authors compare it: `'AA'` with quotes for type
        string, else bare."""

    def is_view(self, name: str) -> bool: ...

    def is_field(self, field: str) -> bool: ...

    def in_query(self, name: str) -> bool:
        """Of a view or a field: is it selected, filtered or required?"""

    def is_selected(self, field: str) -> bool: ...

    def is_filtered(self, field: str) -> bool: ...


class Unasked:
    """Satisfies Scope where there is no question: only names, and the attributes of who asks."""

    __slots__ = ("_attributes", "names")

    names: Mapping[str, Any]

    def __init__(self, names: Mapping[str, Any], attributes: Mapping[str, str]) -> None:
        self.names = names
        self._attributes = attributes

    def user_attribute(self, name: str) -> str | None:
        return self._attributes.get(name)

    def filter_text(self, field: str) -> None:
        return None

    def parameter_text(self, field: str) -> None:
        return None

    def is_view(self, name: str) -> bool:
        return False

    def is_field(self, field: str) -> bool:
        return False

    def in_query(self, name: str) -> bool:
        return False

    def is_selected(self, field: str) -> bool:
        return False

    def is_filtered(self, field: str) -> bool:
        return False
