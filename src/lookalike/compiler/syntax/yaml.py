"""YAML: the text of a `.lookml` file in, its tree and diagnostics out. `yaml.parse(text)`.

Tags are dropped, so nothing but scalars, lists and mappings can come of a text. What an alias
repeats is paid for as if it were written out, in steps, depth and characters, so that every later
walk over the tree is bounded by the parse. Rule: YAML 1.1, as Ruby reads it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Protocol, TypeAlias

import yaml
from msgspec import Struct

from lookalike.compiler.syntax.budget import Budget, Exhausted
from lookalike.compiler.syntax.diagnostics import Code, Diagnostic, Kind, Lines, Severity

_LONGEST = 4_000_000
_LONGEST_NUMBER = 40
_MOST_MISTAKES = 20
_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML has it

_OLD = re.compile(
    r"(?:[ \t\r\n\ufeff]++|#[^\n]*+|---)*+-[ \t]++"
    r"(access_grant|base_view|case_sensitive|connection|datagroup|explore|include|label|model"
    r"|persist_for|scoping|template|view|week_start_day)[ \t]*+:"
)
_YES = frozenset({"yes", "true", "on"})
_NO = frozenset({"no", "false", "off"})
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)\Z")
_DECIMAL = re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")


class Scalar(Struct, frozen=True, gc=False):
    """A text. `is_plain`: written without quotes, so that it may mean a number or a boolean."""

    text: str
    is_plain: bool
    start: int
    end: int


class Items(Struct, frozen=True):
    """A list."""

    nodes: tuple[Node, ...]
    start: int
    end: int


class Pairs(Struct, frozen=True):
    """A mapping: of two equal keys only the last is left; merges (`<<`) are done."""

    pairs: tuple[tuple[Scalar, Node], ...]
    start: int
    end: int


Node: TypeAlias = Scalar | Items | Pairs


class Parsed(Struct, frozen=True):
    """The outcome of one parse. `root` is None for an empty text and for one that can't be read."""

    text: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...]


def parse(text: str, budget: Budget | None = None) -> Parsed:
    """Read the first document of `text`. LookML of before 2016 is refused with one message."""
    old = _OLD.match(text)
    if old is not None:
        message = (
            f"`- {old[1]}:` is LookML of before 2016, written in YAML, and is not read;"
            f" write `{old[1]}: name {{ … }}` in a `.lkml` file"
        )
        found = _found(text, Code.OLD_LOOKML, message, old.start(1), Severity.FATAL)
        return Parsed(text, None, (found,))
    if len(text) > _LONGEST:
        message = f"the file has more than {_LONGEST} characters and is not read; split it"
        return Parsed(text, None, (_found(text, Code.TOO_LARGE, message, 0),))
    reading = _Reading(text, budget or Budget(steps=1_000_000, depth=60, size=20_000_000))
    try:
        root = reading.read()
    except Exhausted as exhausted:
        message = f"the YAML is too large: {exhausted}; repeat less"
        return Parsed(text, None, (_found(text, Code.BUDGET, message, reading.at),))
    except yaml.YAMLError as error:
        message, at = _why(error, reading)
        return Parsed(text, None, (_found(text, Code.SYNTAX, message, at),))
    except UnicodeEncodeError as error:
        message = "the text holds half of a character; save the file as UTF-8"
        return Parsed(text, None, (_found(text, Code.SYNTAX, message, error.start),))
    return Parsed(text, root, tuple(reading.diagnostics))


def value_of(node: Node) -> object:
    """A tree as plain dicts, lists, texts, numbers, booleans and None."""
    if isinstance(node, Items):
        return [value_of(each) for each in node.nodes]
    if isinstance(node, Pairs):
        return {key.text: value_of(each) for key, each in node.pairs}
    return scalar_of(node.text) if node.is_plain else node.text


def scalar_of(text: str) -> object:
    """What a text without quotes means. Dates, times and odd numbers stay texts."""
    if text in _NOTHING:
        return None
    lowered = text.lower() if len(text) < 6 else ""
    if lowered in _YES:
        return True
    if lowered in _NO:
        return False
    if len(text) <= _LONGEST_NUMBER:
        if _INTEGER.match(text):
            return int(text.replace("_", ""))
        if _DECIMAL.match(text):
            number = float(text.replace("_", ""))
            return number if math.isfinite(number) else text
    return text


class _Mark(Protocol):
    """Where the reader stands, in either of its forms."""

    @property
    def index(self) -> int: ...


class _Open(Struct):
    """A list or mapping whose end has not come. `nodes` are a mapping's keys and values in turn."""

    is_mapping: bool
    anchor: str | None
    start: int
    nodes: list[Node]
    weight: _Weight


class _Weight(Struct, gc=False):
    """What a node comes to with all that is in it: how many nodes, characters, levels."""

    nodes: int = 1
    characters: int = 0
    levels: int = 1

    def add(self, inner: _Weight) -> None:
        self.nodes += inner.nodes
        self.characters += inner.characters
        self.levels = max(self.levels, inner.levels + 1)


class _Reading:
    """One parse under way. The open nodes stand on a list, so no text can exhaust Python's stack.

    `shift` is 1 where the text begins with a byte order mark, which the reader must not see.
    """

    def __init__(self, text: str, budget: Budget) -> None:
        self.text = text
        self.shift = 1 if text.startswith("\ufeff") else 0
        self.budget = budget
        self.at = 0
        self.diagnostics: list[Diagnostic] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, _Weight]] = {}
        self._root: Node | None = None

    def read(self) -> Node | None:
        n_documents = 0
        for event in self._events():
            self.at = _offset(event.start_mark) + self.shift
            self.budget.spend()
            end = _offset(event.end_mark) + self.shift
            if isinstance(event, yaml.DocumentStartEvent):
                n_documents += 1
                if n_documents > 1:
                    self._report("only the first document of the file is read; remove the `---`")
                    break
            elif isinstance(event, yaml.ScalarEvent):
                is_plain = event.style in (None, "") and event.implicit[0]
                scalar = Scalar(event.value, is_plain, self.at, max(end, self.at))
                self.budget.produce(len(event.value))
                self._take(scalar, _Weight(1, len(event.value)), event.anchor)
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                self._open.append(_Open(is_mapping, event.anchor, self.at, [], _Weight()))
                self._check_depth(0)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._close(end)
            elif isinstance(event, yaml.AliasEvent):
                self._repeat(event.anchor or "", end)
        return self._root

    def _events(self) -> Iterator[yaml.Event]:
        return yaml.parse(self.text[self.shift :], Loader=_READER)

    def _take(self, node: Node, weight: _Weight, anchor: str | None) -> None:
        """A node is whole: it goes into the one around it."""
        if anchor:
            self._anchors[anchor] = node, weight
        if not self._open:
            self._root = node
            return
        self._open[-1].nodes.append(node)
        self._open[-1].weight.add(weight)

    def _close(self, end: int) -> None:
        opened = self._open.pop()
        node: Node
        if opened.is_mapping:
            node = Pairs(self._pairs(opened), opened.start, end)
        else:
            node = Items(tuple(opened.nodes), opened.start, end)
        self._take(node, opened.weight, opened.anchor)

    def _repeat(self, anchor: str, end: int) -> None:
        """What an alias repeats stands where it was written, and costs as if written again."""
        known = self._anchors.get(anchor)
        if known is None:
            self._report(f"`*{anchor}` repeats what is not there; write `&{anchor}` before it")
            known = Scalar("", True, self.at, end), _Weight()
        node, weight = known
        self.budget.spend(weight.nodes)
        self.budget.produce(weight.characters)
        self._check_depth(weight.levels)
        self._take(node, weight, None)

    def _check_depth(self, levels: int) -> None:
        if len(self._open) + levels > self.budget.depth:
            raise Exhausted("levels of nesting", self.budget.depth)

    def _pairs(self, opened: _Open) -> tuple[tuple[Scalar, Node], ...]:
        found: dict[str, tuple[Scalar, Node]] = {}
        merged: dict[str, tuple[Scalar, Node]] = {}
        for key, node in zip(opened.nodes[::2], opened.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.at = key.start
                self._report("a key has to be a text; write it without brackets")
            elif key.text == "<<" and key.is_plain:
                self._merge(node, merged)
            else:
                if key.text in found:
                    self.at = key.start
                    message = f"`{key.text[:60]}` stands twice, and the last one counts"
                    self._report(message, Code.DUPLICATE_PARAMETER)
                found[key.text] = key, node
        return tuple({**merged, **found}.values())

    def _merge(self, node: Node, merged: dict[str, tuple[Scalar, Node]]) -> None:
        """`<<: *base`: the pairs of others, of which the first that has a key wins."""
        for each in node.nodes if isinstance(node, Items) else (node,):
            for key, inner in each.pairs if isinstance(each, Pairs) else ():
                self.budget.spend()
                merged.setdefault(key.text, (key, inner))

    def _report(self, message: str, code: Code = Code.SYNTAX) -> None:
        if len(self.diagnostics) < _MOST_MISTAKES:
            found = _found(self.text, code, message, self.at, Severity.WARNING)
            self.diagnostics.append(found)


def _offset(mark: _Mark | None) -> int:
    return 0 if mark is None else mark.index


def _why(error: yaml.YAMLError, reading: _Reading) -> tuple[str, int]:
    if isinstance(error, yaml.reader.ReaderError):
        at = error.position if isinstance(error.position, int) else 0
        return "the text holds a control character; remove it", at + reading.shift
    problem = getattr(error, "problem", None) or "it ends too early"
    context = getattr(error, "context", None)
    mark = getattr(error, "problem_mark", None)
    words = f"{problem} {context}" if context else problem
    message = f"this is not YAML: {words}; check the indentation, quotes and brackets here"
    at = mark.index + reading.shift if mark is not None else reading.at
    return message.replace("'", "`"), at


def _found(
    text: str, code: Code, message: str, at: int, severity: Severity = Severity.ERROR
) -> Diagnostic:
    start = min(at, len(text))
    end = text.find("\n", start)
    place = Lines(text).place(start, len(text) if end < 0 else end)
    return Diagnostic(code, message, place, severity, Kind.SYNTAX)
