"""Dashboard texts: the mappings of `.lookml` files, before they are given a meaning.

In: parsed files. Out: each dashboard as written parameters, every one with the file that it comes
from, so that a place is still right after `extends`; and parameters as values of a type.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model.constants import expand, has_constant
from lookalike.compiler.model.findings import Findings, are_one_edit_apart, quote
from lookalike.compiler.syntax import Budget, Code, Lines, Place

Node: TypeAlias = syntax.yaml.Node
Scalar: TypeAlias = syntax.yaml.Scalar
Items: TypeAlias = syntax.yaml.Items
Pairs: TypeAlias = syntax.yaml.Pairs

_SHORTEST_SLIP = 5
"""How long a name has to be to be taken for a misspelling: shorter ones are one letter from many a
word."""


class IncludedFile(Struct, frozen=True, eq=False):
    """A file of dashboards that a model includes. `path` is as diagnostics name it."""

    path: str
    parsed: syntax.yaml.Parsed
    constants: Mapping[str, str]


class Sheet(Struct, frozen=True, eq=False):
    """The same, opened to be read."""

    path: str
    parsed: syntax.yaml.Parsed
    constants: Mapping[str, str]
    lines: Lines

    def place(self, node: Node) -> Place:
        """Where a node stands, as far as its first line."""
        cut = self.parsed.text.find("\n", node.start, node.end)
        return self.lines.place(node.start, node.end if cut < 0 else cut, self.path)


class Spot(Struct, frozen=True, eq=False, gc=False):
    """One written parameter."""

    key: Scalar
    node: Node
    sheet: Sheet

    @property
    def place(self) -> Place:
        return self.sheet.place(self.key)


Written: TypeAlias = Mapping[str, Spot]
"""The parameters of one object, as written or as merged."""


def open_sheet(file: IncludedFile) -> Sheet:
    return Sheet(file.path, file.parsed, file.constants, Lines(file.parsed.text))


def read_sheet(sheet: Sheet, findings: Findings) -> Iterator[Written]:
    """Every dashboard of a file, in order."""
    root = sheet.parsed.root
    if root is None or (isinstance(root, Scalar) and not root.text):
        return
    for node in root.nodes if isinstance(root, Items) else (root,):
        if isinstance(node, Pairs) and "dashboard" in (found := written_in(node, sheet)):
            yield found
        else:
            message = "this is not a dashboard; begin each with `- dashboard: name`"
            findings.error(Code.SYNTAX, message, sheet.place(node))


def written_in(node: Pairs, sheet: Sheet) -> dict[str, Spot]:
    """The parameters of a mapping."""
    return {key.text: Spot(key, each, sheet) for key, each in node.pairs}


class Values:
    """The parameters of one object as values. What does not fit its type is reported and left out.

    `what` names the object in messages.
    """

    __slots__ = ("_asked", "_budget", "_findings", "_what", "_written")

    def __init__(self, written: Written, what: str, findings: Findings, budget: Budget) -> None:
        self._written = written
        self._what = what
        self._findings = findings
        self._budget = budget
        self._asked: set[str] = set()

    def text(self, key: str, default: str = "") -> str:
        """A text, exactly as written, also where it looks like a number."""
        spot = self._spot(key)
        if spot is None:
            return default
        if isinstance(spot.node, Scalar):
            return self.scalar(spot.node, spot.sheet)
        self._refuse(spot, "a text")
        return default

    def flag(self, key: str) -> bool | None:
        found = self._plain(key)
        if found is None or isinstance(found, bool):
            return found
        self._refuse(self._written[key], "`true` or `false`")
        return None

    def number(self, key: str) -> int | None:
        """A whole number; also one in quotes."""
        found = self._plain(key)
        if isinstance(found, str):
            found = syntax.yaml.scalar_of(found.strip())
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        if found is None or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        self._refuse(self._written[key], "a whole number")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a lone one counts as a list of one."""
        return tuple(name for name, _ in self.named(key))

    def named(self, key: str) -> Sequence[tuple[str, Place]]:
        """The same, each with its place."""
        spot = self._spot(key)
        if spot is None:
            return ()
        node = spot.node
        if isinstance(node, Scalar):
            text = self.scalar(node, spot.sheet)
            return [(text, spot.sheet.place(node))] if text else []
        if isinstance(node, Pairs) or not all(isinstance(each, Scalar) for each in node.nodes):
            self._refuse(spot, "a list of texts")
            return ()
        return [
            (self.scalar(each, spot.sheet), spot.sheet.place(each))
            for each in node.nodes
            if isinstance(each, Scalar)
        ]

    def pairs(self, key: str) -> Sequence[tuple[str, str, Place]]:
        """A mapping of texts, or a list of such; with the place of each key."""
        spot = self._spot(key)
        if spot is None or _is_nothing(spot.node):
            return ()
        nodes = spot.node.nodes if isinstance(spot.node, Items) else (spot.node,)
        found: list[tuple[str, str, Place]] = []
        for node in nodes:
            if not isinstance(node, Pairs):
                self._refuse(spot, "a mapping, as `name: value`")
                return ()
            for name, value in node.pairs:
                if isinstance(value, Scalar):
                    texts = self.scalar(name, spot.sheet), self.scalar(value, spot.sheet)
                    found.append((*texts, spot.sheet.place(name)))
                else:
                    self._refuse(spot, "a mapping of texts")
        return found

    def mapping(self, key: str) -> Mapping[str, object] | None:
        found = self._plain(key)
        if found is None or isinstance(found, dict):
            return found
        self._refuse(self._written[key], "a mapping, as `name: value`")
        return None

    def plain(self, key: str) -> object:
        """Whatever is written, as plain values."""
        return self._plain(key)

    def objects(self, key: str) -> Sequence[tuple[Written, Place]]:
        """A list of mappings, each with its place."""
        spot = self._spot(key)
        if spot is None or _is_nothing(spot.node):
            return ()
        found: list[tuple[Written, Place]] = []
        for node in spot.node.nodes if isinstance(spot.node, Items) else (None,):
            if isinstance(node, Pairs):
                found.append((written_in(node, spot.sheet), spot.sheet.place(node)))
            else:
                self._refuse(spot, "a list of mappings")
        return found

    def left(self, without: Sequence[str] = ()) -> Mapping[str, object]:
        """All that was not asked for, as plain values."""
        return {
            key: syntax.yaml.value_of(spot.node)
            for key, spot in self._written.items()
            if key not in self._asked and key not in without
        }

    def check_left(self, known: Collection[str] = ()) -> None:
        """Warn of what was not asked for and looks like what was, or like what is `known`. All else
        may be an option of a chart."""
        names = {*self._asked, *known}
        for key, spot in self._written.items():
            if key in names or len(key) < _SHORTEST_SLIP:
                continue
            self._budget.spend(2)
            meant = min((name for name in names if are_one_edit_apart(key, name)), default="")
            if meant:
                message = f"unknown parameter {quote(key)}; did you mean {quote(meant)}?"
                self._findings.warning(Code.UNKNOWN_PARAMETER, message, spot.place)

    def place(self, key: str, default: Place) -> Place:
        spot = self._written.get(key)
        return default if spot is None else spot.place

    def scalar(self, node: Scalar, sheet: Sheet) -> str:
        """A text with its constants filled in."""
        if node.is_plain and _is_nothing(node):
            return ""
        if not has_constant(node.text):
            return node.text
        text, code, message = expand(node.text, sheet.constants, self._budget)
        if code is not None:
            self._findings.error(code, message, sheet.place(node))
        return text

    def _spot(self, key: str) -> Spot | None:
        self._budget.spend()
        self._asked.add(key)
        return self._written.get(key)

    def _plain(self, key: str) -> object:
        spot = self._spot(key)
        return None if spot is None else syntax.yaml.value_of(spot.node)

    def _refuse(self, spot: Spot, wanted: str) -> None:
        message = f"{quote(spot.key.text)} of {self._what} has to be {wanted}"
        self._findings.error(Code.INVALID_VALUE, message, spot.place)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_plain and syntax.yaml.scalar_of(node.text) is None
