"""`python -m tests.fuzz --inputs N [--seconds S] [--seed N] [--only TARGET]`: try many texts.

Prints inputs a second and the slowest text; exits with 1 when a text made the compiler fail.
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz import fuzz
from tests.fuzz.targets import TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N")
    parser.add_argument("--seconds", type=float, default=float("inf"), metavar="S")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--only", default="", choices=[target.name for target in TARGETS])
    options = parser.parse_args()
    outcome = fuzz.run(options.inputs, options.seed, options.seconds, options.only)
    for failure in outcome.failures:
        print(f"FAILED {failure.target}, input {failure.number}: {failure.text!r}")
        print(failure.reason)
    counts = ", ".join(f"{n} {name}" for name, n in outcome.counts.most_common())
    print(f"{outcome.inputs} inputs in {outcome.seconds:.0f} s ({counts})")
    print(f"{outcome.inputs / max(outcome.seconds, 1e-9):.0f} inputs/s")
    seconds, name, text = outcome.worst
    print(f"slowest: {seconds * 1000:.1f} ms, {name}: {text[:300]!r}")
    print(f"{len(outcome.failures)} failures")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
