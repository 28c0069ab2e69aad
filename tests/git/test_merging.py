from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from lookalike.git import (
    EMPTY_TREE,
    CommitId,
    MissingObject,
    Repository,
    Signature,
    TreeId,
    ahead_behind,
    merge,
    merge_base,
    write_tree,
)

Git = Callable[..., str]
ADA = Signature("Ada", "ada@example.com")
LINES = [f"line {i}" for i in range(20)]


def tree(repository: Repository, files: Mapping[str, str]) -> TreeId:
    return write_tree(repository, {path: repository.put(t.encode()) for path, t in files.items()})


def text(**changes: str) -> str:
    """Twenty lines, some of them replaced: `text(l3="x")`."""
    lines = [changes.get(f"l{i}", line) for i, line in enumerate(LINES)]
    return "\n".join(lines) + "\n"


def read(repository: Repository, of: TreeId) -> dict[str, str]:
    return {path: repository.text(blob) for path, blob in repository.files(of).items()}


B = text()
CLEAN: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]] = {
    "both ends of a file": (
        {"a": B},
        {"a": text(l1="ours")},
        {"a": text(l18="theirs")},
        {"a": text(l1="ours", l18="theirs")},
    ),
    "different files": (
        {"a": "1", "d/b": "1"},
        {"a": "2", "d/b": "1"},
        {"a": "1", "d/b": "2"},
        {"a": "2", "d/b": "2"},
    ),
    "the same edit": ({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "2"}, {"a": "2"}),
    "one adds, one deletes": ({"a": "1"}, {"a": "1", "b": "x"}, {}, {"b": "x"}),
    "one renames, one edits": (
        {"a": B, "k": "1"},
        {"b": B, "k": "1"},
        {"a": text(l3="x"), "k": "1"},
        {"b": text(l3="x"), "k": "1"},
    ),
    "nothing changed there": ({"a": "1"}, {"a": "2"}, {"a": "1"}, {"a": "2"}),
    "nothing changed here": ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}),
    "everything goes": ({"a": "1", "b": "1"}, {"b": "1"}, {"a": "1"}, {}),
    "no common history": ({}, {"a": "1"}, {"b": "1"}, {"a": "1", "b": "1"}),
    "case tells files apart": (
        {},
        {"A.lkml": "1"},
        {"a.lkml": "2"},
        {"A.lkml": "1", "a.lkml": "2"},
    ),
}


@pytest.mark.parametrize("case", CLEAN)
def test_what_does_not_clash_is_merged(repository: Repository, git: Git, case: str) -> None:
    base, ours, theirs, merged = CLEAN[case]
    trees = [tree(repository, files) for files in (base, ours, theirs)]
    found = merge(repository, *trees)
    assert found.conflicts == ()
    assert found.tree is not None
    assert read(repository, found.tree) == merged
    assert found.tree == tree(repository, merged)
    assert merge(repository, trees[0], trees[2], trees[1]).tree == found.tree


CLASHES: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str], list[str]]] = {
    "the same line": ({"a": B}, {"a": text(l5="ours")}, {"a": text(l5="theirs")}, ["a"]),
    "edited and deleted": ({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"b": "1"}, ["a"]),
    "both add another": ({}, {"a": "1"}, {"a": "2"}, ["a"]),
    "a file and a folder": ({}, {"a": "1"}, {"a/b": "2"}, ["a"]),
    "several": (
        {"z": "1", "a": "1", "k": "1"},
        {"z": "2", "a": "2", "k": "1"},
        {"z": "3", "a": "3", "k": "2"},
        ["a", "z"],
    ),
}


@pytest.mark.parametrize("case", CLASHES)
def test_what_clashes_is_told_and_merged_by_nobody(repository: Repository, case: str) -> None:
    base, ours, theirs, paths = CLASHES[case]
    trees = [tree(repository, files) for files in (base, ours, theirs)]
    found = merge(repository, *trees)
    assert found.tree is None
    assert [conflict.path for conflict in found.conflicts] == paths
    for conflict in found.conflicts:
        sides = (conflict.base, conflict.ours, conflict.theirs)
        wanted = [repository.files(side).get(conflict.path) for side in trees]
        assert list(sides) == wanted
    assert merge(repository, *trees) == found


def test_a_conflict_shows_both_sides_as_git_does(repository: Repository) -> None:
    ours, theirs = text(l5="ours", l18="more"), text(l5="theirs")
    trees = [tree(repository, {"d/a.lkml": content}) for content in (B, ours, theirs)]
    (conflict,) = merge(repository, *trees).conflicts
    shown = conflict.text.splitlines()
    start = next(i for i, line in enumerate(shown) if line.startswith("<<<<<<<"))
    assert shown[start + 1 : start + 4] == ["ours", "=======", "theirs"]
    assert shown[start + 4].startswith(">>>>>>>")
    assert "more" in shown


def test_what_is_no_text_is_shown_by_its_sides_alone(repository: Repository, git: Git) -> None:
    def with_blob(data: bytes, mode: str = "100644") -> TreeId:
        return TreeId(git("mktree", data=f"{mode} blob {repository.put(data)}\ta\n"))

    for mode, datas in (
        ("100644", (b"\0a", b"\0b", b"\0c")),
        ("120000", (b"x", b"/etc/passwd", b"../y")),
        ("100644", (b"a" * 2_000_000, b"b" * 2_000_000, b"c" * 2_000_000)),
    ):
        found = merge(repository, *(with_blob(data, mode) for data in datas))
        assert [(conflict.path, conflict.text) for conflict in found.conflicts] == [("a", "")]
        assert repository.data(found.conflicts[0].ours or repository.put(b"")) == datas[1]


def test_git_agrees_with_every_merge(repository: Repository, git: Git) -> None:
    """The command of git merges the same commits to the same trees."""
    for case, (base, ours, theirs, _) in CLEAN.items():
        root = commit(repository, tree(repository, base))
        left = commit(repository, tree(repository, ours), root)
        right = commit(repository, tree(repository, theirs), root)
        trees = [repository.tree_of(id_) for id_ in (root, left, right)]
        assert merge(repository, *trees).tree == git("merge-tree", "--write-tree", left, right), (
            case
        )


def commit(repository: Repository, of: TreeId, *parents: CommitId) -> CommitId:
    return repository.commit(of, parents, str(parents), ADA, datetime(2026, 1, 1, tzinfo=UTC))


def test_the_base_of_two_lines(repository: Repository) -> None:
    root = commit(repository, EMPTY_TREE)
    left = commit(repository, tree(repository, {"a": "1"}), root)
    right = commit(repository, tree(repository, {"b": "1"}), root)
    further = commit(repository, tree(repository, {"b": "2"}), right)
    alone = commit(repository, tree(repository, {"c": "1"}))
    assert merge_base(repository, left, further) == root
    assert merge_base(repository, right, further) == right
    assert merge_base(repository, left, alone) is None
    assert ahead_behind(repository, further, left) == (2, 1)
    assert ahead_behind(repository, left, further) == (1, 2)
    assert ahead_behind(repository, left, left) == (0, 0)
    for call in (merge_base, ahead_behind):
        with pytest.raises(MissingObject):
            call(repository, left, CommitId("1" * 40))


def test_what_lies_beside_is_kept(repository: Repository, git: Git) -> None:
    """Links, submodules and programs that nobody touched come out as they were."""
    blob = repository.put(b"x")
    rest = f"120000 blob {blob}\tlink\n160000 commit {'1' * 40}\tsub\n100755 blob {blob}\trun\n"
    made = [
        TreeId(git("mktree", "--missing", data=f"{rest}100644 blob {a}\ta\n100644 blob {b}\tb\n"))
        for a, b in (
            (blob, blob),
            (repository.put(b"2"), blob),
            (blob, repository.put(b"3")),
        )
    ]
    merged = merge(repository, *made).tree
    assert merged is not None
    assert git("ls-tree", merged).count("\n") == 4
    for line in ("120000 blob", "160000 commit", "100755 blob"):
        assert line in git("ls-tree", merged)
