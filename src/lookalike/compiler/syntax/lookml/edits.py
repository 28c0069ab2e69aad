"""Edits: a changed value, a new parameter, one taken out, and everything else byte for byte.

In: a tree and what to change in it. Out: an edit of its text, or why it would not be read back as
it was meant. Edits of one tree can be applied together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.syntax.lookml.parser import parse
from lookalike.compiler.syntax.lookml.tree import Block, Form, Items, Node, Parsed, Value


class Edit(Struct, frozen=True, order=True):
    """`text` in the place of what stands at `start:end`."""

    start: int
    end: int
    text: str


class EditError(Struct, frozen=True):
    """Why an edit cannot be made."""

    message: str


Edited: TypeAlias = Edit | EditError
Item: TypeAlias = str | tuple[str, str]
"""An item of a list: its text, or its key and its text."""

_ATOM = re.compile(r"[^\s:{}\[\],\"#;]+")
_INDENT = re.compile(r"[ \t]*+\Z")
_REST_OF_LINE = re.compile(r"[ \t;]*+(?:\#[^\n\r]*+)?+(?:\r\n|[\n\r]|\Z)")
_LINE_START = re.compile(r"\n(?![\r\n])")
_STEP = "  "


def apply(parsed: Parsed, edits: Iterable[Edit]) -> str:
    """The text with all `edits`, which must not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError("these edits overlap; apply them one after the other")
        pieces += parsed.text[at : edit.start], edit.text
        at = edit.end
    return "".join((*pieces, parsed.text[at:]))


def set_text(node: Value, text: str) -> Edited:
    """Give a scalar another text, in the form it is written in; an atom that would not be one any
    more gets quotes."""
    form = node.form
    if form is Form.ATOM and not _ATOM.fullmatch(text):
        form = Form.STRING
    written = _written(text, form)
    source = f"{node.key}: {written}{' ;;' if form is Form.SQL else ''}"
    if not _reads_as(source, Value(node.key, text, form, 0, 0, 0)):
        return EditError(f"`{node.key}` cannot hold this text; it would be read as something else")
    if form is Form.SQL:
        written = f" {written} "
    return Edit(node.value_start, node.end, written)


def set_items(node: Items, items: Sequence[Item]) -> Edited:
    """Give a list other items."""
    written = ", ".join(
        _item(item) if isinstance(item, str) else f"{item[0]}: {_written(item[1], Form.STRING)}"
        for item in items
    )
    read = parse(f"{node.key}: [{written}]")
    nodes = read.root.nodes
    found = nodes[0] if len(nodes) == 1 and not read.diagnostics else None
    entries = found.entries if isinstance(found, Items) else ()
    if [(each.key, each.text) for each in entries] != [
        ("", item) if isinstance(item, str) else item for item in items
    ]:
        return EditError(f"`{node.key}` cannot hold these items; they would be read as others")
    return Edit(node.value_start, node.end, f"[{written}]")


def insert(parsed: Parsed, block: Block, source: str, after: Node | None = None) -> Edited:
    """Put parameters, written as `source`, into a block: behind `after`, or as its first ones."""
    added = parse(source.strip())
    if not added.root.nodes or any(found.is_error for found in added.diagnostics):
        return EditError("what is to be inserted is not LookML by itself")
    text = parsed.text
    if not block.key and after is None:
        return Edit(0, 0, f"{added.text}\n")
    indent = _indent(text, after.start) if after else ""
    indent = indent or (_indent(text, block.start) + _STEP if block.key else "")
    written = "\n" + _indented(added, indent)
    at = _end(text, after) if after else block.value_start + 1
    rest = _REST_OF_LINE.match(text, at)
    if rest is None:
        # Something follows on the same line, and goes to a line of its own.
        end = at + len(text[at:]) - len(text[at:].lstrip(" \t"))
        is_last = end == block.end - 1 and bool(block.key)
        return Edit(at, end, f"{written}\n{indent[len(_STEP) :] if is_last else indent}")
    at += len(rest[0].rstrip("\r\n"))
    return Edit(at, at, written)


def remove(parsed: Parsed, node: Node) -> Edit:
    """Take a parameter out; its line too, if it stands alone there. Comments stay."""
    text = parsed.text
    start, end = node.start, _end(text, node)
    line_start = start - len(_indent(text, start))
    is_first = line_start == 0 or text[line_start - 1] in "\r\n"
    rest = _REST_OF_LINE.match(text, end)
    if is_first and rest is not None and "#" not in rest[0]:
        return Edit(line_start, rest.end(), "")
    blanks = len(text[end:]) - len(text[end:].lstrip(" \t"))
    return Edit(start, end + blanks, "")


def _indented(added: Parsed, indent: str) -> str:
    """The text of a tree with every line further in, but for those that belong to a value."""
    pieces = [indent]
    at = 0
    for start, end in (*_spans_of_values(added.root), (len(added.text),) * 2):
        pieces += _LINE_START.sub("\n" + indent, added.text[at:start]), added.text[start:end]
        at = end
    return "".join(pieces)


def _spans_of_values(block: Block) -> Iterator[tuple[int, int]]:
    for node in block.nodes:
        if isinstance(node, Block):
            yield from _spans_of_values(node)
        elif isinstance(node, Items):
            yield from ((entry.start, entry.end) for entry in node.entries)
        else:
            yield node.value_start, node.end


def _written(text: str, form: Form) -> str:
    if form is Form.STRING:
        return '"' + text.replace('"', '\\"') + '"'
    return text.strip() if form is Form.SQL else text


def _item(text: str) -> str:
    return text if _ATOM.fullmatch(text) else _written(text, Form.STRING)


def _reads_as(source: str, wanted: Value) -> bool:
    read = parse(source)
    nodes = read.root.nodes
    if len(nodes) != 1 or read.diagnostics:
        return False
    found = nodes[0]
    if not isinstance(found, Value) or (found.key, found.form) != (wanted.key, wanted.form):
        return False
    if wanted.form is Form.SQL:
        return found.text.strip() == wanted.text.strip()
    return found.text == wanted.text


def _end(text: str, node: Node) -> int:
    """Where a parameter ends, its `;;` included."""
    is_sql = isinstance(node, Value) and node.form is Form.SQL
    return node.end + 2 if is_sql and text.startswith(";;", node.end) else node.end


def _indent(text: str, at: int) -> str:
    """The blanks before `at`, if nothing else stands before it on its line."""
    line = text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]
    found = _INDENT.match(line)
    return line if found else ""
