"""A plan as text for one database. `sql.write(plan, sql.DIALECTS["duckdb"])`."""

from lookalike.compiler.sql import introspection
from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.dialects import DIALECTS
from lookalike.compiler.sql.origins import Origin, origin
from lookalike.compiler.sql.script import ResultColumn, Script, Statement
from lookalike.compiler.sql.writer import write

__all__ = [
    "DIALECTS",
    "Dialect",
    "Origin",
    "ResultColumn",
    "Script",
    "Statement",
    "introspection",
    "origin",
    "write",
]
