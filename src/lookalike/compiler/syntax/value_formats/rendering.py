"""A number in, the text by its value format out. Pure; answers for every number and every mask.

Rounding is half away from zero, on the digits the number is written with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

from lookalike.compiler.syntax.value_formats import numbers, times
from lookalike.compiler.syntax.value_formats.masks import Condition, Mark, Section, ValueFormat

_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "<>": ne,
}
# Numbers of more digits are not for reading; they are shown in powers of ten.
_MOST_DIGITS = 400


def render(value_format: ValueFormat, value: int | float | Decimal) -> str:
    """`value` as the format shows it."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value)
    if number and number.adjusted() > _MOST_DIGITS:
        return f"{number:.6E}"
    if number.adjusted() < -_MOST_DIGITS:
        number = Decimal(0)
    section, hides_sign = _choose(value_format.sections, number)
    if section is None:
        return numbers.plain(number)
    sign = "-" if number < 0 and not hides_sign else ""
    write = times.write if section.is_time else numbers.write
    return sign + write(section, abs(number))


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section for `number`, and whether it shows a negative number without its sign."""
    if len(sections) > 1 and any(piece.text == "@" for piece in sections[-1].pieces):
        sections = sections[:-1]
    if any(section.condition for section in sections):
        return _choose_by_condition(sections, number)
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _choose_by_condition(
    sections: tuple[Section, ...], number: Decimal
) -> tuple[Section | None, bool]:
    for section in sections:
        condition = section.condition
        if condition and _COMPARE[condition.operator](number, condition.limit):
            return section, _is_for_negatives(condition) or _writes_sign(section)
    for section in sections:
        if section.condition is None:
            return section, _writes_sign(section)
    return None, False


def _is_for_negatives(condition: Condition) -> bool:
    return condition.operator in ("<", "<=") and condition.limit == 0


def _writes_sign(section: Section) -> bool:
    for piece in section.pieces:
        if piece.mark is not Mark.LITERAL:
            return False
        if "-" in piece.text or "(" in piece.text:
            return True
    return False
