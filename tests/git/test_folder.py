from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lookalike.git import EMPTY_TREE, MissingObject, TooLarge, blob_id, read_folder

Git = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "views").mkdir(parents=True)
    (root / "shop.model.lkml").write_bytes(b'connection: "c"\r\n')
    (root / "views" / "orders.view.lkml").write_text("view: orders {}\n")
    (root / "README.md").write_text("# Shop\n")
    return root


def settle(root: Path) -> None:
    """Make every file look old, so that only its state tells whether it changed."""
    for path in root.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def test_ids_are_those_of_git(folder: Path, git: Git) -> None:
    (folder / "views" / "run.view.lkml").write_text("view: run {}")
    (folder / "views" / "run.view.lkml").chmod(0o755)
    (folder / "views-2.md").write_text("")
    git("init", "-q", ".", at=folder)
    git("add", ".", at=folder)
    read = read_folder(folder)
    assert read.tree == git("write-tree", at=folder)
    listing = git("ls-files", "-s", at=folder).splitlines()
    assert {line.split("\t")[1]: line.split()[1] for line in listing} == read.files


def test_contents(folder: Path) -> None:
    read = read_folder(folder)
    assert list(read.files) == ["README.md", "shop.model.lkml", "views/orders.view.lkml"]
    assert read.text(read.files["shop.model.lkml"]) == 'connection: "c"\r\n'
    with pytest.raises(MissingObject):
        read.text(blob_id(b"never there"))


def test_an_edit_is_seen_by_the_next_call(folder: Path) -> None:
    orders = folder / "views" / "orders.view.lkml"
    before = read_folder(folder)
    seen = {before.tree}
    for i in range(50):
        # Same length, same tick of the clock: only the content differs.
        orders.write_text(f"view: order{i:02} {{}}")
        now = read_folder(folder)
        assert now.text(now.files["views/orders.view.lkml"]) == f"view: order{i:02} {{}}"
        seen.add(now.tree)
    assert len(seen) == 51
    assert before.text(before.files["views/orders.view.lkml"]) == "view: orders {}\n"


def test_an_edit_that_hides_its_time_is_seen(folder: Path) -> None:
    settle(folder)
    before = read_folder(folder)
    (folder / "README.md").write_text("# Shed\n")
    settle(folder)
    now = read_folder(folder)
    assert now.text(now.files["README.md"]) == "# Shed\n"
    assert now.tree != before.tree


def test_files_come_go_and_move(folder: Path) -> None:
    first = read_folder(folder)
    (folder / "new").mkdir()
    (folder / "new" / "a.view.lkml").write_text("view: a {}")
    assert "new/a.view.lkml" in read_folder(folder).files
    (folder / "new" / "a.view.lkml").rename(folder / "new" / "b.view.lkml")
    assert "new/b.view.lkml" in read_folder(folder).files
    assert "new/a.view.lkml" not in read_folder(folder).files
    (folder / "new" / "b.view.lkml").unlink()
    assert read_folder(folder).tree == first.tree


def test_an_unchanged_folder_is_the_same_value(folder: Path) -> None:
    assert read_folder(folder) == read_folder(folder)
    (folder / "views" / "orders.view.lkml").touch()
    assert read_folder(folder).tree == read_folder(folder).tree


def test_what_is_left_out(folder: Path, tmp_path: Path) -> None:
    expected = read_folder(folder)
    secret = tmp_path / "secret.lkml"
    secret.write_text("secret")
    (folder / "link.lkml").symlink_to(secret)
    (folder / "inner.lkml").symlink_to(folder / "README.md")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.lkml").symlink_to(tmp_path / "none")
    for hidden in (".git", ".idea", "node_modules"):
        (folder / hidden).mkdir()
        (folder / hidden / "x.lkml").write_text("x")
    (folder / "data.csv").write_text("1,2")
    (folder / "huge.lkml").write_bytes(b"x" * 5_000_001)
    (folder / "back\\slash.lkml").write_text("x")
    os.mkfifo(folder / "pipe.lkml")
    (folder / "empty").mkdir()
    (folder / "folder.lkml").mkdir()
    assert read_folder(folder) == expected


def test_a_link_to_the_folder_itself_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(folder)
    assert read_folder(tmp_path / "alias") == read_folder(folder)


def test_an_empty_folder_and_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert read_folder(tmp_path / "empty").tree == EMPTY_TREE
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        read_folder(tmp_path / "file")


def test_a_well_of_folders_is_refused(folder: Path) -> None:
    (folder / "/".join(["d"] * 80)).mkdir(parents=True)
    with pytest.raises(TooLarge):
        read_folder(folder)
