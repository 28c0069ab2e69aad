"""Printer: from a tree and its text back to text, as it was written or in one canonical layout.

A tree and the gaps between its spans lose nothing. The layout moves blanks only: comments stay
beside what they stood beside, and what is read back is the same tree but for its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from lookalike.compiler.syntax.diagnostics import NOWHERE, Code, Diagnostic, Kind
from lookalike.compiler.syntax.lookml.patterns import ITEM
from lookalike.compiler.syntax.lookml.reading import MOST_MISTAKES
from lookalike.compiler.syntax.lookml.tree import Block, Entry, Form, Items, Node, Parsed, Value

WIDTH = 100
_STEP = "  "
_BLANKS = " \t\r\n\f\v"

# What stands between nodes: line ends and comments count, blanks and loose signs do not.
_GAP_TOKEN = re.compile(r"(\r\n|[\n\r])|(\#[^\n\r]*+)")
# Blocks of these are set apart by blank lines, and so is everything at the top and in a view.
_SET_APART = frozenset({"", "view", "explore"})
_EVERY_QUOTE = "'\"`"
_DOLLAR_QUOTE = re.compile(r"\$(?:[a-zA-Z_]\w*+)?\$")


class Formatted(Struct, frozen=True):
    """The text in canonical layout; or as it was, with the mistakes for which it is left alone."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


class _Comment(Struct, frozen=True):
    """A comment on a line of its own; `lines` are the line ends between it and what precedes."""

    text: str
    lines: int


class _Gap(Struct, frozen=True):
    """What stands before a node or before the end of a block: the comment that shares the line of
    what precedes, those on lines of their own, and the line ends behind the last."""

    trailing: str
    comments: tuple[_Comment, ...]
    lines: int


class _Part(Struct, frozen=True):
    """A node or an item of a list in its new layout. Its first line has no indent."""

    lines: list[str]
    start: int
    end: int
    header: Sequence[str] = ()  # comments from within its first line, which move above it
    is_apart: bool = False


def text(parsed: Parsed) -> str:
    """The text of the file from its tree and gaps: byte for byte as it was read."""
    return "".join(_slices(parsed.root, parsed.text))


def formatted(parsed: Parsed) -> Formatted:
    """The file in canonical layout. One that has mistakes of syntax comes back unchanged."""
    mistakes = tuple(found for found in parsed.diagnostics if found.is_error)
    if not mistakes and len(parsed.diagnostics) >= MOST_MISTAKES:
        # Mistakes past the limit are not reported, so nobody knows that there are no errors.
        message = "the file has too many warnings to be formatted; correct some of them first"
        mistakes = (Diagnostic(Code.SYNTAX, message, NOWHERE, kind=Kind.SYNTAX),)
    if mistakes:
        return Formatted(parsed.text, mistakes)
    root = parsed.root
    parts = [_part(node, root, parsed.text, 0) for node in root.nodes]
    lines = _lines(parts, 0, len(parsed.text), parsed.text, "")
    return Formatted("".join(f"{line}\n" for line in lines))


def _slices(block: Block, source: str) -> Iterator[str]:
    at = block.start
    for node in block.nodes:
        yield source[at : node.start]
        if isinstance(node, Block):
            yield from _slices(node, source)
        else:
            yield source[node.start : node.end]
        at = node.end
    yield source[at : block.end]


def _part(node: Node, around: Block, source: str, depth: int) -> _Part:
    indent = _STEP * depth
    header = [
        found[2].rstrip()
        for found in _GAP_TOKEN.finditer(source, node.start + len(node.key), node.value_start)
        if found[2]
    ]
    if isinstance(node, Block):
        lines = _block(node, source, depth)
    elif isinstance(node, Items):
        lines = _items(node, source, indent)
    elif node.form is Form.SQL:
        lines = [f"{node.key}:{_sql(node, indent)}"]
    else:
        lines = [f"{node.key}: {source[node.value_start : node.end]}"]
    is_apart = isinstance(node, Block) and around.key in _SET_APART
    return _Part(lines, node.start, node.end, header, is_apart)


def _block(block: Block, source: str, depth: int) -> list[str]:
    indent = _STEP * depth
    head = f"{block.key}: {block.name} {{" if block.name else f"{block.key}: {{"
    parts = [_part(node, block, source, depth + 1) for node in block.nodes]
    return _enclosed(head, parts, (block.value_start + 1, block.end - 1), source, indent, "}")


def _enclosed(
    head: str, parts: Sequence[_Part], span: tuple[int, int], source: str, indent: str, close: str
) -> list[str]:
    lines = _lines(parts, *span, source, indent + _STEP, head)
    return [head + close] if lines == [head] else [*lines, indent + close]


def _lines(
    parts: Sequence[_Part], at: int, end: int, source: str, indent: str, head: str = ""
) -> list[str]:
    """The lines of `parts` and of the comments around them, below the line of their head if they
    have one."""
    lines = [head] if head else []
    before: _Part | None = None
    for part in (*parts, None):
        gap = _gap(source, at, part.start if part else end)
        if gap.trailing and lines:
            lines[-1] = f"{lines[-1]} {gap.trailing}"
        elif gap.trailing:
            gap = _Gap("", (_Comment(gap.trailing, 0), *gap.comments), gap.lines)
        lines += _between(before, gap, part, indent)
        if part is not None:
            lines.append(indent + part.lines[0])
            lines += part.lines[1:]
            at, before = part.end, part
    return lines


def _gap(source: str, at: int, end: int) -> _Gap:
    trailing = ""
    comments: list[_Comment] = []
    lines = 0
    for found in _GAP_TOKEN.finditer(source, at, end):
        if found[1]:
            lines += 1
            continue
        comment = found[2].rstrip()
        if not lines and not comments and not trailing:
            trailing = comment
        else:
            comments.append(_Comment(comment, lines))
        lines = 0
    return _Gap(trailing, tuple(comments), lines)


def _between(before: _Part | None, gap: _Gap, part: _Part | None, indent: str) -> Iterator[str]:
    """The comments and blank lines before a part: one line where one or more were written, or
    where blocks are set apart; none behind an opening or before a closing brace."""
    comments = list(gap.comments)
    lines = gap.lines
    for moved in part.header if part else ():
        comments.append(_Comment(moved, lines))
        lines = 1
    breaks = [comment.lines > 1 for comment in comments]
    breaks.append(lines > 1 and part is not None)
    if before is None:
        breaks[0] = False
    elif part and (part.is_apart or before.is_apart) and not any(breaks):
        breaks[0] = True
    for comment, has_break in zip(comments, breaks, strict=False):
        if has_break:
            yield ""
        yield indent + comment.text
    if breaks[-1]:
        yield ""


def _items(items: Items, source: str, indent: str) -> list[str]:
    parts = [_entry(entry, source) for entry in items.entries]
    begin, end = items.value_start + 1, items.end - 1
    first = items.entries[0].start if items.entries else begin
    on_one_line = f"{items.key}: [{', '.join(part.lines[0] for part in parts)}]"
    has_comments = any(part.header for part in parts) or _has_comments(items, source)
    is_spread = any(sign in source[begin:first] for sign in "\n\r")
    if not has_comments and not is_spread and len(indent) + len(on_one_line) <= WIDTH:
        return [on_one_line]
    for part in parts[:-1]:
        part.lines[0] += ","
    return _enclosed(f"{items.key}: [", parts, (begin, end), source, indent, "]")


def _has_comments(items: Items, source: str) -> bool:
    at = items.value_start + 1
    for entry in items.entries:
        if "#" in source[at : entry.start]:
            return True
        at = entry.end
    return "#" in source[at : items.end - 1]


def _entry(entry: Entry, source: str) -> _Part:
    found = ITEM.fullmatch(source, entry.start, entry.end)
    if found is None:
        return _Part([source[entry.start : entry.end]], entry.start, entry.end)
    quoted, minus, atom, quoted_value, value = found.groups()
    name = f'"{quoted}"' if atom is None else f"-{atom}" if minus else atom
    if quoted_value is None and value is None:
        return _Part([name], entry.start, entry.end)
    value_start = found.start(5) if quoted_value is None else found.start(4) - 1
    name_end = found.end(3) if atom is not None else found.end(1) + 1
    header = [
        each[2].rstrip() for each in _GAP_TOKEN.finditer(source, name_end, value_start) if each[2]
    ]
    written = f"{name}: {value}" if quoted_value is None else f'{name}: "{quoted_value}"'
    return _Part([written], entry.start, entry.end, header)


def _sql(value: Value, indent: str) -> str:
    """The text of a `;;` block with what stands behind its colon, up to and with its `;;`."""
    inner = value.text if value.key.startswith("html") else _without_trailing(value.text)
    body = inner.strip(_BLANKS)
    if not body:
        return " ;;"
    leading = inner[: len(inner) - len(inner.lstrip(_BLANKS))]
    trailing = inner[len(inner.rstrip(_BLANKS)) :]
    if "\n" in leading:
        body = "\n" + leading[leading.rindex("\n") + 1 :] + body
    else:
        body = " " + body
    return f"{body}\n{indent};;" if "\n" in trailing else f"{body} ;;"


def _without_trailing(written: str) -> str:
    """Without the blanks at the ends of lines, as far as none of them can lie in quotes: from the
    first line on which a quote stays open all is left as it is."""
    if "\n" not in written:
        return written
    lines = written.split("\n")
    for n, line in enumerate(lines):
        if any(line.count(quote) % 2 for quote in _EVERY_QUOTE) or _DOLLAR_QUOTE.search(line):
            break
        lines[n] = line.rstrip(_BLANKS)
    return "\n".join(lines)
