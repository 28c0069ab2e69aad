"""A magnitude and a section of a mask in, the number as text out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from lookalike.compiler.syntax.value_formats.masks import Mark, Piece, Section

# Enough for the largest number that is shown in digits, with the most decimals that are computed.
_EXACT = Context(prec=1500, Emax=99_999, Emin=-99_999)
_MOST_DECIMALS = 400


def write(section: Section, magnitude: Decimal) -> str:
    """The pieces of `section` with the digits of `magnitude`, which is not negative, filled in."""
    scaled = magnitude.scaleb(section.scale, _EXACT)
    whole, decimals, exponent = _places(section.pieces)
    power = 0
    if exponent:
        scaled, power = _mantissa(scaled, len(whole), len(decimals))
    digits, fraction = _rounded(scaled, len(decimals))
    filled = _fill_whole(section, whole, digits)
    filled |= _fill_decimals(section.pieces, decimals, fraction)
    filled |= _fill_exponent(section.pieces, exponent, abs(power))
    shown = []
    for index, piece in enumerate(section.pieces):
        if piece.mark is Mark.DIGIT:
            shown.append(filled[index])
        elif piece.mark is Mark.VALUE:
            shown.append(plain(magnitude))
        elif piece.mark is Mark.POINT and not whole:
            shown.append(digits.lstrip("0") + ".")
        elif piece.mark is Mark.EXPONENT:
            shown.append(piece.text[0] + _exponent_sign(piece.text, power))
        else:
            shown.append(piece.text)
    return "".join(shown)


def plain(number: Decimal) -> str:
    """The number as it is, without exponent and needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _places(pieces: Sequence[Piece]) -> tuple[list[int], list[int], list[int]]:
    """Where the digits before the point, after it, and of the exponent stand."""
    places: tuple[list[int], list[int], list[int]] = ([], [], [])
    part = 0
    for index, piece in enumerate(pieces):
        if piece.mark is Mark.DIGIT:
            places[part].append(index)
        elif piece.mark is Mark.EXPONENT:
            part = 2
        elif piece.mark is Mark.POINT and part == 0:
            part = 1
    return places


def _mantissa(number: Decimal, whole: int, decimals: int) -> tuple[Decimal, int]:
    """`number` as a mantissa and a power of ten that is a multiple of `whole`."""
    step = max(1, whole)
    if not number:
        return number, 0
    power = number.adjusted() // step * step
    mantissa = number.scaleb(-power, _EXACT)
    digits, _ = _rounded(mantissa, decimals)
    if len(digits.lstrip("0")) > step:
        power += step
        mantissa = number.scaleb(-power, _EXACT)
    return mantissa, power


def _rounded(number: Decimal, decimals: int) -> tuple[str, str]:
    kept = min(decimals, _MOST_DECIMALS)
    smallest = Decimal(1).scaleb(-kept, _EXACT)
    text = format(number.quantize(smallest, ROUND_HALF_UP, _EXACT), "f")
    whole, _, fraction = text.partition(".")
    return whole, fraction + "0" * (decimals - kept)


def _fill_whole(section: Section, places: list[int], digits: str) -> dict[int, str]:
    """Digits go to their places from the right; the leftmost place takes all that are left."""
    rest = digits.lstrip("0")
    filled = {}
    for place, index in enumerate(reversed(places)):
        comma = "," if section.grouped and place and place % 3 == 0 else ""
        if not rest:
            digit = _absent(section.pieces[index])
            filled[index] = digit + (comma if digit == "0" else "")
        elif place == len(places) - 1:
            filled[index] = (_grouped(rest, place) if section.grouped else rest) + comma
        else:
            filled[index] = rest[-1] + comma
            rest = rest[:-1]
    return filled


def _grouped(digits: str, place: int) -> str:
    """`digits`, the last of which stands at `place`, with a comma between thousands."""
    parts = []
    end = len(digits)
    size = 3 - place % 3
    while end > 0:
        parts.append(digits[max(0, end - size) : end])
        end -= size
        size = 3
    return ",".join(reversed(parts))


def _fill_decimals(pieces: Sequence[Piece], places: list[int], fraction: str) -> dict[int, str]:
    significant = len(fraction.rstrip("0"))
    filled = {}
    for place, index in enumerate(places):
        present = place < significant
        filled[index] = fraction[place] if present else _absent(pieces[index])
    return filled


def _fill_exponent(pieces: Sequence[Piece], places: list[int], power: int) -> dict[int, str]:
    rest = str(power)
    filled = {}
    for place, index in enumerate(reversed(places)):
        last = place == len(places) - 1
        taken = rest if last else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        filled[index] = taken or _absent(pieces[index])
    return filled


def _exponent_sign(written: str, power: int) -> str:
    if power < 0:
        return "-"
    return "+" if written.endswith("+") else ""


def _absent(place: Piece) -> str:
    """What a place shows that has no digit: `0` a zero, `?` a blank, `#` nothing."""
    return {"0": "0", "?": " "}.get(place.text, "")
