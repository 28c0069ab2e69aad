"""Rows become an answer, and an answer becomes JSON, CSV or text. `results.answer(...)`."""

from lookalike.results.answers import Answer, AnswerColumn, Cell, answer
from lookalike.results.evaluation import Table, Unevaluable, evaluate, table
from lookalike.results.formats.format import Detail, Format, Options, QueryError
from lookalike.results.formats.registry import FORMATS, text_form, write, write_failure
from lookalike.results.functions import shown
from lookalike.results.rows import Batch, Row, Rows

__all__ = [
    "FORMATS",
    "Answer",
    "AnswerColumn",
    "Batch",
    "Cell",
    "Detail",
    "Format",
    "Options",
    "QueryError",
    "Row",
    "Rows",
    "Table",
    "Unevaluable",
    "answer",
    "evaluate",
    "shown",
    "table",
    "text_form",
    "write",
    "write_failure",
]
