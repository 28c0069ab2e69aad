"""Format: how an answer is written, and what the writer is told beside the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from lookalike.results.answers import Answer, AnswerColumn


class QueryError(Struct, frozen=True):
    """Why a query failed. `line` and `column` point into its SQL and count from 1; 0 is unknown."""

    message: str
    details: str = ""
    line: int = 0
    column: int = 0


class Detail(Struct, frozen=True, kw_only=True):
    """What only the one who ran the query knows. `ran_at` is a date-time as the API writes it;
    `seconds` the time it took; `provenance` says which LookML the answer came from. `sql` is what a
    failed query asked; None for an asker who may not see it."""

    id: str = ""
    seconds: float = 0.0
    ran_at: str = ""
    from_cache: bool = False
    errors: tuple[QueryError, ...] = ()
    provenance: Mapping[str, str] = {}
    sql: str | None = None


class Options(Struct, frozen=True, kw_only=True):
    """`drill_from` is what the addresses of links to what is behind measures begin with, in formats
    that have any; None for no such links. `detail` is asked when the last row has been written."""

    apply_formatting: bool = False
    drill_from: str | None = None
    detail: Callable[[], Detail] = Detail


class Format(Struct, frozen=True, kw_only=True):
    """One format of results.

    `text_form` is the form in which an engine may write the rows by itself, empty if none will do.
    `frame` is then what stands before and behind such rows.
    """

    name: str
    media_type: str
    write: Callable[[Answer, Options], Iterator[bytes]]
    fail: Callable[[str, Detail], bytes]
    text_form: str = ""
    frame: Callable[[Sequence[AnswerColumn]], tuple[bytes, bytes]] = lambda columns: (b"", b"")
