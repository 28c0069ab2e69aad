"""Fields: the `fields=` mask. In: the text of the parameter and an answer as plain values. Out: the
named part.

Commas, blanks, parentheses at any depth and dotted paths are read; unknown names and missing
parentheses are forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from lookalike.wire.refusals import Malformed

Mask: TypeAlias = "Mapping[str, Mask | None]"
"""Name to what is wanted of it; None is all of it."""

_Named: TypeAlias = "tuple[dict[str, Any], str]"
_DEPTH = 16
_ABSENT: Mask = {}
_TOKEN = re.compile(r"[(),]|[^(),\s]+")


def read_mask(text: str | None) -> Mask | None:
    """The mask that `text` means; None, which is everything, if it names nothing."""
    root: dict[str, Any] = {}
    levels = [root]
    named: _Named | None = None
    for token in (*_TOKEN.findall(text or ""), ","):
        if token not in ("(", ")", ","):
            named = _name(levels[-1], token)
            continue
        if token == "(":
            levels.append(_inside(named))
        else:
            _whole(named)
        if token == ")" and len(levels) > 1:
            levels.pop()
        if len(levels) > _DEPTH:
            raise Malformed(f"`fields` is nested more than {_DEPTH} deep; ask for whole objects")
        named = None
    return root or None


def pick(value: Any, mask: Mask | None) -> Any:
    """The part of `value` (plain dicts, lists, scalars) that `mask` names."""
    if mask is None:
        return value
    if isinstance(value, dict):
        return {name: pick(value[name], inner) for name, inner in mask.items() if name in value}
    if isinstance(value, list):
        return [pick(each, mask) for each in value]
    return value


def drop(value: Any, mask: Mask) -> Any:
    """`value` without what `mask` names: the opposite of `pick`."""
    if isinstance(value, dict):
        return {
            name: drop(each, inner) if (inner := mask.get(name)) is not None else each
            for name, each in value.items()
            if mask.get(name, _ABSENT) is not None
        }
    if isinstance(value, list):
        return [drop(each, mask) for each in value]
    return value


def _name(level: dict[str, Any], path: str) -> _Named:
    """Where a name or a dotted path ends."""
    *outer, name = [part for part in path.split(".") if part][:_DEPTH] or [path]
    for part in outer:
        level = _inside((level, part))
    return level, name


def _whole(named: _Named | None) -> None:
    """All of what is named; that wins over parts of it."""
    if named is not None:
        named[0][named[1]] = None


def _inside(named: _Named | None) -> dict[str, Any]:
    """The level behind a name.

    What is wanted as a whole already, or has no name, takes no parts.
    """
    if named is None:
        return {}
    level, name = named
    inner = level.setdefault(name, {})
    return {} if inner is None else cast("dict[str, Any]", inner)
