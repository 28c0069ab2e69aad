"""LookML: the text of a file in, its tree and diagnostics out. Use it as `lookml.parse(text)`."""

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

__all__ = ["Block", "Entry", "Form", "Items", "Node", "Parsed", "Value", "parse"]
