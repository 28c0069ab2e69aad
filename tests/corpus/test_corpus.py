"""The command sees what differs, knows the kinds it names, and fails on what none of them explains.

What `lkml` answers is written out here, since it is not among the packages of the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lookalike.compiler.syntax import lookml
from tests.corpus.compare import Difference, Outcome, differences, outcome, outcomes
from tests.corpus.kinds import kind_of, refusal_of, report_of
from tests.corpus.rows import Row, rows
from tests.corpus.summary import Summary

A = Row("a", "atom", "b")


def read(text: str, theirs: list[Row] | None = None, refused: str = "") -> Outcome:
    return outcome(Path("x.lkml"), text.encode(), theirs, refused)


def summary(*outcomes: Outcome) -> Summary:
    made = Summary()
    for each in outcomes:
        made.add(each)
    return made


def test_rows_say_where_how_and_what() -> None:
    text = 'view: a {\r\n sql: b\r\n c ;;\r\n f: [d, "e", g: "h"]\r\n i: { j: "k" } }'
    assert rows(lookml.parse(text)) == [
        Row("view a/", "block", ""),
        Row("view a/sql", "sql", "b\n c"),
        Row("view a/f/", "list", ""),
        Row("view a/f/", "atom", "d"),
        Row("view a/f/", "string", "e"),
        Row("view a/f/g", "string", "h"),
        Row("view a/i/", "block", ""),
        Row("view a/i/j", "string", "k"),
    ]


def test_differences_are_paired_where_they_stand() -> None:
    b, c = Row("b", "atom", "1"), Row("c", "sql", "2")
    changed = Row("b", "string", "1")
    assert differences([A, b, c], [A, b, c]) == []
    assert differences([A, b, c], [A, changed, c]) == [Difference(b, changed)]
    assert differences([A, c], [A, b, c]) == [Difference(None, b)]
    assert differences([A, b, c], [A, c]) == [Difference(b, None)]


UNCLOSED = "a: { sql: b\n }\nview: c { sql: d ;; }"
KINDS = {
    "SQL whose `;;` is forgotten": (
        UNCLOSED,
        [Row("a/", "block", ""), Row("a/sql", "sql", "b\n }\nview: c { sql: d")],
    ),
    "escaped quote": (r'a: "\"b\""', [Row("a", "string", r"\"b\"")]),
    "behind a brace that closes nothing": ("a: b } c: d", [A]),
    "foreign blank": ("\ufeffa:\u00a0b", [Row("\ufeffa", "atom", "\u00a0b")]),
    "semicolon right behind a value": ("a: b;;", [Row("a", "atom", "b;;")]),
    "comment right behind a value": ("a: b#c", [Row("a", "atom", "b#c")]),
    "second colon before SQL": ("sql:: b ;;", [Row("sql", "sql", ": b")]),
}


@pytest.mark.parametrize("name", KINDS)
def test_known_difference(name: str) -> None:
    text, theirs = KINDS[name]
    made = read(text, theirs)
    found = [kind_of(made, difference) for difference in differences(theirs, made.ours)]
    assert {kind.name if kind else "" for kind in found} == {name}
    assert summary(made).is_right
    assert summary(made).equal == 0


def test_difference_that_no_kind_explains() -> None:
    made = summary(read("a: b", [Row("a", "atom", "c")]))
    assert not made.is_right
    assert len(made.unexplained) == 1
    assert made.differences == {}


REFUSALS = {
    "parameter written twice": ("a: { b: c b: d }", "KeyError: 'Key \"b\" already exists in tree'"),
    "loose semicolon": ('a: "b" ;;', "SyntaxError"),
    "foreign blank": ("\u200b a: b", "SyntaxError"),
    "comment right behind a value": ("a: b#c d", "SyntaxError"),
    "quoted name in a list": ('a: ["b.c": "d"]', "SyntaxError"),
    "blank before the colon of SQL": ("sql : ${b} ;;", "SyntaxError"),
    "two commas": ("a: [b,, c]", "SyntaxError"),
    "colon behind no name": ("a: {: b: c }", "SyntaxError"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_known_refusal(name: str) -> None:
    text, refused = REFUSALS[name]
    made = read(text, None, refused)
    refusal = refusal_of(made)
    assert refusal is not None
    assert refusal.name == name
    counts = summary(made)
    assert counts.is_right
    assert (counts.refused_by_lkml, counts.refused_by_both) == (1, 0)


def test_comments_and_sql_are_no_loose_semicolons() -> None:
    made = read("a: b # ;\nsql: c; ;;\nd: {}", None, "SyntaxError")
    assert refusal_of(made) is None
    assert not summary(made).is_right


def test_file_that_both_refuse() -> None:
    counts = summary(read("view a", None, "SyntaxError"))
    assert counts.is_right
    assert counts.refused_by_both == 1


def test_mistake_that_we_alone_report() -> None:
    brace, word = read("a: b }", [A]), read("a: b c", [A])
    assert [bool(report_of(found)) for found in (*brace.errors, *word.errors)] == [True, False]
    assert summary(brace).is_right
    assert not summary(word).is_right


@pytest.mark.parametrize("data", [b"a: b\r\n# \xff\n", b"\xef\xbb\xbf\tview: a {}\r", b""])
def test_bytes_come_back(data: bytes) -> None:
    made = outcome(Path("x.lkml"), data, [], "")
    assert made.is_printed_back
    assert made.is_formatted_alike


def test_python_without_lkml_is_told(tmp_path: Path) -> None:
    without = tmp_path / "python"
    without.write_text(f'#!/bin/sh\nexec {sys.executable} -S -I "$@"\n')
    without.chmod(0o700)
    with pytest.raises(SystemExit, match="--lkml-python"):
        list(outcomes(str(without), [(tmp_path / "x.lkml", b"")]))
