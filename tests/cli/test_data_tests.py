"""`lookalike test`: data tests that pass and fail, in words and in the formats of other tools."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import MODEL, SHOP, MakeFolder, Run

TESTS = """
test: one_order {
  explore_source: orders { column: count {} }
  assert: is_one { expression: ${orders.count} = 1 ;; }
}
test: two_orders {
  explore_source: orders { column: count {} }
  assert: is_two { expression: ${orders.count} = 2 ;; }
}
"""
TESTED = {**SHOP, "shop.model.lkml": MODEL + TESTS}


def test_tests_run(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(TESTED)
    ended = lookalike("test", made)
    assert ended.code == 1
    assert "passed shop/one_order\n" in ended.out
    assert "failed shop/two_orders\n" in ended.out
    assert "error[" in ended.out
    assert "1 passed, 1 failed" in ended.err
    assert "\r" not in ended.err


def test_one_test_can_be_named(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(TESTED)
    ended = lookalike("test", made, "--model", "shop", "--test", "one_order")
    assert (ended.code, ended.out) == (0, "passed shop/one_order\n")
    missing = lookalike("test", made, "--test", "nothing")
    assert missing.code == 2
    assert "there is no data test `nothing`" in missing.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--test", "one_ordr"), "there is no data test `one_ordr` in workspace `dev`;"),
        (("--test", "one_ordr"), "did you mean `one_order`?"),
        (("--model", "shp"), "model `shp` was not found in workspace `dev`; did you mean `shop`?"),
        (("--model", "xyz", "--test", "one_order"), "model `xyz` was not found"),
        (("--model", "xyz"), "there is `bare`, `shop`"),
        (("--model", "bare"), "model `bare` has no data tests"),
        (("--model", "bare", "--test", "one_order"), "no data test `one_order` of model `bare`"),
    ],
)
def test_what_cannot_be_chosen(
    arguments: tuple[str, ...], reason: str, folder: MakeFolder, lookalike: Run
) -> None:
    made = folder({**TESTED, "bare.model.lkml": MODEL})
    ended = lookalike("test", made, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err


def test_no_tests(folder: MakeFolder, lookalike: Run) -> None:
    ended = lookalike("test", folder(SHOP))
    assert (ended.code, ended.out) == (0, "")
    assert "no data tests" in ended.err


def test_formats(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(TESTED)
    junit = lookalike("test", made, "--output-format", "junit")
    assert junit.code == 1
    root = ElementTree.fromstring(junit.out)
    cases = {each.attrib["name"]: [child.tag for child in each] for each in root.iter("testcase")}
    assert cases == {"one_order": [], "two_orders": ["failure"]}
    (found,) = json.loads(lookalike("test", made, "--json").out)
    assert found["path"] == "shop.model.lkml"
    assert found["line"] > 0
    annotated = lookalike("test", made, "--output-format", "github").out
    assert annotated.count("::error file=") == 1
    assert '"level": "error"' in lookalike("test", made, "--output-format", "sarif").out


def test_an_empty_database_is_told_where_a_test_fails(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(TESTED)
    assert "name one with --warehouse FILE" in lookalike("test", made).err
    passed = lookalike("test", made, "--test", "one_order")
    assert "--warehouse" not in passed.err


def test_a_warehouse_that_is_missing_is_refused(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(TESTED)
    nowhere = ("--warehouse", made / "nope.duckdb")
    for command in (
        ("test", made),
        ("diff", "dev", "dev", made),
        ("query", "shop/orders", "orders.count", "--dir", made),
        ("serve", made, "--port", "0"),
    ):
        ended = lookalike(*command, *nowhere)
        assert ended.code == 2
        assert "nope.duckdb` is not a file" in ended.err
