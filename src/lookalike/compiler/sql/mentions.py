"""Mentions: which tables of a statement an expression depends on, read from what developers wrote.

A guess would make wrong numbers, so there is none: text with a word that could be a column of any
table, or anything else not understood, depends on "unknown". Reading less than everything costs
speed, never correctness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lookalike.compiler.query import plans
from lookalike.compiler.sql import walk

_TOKEN = re.compile(
    r"""(?<![eE])'(?:[^']|'')*' | --[^\n\r]* | /\*(?:(?!/\*|\*/).)*\*/
      | (?P<dot>\s*\.\s*) | (?P<quoted>"(?:[^"]|"")*")
      | (?P<word>[^\W\d]\w*) | (?P<cast>::) | (?P<odd>[$`\[\];\\{}@?'"]|/\*)
      | \d+(?:\.\d+)?(?:[eE][+-]?\d+)? | \s+ | .""",
    re.VERBOSE | re.DOTALL,
)

_OPERATORS = frozenset(
    {
        "and", "or", "not", "null", "is", "in", "like", "ilike", "between", "case", "when", "then",
        "else", "end", "true", "false", "escape",
    }
)  # fmt: skip
_TYPES = frozenset(
    {
        "as", "bigint", "boolean", "date", "decimal", "double", "float", "integer", "int",
        "interval", "numeric", "precision", "real", "smallint", "text", "timestamp", "varchar",
    }
)  # fmt: skip
_SCALARS = frozenset(
    {
        "abs", "cast", "ceil", "ceiling", "coalesce", "exp", "floor", "greatest", "least", "ln",
        "log", "log10", "mod", "nullif", "power", "round", "sign", "sqrt", "trunc",
    }
)  # fmt: skip


def tables(parts: Iterable[walk.Part], aliases: frozenset[str]) -> frozenset[str] | None:
    """Those of `aliases` that `parts` may read, None if that can't be told."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, plans.Alias):
            found.add(part.name)
        elif isinstance(part, plans.RowKey):
            found.add(part.alias)
        elif isinstance(part, plans.Fragment):
            for piece in part.parts:
                if not isinstance(piece, str):
                    waiting.append(piece)
                    continue
                named = _qualifiers(piece)
                if named is None or not named <= aliases:
                    return None
                found |= named
        else:
            waiting += walk.children(part)
    return frozenset(found)


def is_over_aggregates(part: walk.Part) -> bool:
    """Does `part` read rows through its aggregates only, so that their results can stand in for
    them?"""
    if isinstance(part, plans.Aggregate):
        return True
    if isinstance(part, plans.Alias | plans.RowKey | plans.TableOf):
        return False
    if isinstance(part, plans.Fragment):
        texts = (text for text in part.parts if isinstance(text, str))
        if not all(_is_scalar(text) for text in texts):
            return False
    return all(is_over_aggregates(child) for child in walk.children(part))


@lru_cache(maxsize=4096)
def _qualifiers(text: str) -> frozenset[str] | None:
    """The names before a dot; None where a word stands alone that is no keyword, type or
    function."""
    found: set[str] = set()
    after_dot = after_cast = False
    for match in _TOKEN.finditer(text):
        kind, token, rest = match.lastgroup, match[0], text[match.end() :].lstrip()[:1]
        if kind == "odd":
            return None
        if kind in ("word", "quoted") and not after_dot:
            if rest == ".":
                found.add(token.strip('"').replace('""', '"'))
            elif kind == "quoted" or not (after_cast or rest == "(" or _is_word(token)):
                return None
        after_dot, after_cast = kind == "dot", kind == "cast"
    return frozenset(found)


@lru_cache(maxsize=4096)
def _is_scalar(text: str) -> bool:
    """Only operators, literals, types and functions that take one row to one value."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup in ("odd", "quoted", "dot"):
            return False
        if match.lastgroup == "word" and not _is_word(match[0], _SCALARS):
            return False
    return True


def _is_word(token: str, also: frozenset[str] = frozenset()) -> bool:
    word = token.lower()
    return word in _OPERATORS or word in _TYPES or word in also
