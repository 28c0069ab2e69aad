"""`python -m tests.corpus FOLDER... --lkml-python PATH [--json]`: read real LookML as `lkml` does.

Every file below the folders whose name ends in `.lkml` is read by us and by PyPI `lkml`, and their
parameters are compared in order. Each file is also printed back, which must give the same bytes,
and laid out anew, which must not change what it says. PATH is a Python that has `lkml` installed.
Prints counts and the kinds of difference met; exits with 1 when one is not explained or a file
does not come back.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tests.corpus.compare import outcomes
from tests.corpus.summary import Seen, Summary


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--lkml-python", default=sys.executable, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    options = parser.parse_args()
    summary = Summary()
    for outcome in outcomes(options.lkml_python, _files(options.folders, summary)):
        summary.add(outcome)
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(summary)).decode())
    else:
        _print(summary)
    return 0 if summary.is_right and summary.files else 1


def _files(folders: Sequence[Path], summary: Summary) -> Iterator[tuple[Path, bytes]]:
    """Every content once, however often it was copied."""
    known: set[bytes] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*.lkml")):
            if not path.is_file():
                continue
            data = path.read_bytes()
            if data in known:
                summary.repeated_contents += 1
                continue
            known.add(data)
            yield path.resolve(), data


def _print(summary: Summary) -> None:
    print(
        f"{summary.files} files, {summary.bytes} bytes, {summary.parameters} parameters "
        f"({summary.repeated_contents} more files repeat a content)"
    )
    print(f"printed back byte for byte: {summary.printed_back}")
    print(f"laid out anew with equal parameters: {summary.formatted_alike}")
    print(f"read by lkml: {summary.read_by_both}, equal: {summary.equal}")
    _print_kinds("differences in what both read", summary.differences)
    print(f"mistakes reported by us alone: {summary.reported_by_us} files")
    _print_kinds("of these", summary.reports)
    print(f"refused by lkml: {summary.refused_by_lkml}, by us too: {summary.refused_by_both}")
    _print_kinds("read by us alone", summary.refusals)
    for title, found in (
        ("not explained", summary.unexplained),
        ("not printed back", summary.not_printed_back),
        ("changed by its layout", summary.not_formatted_alike),
    ):
        print(f"{title}: {len(found)}")
        for line in found:
            print(f"  {line}")


def _print_kinds(title: str, seen: dict[str, Seen]) -> None:
    if seen:
        print(f"{title}:")
    for kind in sorted(seen.values(), key=lambda kind: -kind.places):
        print(f"  {kind.places} in {kind.files} files: {kind.name}")
        print(f"    why: {kind.reason}")
        print(f"    first in {kind.example}")


if __name__ == "__main__":
    sys.exit(main())
