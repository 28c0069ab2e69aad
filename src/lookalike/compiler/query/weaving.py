"""Weaving: SQL text of a developer and what is inserted into it become one expression.

In: texts and expressions in order. Out: a Fragment. Invariant: an expression is inserted in code
only, apart from other tokens, and the whole ends in code; so whatever value a user chose, the text
around it is read in the same way.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lookalike.compiler import syntax
from lookalike.compiler.query.plans import (
    Alias,
    CteTable,
    Expression,
    Fragment,
    Literal,
    TableOf,
)
from lookalike.compiler.query.reports import Report
from lookalike.compiler.syntax import Code, Place

quotes = syntax.quotes
Inside = quotes.Inside


class Weaving:
    """One Fragment in the making. The first thing that is wrong with it is reported."""

    __slots__ = (
        "_behind_value",
        "_field",
        "_parts",
        "_place",
        "_refused",
        "_report",
        "_spot",
        "_texts",
    )

    def __init__(self, report: Report, field: str, place: Place) -> None:
        self._report = report
        self._field = field
        self._place = place
        self._parts: list[str | Expression] = []
        self._texts: list[str] = []  # written since `_spot`
        self._spot: quotes.Spot = quotes.CODE
        self._behind_value = False  # `_spot` is right behind an inserted expression
        self._refused = False

    def write(self, text: str) -> None:
        """Add text."""
        if text:
            self._texts.append(text)

    def takes_value(self) -> bool:
        """Can a value be inserted here? If not, it is left out of a comment and refused in
        quotes."""
        spot = self.spot()
        if spot.in_comment:
            self._skip(spot)
        elif spot.inside is not Inside.CODE:
            self._refuse_in(spot)
        return spot.inside is Inside.CODE

    def insert(self, of: Expression, fits_quotes: bool = False) -> None:
        """Add an expression; `fits_quotes` if it is a value without quotes of its own."""
        spot = self.spot()
        if spot.inside is Inside.CODE:
            if self._behind_value or not spot.is_open:
                self._refuse(f"stands right behind another, a text or a letter; {_APART}")
            self._parts.append(of)
            self._spot, self._behind_value = quotes.CODE, True
        elif spot.inside in (Inside.DOLLARS, Inside.UNCLEAR):
            self._refuse_in(spot)
        elif name := _plain_name(of):
            self._parts.append(name)
        elif spot.in_comment:
            self._skip(spot)
        elif fits_quotes and _is_plain_value(of):
            self._parts.append(of)
        else:
            self._refuse_in(spot)

    def spot(self) -> quotes.Spot:
        """Where the text so far leaves off."""
        if self._texts:
            text = "".join(self._texts)
            self._texts.clear()
            if self._behind_value and quotes.runs_on(text):
                self._refuse(f"stands right before a text; {_APART}")
            self._parts.append(text)
            self._spot, self._behind_value = quotes.leaves_off(text, self._spot), False
        return self._spot

    def expression(self) -> Expression:
        """All that was added."""
        spot = self.spot()
        if not spot.is_closed:
            self._say(f"this SQL ends in {spot.inside}; close it")
        parts = self._parts
        if len(parts) == 1 and not isinstance(parts[0], str):
            return parts[0]
        return Fragment(_joined(parts), self._place)

    def _skip(self, spot: quotes.Spot) -> None:
        if spot.inside is Inside.COMMENT:
            self._parts.append(" ")  # lest a `*` and a `/` on either side come together

    def _refuse_in(self, spot: quotes.Spot) -> None:
        if spot.inside is Inside.UNCLEAR:
            self._refuse(f"stands behind {spot.inside}; write that in plainer SQL")
        else:
            self._refuse(f"stands in {spot.inside}; take the quotes away, a value brings its own")

    def _refuse(self, why: str) -> None:
        self._say(f"a reference, filter or parameter in this SQL {why}")

    def _say(self, message: str) -> None:
        if not self._refused:
            self._refused = True
            self._report.error(Code.UNSAFE_TEXT, message, self._field, self._place)


_APART = "put an operator or a blank between them"
_NAME = re.compile(r"\w+(?:\.\w+)*", re.ASCII)
_MOST_DIGITS = 38  # with more, a number may be written as a call


def _plain_name(of: Expression) -> str:
    """`of` if it is written as nothing but a name, else empty."""
    parts: list[str] = []
    waiting: list[str | Expression] = [of]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, Alias):
            parts.append(part.name)
        elif isinstance(part, Fragment):
            waiting += reversed(part.parts)
        elif isinstance(part, TableOf):
            table = part.table
            waiting.append(table.name if isinstance(table, CteTable) else table.text)
        else:
            return ""
    name = "".join(parts)
    return name if _NAME.fullmatch(name) else ""


def _is_plain_value(of: Expression) -> bool:
    """A number, true, false or null, written without quotes."""
    if not isinstance(of, Literal):
        return False
    value = of.value
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return isinstance(exponent, int) and max(abs(exponent), value.adjusted()) <= _MOST_DIGITS
    return value is None or isinstance(value, bool)


def _joined(parts: list[str | Expression]) -> tuple[str | Expression, ...]:
    joined: list[str | Expression] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)
