"""Written: what a file says of an object, each parameter with the place where it stands, still
mergeable.

Nothing is interpreted here and no default is applied: what is not written is absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model.fields import Sql
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.syntax import Code, Diagnostic, Lines, Place

Block: TypeAlias = syntax.lookml.Block
Entry: TypeAlias = syntax.lookml.Entry
Form: TypeAlias = syntax.lookml.Form
Items: TypeAlias = syntax.lookml.Items
Node: TypeAlias = syntax.lookml.Node
Value: TypeAlias = syntax.lookml.Value


class Source(Struct, frozen=True, eq=False, gc=False):
    """One file of an assembly. `path` is as diagnostics name it, `local` from the root of its own
    `project`.

    Constants are substituted in `root`; offsets are those of the text as it was before. `misread`
    are the errors of the parse: where they stand, the tree may not be what was meant.
    """

    path: str
    local: str
    project: str
    root: Block
    lines: Lines
    misread: tuple[Diagnostic, ...] = ()

    def is_misread(self, node: Node) -> bool:
        """Whether an error of the parse lies in a parameter: that is told already."""
        return any(node.start <= each.place.span.start <= node.end + 1 for each in self.misread)

    def place(self, node: Node | Entry) -> Place:
        """Where a parameter or a list item stands."""
        return self.lines.place(node.start, node.end, self.path)

    def header(self, block: Block) -> Place:
        """Where an object is declared: its key and name, without its body."""
        width = len(block.key) + len(": ") + len(block.name)
        return self.lines.place(block.start, min(block.start + width, block.value_start), self.path)

    def name(self, block: Block) -> Place:
        """Where the name of an object stands."""
        end = self.header(block).span.end
        return self.lines.place(max(end - len(block.name), block.start), end, self.path)

    def sql(self, value: Value) -> Sql:
        """The text of a `;;` block without the blanks around it, and where that text stands; all of
        the block, if constants or what it extends have made it another text."""
        stripped = value.text.strip()
        if len(value.text) != value.end - value.value_start:
            return Sql(stripped, self.lines.place(value.value_start, value.end, self.path))
        start = value.value_start + len(value.text) - len(value.text.lstrip())
        return Sql(stripped, self.lines.place(start, start + len(stripped), self.path))


class Written(Struct, frozen=True, eq=False, gc=False):
    """A parameter and its file: after inheritance those of one object come from several."""

    node: Node
    source: Source

    @property
    def place(self) -> Place:
        return self.source.place(self.node)


NOTHING: Mapping[str, tuple[Written, ...]] = {}
NO_OBJECTS: Mapping[tuple[str, str], Declaration] = {}


class Declaration(Struct, frozen=True, eq=False, gc=False):
    """One object as written, or as merged.

    `values` holds the parameters of which the last one wins. `objects` holds sub-objects that
    merge, by (kind, name); the name is empty for a kind that occurs once. `repeated` holds the
    parameters that add up. `mistakes` are errors in what is written, wherever it is inherited.
    """

    kind: str
    name: str
    node: Block
    source: Source
    values: Mapping[str, Written]
    objects: Mapping[tuple[str, str], Declaration] = NO_OBJECTS
    repeated: Mapping[str, tuple[Written, ...]] = NOTHING
    mistakes: tuple[Diagnostic, ...] = ()

    @property
    def place(self) -> Place:
        return self.source.header(self.node)

    @property
    def is_refinement(self) -> bool:
        return self.node.name.startswith("+")

    def text(self, key: str, default: str = "") -> str:
        """The text of a scalar parameter, without the blanks around it."""
        written = self.values.get(key)
        node = written.node if written else None
        return node.text.strip() if isinstance(node, Value) else default

    def place_of(self, key: str) -> Place:
        """Where parameter `key` is first written; the object's own place if it is not."""
        written = self.values.get(key) or next(iter(self.repeated.get(key, ())), None)
        return written.place if written else self.place

    def place_in(self, key: str, *names: str) -> Place:
        """Where the first of `names` stands in parameter `key`; where the parameter stands, if none
        does."""
        each = self.values.get(key)
        for written in self.repeated.get(key, ()) if each is None else (each,):
            place = place_in(written, *names)
            if place != written.place:
                return place
        return self.place_of(key)

    def place_within(self, key: str, text: str, start: int, end: int) -> Place:
        """Where `text[start:end]` stands, which is a text of parameter `key`; where the parameter
        stands, if the text is not there as it was written."""
        each = self.values.get(key)
        for written in self.repeated.get(key, ()) if each is None else (each,):
            for node in _values_in(written.node):
                at = _start_of(text, node)
                if at >= 0:
                    source = written.source
                    return source.lines.place(at + start, at + end, source.path)
        return self.place_of(key)

    def of_kind(self, kind: str) -> list[Declaration]:
        """The sub-objects of one kind, in order."""
        return [each for (key, _), each in self.objects.items() if key == kind]


def place_in(written: Written, *names: str) -> Place:
    """Where the first of `names` stands in a list, as the first half of a pair, or in a block; all
    of the parameter, if none does."""
    waiting: list[Node] = [written.node]
    for node in waiting:
        if isinstance(node, Block):
            waiting.extend(node.nodes)
        elif isinstance(node, Items):
            for entry in node.entries:
                if (entry.key or entry.text).strip() in names:
                    end = entry.start + len(entry.key) if entry.key else entry.end
                    return written.source.lines.place(entry.start, end, written.source.path)
        elif node is not written.node and node.text.strip() in names:
            return written.source.place(node)
    return written.place


def _values_in(node: Node) -> Sequence[Value]:
    nodes = node.nodes if isinstance(node, Block) else (node,)
    return [each for each in nodes if isinstance(each, Value)]


def _start_of(text: str, node: Value) -> int:
    """Where `text` begins in its file, if it is all of the value but for blanks around it and no
    sign of it is written as two; else -1."""
    quotes = 2 if node.form is Form.STRING else 0
    is_as_written = node.end - node.value_start - quotes == len(node.text)
    if not is_as_written or node.text.strip() != text.strip():
        return -1
    return node.value_start + quotes // 2 + node.text.find(text)


def list_of(written: Written | None) -> tuple[str, ...]:
    """The items of a list parameter; a lone value counts as a list of one."""
    node = written.node if written else None
    if isinstance(node, Items):
        return tuple([each.text for each in node.entries if not each.key])
    return (node.text.strip(),) if isinstance(node, Value) else ()


def pairs_of(written: Sequence[Written], findings: Findings) -> dict[str, str]:
    """From field to expression, of every `filters` in the list form or the old block form.

    Of two for one field the last one counts.
    """
    found: dict[str, str] = {}
    for each in written:
        node = each.node
        if isinstance(node, Items):
            pairs = [(entry.key, entry.text) for entry in node.entries]
        else:
            texts = texts_of(node) if isinstance(node, Block) else {}
            pairs = [(texts.get("field", ""), texts.get("value", ""))]
            wrong = next((key for key in texts if key not in ("field", "value")), "")
            if wrong and "field" in texts:
                message = f"`{node.key}` has a `field` and a `value`, and no {quote(wrong)}"
                findings.error(Code.INVALID_VALUE, message, each.place)
        counted = Counter(name.strip() for name, _ in pairs if name)
        for name in (name for name, times in counted.items() if times > 1):
            message = f"`{node.key}` names {quote(name)} twice; the last one counts"
            findings.warning(Code.DUPLICATE_PARAMETER, message, each.place)
        for name, text in pairs:
            if name:
                found[name.strip()] = text
            elif not each.source.is_misread(node):
                _tell_half(each, text, findings)
    return found


def _tell_half(written: Written, text: str, findings: Findings) -> None:
    """Tell that a field of `filters` lacks its value, or the value its field."""
    key = written.node.key
    if isinstance(written.node, Items):
        message = f'`{key}` gives {quote(text)} no value; write `{key}: [{text}: "value"]`'
        findings.error(Code.INVALID_VALUE, message, place_in(written, text.strip()))
    else:
        message = f'`{key}` names no field; write `{key}: [field: "value"]`'
        findings.error(Code.INVALID_VALUE, message, written.place)


def texts_of(block: Block) -> dict[str, str]:
    """The scalar parameters of a small block such as `link`."""
    return {node.key: node.text for node in block.nodes if isinstance(node, Value)}
