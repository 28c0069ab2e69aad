"""Real repositories: bare ones of ours, and whatever the git command makes of them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from lookalike.git import Repository, create_repository

Git: TypeAlias = Callable[..., str]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return tmp_path / "shop.git"


@pytest.fixture
def repository(bare: Path) -> Repository:
    return create_repository(bare, "main")


@pytest.fixture
def git(bare: Path, tmp_path: Path) -> Git:
    """The git command in `bare`, blind for the configuration of whoever runs the tests."""
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }

    def run(*arguments: str, data: str | bytes = b"", at: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=at or bare,
            env=environment,
            input=data.encode() if isinstance(data, str) else data,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().rstrip("\n")

    return run
