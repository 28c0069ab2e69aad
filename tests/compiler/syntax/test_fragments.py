"""SQL text split at its references."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax import fragments
from tests.patience import PATIENCE


def outline(text: str) -> list[str]:
    """The pieces of `text`; a reference as `<view|name>`."""
    return [
        piece if isinstance(piece, str) else f"<{piece.view}|{piece.name}>"
        for piece in fragments.split(text)
    ]


CASES = {
    "nothing": ("", []),
    "no reference": ("a + 1", ["a + 1"]),
    "table": ("${TABLE}.a", ["<|TABLE>", ".a"]),
    "field": ("1 * ${a_b}", ["1 * ", "<|a_b>"]),
    "field of a view": ("${v.f} = ${w.g}", ["<v|f>", " = ", "<w|g>"]),
    "table of a view": ("FROM ${v.SQL_TABLE_NAME} AS t", ["FROM ", "<v|SQL_TABLE_NAME>", " AS t"]),
    "own table": ("${SQL_TABLE_NAME}", ["<|SQL_TABLE_NAME>"]),
    "extended": ("${EXTENDED} AND x", ["<|EXTENDED>", " AND x"]),
    "side by side": ("${a}${b}", ["<|a>", "<|b>"]),
    "blanks inside": ("${ TABLE }.${ v . f }", ["<|TABLE>", ".", "<v|f>"]),
    "blank in a name": ("${a _date}", ["${a _date}"]),
    "cast inside": ("${x::datetime}", ["${x::datetime}"]),
    "two braces": ("${{rendered_value}}", ["${{rendered_value}}"]),
    "three names": ("${a.b.c}", ["${a.b.c}"]),
    "empty": ("${} ${.a} ${a.}", ["${} ${.a} ${a.}"]),
    "not closed": ("${a ${b}", ["${a ", "<|b>"]),
    "dollar alone": ("$1 $$ {a}", ["$1 $$ {a}"]),
    "other letters": ("${größe.maß}", ["<größe|maß>"]),
}


@pytest.mark.parametrize(("text", "pieces"), CASES.values(), ids=CASES.keys())
def test_split(text: str, pieces: list[str]) -> None:
    assert outline(text) == pieces


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["${", "}", "a", ".", " ", "$", "{", "${a.b}", "::"])).map("".join))
def test_pieces_are_the_whole_text(text: str) -> None:
    written = []
    for piece in fragments.split(text):
        if isinstance(piece, str):
            assert piece
            written.append(piece)
        else:
            source = text[piece.start : piece.end]
            assert source.strip("${} ").replace(" ", "") in (
                piece.name,
                f"{piece.view}.{piece.name}",
            )
            written.append(source)
    assert "".join(written) == text


@pytest.mark.parametrize("piece", ["${", "${ ", "${a", "${a.", "$", "${a }", "${   a   .   "])
def test_linear(piece: str) -> None:
    start = time.process_time()
    fragments.split(piece * (200_000 // len(piece)) + " " * 200_000)
    assert time.process_time() - start < PATIENCE
