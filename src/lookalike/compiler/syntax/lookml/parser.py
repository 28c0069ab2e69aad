"""LookML text in, tree and diagnostics out. Never raises and never hangs, whatever the text.

Nearly every parameter has one of a few plain forms, which one compiled pattern reads in one step.
What it does not know goes to the careful reader, which also reports the mistakes. Both only move
forward: the cost is linear.
"""

from __future__ import annotations

from lookalike.compiler.syntax.budget import Budget, Exhausted
from lookalike.compiler.syntax.diagnostics import Code, Diagnostic, Kind, Place, Severity
from lookalike.compiler.syntax.lookml import lists, recovery, sql_blocks
from lookalike.compiler.syntax.lookml.homes import USUAL_DEPTH
from lookalike.compiler.syntax.lookml.patterns import (
    ATOM,
    CLOSE,
    KEY,
    LIST,
    NAMED_BLOCK,
    PAIR,
    SQL,
    STRING,
)
from lookalike.compiler.syntax.lookml.reading import Reading
from lookalike.compiler.syntax.lookml.tree import Block, Form, Parsed, Value

# Members of an enum are slow to look up in a loop.
_ATOM_FORM = Form.ATOM
_STRING_FORM = Form.STRING
_SQL_FORM = Form.SQL
# Most SQL is one short line, and is found without look-ahead; the bound keeps the parse linear.
_SHORT_SQL = 200


def parse(text: str, budget: Budget | None = None) -> Parsed:
    """Read one LookML file. A step of the budget is a character; its depth is that of blocks."""
    budget = budget or Budget()
    try:
        budget.spend(len(text))
    except Exhausted as exhausted:
        return _too_large(text, exhausted)
    reading = Reading(text, budget.depth)
    _read_parameters(reading)
    reading.close_all()
    root = Block("", "", tuple(reading.nodes), 0, 0, len(text))
    return Parsed(text, root, tuple(reading.diagnostics))


def _too_large(text: str, exhausted: Exhausted) -> Parsed:
    message = f"the file is larger than {exhausted.limit} characters and is not read; split it"
    place = Place(line=1, column=1)
    mistake = Diagnostic(Code.TOO_LARGE, message, place, Severity.FATAL, Kind.SYNTAX)
    return Parsed(text, Block("", "", (), 0, 0, len(text)), (mistake,))


def _read_parameters(reading: Reading) -> None:
    text, stack, deepest = reading.text, reading.stack, reading.deepest
    match, find, usual_depth = PAIR.match, text.find, USUAL_DEPTH.get
    nodes = reading.nodes
    at = 0
    while at >= 0:
        found = match(text, at)
        if found is None:
            at = recovery.step(reading, at)
            nodes = reading.nodes
            continue
        form = found.lastindex
        before, at = at, found.end()
        if form == ATOM:
            begin, end = found.span(ATOM)
            nodes.append(Value(found[KEY], found[ATOM], _ATOM_FORM, found.start(KEY), begin, end))
        elif form == CLOSE and stack and stack[-1][0]:
            key, name, start, value_start, outer = stack.pop()
            outer.append(Block(key, name, tuple(nodes), start, value_start, at))
            nodes = reading.nodes = outer
        elif form == NAMED_BLOCK:
            key = found[KEY]
            depth = len(stack)
            if depth < deepest and depth == usual_depth(key, depth):
                stack.append((key, found[ATOM], found.start(KEY), at - 1, nodes))
                nodes = reading.nodes = []
            else:
                at = reading.open(key, found[ATOM], found.start(KEY), at - 1, at)
                nodes = reading.nodes
        elif form == SQL:
            end = find(";;", at, at + _SHORT_SQL)
            if end >= 0 and find("\n", at, end) < 0:
                nodes.append(Value(found[SQL], text[at:end], _SQL_FORM, found.start(SQL), at, end))
                at = end + 2
            else:
                at = sql_blocks.read(reading, found[SQL], found.start(SQL), at)
        elif form == STRING:
            begin = found.start(STRING) - 1
            nodes.append(
                Value(found[KEY], found[STRING], _STRING_FORM, found.start(KEY), begin, at)
            )
        elif form == LIST:
            nodes.append(lists.read_atoms(found))
        else:
            at = recovery.read_found(reading, found, before)
            nodes = reading.nodes
