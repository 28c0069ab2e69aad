"""Mending: a `}` too many or a `{` too few, told from what stands behind it.

In: the nodes around a field or a `}` that stands outside of every view and explore. Out: which view
or explore it belongs to, how that was meant, and the mistake. Every look goes back a few nodes
only, so the parse stays linear.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.syntax.diagnostics import Code
from lookalike.compiler.syntax.lookml.homes import HOMES, TOP
from lookalike.compiler.syntax.lookml.tree import Block, Form, Node, Value

_FAR = 50
"""How many nodes a look goes back."""
_WIDEST = 200
"""Characters of a line, beyond which nobody lines anything up."""


class Mended(Struct, frozen=True):
    """The nodes from number `at` on are those of `block`, with `nodes` in it; `start` and `end` are
    where the mistake stands."""

    at: int
    block: Block
    nodes: list[Node]
    code: Code
    message: str
    start: int
    end: int


def reopened(text: str, nodes: Sequence[Node], key: str, name: str) -> Mended | None:
    """The view or explore before an object `key: name` that stands outside of it."""
    home = HOMES.get(key)
    at = _last(nodes, (home,)) if home else -1
    if at < 0:
        return None
    node = nodes[at]
    if isinstance(node, Value):
        return _opened(node, nodes, at, node.end)
    if not isinstance(node, Block) or text[node.end - 1 : node.end] != "}":
        return None
    mended = _with_inner(node, nodes, at)
    if mended is not None:
        return mended
    message = (
        f"this `}}` ends `{node.key}: {node.name}`, but `{key}: {name}` follows; remove it, or look"
        " for a `}` too many above"
    )
    within = [*node.nodes, *nodes[at + 1 :]]
    return Mended(at, node, within, Code.STRAY_BRACE, message, node.end - 1, node.end)


def closed(nodes: Sequence[Node], end: int) -> Mended | None:
    """The object that a `}` before `end`, which seems to close nothing, was meant to close."""
    at = _last(nodes, TOP)
    if at < 0:
        return None
    node = nodes[at]
    if isinstance(node, Value):
        return _opened(node, nodes, at, end)
    return _with_inner(node, nodes, at) if isinstance(node, Block) else None


def misaligned(text: str, start: int, nodes: Sequence[Node]) -> Block | None:
    """The last block in one that begins at `start` and is not closed, if by its column the `}` at
    its end was meant for the block around it: then this one lacks its own."""
    around = _column(text, start)
    while nodes and isinstance(nodes[-1], Block):
        child = nodes[-1]
        column, end = _column(text, child.start), _column(text, child.end - 1)
        if end < 0 or end == column or end != around:
            return None
        if not child.nodes or not isinstance(child.nodes[-1], Block):
            return child
        if _column(text, child.nodes[-1].end - 1) != column:
            return child
        around, nodes = column, child.nodes
    return None


def _column(text: str, at: int) -> int:
    """How far from the beginning of its line something stands; -1 if it is not the first there."""
    before = text[max(text.rfind("\n", max(at - _WIDEST, 0), at) + 1, at - _WIDEST, 0) : at]
    return -1 if before.strip() else len(before)


def _last(nodes: Sequence[Node], keys: Collection[str | None]) -> int:
    """The number of the last block or name of one of these kinds, if no other block follows it."""
    for at in range(len(nodes) - 1, max(len(nodes) - 1 - _FAR, -1), -1):
        node = nodes[at]
        if node.key in keys and (isinstance(node, Block) or _is_name(node)):
            return at
        if isinstance(node, Block) and (node.key in HOMES or node.key in TOP):
            return -1
    return -1


def _is_name(node: Node) -> bool:
    return isinstance(node, Value) and node.form is Form.ATOM


def _with_inner(outer: Block, nodes: Sequence[Node], at: int) -> Mended | None:
    """The same where a `}` of an object without `{` has ended the view or explore around it."""
    kinds = [kind for kind, home in HOMES.items() if home == outer.key]
    inner = _last(outer.nodes, kinds)
    node = outer.nodes[inner] if inner >= 0 else None
    if not isinstance(node, Value):
        return None
    mended = _opened(node, outer.nodes, inner, outer.end)
    whole = replace(mended.block, nodes=tuple(mended.nodes))
    within = [*outer.nodes[:inner], whole, *nodes[at + 1 :]]
    return replace(mended, at=at, block=outer, nodes=within)


def _opened(name: Value, nodes: Sequence[Node], at: int, end: int) -> Mended:
    block = Block(name.key, name.text, (), name.start, name.end, end)
    message = f"a `{{` is missing; write `{name.key}: {name.text} {{`"
    return Mended(at, block, [*nodes[at + 1 :]], Code.SYNTAX, message, name.start, name.end)
