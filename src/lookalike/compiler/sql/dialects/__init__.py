"""The databases that `write` can write for."""

from collections.abc import Mapping

from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.dialects.duckdb import DUCKDB
from lookalike.compiler.sql.dialects.postgres import POSTGRES

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (DUCKDB, POSTGRES)}

__all__ = ["DIALECTS", "DUCKDB", "POSTGRES"]
