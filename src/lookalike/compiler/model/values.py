"""Values: the parameters of a declaration, read as what they mean.

In: a declaration and which of its parameters are wanted under which names. Out: the values of those
that are written and valid; a diagnostic for each that is not valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from lookalike.compiler.model.fields import Sql
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.parameters import PARAMETERS, Rule, Shape
from lookalike.compiler.model.written import Declaration, Value, Written, list_of
from lookalike.compiler.syntax import Code, Severity

_SPAN = re.compile(r"\d{1,9}\s+(second|minute|hour|day|week)s?", re.IGNORECASE)
_TRUTH = {"yes": True, "no": False, "true": True, "false": False}

Attributes: TypeAlias = Mapping[str, str]
"""From parameter to attribute."""


def same(names: str) -> dict[str, str]:
    """Attributes that are called as their parameters."""
    return {name: name for name in names.split()}


def read(declaration: Declaration, attributes: Attributes, findings: Findings) -> dict[str, Any]:
    """The written parameters among `attributes`, as arguments for the struct that has these
    attributes. The values of all others are checked too, so a declaration is read once."""
    readers, checked = _READERS_OF[declaration.kind], _CHECKED_OF[declaration.kind]
    values: dict[str, Any] = {}
    for key, written in declaration.values.items():
        attribute = attributes.get(key)
        if attribute is None:
            if key in checked:
                check_value(written, readers[key][1], findings)
            continue
        reader, rule = readers[key]
        value = reader(written, rule, findings)
        if value is not None:
            values[attribute] = value
    return values


def check_value(written: Written, rule: Rule, findings: Findings) -> None:
    """Warn of what is wrong with a value. Nothing is made of it, so nothing is spoilt by it."""
    if rule.shape not in _CHECKED:
        return
    found = Findings(findings.field)
    _READERS[rule.shape](written, rule, found)
    findings.found.extend(replace(each, severity=Severity.WARNING) for each in found.found)


def sql_of(declaration: Declaration, key: str) -> Sql | None:
    """One `;;` parameter."""
    written = declaration.values.get(key)
    if written is None:
        return None
    node = written.node
    return written.source.sql(node) if isinstance(node, Value) else None


def truth(text: str) -> bool | None:
    """What a text of yes or no says; None if it says neither."""
    return _TRUTH.get(text.strip().lower())


def is_yes(declaration: Declaration, key: str) -> bool:
    """One yes/no parameter, for parameters that are not attributes of anything."""
    return truth(declaration.text(key)) is True


def _text(written: Written, rule: Rule, findings: Findings) -> str | None:
    node = written.node
    return node.text if isinstance(node, Value) else None


def _name(written: Written, rule: Rule, findings: Findings) -> str | None:
    node = written.node
    return node.text.strip() if isinstance(node, Value) else None


def _sql(written: Written, rule: Rule, findings: Findings) -> Sql | None:
    node = written.node
    return written.source.sql(node) if isinstance(node, Value) else None


def _names(written: Written, rule: Rule, findings: Findings) -> tuple[str, ...]:
    return list_of(written)


def _yesno(written: Written, rule: Rule, findings: Findings) -> bool | None:
    text = _name(written, rule, findings) or ""
    said = truth(text)
    if said is None:
        _invalid(written, f"{quote(text)}: write `yes` or `no`", findings)
    return said


def _integer(written: Written, rule: Rule, findings: Findings) -> int | None:
    text = _name(written, rule, findings) or ""
    if text.removeprefix("-").isdecimal() and len(text) < 10:
        return int(text)
    _invalid(written, f"{quote(text)}: write a whole number", findings)
    return None


def _number(written: Written, rule: Rule, findings: Findings) -> float | None:
    text = _name(written, rule, findings) or ""
    if is_number(text):
        return float(text)
    _invalid(written, f"{quote(text)}: write a number", findings)
    return None


def _choice(written: Written, rule: Rule, findings: Findings) -> str | None:
    text = _name(written, rule, findings) or ""
    if text in rule.choices:
        return text
    hint = did_you_mean(text, rule.choices) or f"; it is one of {', '.join(rule.choices)}"
    _invalid(written, quote(text) + hint, findings)
    return None


def _time(written: Written, rule: Rule, findings: Findings) -> str | None:
    text = _name(written, rule, findings) or ""
    if _SPAN.fullmatch(text):
        return text
    _invalid(written, f'{quote(text)}: write a number and a unit, such as `"24 hours"`', findings)
    return None


def is_number(text: str) -> bool:
    """Whether a number is written plainly: `10`, `-0.5`."""
    whole, _, fraction = text.strip().removeprefix("-").partition(".")
    return len(text) < 40 and (whole + fraction).isascii() and (whole + fraction).isdecimal()


def _invalid(written: Written, what: str, findings: Findings) -> None:
    message = f"`{written.node.key}` can't be {what}"
    findings.error(Code.INVALID_VALUE, message, written.place)


_Reader: TypeAlias = Callable[[Written, Rule, Findings], Any]

_READERS: Mapping[Shape, _Reader] = {
    Shape.TEXT: _text,
    Shape.NAME: _name,
    Shape.YESNO: _yesno,
    Shape.INTEGER: _integer,
    Shape.NUMBER: _number,
    Shape.CHOICE: _choice,
    Shape.SQL: _sql,
    Shape.NAMES: _names,
    Shape.TIME: _time,
}

_CHECKED = frozenset((Shape.YESNO, Shape.INTEGER, Shape.NUMBER, Shape.CHOICE, Shape.TIME))
"""The shapes whose values may be wrong by themselves."""

_READERS_OF: Mapping[str, Mapping[str, tuple[_Reader, Rule]]] = {
    kind: {
        key: (_READERS[rule.shape], rule) for key, rule in rules.items() if rule.shape in _READERS
    }
    for kind, rules in PARAMETERS.items()
}

_CHECKED_OF: Mapping[str, frozenset[str]] = {
    kind: frozenset(key for key, rule in rules.items() if rule.shape in _CHECKED)
    for kind, rules in PARAMETERS.items()
}
