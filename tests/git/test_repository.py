from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pygit2
import pytest

from lookalike.git import (
    EMPTY_TREE,
    BlobId,
    CommitId,
    MissingObject,
    NotARepository,
    Repository,
    Signature,
    TooLarge,
    TreeId,
    blob_id,
    commit_at,
    create_repository,
    is_ancestor,
    open_repository,
    together,
    with_file,
    without_file,
    write_tree,
)
from lookalike.git.repository import signed

Git = Callable[..., str]
ADA = Signature("Ada", "ada@example.com")
NOON = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))


def commit(repository: Repository, tree: TreeId = EMPTY_TREE, *parents: CommitId) -> CommitId:
    return repository.commit(tree, parents, "say\n\nmore", ADA, NOON)


def test_bytes_come_back_as_they_were(repository: Repository) -> None:
    for data in (b"", b"\xef\xbb\xbfview: v {}", b"\xff\xfe\x00", "Zürich ☃".encode() * 1000):
        blob = repository.put(data)
        assert blob == blob_id(data)
        assert repository.data(blob) == data
    assert repository.text(repository.put(b"\xef\xbb\xbfa")) == "\ufeffa"
    assert repository.text(repository.put(b"a\xffb")) == "a\ufffdb"


@pytest.mark.parametrize("blob", ["0" * 40, "nonsense", "", "../../x", EMPTY_TREE])
def test_a_missing_object_says_so(repository: Repository, blob: str) -> None:
    repository.put_tree(())
    with pytest.raises(MissingObject):
        repository.data(BlobId(blob))


def test_git_reads_what_we_commit(repository: Repository, git: Git) -> None:
    tree = write_tree(repository, {"a.lkml": repository.put(b"a")})
    first = commit(repository)
    second = repository.commit(tree, [first], "two", Signature(" A <b>\n", ""), NOON)
    repository.move("refs/heads/main", None, second)
    git("fsck", "--strict")
    assert git("log", "--format=%an|%ae|%aI|%s", "main").splitlines() == [
        "A b|unknown|2026-05-01T12:00:00+02:00|two",
        "Ada|ada@example.com|2026-05-01T12:00:00+02:00|say",
    ]
    assert repository.tree_of(second) == tree
    assert commit_at(repository, second).parents == (first,)
    found = commit_at(repository, first)
    assert (found.id, found.message, found.author, found.at) == (first, "say\n\nmore", ADA, NOON)


def test_what_is_put_together_is_written_before_the_ref_moves(
    repository: Repository, git: Git
) -> None:
    first = commit(repository)
    with together(repository):
        blob = repository.put(b"new")
        tree = with_file(repository, EMPTY_TREE, "a/b/c.lkml", blob)
        assert (repository.data(blob), repository.files(tree)) == (b"new", {"a/b/c.lkml": blob})
        made = repository.commit(tree, [first], "m\0n", Signature("É", "e@x"), NOON)
        assert repository.find(made) is None
        repository.move("refs/heads/main", None, made)
        assert repository.tree_of(made) == tree
    git("fsck", "--strict", "--full")
    assert git("show", "main:a/b/c.lkml") == "new"
    assert git("log", "-1", "--format=%an|%ae|%aI|%B", "main").strip() == (
        "É|e@x|2026-05-01T12:00:00+02:00|m"
    )


def test_what_no_ref_moves_to_is_not_written(repository: Repository, git: Git) -> None:
    before = git("count-objects")
    with together(repository):
        blob = repository.put(b"never")
        made = repository.commit(write_tree(repository, {"a": blob}), [], "x", ADA, NOON)
    assert repository.find(made) is None
    assert git("count-objects") == before
    with pytest.raises(MissingObject):
        repository.data(blob)


def test_what_is_there_can_be_put_together_again(repository: Repository, git: Git) -> None:
    blob = repository.put(b"twice")
    for name in ("one", "two"):
        with together(repository):
            assert repository.put(b"twice") == blob
            tree = with_file(repository, EMPTY_TREE, "a", blob)
            made = repository.commit(tree, [], "x", ADA, NOON)
            repository.move(f"refs/heads/{name}", None, made)
        git("gc", "-q")
    git("fsck", "--strict", "--full")


@pytest.mark.parametrize("minutes", [-330, -1, 0, 1, 345])
@pytest.mark.parametrize("message", ["", "say\n\nmore\n", "\n\n é", "a\0b"])
def test_a_commit_is_what_the_library_writes(
    repository: Repository, minutes: int, message: str
) -> None:
    first = commit(repository)
    at = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(minutes=minutes)))
    made = repository.commit(EMPTY_TREE, [first], message, ADA, at)
    by = signed(ADA, at)
    parents = [pygit2.Oid(hex=first)]
    assert made == str(repository.handle.create_commit(None, by, by, message, EMPTY_TREE, parents))


def test_a_commit_needs_what_it_is_made_of(repository: Repository) -> None:
    with pytest.raises(MissingObject):
        commit(repository, TreeId("1" * 40))
    with pytest.raises(MissingObject):
        commit(repository, EMPTY_TREE, CommitId("1" * 40))
    with pytest.raises(ValueError, match="zone"):
        repository.commit(EMPTY_TREE, [], "x", ADA, datetime(2026, 1, 1))


def test_ancestors(repository: Repository) -> None:
    root = commit(repository)
    left = repository.commit(EMPTY_TREE, [root], "left", ADA, NOON)
    right = repository.commit(EMPTY_TREE, [root], "right", ADA, NOON)
    assert is_ancestor(repository, root, left)
    assert is_ancestor(repository, left, left)
    assert not is_ancestor(repository, left, root)
    assert not is_ancestor(repository, left, right)


def test_only_safe_plain_files_are_listed(repository: Repository, git: Git) -> None:
    blob = repository.put(b"/etc/passwd")
    inside = git("mktree", data=f"100644 blob {blob}\tconfig\n")
    lines = [
        f"100644 blob {blob}\tgood.lkml",
        f"100755 blob {blob}\tprogram.lkml",
        f"120000 blob {blob}\tsecret.view.lkml",
        f"160000 commit {'1' * 40}\tsub.lkml",
        f"040000 tree {inside}\t.GIT",
        f"040000 tree {inside}\tgit~1",
        f"040000 tree {inside}\t..",
        f"100644 blob {blob}\tback\\slash.lkml",
    ]
    tree = TreeId(git("mktree", "--missing", data="\n".join(lines) + "\n"))
    assert list(repository.files(tree)) == ["good.lkml", "program.lkml"]


def test_names_that_are_no_text_are_left_out(repository: Repository, git: Git) -> None:
    blob = repository.put(b"x")
    data = b"".join(b"100644 %b\0%b" % (name, bytes.fromhex(blob)) for name in (b"a", b"\xff"))
    tree = TreeId(git("hash-object", "-t", "tree", "-w", "--stdin", data=data))
    assert list(repository.files(tree)) == ["a"]
    assert len(git("ls-tree", with_file(repository, tree, "b", blob)).splitlines()) == 3


def test_a_bomb_of_folders_is_refused(repository: Repository, git: Git) -> None:
    tree = git("mktree", data=f"100644 blob {repository.put(b'x')}\tf\n")
    for _ in range(20):
        tree = git("mktree", data="".join(f"040000 tree {tree}\t{i}\n" for i in range(10)))
    with pytest.raises(TooLarge):
        repository.files(TreeId(tree))


def test_a_well_of_folders_is_refused(repository: Repository) -> None:
    tree = write_tree(repository, {"/".join(["d"] * 80): repository.put(b"x")})
    with pytest.raises(TooLarge):
        repository.files(tree)


def test_a_listing_is_that_of_who_has_seen_no_other(
    repository: Repository, git: Git, tmp_path: Path
) -> None:
    draw = random.Random(11)
    tree = write_tree(
        repository, {f"{i % 4}/{i % 3}/f{i}": repository.put(b"x") for i in range(40)}
    )
    for number in range(80):
        paths = list(repository.files(tree))
        path = draw.choice([*paths, f"{draw.randrange(5)}/n{number}", f"new{number}/x/y"])
        if path in paths and draw.random() < 0.4:
            tree = without_file(repository, tree, path)
        else:
            tree = with_file(repository, tree, path, repository.put(b"%d" % number))
        expected = open_repository(Path(repository.path)).files(tree)
        assert list(repository.files(tree).items()) == list(expected.items())


def test_two_folders_of_one_name_leave_nothing_behind(repository: Repository, git: Git) -> None:
    """Git itself makes no such tree, others may have."""
    inner = [
        git("mktree", data=f"100644 blob {repository.put(b'x')}\t{name}\n")
        for name in ("one", "two", "one")
    ]

    def twice(first: str, second: str) -> TreeId:
        data = b"".join(b"40000 a\0" + bytes.fromhex(each) for each in (first, second))
        return TreeId(git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=data))

    for tree in (twice(inner[0], inner[1]), twice(inner[1], inner[0]), twice(inner[0], inner[0])):
        expected = open_repository(Path(repository.path)).files(tree)
        assert list(repository.files(tree).items()) == list(expected.items())


def test_three_thousand_files(repository: Repository) -> None:
    blobs = {f"views/{i % 50}/v{i}.view.lkml": repository.put(b"%d" % i) for i in range(3_000)}
    tree = write_tree(repository, blobs)
    assert repository.files(tree) == blobs
    edited = with_file(repository, tree, "views/7/v7.view.lkml", repository.put(b"new"))
    assert len(repository.files(edited)) == 3_000
    assert repository.files(edited) != blobs


def test_what_others_write_is_seen_at_once(repository: Repository, git: Git) -> None:
    first = commit(repository)
    assert repository.find_ref("refs/heads/main") is None
    git("update-ref", "refs/heads/main", first)
    assert repository.find_ref("refs/heads/main") == first
    second = git("commit-tree", EMPTY_TREE, "-m", "theirs", "-p", first)
    git("update-ref", "refs/heads/main", second)
    git("pack-refs", "--all")
    git("gc", "-q")
    assert repository.find_ref("refs/heads/main") == second
    assert commit_at(repository, CommitId(second)).parents == (first,)
    third = git("commit-tree", EMPTY_TREE, "-m", "packed", "-p", second)
    git("update-ref", "refs/heads/main", third)
    git("pack-refs", "--all")
    assert repository.find_ref("refs/heads/main") == third


def test_branches_and_head(repository: Repository, git: Git) -> None:
    assert repository.head_branch() == "main"
    assert repository.branches() == {}
    one = commit(repository)
    for ref in ("refs/heads/main", "refs/heads/dev/ada", "refs/heads/--output=x", "refs/tags/v1"):
        git("update-ref", ref, one)
    git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    assert repository.branches() == {"alias": one, "dev/ada": one, "main": one}
    assert repository.find_ref("HEAD") == one
    git("update-ref", "--no-deref", "HEAD", one)
    assert repository.head_branch() is None


@pytest.mark.parametrize("ref", ["main", "", "--all", "refs/heads/../x", "refs/heads/none", "a b"])
def test_what_is_no_ref_is_not_found(repository: Repository, ref: str) -> None:
    assert repository.find_ref(ref) is None


def test_a_working_folder_opens_by_its_own_git(git: Git, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    git("init", "-q", "-b", "trunk", str(folder), at=tmp_path)
    (folder / "sub").mkdir()
    assert open_repository(folder).head_branch() == "trunk"
    with pytest.raises(NotARepository):
        open_repository(folder / "sub")
    with pytest.raises(NotARepository):
        open_repository(tmp_path / "nothing")


def test_a_linked_worktree_shares_its_branches(git: Git, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    git("init", "-q", "-b", "main", str(folder), at=tmp_path)
    git("commit", "-q", "--allow-empty", "-m", "one", at=folder)
    git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"), at=folder)
    linked = open_repository(tmp_path / "side")
    assert linked.head_branch() == "side"
    at = linked.find_ref("refs/heads/main")
    linked.move("refs/heads/new", None, at)
    assert git("rev-parse", "new", at=folder) == at


def test_nothing_of_a_hostile_repository_runs(
    repository: Repository, bare: Path, git: Git, tmp_path: Path
) -> None:
    witness = tmp_path / "ran"
    script = f"#!/bin/sh\ntouch {witness}\n"
    for hook in ("reference-transaction", "update", "post-update", "pre-commit", "post-commit"):
        (bare / "hooks").mkdir(exist_ok=True)
        (bare / "hooks" / hook).write_text(script)
        (bare / "hooks" / hook).chmod(0o755)
    git("config", "core.fsmonitor", str(bare / "hooks" / "update"))
    git("config", "filter.x.clean", f"touch {witness}")
    git("config", "filter.x.smudge", f"touch {witness}")
    hostile = open_repository(bare)
    tree = write_tree(
        hostile,
        {".gitattributes": hostile.put(b"* filter=x"), "a.lkml": hostile.put(b"a")},
    )
    made = commit(hostile, tree)
    hostile.move("refs/heads/main", None, made)
    assert hostile.text(hostile.files(tree)["a.lkml"]) == "a"
    assert not witness.exists()


def test_one_repository_serves_many_threads(repository: Repository) -> None:
    wrong: list[str] = []

    def work(number: int) -> None:
        for i in range(100):
            data = b"%d %d" % (number, i)
            tree = write_tree(repository, {"a/b.lkml": repository.put(data)})
            made = commit(repository, tree)
            read = repository.data(repository.files(repository.tree_of(made))["a/b.lkml"])
            if read != data:
                wrong.append(f"{data!r} {read!r}")

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_repository_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(FileExistsError):
        create_repository(tmp_path, "main")


def test_times_of_commits_keep_their_zone(repository: Repository) -> None:
    made = repository.commit(EMPTY_TREE, [], "x", ADA, datetime(2026, 1, 1, tzinfo=UTC))
    assert commit_at(repository, made).at.isoformat() == "2026-01-01T00:00:00+00:00"
