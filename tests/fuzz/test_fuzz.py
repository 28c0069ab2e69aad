"""A short run of the fuzz and of the bombs, and that both see what they are there to see."""

from __future__ import annotations

import time

import pytest

from lookalike.compiler import syntax
from tests.fuzz import bombs, fuzz, targets, texts
from tests.fuzz.families import FAMILIES, Family, Work
from tests.fuzz.targets import TARGETS, Target

REPEATED = 3


@pytest.mark.slow
def test_some_texts() -> None:
    outcome = fuzz.run(4000, seed=1, seconds=20)
    assert outcome.failures == []
    assert set(outcome.counts) == {target.name for target in TARGETS}


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_small_bombs(family: Family) -> None:
    measured = bombs.measure(family, doublings=1)
    assert measured.violation == ""


@pytest.mark.parametrize(
    "text",
    ['view: v { measure: m { filters: s: "-a,b", id: ">1"] sql: 1 ;; } }', "filters: a: 1, b: 2"],
)
def test_what_was_found(text: str) -> None:
    targets.check_lookml(text)


def test_the_corpus_begins_right() -> None:
    """Noise around what is wrong from the start would try nothing."""
    for text in texts.PROJECTS:
        assembled, _ = targets.project_of(text)
        assert assembled.diagnostics == ()
    assert syntax.lookml.parse(texts.LOOKML[0]).diagnostics == ()
    for text in texts.YAMLS:
        assert syntax.yaml.parse(text).diagnostics == ()


def test_a_failure_is_reported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> None:
        raise ValueError(text)

    monkeypatch.setattr(fuzz, "TARGETS", (Target("broken", 1, ["x"], ["y"], fail),))
    outcome = fuzz.run(REPEATED, seed=5)
    (failure,) = outcome.failures
    assert outcome.inputs == REPEATED
    assert (failure.target, failure.number) == ("broken", 0)
    assert "ValueError" in failure.reason
    assert fuzz.run(REPEATED, seed=5).failures == [failure]


def test_a_slow_text_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "TARGETS", (Target("slow", 1, ["x"], ["y"], _spin),))
    monkeypatch.setattr(fuzz, "SECONDS_AT_MOST", 0.01)
    assert fuzz.run(1).failures[0].reason.startswith("it took")


def test_a_text_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(text: str) -> None:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(fuzz, "TARGETS", (Target("endless", 1, ["x"], ["y"], hang),))
    monkeypatch.setattr(fuzz, "SECONDS_UNTIL_HANG", 0.05)
    assert "Hang" in fuzz.run(1).failures[0].reason


def test_bombs_see_what_grows() -> None:
    def square(n: int) -> Work:
        return lambda: sum(i * j for i in range(n) for j in range(n))

    found = bombs.measure(Family("square", square, 200, doublings=3))
    assert "grows" in found.violation
    found = bombs.measure(Family("slow", lambda n: lambda: _spin(""), 1, seconds=0.01))
    assert found.sizes == (1,)
    assert "takes more" in found.violation


def _spin(text: str) -> None:
    end = time.thread_time() + 0.02
    while time.thread_time() < end:
        pass
