"""Bodies: what a caller hands over as a request's body, as the struct that the operation takes.

A struct of the API may stand for its writable twin (`ApiSession` for `WriteApiSession`): what only
the server sets is passed over, and what is None was not said. In a mapping an unknown name is a
mistake, and refused; a None clears what can be cleared.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct

from lookalike.wire import encoding

B = TypeVar("B", bound=Struct)


def body_of(type_: type[B], given: Struct | Mapping[str, Any]) -> B:
    """The body. Raises TypeError, naming the property, for what cannot be one."""
    if isinstance(given, type_):
        return given
    if isinstance(given, Struct):
        values = {name: getattr(given, name) for name in given.__struct_fields__}
    else:
        values = dict(given)
        _check_names(type_, values)
    clearable = {
        field.encode_name for field in msgspec.structs.fields(type_) if field.default is UNSET
    }
    said = {
        name: value
        for name, value in values.items()
        if value is not None or (name in clearable and not isinstance(given, Struct))
    }
    try:
        return msgspec.convert(said, type_, dec_hook=encoding.read_id)
    except msgspec.ValidationError as error:
        raise TypeError(f"this is no `{type_.__name__}`: {error}") from None


def _check_names(type_: type[Struct], values: Mapping[str, Any]) -> None:
    known = type_.__struct_encode_fields__
    for name in values:
        if name not in known:
            near = get_close_matches(str(name), known, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(known)}"
            raise TypeError(f"`{type_.__name__}` has no property `{name}`; {hint}")
