"""Value formats: a mask as in a spreadsheet, and a number written by it.

Use it as `value_formats.render(value_formats.read(mask), number)`.
"""

from lookalike.compiler.syntax.value_formats.masks import NAMED, ValueFormat, read
from lookalike.compiler.syntax.value_formats.rendering import render

__all__ = ["NAMED", "ValueFormat", "read", "render"]
