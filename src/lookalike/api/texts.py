"""Texts: answers that are plain text and not JSON, at hand as a whole."""

from __future__ import annotations

from lookalike.instance.queries import Stream
from lookalike.instance.workspaces import Version

PLAIN = "text/plain; charset=utf-8"


def text_out(text: str, version: Version) -> Stream:
    """`text` as the answer, read from `version`."""
    return Stream(PLAIN, iter((text.encode(),)), version, _nothing)


def _nothing() -> None:
    """There is nothing to stop."""
