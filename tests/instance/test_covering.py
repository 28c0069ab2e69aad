"""Names are covered where they can be nothing else, at a cost that grows with the text."""

from __future__ import annotations

import time

import pytest

from lookalike.instance.covering import COVER, Covering
from tests.patience import PATIENCE

COVERING = Covering(
    frozenset({"pay"}), frozenset({"orders"}), lambda name: name == "orders.pay_of_boss"
)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("they pay orders.count", "they pay orders.count"),
        ("`pay` and orders.pay", f"`{COVER}` and {COVER}"),
        ("orders.pay_of_boss", COVER),
        (
            "https://example.com/pay?x={{ orders.pay }}",
            f"https://example.com/pay?x={{{{ {COVER} }}}}",
        ),
        ("{{ open {{ orders.pay }}", f"{{{{ open {{{{ {COVER} }}}}"),
        ("{{ orders.pay", f"{{{{ {COVER}"),
        ("{% if orders.pay._in_query", "{% if " + COVER),
        ("${ pay } ${orders.pay", f"${{ {COVER} }} ${{{COVER}"),
    ],
)
def test_a_text(written: str, told: str) -> None:
    assert COVERING.text(written) == told


@pytest.mark.parametrize("piece", ["{{ ", "{% ", "${", "`", "a.", "{{ pay", "http://a{", "{{ `"])
def test_a_long_text(piece: str) -> None:
    began = time.perf_counter()
    COVERING.text(piece * 100_000)
    assert time.perf_counter() - began < PATIENCE
