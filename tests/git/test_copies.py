from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lookalike.git import (
    EMPTY_TREE,
    Signature,
    branch_ref,
    copies,
    copy_ref,
    create_repository,
    parked_ref,
)

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_copies_are_told_apart_by_user_and_workspace(tmp_path: Path) -> None:
    repository = create_repository(tmp_path / "a.git", "main")
    one, two = (
        repository.commit(EMPTY_TREE, (), text, Signature("Ada", "ada@example.com"), NOON)
        for text in ("one", "two")
    )
    assert copies(repository) == {}
    for ref in (branch_ref("main"), copy_ref(7), copy_ref(71), parked_ref(7, "ci-2", NOON)):
        repository.move(ref, None, one)
    repository.move(copy_ref(7, "ci-2"), None, two)
    assert copies(repository) == {(7, ""): one, (71, ""): one, (7, "ci-2"): two}
