"""`python -m tests.golden_liquid FILE.json [--json]`: run the Golden Liquid suite.

Prints what passed by tag and filter, then each deviation with its reason. Exits with 1 if a case
fails that no reason explains.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from tests.golden_liquid import suite
from tests.golden_liquid.suite import Outcome


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.golden_liquid", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.json")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    outcomes = [suite.run(case) for case in suite.read(options.file)]
    if options.json:
        print(json.dumps(as_json(outcomes), indent=2))
    else:
        print("\n".join(as_lines(outcomes)))
    return 1 if any(outcome.verdict == "failed" for outcome in outcomes) else 0


def as_json(outcomes: list[Outcome]) -> dict[str, object]:
    """The result for a program."""
    deviating = [
        {
            "name": outcome.case.name,
            "template": outcome.case.template,
            "expected": outcome.case.expected,
            "got": outcome.got,
            "reason": outcome.reason,
        }
        for outcome in outcomes
        if not outcome.passed
    ]
    groups = {name: dict(counts) for name, counts in suite.tally(outcomes).items()}
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    return {"cases": len(outcomes), **verdicts, "groups": groups, "deviating": deviating}


def as_lines(outcomes: list[Outcome]) -> list[str]:
    """The result for a reader."""
    lines = [f"{'':30}{'passed':>8}{'explained':>11}{'failed':>8}"]
    for name, counts in sorted(suite.tally(outcomes).items()):
        figures = f"{counts['passed']:8}{counts['explained']:11}{counts['failed']:8}"
        lines.append(f"{name:30}{figures}")
    by_reason: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if not outcome.passed:
            by_reason.setdefault(outcome.reason or "NOT EXPLAINED", []).append(outcome)
    for why, deviating in by_reason.items():
        lines += ["", f"{len(deviating)}: {why}"]
        lines += [f"  {each.case.name}" for each in deviating if each.reason]
        for each in deviating:
            if not each.reason:
                lines += [f"  {each.case.name}: {each.case.template!r}"]
                lines += [f"    expected {each.case.expected}, got {each.got}"]
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    share = 100 * verdicts["passed"] / max(len(outcomes), 1)
    summary = f"{verdicts['passed']} of {len(outcomes)} passed ({share:.1f} %)"
    return [*lines, "", f"{summary}, {verdicts['explained']} explained, {verdicts['failed']} not"]


if __name__ == "__main__":
    sys.exit(main())
