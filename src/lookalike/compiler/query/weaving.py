"""Weaving: SQL text of a developer and what is inserted into it become one expression.

In: texts and expressions in order. Out: a Fragment. Invariant: an expression is inserted in code
only, apart from other tokens, and the whole ends in code; so whatever value a user chose, the text
around it is read in the same way.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lookalike.compiler.query.plans import (
    Alias,
    CteTable,
    Expression,
    Fragment,
    Literal,
    TableOf,
)
from lookalike.compiler.query.quotes import CODE, Inside, Spot, leaves_off, runs_on
from lookalike.compiler.query.reports import Report
from lookalike.compiler.syntax import Code, Place


class Weaving:
    """One Fragment in the making. The first thing that is wrong with it is reported."""

    __slots__ = ("_behind_value", "_field", "_parts", "_place", "_refused", "_report", "_spot",
                 "_texts")  # fmt: skip

    def __init__(self, report: Report, field: str, place: Place) -> None:
        self._report = report
        self._field = field
        self._place = place
        self._parts: list[str | Expression] = []
        self._texts: list[str] = []  # written since `_spot`
        self._spot: Spot = CODE
        self._behind_value = False  # `_spot` is right behind an inserted expression
        self._refused = False

    def write(self, text: str) -> None:
        """Add text."""
        if text:
            self._texts.append(text)

    def insert(self, of: Expression, fits_quotes: bool = True) -> None:
        """Add an expression; `fits_quotes` unless it is a value that brings quotes of its own."""
        spot = self.spot()
        if spot.inside is Inside.CODE:
            if not spot.is_open:
                self._refuse("stands right behind a text or a letter; put a blank or an operator "
                             "between them")  # fmt: skip
            self._parts.append(of)
            self._spot, self._behind_value = CODE, True
            return
        name = _plain_name(of)
        if spot.inside in (Inside.DOLLARS, Inside.UNCLEAR):
            self._refuse(f"stands in {spot.inside}; take it out of there")
        elif name:
            self._parts.append(name)
        elif spot.in_comment:
            self.skip()
        elif fits_quotes and _is_short_number(of):
            self._parts.append(of)
        else:
            self._refuse(
                f"stands in {spot.inside}; take the quotes away, for a value brings its own"
            )

    def skip(self) -> None:
        """Leave out what would stand in a comment, where nothing is read."""
        if self.spot().inside is Inside.COMMENT:
            self._parts.append(" ")  # lest `*` and `/` on both sides come together

    def spot(self) -> Spot:
        """Where the text so far leaves off."""
        if self._texts:
            text = "".join(self._texts)
            self._texts.clear()
            if self._behind_value and runs_on(text):
                self._refuse("is followed right away by a text; put a blank or an operator "
                             "between them")  # fmt: skip
            self._parts.append(text)
            self._spot, self._behind_value = leaves_off(text, self._spot), False
        return self._spot

    def expression(self) -> Expression:
        """All that was added."""
        spot = self.spot()
        if not spot.is_closed:
            self._say(f"this SQL ends in {spot.inside}; close it")
        parts = self._parts
        if len(parts) == 1 and not isinstance(parts[0], str):
            return parts[0]
        return Fragment(tuple(_joined(parts)), self._place)

    def _refuse(self, why: str) -> None:
        self._say(f"a reference, filter or parameter in this SQL {why}")

    def _say(self, message: str) -> None:
        if not self._refused:
            self._refused = True
            self._report.error(Code.UNSAFE_TEXT, message, self._field, self._place)
