"""Declarations: what one file writes, still mergeable. A tree with its source goes in, objects with named parameters
come out, each remembering where it stands.

Nothing is interpreted here and no default is applied: a parameter that is not written stays absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model.fields import Sql
from lookalike.compiler.model.findings import Findings, near, quote
from lookalike.compiler.model.parameters import DEPRECATED, FIELD_KINDS, PARAMETERS, Merge, Rule
from lookalike.compiler.syntax import Code, Diagnostic, Lines, Place, Severity

Block: TypeAlias = syntax.lookml.Block
Entry: TypeAlias = syntax.lookml.Entry
Items: TypeAlias = syntax.lookml.Items
Node: TypeAlias = syntax.lookml.Node
Value: TypeAlias = syntax.lookml.Value


class Source(Struct, frozen=True, eq=False):
    """One file of an assembly. `path` is as diagnostics name it, `local` is from the root of its own `project`."""

    path: str
    local: str
    project: str
    root: Block
    lines: Lines

    def place(self, node: Node | Entry) -> Place:
        """Where a parameter or a list item stands."""
        return self.lines.place(node.start, node.end, self.path)

    def header(self, block: Block) -> Place:
        """Where an object is declared: its key and name, without its body."""
        width = len(block.key) + len(": ") + len(block.name)
        return self.lines.place(block.start, min(block.start + width, block.end), self.path)

    def sql(self, value: Value) -> Sql:
        """The text of a `;;` block without the blanks around it, and where that text stands."""
        stripped = value.text.strip()
        start = value.value_start + len(value.text) - len(value.text.lstrip())
        end = min(start + len(stripped), max(value.end, start))
        return Sql(stripped, self.lines.place(start, end, self.path))


Written: TypeAlias = tuple[Node, Source]
"""A parameter and its file: after inheritance the parameters of one object come from several."""


class Declaration(Struct, frozen=True, eq=False):
    """One object as written, or as merged.

    `values` holds the parameters of which the last one wins. `objects` holds sub-objects that merge, by
    (kind, name); the name is empty for a kind that occurs once. `repeated` holds the parameters that add up.
    """

    kind: str
    name: str
    node: Block
    source: Source
    values: Mapping[str, Written]
    objects: Mapping[tuple[str, str], Declaration] = {}
    repeated: Mapping[str, tuple[Written, ...]] = {}

    @property
    def place(self) -> Place:
        return self.source.header(self.node)

    @property
    def is_refinement(self) -> bool:
        return self.node.name.startswith("+")

    def text(self, key: str, default: str = "") -> str:
        """The text of a scalar parameter."""
        node = self.values[key][0] if key in self.values else None
        return node.text.strip() if isinstance(node, Value) else default

    def place_of(self, key: str) -> Place:
        """Where parameter `key` is written; the object's own place if it is not."""
        if key not in self.values:
            return self.place
        node, source = self.values[key]
        return source.place(node)

    def of_kind(self, kind: str) -> list[Declaration]:
        """The sub-objects of one kind, in order."""
        return [each for (key, _), each in self.objects.items() if key == kind]


class Include(Struct, frozen=True):
    pattern: str
    place: Place


class Declarations(Struct, frozen=True, eq=False):
    """What one file says, in the order it says it. `settings` are the parameters of a model itself."""

    source: Source
    items: tuple[Include | Declaration, ...]
    settings: Mapping[str, Written]
    diagnostics: tuple[Diagnostic, ...]


def read(source: Source, kind: str = "model") -> Declarations:
    """The declarations of a file; `kind` is `model` for any LookML file but the manifest."""
    findings = Findings()
    items: list[Include | Declaration] = []
    settings: dict[str, Written] = {}
    rules = PARAMETERS[kind]
    for node in source.root.nodes:
        rule = rules.get(node.key)
        if node.key == "include":
            items.extend(_includes(node, source))
        elif rule is not None and rule.merge is Merge.OBJECT and isinstance(node, Block):
            if _is_named(node, rule, source, findings):
                items.append(_object(node, rule.of, source, findings, ""))
        else:
            fitting = _fitting(node, rule, kind, source, findings)
            if fitting is not None:
                if node.key in settings:
                    _repeated_parameter(node, source, findings)
                settings[node.key] = (fitting, source)
    return Declarations(source, tuple(items), settings, tuple(findings.found))


def pairs(written: Written) -> list[tuple[str, str, Place]]:
    """The (field, expression, place) of one `filters` parameter, in its list form or its old block form."""
    node, source = written
    if isinstance(node, Items):
        return [(each.key, each.text, source.place(each)) for each in node.entries if each.key]
    if not isinstance(node, Block):
        return []
    texts = {each.key: each.text for each in node.nodes if isinstance(each, Value)}
    if "field" not in texts:
        return []
    return [(texts["field"].strip(), texts.get("value", ""), source.place(node))]


def names(written: Written | None) -> tuple[str, ...]:
    """The items of a list; a lone value counts as a list of one."""
    node = written[0] if written else None
    if isinstance(node, Items):
        return tuple(each.text for each in node.entries if not each.key)
    return (node.text,) if isinstance(node, Value) else ()


def _includes(node: Node, source: Source) -> list[Include]:
    if isinstance(node, Value):
        return [Include(node.text.strip(), source.place(node))]
    if isinstance(node, Items):
        return [Include(each.text.strip(), source.place(each)) for each in node.entries]
    return []


def _object(
    block: Block, kind: str, source: Source, findings: Findings, owner: str
) -> Declaration:
    """One object with all its sub-objects. `owner` is the view that a field belongs to."""
    name = block.name.removeprefix("+")
    findings.field = f"{owner}.{name}" if kind in FIELD_KINDS else ""
    rules = PARAMETERS[kind]
    values: dict[str, Written] = {}
    objects: dict[tuple[str, str], Declaration] = {}
    repeated: dict[str, tuple[Written, ...]] = {}
    for node in block.nodes:
        key = node.key
        rule = rules.get(key)
        if rule is not None and node.__class__ is rule.form and rule.merge is Merge.LAST:
            if key in values:
                _repeated_parameter(node, source, findings)
            values[key] = (node, source)
            continue
        fitting = _fitting(node, rule, kind, source, findings)
        if fitting is None or rule is None:
            continue
        if rule.merge is Merge.ADD:
            repeated[key] = (*repeated.get(key, ()), (fitting, source))
        elif rule.merge is Merge.LAST:
            values[key] = (fitting, source)
        elif isinstance(fitting, Block) and _is_named(fitting, rule, source, findings):
            _add_object(objects, fitting, rule, source, findings, name)
    if kind in DEPRECATED:
        _deprecated(kind, values, findings)
    return Declaration(kind, name, block, source, values, objects, repeated)


def _add_object(
    objects: dict[tuple[str, str], Declaration],
    block: Block,
    rule: Rule,
    source: Source,
    findings: Findings,
    owner: str,
) -> None:
    """A name that is declared twice in one object: the later one refines the earlier."""
