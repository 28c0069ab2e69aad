"""The kinds of difference from PyPI `lkml` that are known, each with the reason why ours is right.

What no kind explains is a mistake of ours until it is understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from lookalike.compiler.syntax import Code, Diagnostic, lookml
from tests.corpus.compare import Difference, Outcome
from tests.corpus.rows import Row

_COMMENT = re.compile(r"\#[^\n\r]*+")
_BLANKS_OF_THEIRS = " \t\n"


class Kind(Struct, frozen=True):
    """A difference of parameters; `explains` tells whether this is it."""

    name: str
    reason: str
    explains: Callable[[Outcome, Difference], bool]


class Refusal(Struct, frozen=True):
    """A file that `lkml` refuses and that we read without an error."""

    name: str
    reason: str
    explains: Callable[[Outcome], bool]


class Report(Struct, frozen=True):
    """A mistake that we report in a file that `lkml` reads."""

    name: str
    reason: str
    explains: Callable[[Diagnostic], bool]


def _is_escaped_quote(_outcome: Outcome, difference: Difference) -> bool:
    theirs, ours = difference.theirs, difference.ours
    if theirs is None or ours is None or theirs.form != "string":
        return False
    return Row(theirs.path, theirs.form, theirs.text.replace('\\"', '"')) == ours


def _is_behind_a_stray_brace(outcome: Outcome, difference: Difference) -> bool:
    return difference.theirs is None and _reports(outcome, Code.STRAY_BRACE)


def _is_in_unclosed_sql(outcome: Outcome, difference: Difference) -> bool:
    theirs, ours = difference.theirs, difference.ours
    if ours is None or not _reports(outcome, Code.UNCLOSED_SQL):
        return False
    return theirs is None or (
        theirs.path == ours.path
        and theirs.form == ours.form == "sql"
        and theirs.text.startswith(ours.text)
    )


def _is_a_foreign_blank(_outcome: Outcome, difference: Difference) -> bool:
    theirs, ours = difference.theirs, difference.ours
    if theirs is None or ours is None:
        return False
    return Row(_plain(theirs.path), theirs.form, _plain(theirs.text)) == ours


def _ends_at_a_semicolon(_outcome: Outcome, difference: Difference) -> bool:
    return _is_cut(difference, ";")


def _ends_at_a_comment(_outcome: Outcome, difference: Difference) -> bool:
    return _is_cut(difference, "#")


def _is_cut(difference: Difference, sign: str) -> bool:
    """Whether our atom is theirs up to `sign`."""
    theirs, ours = difference.theirs, difference.ours
    if theirs is None or ours is None or theirs.form != "atom" or sign not in theirs.text:
        return False
    return Row(theirs.path, theirs.form, theirs.text.partition(sign)[0]) == ours


def _is_a_second_colon(outcome: Outcome, difference: Difference) -> bool:
    theirs, ours = difference.theirs, difference.ours
    if theirs is None or ours is None or theirs.form != "sql":
        return False
    return _warns(outcome, "one colon is enough") and theirs.text.lstrip(": \t\n") == ours.text


def _reports(outcome: Outcome, code: Code) -> bool:
    return any(found.code is code for found in outcome.errors)


def _plain(text: str) -> str:
    """Without the blanks that are none to `lkml`."""
    return "".join(sign for sign in text if not _is_foreign(sign))


def _is_foreign(sign: str) -> bool:
    return sign in "\ufeff\u200b" or (sign.isspace() and sign not in _BLANKS_OF_THEIRS)


def _repeats_a_parameter(outcome: Outcome) -> bool:
    return "already exists in tree" in outcome.refused


def _has_a_loose_semicolon(outcome: Outcome) -> bool:
    parsed = outcome.parsed
    gaps = _gaps(parsed.root, parsed.text)
    return any(";" in _COMMENT.sub("", gap) for gap in gaps)


def _has_a_comment_at_an_atom(outcome: Outcome) -> bool:
    text = outcome.parsed.text
    return any(
        value.form is lookml.Form.ATOM and text.startswith("#", value.end)
        for value in _values(outcome.parsed.root)
    )


def _has_a_quoted_name(outcome: Outcome) -> bool:
    text = outcome.parsed.text
    return any(
        entry.key and text.startswith('"', entry.start)
        for items in _lists(outcome.parsed.root)
        for entry in items.entries
    )


def _has_a_blank_before_sql(outcome: Outcome) -> bool:
    return any(
        outcome.parsed.text[value.start + len(value.key)] != ":"
        for value in _values(outcome.parsed.root)
        if value.form is lookml.Form.SQL
    )


def _values(block: lookml.Block) -> Iterator[lookml.Value]:
    for node in block.nodes:
        if isinstance(node, lookml.Block):
            yield from _values(node)
        elif isinstance(node, lookml.Value):
            yield node


def _lists(block: lookml.Block) -> Iterator[lookml.Items]:
    for node in block.nodes:
        if isinstance(node, lookml.Block):
            yield from _lists(node)
        elif isinstance(node, lookml.Items):
            yield node


def _warns(outcome: Outcome, message: str) -> bool:
    return any(found.message.startswith(message) for found in outcome.parsed.diagnostics)


def _has_a_foreign_blank(outcome: Outcome) -> bool:
    parsed = outcome.parsed
    text = parsed.text.replace("\r\n", "\n")
    gaps = _gaps(parsed.root, text) if text == parsed.text else [text]
    return any(_is_foreign(sign) for gap in gaps for sign in _COMMENT.sub("", gap))


def _gaps(block: lookml.Block, text: str) -> Iterator[str]:
    """What stands between parameters, without the `;;` that end SQL."""
    at = block.value_start + 1 if block.key else 0
    for node in block.nodes:
        yield text[at : node.start]
        if isinstance(node, lookml.Block):
            yield from _gaps(node, text)
        at = node.end
        if isinstance(node, lookml.Value) and node.form is lookml.Form.SQL:
            at += len(";;")
    yield text[at : block.end]


KINDS = (
    Kind(
        "escaped quote",
        r'`\"` in a quoted text stands for `"`; `lkml` keeps the backslash, as it writes it back',
        _is_escaped_quote,
    ),
    Kind(
        "behind a brace that closes nothing",
        "`lkml` stops at a `}` too many and drops the rest of the file without a word; "
        "we report the brace and read on",
        _is_behind_a_stray_brace,
    ),
    Kind(
        "SQL whose `;;` is forgotten",
        "`lkml` takes the parameters that follow into the SQL; we report it where the SQL begins, "
        "and read them",
        _is_in_unclosed_sql,
    ),
    Kind(
        "foreign blank",
        "a byte order mark, a no-break or a zero-width space is a blank; to `lkml` it is a letter "
        "of the name or value beside it",
        _is_a_foreign_blank,
    ),
    Kind(
        "semicolon right behind a value",
        "`hidden: yes;;` says `yes`; to `lkml` the semicolons are a part of the value",
        _ends_at_a_semicolon,
    ),
    Kind(
        "comment right behind a value",
        "a comment begins at `#` wherever no quoted text and no SQL stands; to `lkml` it is a part "
        "of the value, as far as its first blank",
        _ends_at_a_comment,
    ),
    Kind(
        "second colon before SQL",
        "`lkml` forgives `label::`, but takes the second colon of `sql::` into the SQL; "
        "we forgive both, with a warning",
        _is_a_second_colon,
    ),
)

REFUSALS = (
    Refusal(
        "parameter written twice",
        "a dictionary cannot hold it; a tree can, and the mistake is reported where it is known "
        "which parameters may repeat, when the model is assembled",
        _repeats_a_parameter,
    ),
    Refusal(
        "loose semicolon",
        "`;;` behind a parameter that is no SQL says nothing, and a single `;` is a slip that we "
        "warn of; `lkml` refuses the first, and never returns from the second",
        _has_a_loose_semicolon,
    ),
    Refusal(
        "comment right behind a value",
        "a comment begins at `#` wherever no quoted text and no SQL stands",
        _has_a_comment_at_an_atom,
    ),
    Refusal(
        "quoted name in a list",
        '`filters: ["orders.status": "done"]` says the same as without the quotes of the name',
        _has_a_quoted_name,
    ),
    Refusal(
        "blank before the colon of SQL",
        "a blank may stand before any colon; `lkml` knows SQL by the colon right behind its name, "
        "so it reads the SQL as LookML",
        _has_a_blank_before_sql,
    ),
    Refusal(
        "two commas",
        "an empty place in a list is a slip that we warn of",
        lambda outcome: _warns(outcome, "one comma is enough"),
    ),
    Refusal(
        "colon behind no name",
        "Looker passes over it (joshtemple/lkml, issue 90); we warn of it",
        lambda outcome: _warns(outcome, "this colon stands behind no name"),
    ),
    Refusal(
        "foreign blank",
        "a byte order mark, a no-break or a zero-width space between parameters is a blank",
        _has_a_foreign_blank,
    ),
)

REPORTS = (
    Report(
        "brace that closes nothing",
        "what stands behind it would be lost without a word",
        lambda found: found.code is Code.STRAY_BRACE,
    ),
    Report(
        "SQL whose `;;` is forgotten",
        "it would hold the parameters that follow, which no database understands",
        lambda found: found.code is Code.UNCLOSED_SQL,
    ),
)


def kind_of(outcome: Outcome, difference: Difference) -> Kind | None:
    return next((kind for kind in KINDS if kind.explains(outcome, difference)), None)


def refusal_of(outcome: Outcome) -> Refusal | None:
    return next((kind for kind in REFUSALS if kind.explains(outcome)), None)


def report_of(found: Diagnostic) -> Report | None:
    return next((kind for kind in REPORTS if kind.explains(found)), None)
