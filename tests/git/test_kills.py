"""Whoever is killed in the middle leaves every ref at its old or new place, and whole objects."""

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
    Moved,
    Remote,
    Repository,
    Signature,
    create_repository,
    fetch,
    push,
    resolve,
    write_tree,
)

Git = Callable[..., str]
ADA = Signature("Ada", "ada@example.com")
ROUNDS = int(os.environ.get("LOOKALIKE_KILL_ROUNDS", "12"))

WORKER = """
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from lookalike import git

repository = git.open_repository(Path(sys.argv[1]))
remote = git.Remote(url=sys.argv[2], allow_local=True)
what, seed = sys.argv[3], int(sys.argv[4])
chance = random.Random(seed)
ada = git.Signature("Ada", "ada@example.com")

def say(*words):
    print(*words, flush=True)

def made(number, *parents):
    tree = git.write_tree(repository, {"a": repository.put(b"%d %d" % (seed, number))})
    return repository.commit(tree, parents, f"{seed} {number}", ada, datetime.fromtimestamp(0, UTC))

def set_ref(ref, new):
    say("want", ref, new)
    repository.move(ref, repository.find_ref(ref), new)
    say("done", ref, new)

say("ready")
sys.stdin.readline()
for number in range(1_000_000):
    if what == "branches":
        ref = f"refs/heads/b{chance.randrange(4)}"
        with git.together(repository):
            set_ref(ref, None if repository.find_ref(ref) else made(number))
    elif what == "switch":
        set_ref(git.copy_ref(7, "ci"), repository.tree_of(made(number)))
        set_ref("refs/heads/dev", made(number))
        set_ref(git.copy_ref(7, "ci"), None)
    elif what == "push":
        here = repository.remote_branches().get("main")
        new = made(number, *([here] if here else []))
        say("want", "refs/heads/main", new)
        git.push(repository, remote, "main", here, new, False)
        say("done", "refs/heads/main", new)
    elif what == "fetch":
        git.fetch(repository, remote)
        say("done", "fetch", number)
"""


def worker(here: Repository, there: Repository, what: str, seed: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WORKER, here.path, there.path, what, str(seed)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    return process


def kill(process: subprocess.Popen[str], after: float) -> list[list[str]]:
    """What it had said until then."""
    time.sleep(after)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    output = process.communicate(timeout=10)[0]
    return [line.split() for line in output.split("\n")[:-1]]


def check_refs(repository: Repository, said: list[list[str]]) -> int:
    """Each ref is where the last word about it says: done is done, wanted is old or new."""
    places: dict[str, set[str]] = {}
    for word, ref, id_ in said:
        places[ref] = {id_} if word == "done" else places.get(ref, {"None"}) | {id_}
    for ref, allowed in places.items():
        assert str(repository.find_ref(ref)) in allowed
    return len(said)


@pytest.fixture
def there(tmp_path: Path) -> Repository:
    return create_repository(tmp_path / "there.git", "main")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["branches", "switch"])
def test_killed_moves_are_old_or_new(
    repository: Repository, there: Repository, git: Git, what: str
) -> None:
    chance = random.Random(11)
    n_said = 0
    for round_ in range(ROUNDS):
        for ref in repository.handle.listall_references():
            repository.move(ref, repository.find_ref(ref), None)
        process = worker(repository, there, what, round_)
        said = kill(process, chance.uniform(0.02, 0.2))
        n_said += check_refs(repository, said)
        for ref in {ref for _, ref, _ in said}:
            new = repository.commit(EMPTY_TREE, (), "after", ADA, datetime.now(UTC))
            repository.move(ref, repository.find_ref(ref), new)
    assert n_said > ROUNDS
    git("fsck", "--full", "--strict")


@pytest.mark.slow
def test_a_killed_push_is_old_or_new(repository: Repository, there: Repository, git: Git) -> None:
    chance = random.Random(12)
    remote = Remote(url=there.path, allow_local=True)
    for round_ in range(ROUNDS):
        before = there.find_ref("refs/heads/main")
        said = kill(worker(repository, there, "push", round_), chance.uniform(0.02, 0.3))
        time.sleep(0.2)  # The git that was started ends by itself.
        done = [before, *(words[2] for words in said if words[0] == "done")]
        wanted = [words[2] for words in said if words[0] == "want"]
        assert there.find_ref("refs/heads/main") in (done[-1], *wanted[-1:])
        main = fetch(repository, remote).branches.get("main")
        assert main == there.find_ref("refs/heads/main")
        new = repository.commit(EMPTY_TREE, [main] if main else [], "x", ADA, datetime.now(UTC))
        push(repository, remote, "main", main, new, False)
    git("fsck", "--full", "--strict")
    git("fsck", "--full", "--strict", at=Path(there.path))


@pytest.mark.slow
def test_a_killed_fetch_is_old_or_new(repository: Repository, there: Repository, git: Git) -> None:
    chance = random.Random(13)
    remote = Remote(url=there.path, allow_local=True)
    history: set[str] = set()
    for round_ in range(ROUNDS):
        process = worker(repository, there, "fetch", round_)
        mover = threading.Thread(target=grow, args=(there, round_, history))
        mover.start()
        kill(process, chance.uniform(0.02, 0.3))
        mover.join()
        assert set(map(str, repository.remote_branches().values())) <= history
        git("fsck", "--full", "--strict", "--connectivity-only")
        assert fetch(repository, remote).branches == there.branches()
        assert repository.remote_branches() == there.branches()
    git("fsck", "--full", "--strict")


def grow(there: Repository, round_: int, history: set[str]) -> None:
    for number in range(10):
        blob = there.put(f"{round_} {number}".encode())
        tree = write_tree(there, {"a": blob})
        ref = f"refs/heads/b{number % 3}"
        here = there.find_ref(ref)
        parents = [CommitId(here)] if here else []
        new = there.commit(tree, parents, "x", ADA, datetime.now(UTC))
        history.add(new)
        there.move(ref, here, new)


def test_fetches_at_once_agree(repository: Repository, there: Repository, git: Git) -> None:
    """Four fetch while the remote grows: nobody fails, and the last of all knows everything."""
    remote = Remote(url=there.path, allow_local=True)
    errors: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(5):
                fetch(repository, remote)
        except Exception as error:  # The test shows whatever it was.
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    threads.append(threading.Thread(target=grow, args=(there, 0, set())))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    fetch(repository, remote)
    assert repository.remote_branches() == there.branches()
    git("fsck", "--full", "--strict")


def test_listing_branches_while_they_come_and_go(repository: Repository) -> None:
    made = repository.commit(EMPTY_TREE, (), "x", ADA, datetime.now(UTC))
    repository.move("refs/heads/stays", None, made)
    is_over = threading.Event()
    errors: list[Exception] = []

    def churn(name: str) -> None:
        for _ in range(60):
            repository.move(f"refs/heads/{name}/x", None, made)
            repository.move(f"refs/heads/{name}/x", made, None)

    def look() -> None:
        while not is_over.is_set():
            try:
                assert repository.branches()["stays"] == made
                assert resolve(repository, "stays") == made
            except Exception as error:  # The test shows whatever it was.
                errors.append(error)

    churners = [threading.Thread(target=churn, args=(name,)) for name in ("a", "b")]
    lookers = [threading.Thread(target=look) for _ in range(2)]
    for thread in churners + lookers:
        thread.start()
    for thread in churners:
        thread.join()
    is_over.set()
    for thread in lookers:
        thread.join()
    assert errors == []
    with pytest.raises(Moved):
        repository.move("refs/heads/stays", None, made)
