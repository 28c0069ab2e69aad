"""Documents are true:
generated pages are in step, links lead somewhere, and nothing public is undocumented.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lookalike.compiler.syntax import MEANINGS, Code
from tests.house.reference import GENERATED, PAGES, ROOT

DOCUMENTS = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "benchmarks").glob("*.md"),
    ]
)


@pytest.mark.parametrize("page", sorted(GENERATED))
def test_generated_pages_are_in_step(page: str) -> None:
    written = (PAGES / page).read_text(encoding="utf-8")
    assert written == GENERATED[page](), "run `make docs`"


def test_every_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Code)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_setting_says_what_it_means() -> None:
    assert "|  |" not in GENERATED["configuration.md"]()


def test_every_argument_has_help() -> None:
    assert "|  |" not in GENERATED["cli.md"]()


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 250
