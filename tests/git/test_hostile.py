"""A zoo of hostile repositories and remotes. Every trap, once sprung, makes a canary file."""

from __future__ import annotations

import os
import stat
import subprocess
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lookalike.git import (
    EMPTY_TREE,
    BadPath,
    CommandFailed,
    CommitId,
    MissingObject,
    Reason,
    Remote,
    RemoteFailed,
    Repository,
    Signature,
    TooLarge,
    TreeId,
    UnknownRef,
    create_repository,
    create_tag,
    fetch,
    list_remote,
    merge,
    open_repository,
    push,
    resolve,
    with_file,
    write_tree,
)
from lookalike.git.commands import LONGEST_OUTPUT, require_version, run
from tests.git.hosts import ends_soon, serving
from tests.patience import PATIENCE

Git = Callable[..., str]
ADA = Signature("Ada", "ada@example.com")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def there(tmp_path: Path) -> Repository:
    return create_repository(tmp_path / "there.git", "main")


@pytest.fixture
def remote(there: Repository) -> Remote:
    return Remote(url=there.path, allow_local=True)


def commit(repository: Repository, tree: TreeId = EMPTY_TREE, *parents: CommitId) -> CommitId:
    return repository.commit(tree, parents, "x", ADA, NOON)


def all_calls(repository: Repository, remote: Remote) -> None:
    """Everything that starts git, and everything that reads what came."""
    fetched = fetch(repository, remote)
    here = repository.find_ref("refs/heads/main")
    if here is None:
        here = fetched.branches.get("main") or commit(repository)
        repository.move("refs/heads/main", None, here)
    new = commit(repository, repository.tree_of(CommitId(here)), CommitId(here))
    repository.move("refs/heads/main", here, new)
    push(repository, remote, "main", fetched.branches.get("main"), new, False)
    push(repository, remote, "extra", None, new, False)
    push(repository, remote, "extra", new, None, False)
    list_remote(remote)
    repository.files(repository.tree_of(new))


def script(path: Path, canary: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch '{canary}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    "name", ["--output=canary", "-x", "--upload-pack=canary", "$(canary)", "a;b"]
)
def test_names_of_the_remote_that_look_like_options_are_left_there(
    repository: Repository, there: Repository, remote: Remote, canary: Path, name: str
) -> None:
    made = commit(there)
    there.move("refs/heads/main", None, made)
    for folder in ("heads", "tags"):
        path = Path(there.path) / "refs" / folder / name
        path.write_text(f"{made}\n")
    all_calls(repository, remote)
    assert repository.remote_branches().keys() == {"main"}
    with pytest.raises(UnknownRef):
        resolve(repository, f"origin/{name}")
    assert not [ref for ref in repository.handle.listall_references() if name in ref]
    assert not canary.exists()
    assert not list(Path(repository.path).rglob("canary*"))


def test_no_hook_runs_on_either_side(
    repository: Repository, there: Repository, remote: Remote, canary: Path
) -> None:
    names = """pre-push reference-transaction post-checkout pre-auto-gc post-merge pre-receive
        update post-receive post-update proc-receive push-to-checkout post-index-change"""
    for side in (repository, there):
        for name in names.split():
            script(Path(side.path) / "hooks" / name, canary)
    all_calls(repository, remote)
    assert not canary.exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"core.hooksPath": "{evil}"},
        {"core.fsmonitor": "{evil}/run"},
        {"core.sshCommand": "{evil}/run"},
        {"core.askPass": "{evil}/run"},
        {"core.pager": "{evil}/run", "core.editor": "{evil}/run"},
        {"core.gitProxy": "{evil}/run"},
        {"core.alternateRefsCommand": "{evil}/run"},
        {"credential.helper": "!{evil}/run"},
        {"gpg.program": "{evil}/run", "push.gpgSign": "true", "commit.gpgSign": "true"},
        {"filter.x.clean": "{evil}/run", "filter.x.smudge": "{evil}/run"},
        {"diff.external": "{evil}/run", "merge.x.driver": "{evil}/run"},
        {"uploadpack.packObjectsHook": "{evil}/run"},
        {"protocol.ext.allow": "always", "url.ext::{evil}/run .insteadOf": "/"},
        {
            "alias.fetch": "!{evil}/run",
            "alias.push": "!{evil}/run",
            "alias.ls-remote": "!{evil}/run",
        },
        {"gc.auto": "1", "maintenance.auto": "true", "gc.recentObjectsHook": "{evil}/run"},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_no_configuration_runs_a_program(
    repository: Repository,
    there: Repository,
    remote: Remote,
    canary: Path,
    settings: dict[str, str],
) -> None:
    """Neither side's own configuration, however it came there."""
    evil = canary.with_name("evil")
    for name in ("run", "pre-push", "reference-transaction", "pre-receive", "post-receive"):
        script(evil / name, canary)
    tree = with_file(there, EMPTY_TREE, ".gitattributes", there.put(b"* filter=x diff=x merge=x\n"))
    there.move("refs/heads/main", None, commit(there, with_file(there, tree, "a", there.put(b"a"))))
    for side in (repository, there):
        for name, value in settings.items():
            command = ["git", "-C", side.path, "config", name.format(evil=evil)]
            subprocess.run([*command, value.format(evil=evil)], check=True)
    # Only a repository that borrows objects of another asks it for its refs.
    lender = create_repository(canary.with_name("lender.git"), "main")
    lender.move("refs/heads/main", None, commit(lender))
    for side in (repository, there):
        alternates = Path(side.path) / "objects" / "info" / "alternates"
        alternates.parent.mkdir(exist_ok=True)
        alternates.write_text(f"{lender.path}objects\n")
    is_rewritten = "protocol.ext.allow" in settings
    with pytest.raises(RemoteFailed, match="ext") if is_rewritten else nullcontext():
        all_calls(open_repository(Path(repository.path)), remote)
    assert not canary.exists()


@pytest.mark.parametrize("password", ["", "wrong"])
def test_no_program_of_the_repository_is_asked_for_a_login(
    repository: Repository, tmp_path: Path, canary: Path, password: str
) -> None:
    script(canary.with_name("run"), canary)
    for name, value in {
        "credential.helper": f"!{canary.with_name('run')}",
        "core.askPass": str(canary.with_name("run")),
    }.items():
        subprocess.run(["git", "-C", repository.path, "config", name, value], check=True)
    with serving(tmp_path) as host:
        remote = Remote(url=f"{host.url}/there.git", password=password, allow_http=True)
        with pytest.raises(RemoteFailed) as caught:
            fetch(repository, remote)
    assert caught.value.reason is Reason.LOGIN
    assert not canary.exists()


def test_the_environment_of_the_server_does_not_reach_git(
    repository: Repository,
    there: Repository,
    remote: Remote,
    canary: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = canary.with_name("home")
    script(home / "run", canary)
    script(home / "bin" / "git", canary)
    script(home / "hooks" / "reference-transaction", canary)
    (home / ".gitconfig").write_text(f"[core]\n\thooksPath = {home}/hooks\n")
    for name, value in {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PATH": f"{home}/bin:{os.environ['PATH']}",
        "GIT_DIR": str(home),
        "GIT_SSH_COMMAND": str(home / "run"),
        "GIT_ASKPASS": str(home / "run"),
        "GIT_EXEC_PATH": str(home / "bin"),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": str(home / "hooks"),
        "GIT_CONFIG_PARAMETERS": f"'core.hooksPath={home}/hooks'",
        "GIT_ALLOW_PROTOCOL": "ext:file",
        "GIT_TRACE": str(canary),
        "LD_PRELOAD": "",
    }.items():
        monkeypatch.setenv(name, value)
    all_calls(repository, remote)
    with pytest.raises(RemoteFailed):
        list_remote(Remote(url="ssh://localhost:1/x"))
    assert not canary.exists()


@pytest.mark.parametrize("name", [".git", ".GIT", ".Git", "git~1", ".g\u200cit", "..", "."])
@pytest.mark.parametrize("is_nested", [False, True])
def test_a_tree_with_paths_of_gits_own_is_not_let_in(
    repository: Repository, there: Repository, remote: Remote, git: Git, name: str, is_nested: bool
) -> None:
    at = Path(there.path)
    hooks = git("mktree", data=f"100755 blob {there.put(b'#!/bin/sh')}\tpost-checkout\n", at=at)
    tree = git("mktree", data=f"040000 tree {hooks}\t{name}\n", at=at)
    if is_nested:
        tree = git("mktree", data=f"040000 tree {tree}\tviews\n", at=at)
    there.move("refs/heads/main", None, commit(there, TreeId(tree)))
    with pytest.raises(RemoteFailed):
        fetch(repository, remote)
    assert repository.remote_branches() == {}
    assert there.files(TreeId(tree)) == {}


def test_such_a_tree_is_not_merged_either(repository: Repository, git: Git) -> None:
    blob = repository.put(b"x")
    config = git("mktree", data=f"100644 blob {blob}\tconfig\n")
    evil = TreeId(git("mktree", data=f"040000 tree {config}\t.git\n"))
    plain = write_tree(repository, {"a": blob})
    with pytest.raises(BadPath):
        merge(repository, EMPTY_TREE, plain, evil)


def test_links_and_submodules_are_carried_and_never_followed(
    repository: Repository, there: Repository, remote: Remote, git: Git, canary: Path
) -> None:
    secret = canary.with_name("secret")
    secret.write_text("view: secret {}")
    modules = f'[submodule "x"]\n\tpath = x\n\turl = {canary.with_name("other.git")}\n'
    other = create_repository(canary.with_name("other.git"), "main")
    other.move("refs/heads/main", None, commit(other))
    lines = [
        f"120000 blob {there.put(bytes(secret))}\tsecret.view.lkml",
        f"120000 blob {there.put(b'../../..')}\tup",
        f"160000 commit {commit(other)}\tx",
        f"100644 blob {there.put(modules.encode())}\t.gitmodules",
    ]
    tree = git("mktree", "--missing", data="\n".join(lines) + "\n", at=Path(there.path))
    there.move("refs/heads/main", None, commit(there, TreeId(tree)))
    all_calls(repository, remote)
    assert list(repository.files(TreeId(tree))) == [".gitmodules"]
    with pytest.raises(BadPath):
        with_file(repository, TreeId(tree), "up/x", repository.put(b"x"))
    with pytest.raises(MissingObject):
        repository.tree_of(commit_of_submodule(there, TreeId(tree)))
    assert not (Path(repository.path) / "modules").exists()


def commit_of_submodule(repository: Repository, tree: TreeId) -> CommitId:
    return next(CommitId(e.id) for e in repository.entries(tree) if e.name == b"x")


def test_modules_that_are_a_link_or_hold_an_option_are_not_let_in(
    repository: Repository, there: Repository, remote: Remote, git: Git
) -> None:
    option = b'[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch canary\n'
    for mode, data in (("120000", b"elsewhere"), ("100644", option)):
        line = f"{mode} blob {there.put(data)}\t.gitmodules\n"
        tree = TreeId(git("mktree", data=line, at=Path(there.path)))
        there.move("refs/heads/main", there.find_ref("refs/heads/main"), commit(there, tree))
        with pytest.raises(RemoteFailed):
            fetch(repository, remote)
    assert repository.remote_branches() == {}


def test_a_broken_object_is_not_let_in(
    repository: Repository, there: Repository, remote: Remote, git: Git
) -> None:
    bad = f"tree {EMPTY_TREE}\nauthor A <a@b> 1 +0000\nauthor B <a@b> 1 +0000\n\nx\n"
    there.put_tree(())
    id_ = git(
        "hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=bad, at=Path(there.path)
    )
    with pytest.raises(MissingObject):
        there.move("refs/heads/main", None, id_)
    with pytest.raises(UnknownRef):
        resolve(there, id_)
    (Path(there.path) / "refs/heads/main").write_text(f"{id_}\n")
    with pytest.raises(RemoteFailed):
        fetch(repository, remote)
    assert repository.remote_branches() == {}


def test_a_bomb_of_folders_is_carried_and_not_walked(
    repository: Repository, there: Repository, remote: Remote, git: Git
) -> None:
    at = Path(there.path)
    tree = git("mktree", data=f"100644 blob {there.put(b'x')}\tf\n", at=at)
    for _ in range(15):
        data = "".join(f"040000 tree {tree}\t{i}\n" for i in range(10))
        tree = git("mktree", data=data, at=at)
    there.move("refs/heads/main", None, commit(there, TreeId(tree)))
    fetch(repository, remote)
    with_a = write_tree(repository, {"a": repository.put(b"")})
    start = time.monotonic()
    with pytest.raises(TooLarge):
        repository.files(TreeId(tree))
    with pytest.raises(TooLarge):
        merge(repository, EMPTY_TREE, with_a, TreeId(tree))
    assert time.monotonic() - start < PATIENCE


def test_a_huge_file_is_neither_read_nor_merged(repository: Repository) -> None:
    sides = [repository.put(byte * 6_000_000) for byte in (b"a", b"b", b"c")]
    trees = [write_tree(repository, {"big.lkml": side}) for side in sides]
    (conflict,) = merge(repository, *trees).conflicts
    assert [conflict.base, conflict.ours, conflict.theirs, conflict.text] == [*sides, ""]
    huge = repository.put(b"\0" * 60_000_000)
    with pytest.raises(TooLarge):
        repository.data(huge)


def test_lines_that_are_made_to_be_slow_are_merged_in_time(repository: Repository) -> None:
    def file(seed: int) -> bytes:
        return b"".join(b"%d\n" % (i * seed % 7) for i in range(250_000))

    trees = [write_tree(repository, {"a": repository.put(file(seed))}) for seed in (1, 2, 3)]
    start = time.monotonic()
    assert merge(repository, *trees).tree is None
    assert time.monotonic() - start < PATIENCE


@pytest.mark.parametrize("message", ["x\x1b]0;title\x07", "a\r\nb"])
def test_words_of_a_remote_cannot_move_a_cursor(
    repository: Repository, there: Repository, message: str
) -> None:
    command = ["sh", "-c", 'printf %s "$1" >&2; exit 3', "sh", message]
    done = run(command, Path("/"), {"PATH": os.environ["PATH"]}, b"", 10)
    assert done.code == 3
    assert done.words.replace("\n", "").isprintable()


def test_a_program_cannot_say_without_end() -> None:
    with pytest.raises(CommandFailed) as caught:
        run(["yes", "x" * 10_000], Path("/"), {"PATH": os.environ["PATH"]}, b"", 30)
    assert caught.value.is_too_large
    command = ["sh", "-c", f"head -c {LONGEST_OUTPUT} /dev/zero >&2; echo end >&2"]
    done = run(command, Path("/"), {"PATH": os.environ["PATH"]}, b"", 30)
    assert done.words == "end"


def test_what_a_program_starts_ends_with_it(tmp_path: Path) -> None:
    command = ["sh", "-c", "sleep 97.3 & echo $!; exit 0"]
    start = time.monotonic()
    with pytest.raises(CommandFailed) as caught:
        run(command, tmp_path, {"PATH": os.environ["PATH"]}, b"", 0.5)
    assert caught.value.is_late
    assert time.monotonic() - start < PATIENCE
    assert ends_soon(b"sleep\x0097.3\0")


@pytest.mark.parametrize(
    ("said", "is_good"),
    [
        (b"git version 2.39.5\n", True),
        (b"git version 2.34.1\n", True),
        (b"git version 2.50.1 (Apple Git-155)\n", True),
        (b"git version 3.0.0\n", True),
        (b"git version 2.33.9\n", False),
        (b"git version 1.99\n", False),
        (b"", False),
        (b"jit version 2.40", False),
    ],
)
def test_an_old_git_is_not_used(said: bytes, is_good: bool) -> None:
    if is_good:
        require_version(said)
    else:
        with pytest.raises(CommandFailed, match=r"needed|does not tell"):
            require_version(said)


@pytest.mark.parametrize("name", ["--output=canary", "-d", "../../config", "a\nb", "HEAD"])
def test_no_call_takes_a_name_that_is_none(repository: Repository, name: str) -> None:
    made = commit(repository)
    calls: list[Callable[[], object]] = [
        lambda: create_tag(repository, name, made, "x", ADA, NOON),
        lambda: repository.move(f"refs/heads/{name}", None, made),
        lambda: repository.move(f"refs/remotes/origin/{name}", None, made),
        lambda: repository.move(f"refs/tags/{name}", None, made),
        lambda: push(repository, Remote(url="https://h.invalid/x"), name, None, made, True),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"cannot name|not a ref of ours"):
            call()
    assert repository.handle.listall_references() == []
