"""The files that a how-to page shows, as readers copy them: a fence that ends in a file's name."""

from __future__ import annotations

import re
from pathlib import Path

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
_FENCE = re.compile(r"^```\w+ (?P<name>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def files_of(page: str) -> dict[str, str]:
    """Name to text."""
    text = (HOW_TO / page).read_text(encoding="utf-8")
    return {found["name"]: found["text"] for found in _FENCE.finditer(text)}
