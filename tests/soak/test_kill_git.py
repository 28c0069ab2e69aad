"""Kill -9 in the middle of work on a project: afterwards it is as before or as after, never
between.

What was acknowledged is there, a new process can go on at once, and git finds nothing wrong.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lookalike.instance import branches, deploys, files, people, projects
from lookalike.instance.folder import open_folder
from tests.contract.conftest import lookalike
from tests.soak.editor import PATH, PROJECT, WORKS

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]

N_KILLS = int(os.environ.get("LOOKALIKE_SOAK_KILLS", "200"))
EDITOR = str(Path(__file__).with_name("editor.py"))


def killed(folder: Path, kind: str, first: int, n_rounds: int, seconds: float) -> tuple[int, int]:
    """Let the editor end `n_rounds`, kill it `seconds` into the next, however busy the machine is.

    The last number it began and the last it had done.
    """
    child = subprocess.Popen(
        [sys.executable, EDITOR, str(folder), kind, str(first)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    said = [child.stdout.readline() for _ in range(1 + 2 * n_rounds)]
    time.sleep(seconds)
    child.kill()
    said += child.stdout.read().splitlines()
    child.stdout.close()
    assert child.wait() == -9, "the editor failed by itself"
    began = [int(line.split()[1]) for line in said if line.startswith("begin ")]
    done = [int(line.split()[1]) for line in said if line.startswith("done ")]
    return began[-1], done[-1] if done else 0


def check(folder: Path, kind: str, began: int, done: int) -> None:
    """What holds after the kill: the state is that of `done` or of `began`."""
    instance = open_folder(folder)
    try:
        caller = people.operator(instance, "dev")
        allowed = {done, began}
        if kind in ("save", "commit", "deploy"):
            text = files.read_file(instance, caller, PROJECT, PATH) if done else f"# {began}\n"
            assert int(text.removeprefix("# ")) in allowed
        if kind == "switch" and done:
            current = branches.current_branch(instance, caller, PROJECT).name
            assert int(current.removeprefix("kill-")) in allowed
        if kind == "delete":
            left = {each.name for each in branches.list_branches(instance, caller, PROJECT)}
            assert f"kill-{done}" not in left
        if kind == "deploy" and done:
            reader = people.operator(instance, "production")
            text = files.read_file(instance, reader, PROJECT, PATH)
            assert int(text.removeprefix("# ")) in allowed
            assert deploys.list_deploys(instance, caller, PROJECT)
        if kind == "remove":
            names = {each.name for each in projects.list_projects(instance, caller)}
            assert f"kill-{done}" not in names
            assert names <= {PROJECT, f"kill-{began}"}
            for name in names:
                assert files.list_files(instance, caller, name)
            if f"kill-{began}" in names:
                projects.delete_project(instance, caller, f"kill-{began}")
    finally:
        instance.close()


@pytest.mark.parametrize("kind", sorted(WORKS))
def test_old_or_new(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "demo"
    lookalike("demo", str(folder), "--no-serve")
    dice = random.Random(kind)
    first, n_done = 1, 0
    for _ in range(N_KILLS):
        began, done = killed(folder, kind, first, dice.randrange(3), dice.uniform(0.0, 0.06))
        check(folder, kind, began, done)
        n_done += done >= first
        first = began + 1
    print(f"{kind}: {N_KILLS} kills, {first - 1} begun")
    assert n_done
    for repository in repositories_of(folder):
        done_ = subprocess.run(
            ["git", "--git-dir", str(repository), "fsck", "--full", "--strict"],
            capture_output=True,
            text=True,
        )
        assert done_.returncode == 0, done_.stderr


def repositories_of(folder: Path) -> list[Path]:
    """Where the projects lie; what a killed creation left beside them is purged later."""
    instance = open_folder(folder)
    try:
        caller = people.operator(instance, "dev")
        found = [
            folder / project.repository for project in projects.list_projects(instance, caller)
        ]
    finally:
        instance.close()
    assert found
    return found
