"""LookML: the text of a file in, its tree and diagnostics out, and back again.

Use it as `lookml.parse(text)`, `lookml.printer.formatted(parsed)`, `lookml.edits.remove(…)`.
"""

from lookalike.compiler.syntax.lookml import edits, printer
from lookalike.compiler.syntax.lookml.parser import parse
from lookalike.compiler.syntax.lookml.tree import (
    Block,
    Entry,
    Form,
    Items,
    Node,
    Parsed,
    Value,
)

__all__ = [
    "Block",
    "Entry",
    "Form",
    "Items",
    "Node",
    "Parsed",
    "Value",
    "edits",
    "parse",
    "printer",
]
