"""`lookalike format`: what it writes, what it leaves alone, and how it says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write

UNTIDY = "view: a {\n dimension: b {type:string} # c\n\n\n}\n"
TIDY = "view: a {\n  dimension: b {\n    type: string\n  } # c\n}\n"
BROKEN = "view: a {\n  dimension: b {\n"


def test_files_are_written_in_place(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, {"a.view.lkml": UNTIDY, "in/b.view.lkml": TIDY, ".git/c.lkml": UNTIDY})
    write(tmp_path, {"notes.md": UNTIDY})
    (tmp_path / "a.view.lkml").chmod(0o640)
    ended = lookalike("format", tmp_path)
    assert ended.code == 0
    assert (tmp_path / "a.view.lkml").read_text() == TIDY
    assert (tmp_path / "a.view.lkml").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / ".git/c.lkml").read_text() == UNTIDY
    assert (tmp_path / "notes.md").read_text() == UNTIDY
    assert "2 files: 1 formatted, 1 already formatted" in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".git", "a.view.lkml", "in", "notes.md",
    ]  # fmt: skip
    again = lookalike("format", tmp_path)
    assert "2 files: 2 already formatted" in again.err


def test_line_ends_in_quotes_stay(tmp_path: Path, lookalike: Run) -> None:
    path = tmp_path / "a.view.lkml"
    path.write_bytes(b'label: "a\r\nb"\r\ntype:   x\r\n')
    assert lookalike("format", path).code == 0
    assert path.read_bytes() == b'label: "a\r\nb"\ntype: x\n'


def test_a_link_keeps_leading_to_its_file(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, {"a.lkml": UNTIDY})
    (tmp_path / "link.lkml").symlink_to("a.lkml")
    assert lookalike("format", tmp_path / "link.lkml").code == 0
    assert (tmp_path / "link.lkml").is_symlink()
    assert (tmp_path / "a.lkml").read_text() == TIDY


@pytest.mark.parametrize("options", [["--check"], ["--diff"], ["--check", "--diff"]])
def test_nothing_is_written_on_request(options: list[str], tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, {"a.view.lkml": UNTIDY})
    ended = lookalike("format", tmp_path, *options)
    assert (tmp_path / "a.view.lkml").read_text() == UNTIDY
    assert ended.code == ("--check" in options)
    assert ("- dimension: b {type:string} # c" in ended.out) == ("--diff" in options)
    assert "1 file: 1 would change" in ended.err
    write(tmp_path, {"a.view.lkml": TIDY})
    assert lookalike("format", tmp_path, *options).code == 0


def test_a_file_with_mistakes_is_left_alone(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, {"a.view.lkml": BROKEN, "b.view.lkml": UNTIDY})
    ended = lookalike("format", tmp_path)
    assert ended.code == 1
    first, line, caret = ended.out.splitlines()
    assert first.startswith(f"{tmp_path}/a.view.lkml:2:3: error[unclosed_block]: ")
    assert line.index("dimension") == caret.index("^")
    assert (tmp_path / "a.view.lkml").read_text() == BROKEN
    assert (tmp_path / "b.view.lkml").read_text() == TIDY


def test_a_file_that_is_not_text(tmp_path: Path, lookalike: Run) -> None:
    path = tmp_path / "a.lkml"
    path.write_bytes(b"view: a {}\xff")
    ended = lookalike("format", tmp_path)
    assert ended.code == 1
    assert "is not UTF-8" in ended.out
    assert path.read_bytes() == b"view: a {}\xff"


def test_json(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, {"a.lkml": BROKEN, "b.lkml": UNTIDY, "c.lkml": TIDY})
    records = json.loads(lookalike("format", tmp_path, "--json").out)
    assert [record["outcome"] for record in records] == ["error", "formatted", "unchanged"]
    (found,) = records[0]["diagnostics"]
    assert (found["code"], found["line"], found["column"]) == ("unclosed_block", 2, 3)


@pytest.mark.parametrize("name", ["absent", "a.dashboard.lookml"])
def test_paths_that_cannot_be_formatted(name: str, tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, {"a.dashboard.lookml": "- dashboard: a"})
    ended = lookalike("format", tmp_path / name)
    assert ended.code == 2
    assert name in ended.err


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_a_folder_without_lookml(options: list[str], tmp_path: Path, lookalike: Run) -> None:
    (tmp_path / "readme.md").write_text("")
    ended = lookalike("format", *options, tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "name the folder of a LookML project" in ended.err
