from __future__ import annotations

import subprocess

import pytest

from lookalike.git import branch_ref, copy_ref, is_branch_name, is_project_name

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
