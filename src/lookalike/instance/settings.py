"""Settings: what is wrong with those that somebody wrote, and on which line of the file.

In: values as TOML gives them, and the struct that they should fit. Out: each mistake by the path of
its setting. TOML readers give values without their places, so `written_in` looks for these.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from lookalike.compiler.model import did_you_mean

Positive: TypeAlias = Annotated[int, Meta(ge=1)]
"""A number of seconds, bytes, threads and the like of which none makes no sense."""

NotNegative: TypeAlias = Annotated[int, Meta(ge=0)]
"""The same where none makes sense."""

Port: TypeAlias = Annotated[int, Meta(ge=0, le=65_535)]
"""A TCP port; of 0 each setting says what it means."""

_WORDS: Mapping[object, str] = {
    str: "a text in quotes",
    bool: "`true` or `false`",
    Positive: "a whole number from 1 on",
    NotNegative: "a whole number from 0 on",
    Port: "a whole number from 0 to 65535",
    tuple[str, ...]: "a list of texts in quotes",
}
"""What a setting must be, by its type."""

MOST_TOLD = 20
"""Mistakes of one file."""

Places: TypeAlias = Sequence[tuple[int, tuple[str, ...]]]
"""Lines, from 1, with the path of the table that begins or the setting that stands there."""

_HEADER = re.compile(r"\s*\[+[^\]]+\]+\s*(?:#.*)?")
_ENTRY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w.\- ])+?)\s*=""")


class Wrong(Struct, frozen=True):
    """A mistake in the setting of this path."""

    path: tuple[str, ...]
    message: str


def check(
    values: Mapping[str, Any],
    struct: type[Struct],
    path: tuple[str, ...] = (),
    leave_out: tuple[str, ...] = (),
) -> Iterator[Wrong]:
    """What is wrong with `values` as fields of `struct`; those of `leave_out` are no settings."""
    types = get_type_hints(struct, include_extras=True)
    known = [field for field in msgspec.structs.fields(struct) if field.name not in leave_out]
    names = [field.name for field in known]
    for name, value in values.items():
        if name in names:
            yield from _misfits(value, types[name], (*path, name))
            continue
        hint = did_you_mean(name, names) or f"; known are {listed(names)}"
        table = f" of `[{'.'.join(path)}]`" if path else ""
        yield Wrong((*path, name), f"`{name}` is no setting{table}{hint}")
    for field in known:
        if field.required and field.name not in values:
            yield Wrong(path, f"`[{'.'.join(path)}]` says no `{field.name}`")


def _misfits(value: Any, type_: Any, path: tuple[str, ...]) -> Iterator[Wrong]:
    if get_origin(type_) is UnionType:
        (type_,) = (each for each in get_args(type_) if each is not NoneType)
    name = ".".join(path)
    if get_origin(type_) is Mapping:
        if not isinstance(value, Mapping):
            yield Wrong(path, f"`{name}` must be tables; write `[{name}.NAME]`")
            return
        for key, each in value.items():
            yield from _misfits(each, get_args(type_)[1], (*path, key))
    elif isinstance(type_, type) and issubclass(type_, Struct):
        if isinstance(value, Mapping):
            yield from check(value, type_, path)
        else:
            table = (*path[:-1], "NAME") if path[-1] in type_.__struct_fields__ else path
            message = f"`{name}` must be a table; write `[{'.'.join(table)}]` above its settings"
            yield Wrong(path, message)
    else:
        try:
            msgspec.convert(value, type_, strict=False)
        except msgspec.ValidationError:
            yield Wrong(path, f"`{name}` must be {_expected(type_)}")


def _expected(type_: Any) -> str:
    if get_origin(type_) is Literal:
        return " or ".join(f'`"{each}"`' for each in get_args(type_))
    return _WORDS[type_]


def listed(names: Sequence[str]) -> str:
    """Names in backticks."""
    return ", ".join(f"`{name}`" for name in names)


def line_of(places: Places, path: tuple[str, ...]) -> int:
    """The line where the setting of this path stands, or the nearest table that holds it; 0 if none
    is found.
    """
    found = 0
    depth = 0
    for number, written in places:
        shared = _n_shared(written, path)
        if shared > depth and shared == min(len(written), len(path)):
            found, depth = number, shared
    return found


def written_in(text: str) -> Places:
    """The places of a file."""
    found: list[tuple[int, tuple[str, ...]]] = []
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if _HEADER.fullmatch(line):
            table = _path_in(line)
            found.append((number, table))
        elif entry := _ENTRY.match(line):
            found.append((number, (*table, *_path_in(f"{entry[1]} = 0"))))
    return found


def _path_in(line: str) -> tuple[str, ...]:
    """The path that one line of TOML opens; empty where it is none."""
    try:
        value: object = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(value, dict | list) and value:
        if isinstance(value, list):
            value = value[0]
        else:
            ((name, value),) = value.items()
            names.append(name)
    return tuple(names)


def _n_shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n
