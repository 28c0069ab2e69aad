"""Script: the SQL texts of one question, with what is needed to read their rows."""

from __future__ import annotations

from msgspec import Struct

from lookalike.compiler.query import Role


class ResultColumn(Struct, frozen=True):
    """One column of a statement: its name in SQL and the field it answers."""

    alias: str
    field: str
    role: Role


class Statement(Struct, frozen=True):
    """`text` has no trailing semicolon."""

    text: str
    columns: tuple[ResultColumn, ...]


class Script(Struct, frozen=True):
    """The statements of one question; the first is the main one."""

    dialect: str
    statements: tuple[Statement, ...]

    @property
    def main(self) -> Statement:
        return self.statements[0]

    @property
    def text(self) -> str:
        """All statements as one text, as the API's `sql` format shows it."""
        return "\n\n".join(statement.text for statement in self.statements)
