"""Query: the question as a value. Rule: API, schema WriteQuery."""

from __future__ import annotations

from msgspec import Struct

DEFAULT_LIMIT = 500
UNLIMITED = -1


class Query(Struct, frozen=True, kw_only=True):
    """A question to one explore.

    `fields`, filters and sorts name fields as `view.field`. `filters` are (field, filter
    expression). An entry of `sorts` is `view.field`, optionally followed by `asc` or `desc`; the
    single entry `__UNSORTED__` means no order. `limit` counts rows: 500 unless written, -1 for all.
    `timezone` is an IANA name, empty for the connection's. `decorated` asks for all that the HTML
    and the links of the answer show.
    """

    model: str
    explore: str
    fields: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    filter_expression: str = ""
    sorts: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    timezone: str = ""
    pivots: tuple[str, ...] = ()
    fill_fields: tuple[str, ...] = ()
    subtotals: tuple[str, ...] = ()
    dynamic_fields: str = ""
    column_limit: int = 50
    total: bool = False
    row_total: str = ""
    decorated: bool = True
