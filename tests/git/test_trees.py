from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lookalike.git import (
    EMPTY_TREE,
    BadPath,
    Change,
    Repository,
    TreeId,
    changes,
    open_repository,
    with_file,
    without_file,
    write_tree,
)

Git = Callable[..., str]


def test_a_tree_is_the_one_git_would_write(repository: Repository, git: Git) -> None:
    blob = repository.put(b"view: v {}\n")
    paths = ["a.lkml", "a/b.lkml", "a-b.lkml", "a/c/d.lkml", "z/Ü.lkml"]
    # `a` sorts before `a-b` as a file and after it as a folder: the order git insists on.
    for path in paths:
        git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    expected = git("write-tree")
    assert write_tree(repository, dict.fromkeys(paths, blob)) == expected

    tree = EMPTY_TREE
    for path in reversed(paths):
        tree = with_file(repository, tree, path, blob)
    assert tree == expected
    assert list(repository.files(tree)) == sorted(paths)
    git("fsck", "--strict")


def test_an_edit_leaves_the_old_tree_as_it_is(repository: Repository) -> None:
    one, two = repository.put(b"one"), repository.put(b"two")
    before = write_tree(repository, {"a.lkml": one, "views/b.lkml": one, "views/c.lkml": one})
    after = with_file(repository, before, "views/b.lkml", two)
    after = with_file(repository, after, "views/new/d.lkml", two)
    after = without_file(repository, after, "a.lkml")
    assert changes(repository, before, after) == (
        Change("a.lkml", one, None),
        Change("views/b.lkml", one, two),
        Change("views/new/d.lkml", None, two),
    )
    assert repository.files(before) == {"a.lkml": one, "views/b.lkml": one, "views/c.lkml": one}


def test_a_folder_goes_with_its_last_file(repository: Repository) -> None:
    blob = repository.put(b"x")
    tree = write_tree(repository, {"a/b/c.lkml": blob})
    assert without_file(repository, tree, "a/b/c.lkml") == EMPTY_TREE


def test_what_we_do_not_serve_survives_an_edit(repository: Repository, git: Git) -> None:
    blob = repository.put(b"x")
    lines = [
        f"100755 blob {blob}\trun.sh",
        f"120000 blob {blob}\tlink.lkml",
        f"160000 commit {'1' * 40}\tsub",
        f"100644 blob {blob}\tback\\slash.lkml",
    ]
    tree = TreeId(git("mktree", "--missing", data="\n".join(lines) + "\n"))
    edited = with_file(repository, tree, "new.lkml", blob)
    edited = with_file(repository, edited, "run.sh", repository.put(b"y"))
    listing = git("ls-tree", edited)
    assert listing.count("\n") == 4
    for kept in ("120000 blob", "160000 commit", "100755 blob", "slash.lkml"):
        assert kept in listing


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../x", "not a path"),
        (".GIT/config", "not a path"),
        ("a.lkml/b.lkml", "is a file"),
        ("views", "is a folder"),
    ],
)
def test_no_file_can_be_there(repository: Repository, path: str, reason: str) -> None:
    blob = repository.put(b"x")
    tree = write_tree(repository, {"a.lkml": blob, "views/b.lkml": blob})
    with pytest.raises(BadPath, match=reason):
        with_file(repository, tree, path, blob)
    with pytest.raises(BadPath):
        write_tree(
            repository, {"a.lkml": blob, "views/b.lkml": blob, path: blob, f"{path}/x": blob}
        )


@pytest.mark.parametrize("path", ["none.lkml", "views", "views/none.lkml", "a.lkml/x"])
def test_what_is_not_there_cannot_be_removed(repository: Repository, path: str) -> None:
    blob = repository.put(b"x")
    tree = write_tree(repository, {"a.lkml": blob, "views/b.lkml": blob})
    with pytest.raises(BadPath, match="there is no file"):
        without_file(repository, tree, path)


def test_a_listing_is_the_same_whatever_was_listed_before(repository: Repository) -> None:
    """What two trees have in common is not read again, at the same path alone."""
    one, two = repository.put(b"one"), repository.put(b"two")
    first = write_tree(repository, {"a/x": one, "a/deep/y": two, "b/x": one, "c": one})
    trees = [
        first,
        with_file(repository, first, "a/deep/y", one),
        with_file(repository, first, "d/deep/y", two),
        without_file(repository, first, "a/x"),
        write_tree(repository, {"b/a/x": one, "b/a/deep/y": two}),
        EMPTY_TREE,
        first,
    ]
    for tree in trees:
        fresh = open_repository(Path(repository.path))
        assert dict(repository.files(tree)) == dict(fresh.files(tree))
