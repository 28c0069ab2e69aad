"""PostgreSQL: the server that tests use, named by LOOKALIKE_TEST_POSTGRES: the URL of a database in
which schemas may be made and dropped.

Without one those tests skip, and the others leave out what they would do there. With
LOOKALIKE_REQUIRE_ALL there must be one: nothing that uses it is then even collected without.
"""

from __future__ import annotations

import os

import pytest

POSTGRES = os.environ.get("LOOKALIKE_TEST_POSTGRES", "")
"""Empty where there is none."""

if os.environ.get("LOOKALIKE_REQUIRE_ALL") and not POSTGRES:
    raise RuntimeError("LOOKALIKE_REQUIRE_ALL is set, but LOOKALIKE_TEST_POSTGRES names no server")


def needed() -> str:
    """The URL; the test that asks skips where there is none."""
    if not POSTGRES:
        pytest.skip("LOOKALIKE_TEST_POSTGRES names no server")
    return POSTGRES
