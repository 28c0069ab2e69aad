"""Diagnostics: what the compiler says about a text, and where.

A user's mistake is a value with a place. It is collected, never raised.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace


class Span(Struct, frozen=True, gc=False):
    """Half-open range of character offsets in one text."""

    start: int = 0
    end: int = 0


class Place(Struct, frozen=True, gc=False):
    """A span in a named file of a project; `line` and `column` count from 1, 0 means unknown."""

    path: str = ""
    span: Span = Span()
    line: int = 0
    column: int = 0


NOWHERE = Place()
MOST_SHOWN = 100


class Severity(StrEnum):
    """How bad it is. The words are those of the API's ProjectError."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Kind(StrEnum):
    """The API's ProjectError `kind`."""

    SYNTAX = "syntax"
    MODEL = "model_configuration"
    DEPRECATION = "deprecation"
    QUERY = "query"


class Code(StrEnum):
    """Every code the compiler may report. Codes are stable; messages may change.

    One member a mistake; what each means stands in `MEANINGS`, from which the reference page is
    written.
    """

    # syntax
    SYNTAX = "syntax_error"
    UNCLOSED_BLOCK = "unclosed_block"
    UNCLOSED_STRING = "unclosed_string"
    UNCLOSED_SQL = "unclosed_sql"
    STRAY_BRACE = "stray_brace"
    STRAY_COLON = "stray_colon"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    OLD_LOOKML = "old_lookml"
    # declarations
    UNKNOWN_PARAMETER = "unknown_parameter"
    INVALID_VALUE = "invalid_value"
    DUPLICATE_PARAMETER = "duplicate_parameter"
    DUPLICATE_OBJECT = "duplicate_object"
    DUPLICATE_FIELD = "duplicate_field"
    DEPRECATED = "deprecated"
    # files and projects
    INCLUDE_NOT_FOUND = "include_not_found"
    UNKNOWN_PROJECT = "unknown_project"
    UNKNOWN_CONSTANT = "unknown_constant"
    CIRCULAR_CONSTANT = "circular_constant"
    MISSING_MODEL = "missing_model"
    MISSING_CONNECTION = "missing_connection"
    # objects
    UNKNOWN_VIEW = "unknown_view"
    UNKNOWN_MODEL = "unknown_model"
    UNKNOWN_EXPLORE = "unknown_explore"
    UNKNOWN_JOIN = "unknown_join"
    UNKNOWN_DASHBOARD = "unknown_dashboard"
    UNKNOWN_FILTER = "unknown_filter"
    CIRCULAR_EXTENDS = "circular_extends"
    REFINEMENT_WITHOUT_BASE = "refinement_without_base"
    REFINEMENT_AFTER_FINAL = "refinement_after_final"
    TABLE_AND_DERIVED_TABLE = "table_and_derived_table"
    MULTIPLE_PRIMARY_KEYS = "multiple_primary_keys"
    MISSING_RELATIONSHIP = "missing_relationship"
    MISSING_JOIN_CONDITION = "missing_join_condition"
    MISSING_PRIMARY_KEY = "missing_primary_key"
    UNKNOWN_SET = "unknown_set"
    UNKNOWN_GRANT = "unknown_grant"
    UNKNOWN_DATAGROUP = "unknown_datagroup"
    UNKNOWN_VALUE_FORMAT = "unknown_value_format"
    UNKNOWN_MAP_LAYER = "unknown_map_layer"
    # fields and references
    UNKNOWN_FIELD = "unknown_field"
    INACCESSIBLE_VIEW = "inaccessible_view"
    CIRCULAR_REFERENCE = "circular_reference"
    AGGREGATE_IN_DIMENSION = "aggregate_in_dimension"
    NESTED_AGGREGATE = "nested_aggregate"
    UNEXPECTED_SQL = "unexpected_sql"
    MISSING_SQL = "missing_sql"
    NOT_A_PARAMETER = "not_a_parameter"
    LIQUID = "liquid_error"
    UNSAFE_TEXT = "unsafe_text"
    MISSING_TRANSLATION = "missing_translation"
    # queries
    EMPTY_QUERY = "empty_query"
    INVALID_FILTER = "invalid_filter"
    INVALID_LIMIT = "invalid_limit"
    INVALID_EXPRESSION = "invalid_expression"
    INVALID_TIMEZONE = "invalid_timezone"
    INVALID_COMPARISON = "invalid_comparison"
    FILTER_NOT_ALLOWED = "filter_not_allowed"
    MISSING_ATTRIBUTE = "missing_attribute"
    FAN_OUT_WITHOUT_KEY = "fan_out_without_key"
    NOT_SUPPORTED = "not_supported"
    BUDGET = "budget_exhausted"
    # data tests
    ASSERTION_FAILED = "assertion_failed"
    TEST_QUERY_FAILED = "test_query_failed"


class Diagnostic(Struct, frozen=True):
    """One message about a text.

    `message` is a whole sentence, lower-case start, no full stop, names in backticks, then what to
    do. `model`, `explore` and `field` (`view.field`) say what the message is attached to, where
    that is known.
    """

    code: Code
    message: str
    place: Place = NOWHERE
    severity: Severity = Severity.ERROR
    kind: Kind = Kind.MODEL
    model: str = ""
    explore: str = ""
    field: str = ""
    related: tuple[Place, ...] = ()

    def in_file(self, path: str) -> Diagnostic:
        """The same message, once the path of its text is known."""
        return replace(self, place=replace(self.place, path=path))

    @property
    def is_error(self) -> bool:
        return self.severity in (Severity.FATAL, Severity.ERROR)


def shown(text: str) -> str:
    """A text that a user typed, as a message repeats it: its beginning, if it is long."""
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


class Lines:
    """Offsets of one text turned into lines and columns, both counted from 1. Where the lines begin
    is found out when it is first asked: of many files it never is."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: Sequence[int] = ()

    def place(self, start: int, end: int, path: str = "") -> Place:
        """The place of `text[start:end]`."""
        starts = self._starts
        if not starts:
            widths = [len(line) + 1 for line in self._text.split("\n")]
            starts = self._starts = [0, *accumulate(widths[:-1])]
        line = bisect_right(starts, start)
        return Place(path, Span(start, end), line, start - starts[line - 1] + 1)
