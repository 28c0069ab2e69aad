from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lookalike.git import (
    EMPTY_TREE,
    CommitId,
    MissingObject,
    Moved,
    RefLocked,
    RefTaken,
    Repository,
    Signature,
    copy_ref,
    open_repository,
)

Git = Callable[..., str]
REF = "refs/heads/main"


def commit(repository: Repository, message: str) -> CommitId:
    ada = Signature("Ada", "ada@example.com")
    return repository.commit(EMPTY_TREE, [], message, ada, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def commits(repository: Repository) -> list[CommitId]:
    return [commit(repository, str(i)) for i in range(3)]


def test_a_ref_is_made_moved_and_removed(
    repository: Repository, commits: list[CommitId], git: Git
) -> None:
    one, two, _ = commits
    repository.move(REF, None, one)
    repository.move(REF, one, one)
    repository.move(REF, one, two)
    assert git("rev-parse", REF) == two == repository.find_ref(REF)
    repository.move(REF, two, None)
    assert git("for-each-ref") == ""
    repository.move(REF, None, None)
    assert repository.find_ref(REF) is None


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_ref_that_is_elsewhere_stays_there(
    repository: Repository, commits: list[CommitId], git: Git, is_packed: bool
) -> None:
    one, two, three = commits
    repository.move(REF, None, one)
    if is_packed:
        git("pack-refs", "--all")
    for expected, new in ((None, two), (two, three), (two, None), (None, None)):
        with pytest.raises(Moved) as caught:
            repository.move(REF, expected, new)
        assert (caught.value.ref, caught.value.found) == (REF, one)
        assert repository.find_ref(REF) == one
    with pytest.raises(Moved, match="found nothing"):
        repository.move("refs/heads/none", one, two)
    repository.move(REF, one, None)
    assert repository.find_ref(REF) is None
    assert git("for-each-ref") == ""


def test_a_copy_holds_a_tree(repository: Repository, git: Git) -> None:
    repository.move(copy_ref(7), None, EMPTY_TREE)
    assert git("cat-file", "-t", copy_ref(7)) == "tree"
    git("gc", "-q", "--prune=now")
    assert repository.entries(EMPTY_TREE) == ()


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_ref_is_no_folder_of_another(
    repository: Repository, commits: list[CommitId], git: Git, is_packed: bool
) -> None:
    repository.move("refs/heads/a/b", None, commits[0])
    if is_packed:
        git("pack-refs", "--all")
    for name in ("a", "a/b/c"):
        with pytest.raises(RefTaken, match=r"`refs/heads/a/b` exists"):
            repository.move(f"refs/heads/{name}", None, commits[0])
    repository.move("refs/heads/a/b", commits[0], None)
    repository.move("refs/heads/a", None, commits[1])
    assert git("rev-parse", "a") == commits[1]


@pytest.mark.parametrize(
    "ref", ["HEAD", "main", "refs/tags/v1", "refs/heads/--output=x", "refs/lookalike/copies/x", ""]
)
def test_other_refs_are_not_ours_to_move(
    repository: Repository, commits: list[CommitId], ref: str
) -> None:
    with pytest.raises(ValueError, match="not a ref of ours"):
        repository.move(ref, None, commits[0])


def test_a_ref_leads_to_something(repository: Repository) -> None:
    for new in ("1" * 40, "nonsense", EMPTY_TREE):
        with pytest.raises(MissingObject):
            repository.move(REF, None, new)


def test_threads_race_and_one_wins(repository: Repository, commits: list[CommitId]) -> None:
    repository.move(REF, None, commits[0])
    won: list[CommitId] = []
    candidates = [commit(repository, f"thread {i}") for i in range(8)]

    def work(mine: CommitId) -> None:
        try:
            repository.move(REF, commits[0], mine)
            won.append(mine)
        except Moved:
            pass

    threads = [threading.Thread(target=work, args=(mine,)) for mine in candidates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [repository.find_ref(REF)]


RACER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from lookalike.git import EMPTY_TREE, CommitId, Moved, Signature, open_repository

repository = open_repository(Path(sys.argv[1]))
n_moves = int(sys.argv[2])
ada = Signature("Ada", "ada@example.com")
made = 0
print("ready", flush=True)
sys.stdin.readline()
while made < n_moves:
    here = repository.find_ref("refs/heads/main")
    parents = [CommitId(here)] if here else []
    now = datetime.fromtimestamp(made, UTC)
    new = repository.commit(EMPTY_TREE, parents, sys.argv[3], ada, now)
    try:
        repository.move("refs/heads/main", here, new)
        made += 1
        print(new, flush=True)
    except Moved:
        pass
"""


def racer(bare: Path, n_moves: int, name: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", RACER, str(bare), str(n_moves), name]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_processes_race_and_no_move_is_lost(repository: Repository, bare: Path, git: Git) -> None:
    racers = [racer(bare, 100, name) for name in ("left", "right")]
    for process in racers:
        start(process)
    outputs = [process.communicate(timeout=60)[0] for process in racers]
    assert [process.returncode for process in racers] == [0, 0]
    acknowledged = {line for output in outputs for line in output.split()}
    assert acknowledged == set(git("rev-list", "main").split())
    assert len(acknowledged) == 200


@pytest.mark.slow
def test_a_killed_mover_leaves_the_ref_old_or_new(
    repository: Repository, bare: Path, git: Git
) -> None:
    chance = random.Random(7)
    for round_ in range(12):
        process = racer(bare, 1_000_000, f"round {round_}")
        start(process)
        time.sleep(chance.uniform(0.05, 0.25))
        os.kill(process.pid, signal.SIGKILL)
        output = process.communicate(timeout=10)[0]
        acknowledged = {line for line in output.split("\n") if len(line) == 40}
        assert acknowledged
        history = set(git("rev-list", "main").split())
        assert acknowledged <= history
        here = repository.find_ref(REF)
        repository.move(REF, here, commit(repository, f"after {round_}"))
    git("fsck", "--strict")


def test_the_lock_of_a_killed_mover_is_cleared_away(
    repository: Repository, bare: Path, commits: list[CommitId]
) -> None:
    """What a kill between the two locks leaves: git's lock, and the name in our own."""
    repository.move(REF, None, commits[0])
    (bare / "refs/heads/main.lock").touch()
    (bare / "packed-refs.lock").touch()
    (bare / "lookalike.lock").write_text(REF)
    repository.move("refs/heads/other", None, commits[1])
    repository.move(REF, commits[0], commits[1])
    assert repository.find_ref(REF) == commits[1]
    assert not (bare / "packed-refs.lock").exists()


def test_the_lock_of_another_program_is_respected(
    repository: Repository, bare: Path, commits: list[CommitId]
) -> None:
    lock = bare / "refs/heads/main.lock"
    lock.touch()
    with pytest.raises(RefLocked):
        repository.move(REF, None, commits[0])
    assert lock.exists()
    threading.Timer(0.1, lock.unlink).start()
    repository.move(REF, None, commits[0])
    assert open_repository(bare).find_ref(REF) == commits[0]
