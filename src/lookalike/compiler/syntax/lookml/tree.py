"""The tree of one LookML file: what was written and at which offsets, and nothing of what it means.

Offsets index the text that was parsed, so text and tree together lose nothing: comments and blanks
are what lies between the spans. A tree knows no path; equal texts give equal trees.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.syntax.diagnostics import Diagnostic


class Form(IntEnum):
    """How a scalar was written."""

    ATOM = 0
    STRING = 1
    SQL = 2


class Value(Struct, frozen=True, gc=False):
    """`key: value` with a scalar value.

    `text` is the atom; or the string with `\\"` unescaped and every other backslash kept; or the
    raw text of a `;;` block, untouched (blanks included). `start` is where the key begins;
    `value_start:end` spans the value with its quotes, without the `;;`.
    """

    key: str
    text: str
    form: Form
    start: int
    value_start: int
    end: int


class Entry(Struct, frozen=True, gc=False):
    """One item of a list. `key` is empty unless the item is written `key: text` as in `filters: [a:
    "b"]`.

    `- field` is joined to `-field`. `start` is where the item (its key, if it has one) begins.
    """

    key: str
    text: str
    quoted: bool
    start: int
    end: int


class Items(Struct, frozen=True, gc=False):
    """`key: [ … ]`. `value_start` is where its `[` stands, or should: at the first entry."""

    key: str
    entries: tuple[Entry, ...]
    start: int
    value_start: int
    end: int


class Block(Struct, frozen=True, gc=False):
    """`key: name { … }`; `name` is empty for `key: { … }`, and begins with `+` for a refinement.

    The root of a file is a block with empty key and name. `value_start` is where its `{` stands, or
    should; `end` is behind its `}`; one that is not closed ends where its text was cut.
    """

    key: str
    name: str
    nodes: tuple[Node, ...]
    start: int
    value_start: int
    end: int


Node: TypeAlias = Value | Items | Block


class Parsed(Struct, frozen=True):
    """The outcome of one parse. `root` holds whatever could be read, also beside errors."""

    text: str
    root: Block
    diagnostics: tuple[Diagnostic, ...]
