from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lookalike.git import (
    EMPTY_TREE,
    Repository,
    branch_ref,
    copy_ref,
    deploy_ref,
    is_branch_name,
    is_project_name,
    is_workspace_name,
    parked_ref,
)

GOOD = [
    "main",
    "dev-ada-lovelace-x7d2",
    "feature/one.two",
    "a",
    "_x",
    "9-lives",
    "v1.0",
    "A/B/c_d",
    "x" * 200,
]

BAD = [
    "",
    "-x",
    "--output=x",
    ".x",
    "a/.x",
    "a/-x",
    "a..b",
    "a//b",
    "/a",
    "a/",
    "a.",
    "a./b",
    "a.lock",
    "a.LOCK/b",
    "a@{1}",
    "@",
    "a b",
    "a\n",
    "a\0b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[",
    "a\\b",
    "é",
    "٣",
    "HEAD",
    "refs/heads/main",
    "a" * 40,
    "x" * 201,
    "$(id)",
    "a;b",
]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_name_is_good_for_git_too(name: str) -> None:
    assert is_branch_name(name)
    command = ["git", "check-ref-format", "--branch", name]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert branch_ref(name) == f"refs/heads/{name}"


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_a_bad_name_never_becomes_a_ref(name: str) -> None:
    assert not is_branch_name(name)
    with pytest.raises(ValueError, match="cannot name a branch"):
        branch_ref(name)


def test_copies_have_hidden_refs() -> None:
    assert copy_ref(7) == "refs/lookalike/copies/7"
    assert copy_ref(7, "ci_1-x") == "refs/lookalike/copies/7-ci_1-x"
    noon = datetime(2026, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert parked_ref(7, "ci", noon) == "refs/lookalike/parked/7-ci/20260501T120000000000Z"
    assert parked_ref(7, "", noon) == "refs/lookalike/parked/7/20260501T120000000000Z"
    assert deploy_ref(3) == "refs/lookalike/deploys/3"


def test_hidden_refs_move(repository: Repository) -> None:
    now = datetime.now(UTC)
    refs = [copy_ref(7), copy_ref(7, "--"), copy_ref(7, "x" * 40), parked_ref(7, "ci", now)]
    for ref in [*refs, parked_ref(7, "", now), deploy_ref(3)]:
        repository.move(ref, None, EMPTY_TREE)
        assert repository.find_ref(ref) == EMPTY_TREE
    assert repository.branches() == {}


@pytest.mark.parametrize(
    "name", ["x" * 41, "A", "a.b", "a/b", "../x", "a b", "é", "x\n"], ids=ascii
)
def test_a_workspace_has_a_plain_name(name: str) -> None:
    assert not is_workspace_name(name)
    with pytest.raises(ValueError, match="cannot name a workspace"):
        copy_ref(7, name)
    with pytest.raises(ValueError, match="cannot name a workspace"):
        parked_ref(7, name, datetime.now(UTC))


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("shop", True),
        ("my-project_2", True),
        ("x" * 100, True),
        ("x" * 101, False),
        ("", False),
        ("-shop", False),
        (".git", False),
        ("..", False),
        ("a/b", False),
        ("a.b", False),
        ("shop\n", False),
        ("bücher", False),
    ],
    ids=ascii,
)
def test_project_names(name: str, is_good: bool) -> None:
    assert is_project_name(name) is is_good
