"""The command line, run within the process, on folders of LookML in git."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from msgspec import Struct

from lookalike.cli.main import main

Texts: TypeAlias = Mapping[str, str]
MakeFolder: TypeAlias = Callable[[Texts], Path]

MODEL = """connection: "db"
include: "/views/*.view"
explore: orders {
  join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
}
"""
ORDERS = """view: orders {
  derived_table: { sql: SELECT 1 AS id, 1 AS user_id, 'sold' AS status ;; }
  dimension: id { primary_key: yes type: number }
  dimension: user_id { type: number hidden: yes }
  dimension: status {}
  measure: count { type: count }
}
"""
USERS = """view: users {
  derived_table: { sql: SELECT 1 AS id, 'Ann' AS name ;; }
  dimension: id { primary_key: yes type: number }
  dimension: name {}
}
"""
SHOP: Texts = {
    "shop.model.lkml": MODEL,
    "views/orders.view.lkml": ORDERS,
    "views/users.view.lkml": USERS,
}


class Ended(Struct, frozen=True):
    """How a command ended, and what it has written."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Ended]


@pytest.fixture
def lookalike(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command."""

    def run(*arguments: str | Path) -> Ended:
        code = main([str(each) for each in arguments])
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> MakeFolder:
    """A working folder whose branch `main` holds the files, and which can be edited."""

    def make(texts: Texts) -> Path:
        made = tmp_path / "shop"
        made.mkdir()
        git(made, "init", "--quiet", "--initial-branch", "main")
        write(made, texts)
        commit(made)
        return made

    return make


def write(folder: Path, texts: Texts) -> None:
    """Put files into a folder."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "x")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True)
