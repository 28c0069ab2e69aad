"""Fuzz: many texts to each notation. No exception, no text that takes a second, no place outside.

`run` is deterministic by its seed; `python -m tests.fuzz` is its command.
"""

from __future__ import annotations

import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from msgspec import Struct, field

from tests.fuzz.targets import TARGETS, Target
from tests.fuzz.texts import changed, noise

SECONDS_AT_MOST = 1.0
SECONDS_UNTIL_HANG = 20
_MOST_FAILURES = 10


class Failure(Struct, frozen=True):
    """`where` tells failures apart: of those in one place only the first is kept."""

    target: str
    number: int
    text: str
    reason: str
    where: str


class Outcome(Struct):
    """What came of a run. `worst` is the slowest text: its seconds, target and itself."""

    inputs: int = 0
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    worst: tuple[float, str, str] = (0.0, "", "")
    failures: list[Failure] = field(default_factory=list)


class Hang(BaseException):
    """A text took so long that it was given up."""


def run(n_inputs: int, seed: int = 0, seconds: float = float("inf"), only: str = "") -> Outcome:
    """Try so many texts, or as many as there is time for."""
    outcome = Outcome()
    targets = [target for target in TARGETS if not only or target.name == only]
    weights = [target.weight for target in targets]
    seen: set[str] = set()
    begun = time.perf_counter()
    with _watched():
        while outcome.inputs < n_inputs and time.perf_counter() - begun < seconds:
            # A generator for each number, so that one input can be made again by itself.
            rng = random.Random(seed * 1_000_003 + outcome.inputs)
            (target,) = rng.choices(targets, weights)
            text = _text(target, rng)
            failure = _try(target, text, outcome)
            if failure and failure.where not in seen:
                seen.add(failure.where)
                outcome.failures.append(failure)
            outcome.inputs += 1
            outcome.counts[target.name] += 1
            if len(outcome.failures) >= _MOST_FAILURES:
                break
    outcome.seconds = time.perf_counter() - begun
    return outcome


def _text(target: Target, rng: random.Random) -> str:
    if rng.random() < 0.2:
        return noise(target.words, rng)
    return changed(rng.choice(target.corpus), target.words, target.corpus, rng)


def _try(target: Target, text: str, outcome: Outcome) -> Failure | None:
    # Time of this thread: others on the machine make no text slow.
    begun = time.thread_time()
    signal.setitimer(signal.ITIMER_REAL, SECONDS_UNTIL_HANG)
    try:
        target.check(text)
    except (Exception, Hang) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} {last.filename}:{last.lineno}"
        reason = "".join(traceback.format_exception(error, limit=-6))
        return Failure(target.name, outcome.inputs, text, reason, where)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        taken = time.thread_time() - begun
        if taken > outcome.worst[0]:
            outcome.worst = taken, target.name, text
    if taken > SECONDS_AT_MOST:
        reason = f"it took {taken:.1f} s"
        return Failure(target.name, outcome.inputs, text, reason, f"time {target.name}")
    return None


@contextmanager
def _watched() -> Iterator[None]:
    def give_up(number: int, frame: FrameType | None) -> None:
        raise Hang(f"no end after {SECONDS_UNTIL_HANG} s")

    before = signal.signal(signal.SIGALRM, give_up)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
