"""`lookalike validate`: carets, formats, and validation after every save."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import ORDERS, SHOP, USERS, MakeFolder, Run, Texts, write
from tests.patience import PATIENCE

BROKEN = USERS.replace("dimension: name {}", "dimension: name { sql: ${nowhere} ;; }")


def test_nothing_wrong(folder: MakeFolder, lookalike: Run) -> None:
    ended = lookalike("validate", folder(SHOP))
    assert (ended.code, ended.out) == (0, "")
    assert "nothing wrong in 1 model and 1 explore (dev)" in ended.err


def test_a_mistake_has_a_caret(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    write(made, {"views/users.view.lkml": BROKEN})
    ended = lookalike("validate", made)
    assert ended.code == 1
    first, line, caret = ended.out.splitlines()
    assert first.startswith("views/users.view.lkml:4:26: error[unknown_field]: ")
    assert line.endswith("dimension: name { sql: ${nowhere} ;; }")
    assert line.index("${nowhere}") == caret.index("^")
    assert caret.count("^") == len("${nowhere}")
    assert "\x1b" not in ended.out
    assert lookalike("validate", made, "--workspace", "production").code == 0


def test_strict_counts_warnings(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    assert lookalike("validate", made, "--strict").code == 0
    write(made, {"views/users.view.lkml": USERS.replace("name {}", "name { tiers: [1] }")})
    assert lookalike("validate", made).code == 0
    ended = lookalike("validate", made, "--strict")
    assert (ended.code, "warning[unknown_parameter]" in ended.out) == (1, True)


@pytest.mark.parametrize(
    ("output_format", "expected"),
    [
        ("json", '"code": "unknown_field"'),
        ("github", "::error file="),
        ("sarif", '"ruleId": "unknown_field"'),
        ("junit", '<testcase classname="shop" name="views/orders.view.lkml"/>'),
    ],
)
def test_formats(output_format: str, expected: str, folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    write(made, {"views/users.view.lkml": BROKEN})
    ended = lookalike("validate", made, "--output-format", output_format)
    assert ended.code == 1
    assert expected in ended.out


def test_json_is_short_for_a_format(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    write(made, {"views/users.view.lkml": BROKEN})
    (found,) = json.loads(lookalike("validate", made, "--json").out)
    assert (found["path"], found["line"], found["field"]) == (
        "views/users.view.lkml",
        4,
        "users.name",
    )


def test_text_of_others_does_not_command_the_terminal(folder: MakeFolder, lookalike: Run) -> None:
    made = folder(SHOP)
    write(made, {"views/users.view.lkml": USERS.replace("name {}", "name { \x1b[2J: yes }")})
    ended = lookalike("validate", made)
    assert ended.out
    assert "\x1b" not in ended.out


@pytest.mark.slow
def test_watch_validates_after_a_save(folder: MakeFolder) -> None:
    made = folder(SHOP)
    # Tests that run in the background of a shell ignore Ctrl-C, and so would what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "lookalike", "validate", str(made), "--watch", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as watching:
        assert watching.stdout is not None
        try:
            assert _document(watching) == []
            saved = time.perf_counter()
            write(made, {"views/users.view.lkml": BROKEN})
            assert [each["code"] for each in _document(watching)] == ["unknown_field"]
            assert time.perf_counter() - saved < PATIENCE
            write(made, {"views/users.view.lkml": USERS, "views/orders.view.lkml": ORDERS})
            assert _document(watching) == []
            watching.send_signal(signal.SIGINT)
            assert watching.wait(10) == 130
        finally:
            watching.kill()


def _document(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    """The next JSON document that the process prints."""
    assert process.stdout is not None
    text = ""
    while True:
        line = process.stdout.readline()
        assert line, "the command has ended"
        text += line
        try:
            found: list[dict[str, object]] = json.loads(text)
        except ValueError:
            continue
        return found


def test_a_folder_without_lookml(tmp_path: Path, lookalike: Run) -> None:
    ended = lookalike("validate", tmp_path)
    assert ended.code == 2
    assert "neither" in ended.err


def test_a_project_without_models_is_told(folder: MakeFolder, lookalike: Run) -> None:
    made = folder({"t.view.lkml": "view: t {}\n"})
    settings = made.parent / "instance"
    settings.mkdir()
    write(settings, {"lookalike.toml": '[projects.mine]\npath = "../shop"\n'})
    ended = lookalike("validate", settings)
    assert ended.code == 0
    assert "t.view.lkml:1:1: info[missing_model]: project `mine` has no model" in ended.out
    write(made, {"t.view.lkml": "view: t {}\n", "t.lkml": 'connection: "db"\nexplore: t {}\n'})
    ended = lookalike("validate", settings)
    advice = "this file is not read as a model; name it `t.model.lkml`"
    assert f"t.lkml:1:1: warning[missing_model]: {advice}" in ended.out
    write(made, SHOP)
    assert "missing_model" not in lookalike("validate", settings).out


def test_a_project_without_lookml_is_greeted(folder: MakeFolder, lookalike: Run) -> None:
    made = folder({"README.md": "Nothing yet.\n"})
    settings = made.parent / "instance"
    settings.mkdir()
    write(settings, {"lookalike.toml": '[projects.mine]\npath = "../shop"\n'})
    ended = lookalike("validate", settings)
    assert ended.code == 0
    assert (
        "project `mine` has no LookML yet; begin with a file such as `mine.model.lkml`" in ended.err
    )


TWO: Texts = {
    "instance/lookalike.toml": (
        '[connections.db]\n[projects.a]\npath = "../a"\n[projects.b]\npath = "../b"\n'
    ),
    "a/manifest.lkml": 'local_dependency: { project: "b" }\n',
    "a/a.model.lkml": 'connection: "db"\ninclude: "//b/*.view"\nexplore: users {}\n',
    "b/b.model.lkml": 'connection: "db"\ninclude: "/*.view"\nexplore: users {}\n',
    "b/users.view.lkml": BROKEN,
}


def test_of_several_projects_each_is_named(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, TWO)
    ended = lookalike("validate", tmp_path / "instance")
    heads = [line.partition(": ")[0] for line in ended.out.splitlines()[::3]]
    assert heads == ["a/imported_projects/b/users.view.lkml:4:26", "b/users.view.lkml:4:26"]


def test_a_mistake_in_an_import_has_a_caret(tmp_path: Path, lookalike: Run) -> None:
    write(tmp_path, TWO)
    _, line, caret, *_ = lookalike("validate", tmp_path / "instance").out.splitlines()
    assert line.endswith("dimension: name { sql: ${nowhere} ;; }")
    assert line.index("${nowhere}") == caret.index("^")
