"""The mask of a value format, read into sections and their pieces.

Every text is a mask: what has no meaning is shown as it stands. Rule: LookML reference,
"value_format"; the masks are those of spreadsheets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import IntEnum
from typing import TypeAlias

from msgspec import Struct

# The built-in names of `value_format_name`.
NAMED: Mapping[str, str] = {
    "decimal_0": "#,##0",
    "decimal_1": "#,##0.0",
    "decimal_2": "#,##0.00",
    "decimal_3": "#,##0.000",
    "decimal_4": "#,##0.0000",
    "percent_0": "0%",
    "percent_1": "0.0%",
    "percent_2": "0.00%",
    "percent_3": "0.000%",
    "percent_4": "0.0000%",
    "usd_0": "$#,##0",
    "usd": "$#,##0.00",
    "gbp_0": '"£"#,##0',
    "gbp": '"£"#,##0.00',
    "eur_0": '"€"#,##0',
    "eur": '"€"#,##0.00',
    "id": "0",
}


class Mark(IntEnum):
    """What a piece of a mask stands for."""

    LITERAL = 0
    DIGIT = 1  # 0, # or ?
    POINT = 2
    EXPONENT = 3  # E+ or E-
    VALUE = 4  # General or @: the number as it is
    TIME = 5  # d, hh, [mm], AM/PM, .00 …


class Piece(Struct, frozen=True, gc=False):
    """One sign of a mask. The text of a literal is what it shows."""

    mark: Mark
    text: str


class Condition(Struct, frozen=True, gc=False):
    """`[>=1000]`: which numbers a section is for."""

    operator: str
    limit: Decimal


class Section(Struct, frozen=True):
    """One part of a mask between semicolons.

    The number is multiplied by ten to the power of `scale` before it is shown.
    """

    pieces: tuple[Piece, ...]
    condition: Condition | None = None
    scale: int = 0
    grouped: bool = False

    @property
    def is_time(self) -> bool:
        return any(piece.mark is Mark.TIME for piece in self.pieces)


class ValueFormat(Struct, frozen=True):
    """A mask, read. Up to three sections matter to a number, more if they have conditions."""

    mask: str
    sections: tuple[Section, ...]


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*+)"?+'
    r"|\\(?P<escaped>.?+)"
    r"|_(?P<pad>.?+)"
    r"|\*(?P<fill>.?+)"
    r"|\[(?P<bracket>[^\[\]]*+)\]"
    r"|(?P<value>General|@)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<digit>[0#?])"
    r"|(?P<point>\.)"
    r"|(?P<comma>,)"
    r"|(?P<percent>%)"
    r"|(?P<end>;)"
    r"|(?P<time>AM/PM|A/P|y++|m++|d++|h++|s++)"
    r"|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\s*+(<=|>=|<>|<|>|=)\s*+([+-]?+\d{1,40}+(?:\.\d{1,40}+)?+)\s*+\Z")
_CURRENCY = re.compile(r"\$([^-]*+)")
_ELAPSED = re.compile(r"(?:h+|m+|s+)\Z", re.IGNORECASE)

# A mask of hundreds of commas or percent signs asks for nothing anybody could read.
_MOST_SCALE = 600

_Token: TypeAlias = tuple[str, str]


def read(mask: str) -> ValueFormat:
    """Read a mask; there is no text that is not one."""
    sections = []
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(mask):
        kind = found.lastgroup or "other"
        if kind == "end":
            sections.append(_section(tokens))
            tokens = []
        else:
            tokens.append((kind, found[kind]))
    sections.append(_section(tokens))
    return ValueFormat(mask, tuple(sections))


def _section(tokens: list[_Token]) -> Section:
    condition = None
    plain: list[_Token] = []
    for kind, text in tokens:
        if kind != "bracket":
            plain.append((kind, text))
        elif found := _CONDITION.match(text):
            condition = Condition(found[1], Decimal(found[2]))
        elif found := _CURRENCY.match(text):
            plain.append(("quoted", found[1]))
        elif _ELAPSED.match(text):
            plain.append(("time", f"[{text}]"))
        # What is left is a colour, which plain text cannot show.
    if _is_time(plain):
        return Section(_time_pieces(plain), condition)
    pieces, scale, grouped = _number_pieces(plain)
    return Section(pieces, condition, scale, grouped)


def _is_time(tokens: list[_Token]) -> bool:
    """Letters of dates count only where no digits are asked for, as in `0.0 days`; but `ss.00` is
    a time with its fraction."""
    seen = [token for token in tokens if token[0] in ("time", "digit", "point")]
    for index, (kind, _) in enumerate(seen):
        if kind == "digit":
            return index > 0 and _has_fraction(seen[:index])
    return any(kind == "time" for kind, _ in seen)


def _has_fraction(before: list[_Token]) -> bool:
    if len(before) < 2 or before[-1][0] != "point":
        return False
    return before[-2][0] == "time" and before[-2][1].lower().strip("[]").startswith("s")


def _time_pieces(tokens: list[_Token]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for kind, text in tokens:
        if kind == "time":
            pieces.append(Piece(Mark.TIME, text.lower()))
        elif kind == "digit" and pieces and pieces[-1].text.startswith("."):
            pieces[-1] = Piece(Mark.TIME, pieces[-1].text + "0")
        elif kind == "point" and pieces and pieces[-1].text.strip("[]") in ("s", "ss"):
            pieces.append(Piece(Mark.TIME, "."))
        else:
            pieces.append(Piece(Mark.LITERAL, " " if kind == "pad" else text))
    return tuple(pieces)


def _number_pieces(tokens: list[_Token]) -> tuple[tuple[Piece, ...], int, bool]:
    pieces: list[Piece] = []
    marks = {"digit": Mark.DIGIT, "exponent": Mark.EXPONENT, "value": Mark.VALUE}
    scale = commas = 0
    grouped = pointed = digits = False
    for kind, text in tokens:
        if kind == "comma" and digits:
            commas += 1
            continue
        # Commas between digits group them; commas that end the digits divide by a thousand each.
        if kind == "digit" and not pointed:
            grouped = grouped or commas > 0
        else:
            scale -= 3 * commas
        commas = 0
        digits = digits or kind == "digit"
        if kind == "percent":
            scale += 2
        if kind == "fill":
            continue
        if kind == "point" and not pointed:
            pointed = True
            pieces.append(Piece(Mark.POINT, text))
        else:
            shown = " " if kind == "pad" else text
            pieces.append(Piece(marks.get(kind, Mark.LITERAL), shown))
    scale = max(-_MOST_SCALE, min(_MOST_SCALE, scale - 3 * commas))
    return tuple(pieces), scale, grouped
