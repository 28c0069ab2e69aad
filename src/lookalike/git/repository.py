"""Repository: one repository, read and written as objects and refs. Nothing is ever checked out.

In: the path of a bare repository, or of a working folder with its `.git`. Out: bytes, ids, commits.
Invariant: nothing of the repository is ever run (no hook, no filter), and no configuration outside
of it is read.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pygit2
from msgspec import Struct
from pygit2.enums import ConfigLevel, ObjectType, RepositoryOpenFlag

from lookalike.git import moves
from lookalike.git.objects import (
    EMPTY_TREE,
    BlobId,
    CommitId,
    Entry,
    MissingObject,
    Mode,
    Signature,
    TreeId,
    is_file,
    tree_data,
    tree_entries,
)
from lookalike.git.paths import LONGEST_PATH, is_safe_name
from lookalike.git.refs import branch_of, branch_ref, is_movable, tracked_branch

MOST_FILES = 100_000
DEEPEST = 64
LARGEST_OBJECT = 50_000_000
KEPT_LISTINGS = 4


class NotARepository(Exception):
    """There is no git repository at this path, or none that we can read."""


class TooLarge(Exception):
    """A tree with too many files or folders in folders, or an object with too many bytes."""


def create_repository(path: Path, branch: str) -> Repository:
    """A new bare repository without commits in an absent or empty folder; HEAD names `branch`."""
    if path.exists() and any(path.iterdir()):
        raise FileExistsError(f"`{path}` is not empty")
    pygit2.init_repository(str(path), bare=True, initial_head=branch_ref(branch))
    return open_repository(path)


def open_repository(path: Path) -> Repository:
    """The bare repository at `path`, or that of the working folder there. Never one further up."""
    inside = path / ".git"
    git = inside if inside.exists() else path
    try:
        _open(str(git))
    except pygit2.GitError as error:
        raise NotARepository(f"`{path}` is no git repository: {error}") from error
    return Repository(git)


class _Folder(Struct, frozen=True):
    """One folder of a tree: its files by their whole path, and the folders in it by theirs."""

    n_entries: int
    files: tuple[tuple[str, BlobId], ...]
    folders: tuple[tuple[TreeId, str], ...]


class _Listing(Struct, frozen=True):
    """The files of a tree, and the folders that they were read from by tree and path."""

    files: Mapping[str, BlobId]
    folders: Mapping[tuple[TreeId, str], _Folder]


class Repository:
    """One repository. Safe to use from several threads: each has a handle of its own."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._handles = threading.local()
        self._listings: OrderedDict[TreeId, _Listing] = OrderedDict()
        self._lock = threading.Lock()

    def files(self, tree: TreeId) -> Mapping[str, BlobId]:
        """Path to blob of every plain file, in the order of paths.

        Links, submodules and names that are not safe are left out.
        """
        with self._lock:
            if tree in self._listings:
                self._listings.move_to_end(tree)
                return self._listings[tree].files
            last = next(reversed(self._listings.values()), None)
        listing = _list(self, tree, last.folders if last is not None else {})
        with self._lock:
            self._listings[tree] = listing
            while len(self._listings) > KEPT_LISTINGS:
                self._listings.popitem(last=False)
        return listing.files

    def entries(self, tree: TreeId) -> tuple[Entry, ...]:
        """One level of a tree, as it is written, nothing left out."""
        if tree == EMPTY_TREE:
            return ()
        return tree_entries(self._read(tree, ObjectType.TREE))

    def data(self, blob: BlobId) -> bytes:
        """The content of a file."""
        return self._read(blob, ObjectType.BLOB)

    def text(self, blob: BlobId) -> str:
        """The content of a file as text: a byte order mark is kept, what is no UTF-8 is U+FFFD."""
        return self.data(blob).decode("utf-8", "replace")

    def size(self, blob: BlobId) -> int:
        """The bytes of a file, without reading it."""
        try:
            return int(self.handle.odb.read_header(_oid(blob))[1])
        except (KeyError, pygit2.GitError) as error:
            raise MissingObject(f"there is no blob `{blob}`") from error

    def put(self, data: bytes) -> BlobId:
        """Keep the content of a file. What no ref leads to, git may forget after two weeks."""
        return BlobId(str(self.handle.create_blob(data)))

    def put_tree(self, entries: Sequence[Entry]) -> TreeId:
        """Keep one level of a tree."""
        return TreeId(str(self.handle.write(ObjectType.TREE, tree_data(entries))))

    def tree_of(self, commit: CommitId) -> TreeId:
        """The tree a commit holds."""
        return TreeId(str(self._commit(commit).tree_id))

    def find_ref(self, ref: str) -> str | None:
        """The id a full ref (or `HEAD`) points at, as it is now, whoever wrote it last."""
        return moves.target_of(self.handle, ref)

    def branches(self) -> Mapping[str, CommitId]:
        """Every branch whose name is one of ours, in the order of names."""
        return _named(self, branch_of)

    def remote_branches(self) -> Mapping[str, CommitId]:
        """Every branch of the remote, as the last fetch or push found it, in the order of names."""
        return _named(self, tracked_branch)

    def head_branch(self) -> str | None:
        """The branch HEAD names, even before its first commit; None where HEAD names none."""
        target = self.handle.lookup_reference("HEAD").target
        return branch_of(target) if isinstance(target, str) else None

    def move(self, ref: str, expected: str | None, new: str | None) -> None:
        """Point `ref` from `expected` at `new` in one step, across threads and processes.

        `expected` None: it must not exist yet. `new` None: it shall exist no more.
        Raises Moved if it was elsewhere, MissingObject if there is nothing to point at.
        """
        if not is_movable(ref):
            raise ValueError(f"{ref!r} is not a ref of ours to move")
        if new == EMPTY_TREE:
            self.put_tree(())
        if new is not None and branch_of(ref) is not None:
            self._commit(CommitId(new))
        elif new is not None and self.find(new) is None:
            raise MissingObject(f"there is no object `{new}`")
        moves.move(self.handle, ref, expected, new)

    def commit(
        self,
        tree: TreeId,
        parents: Sequence[CommitId],
        message: str,
        author: Signature,
        when: datetime,
    ) -> CommitId:
        """Write a commit. No ref moves."""
        if tree == EMPTY_TREE:
            self.put_tree(())
        for parent in parents:
            self._commit(parent)
        by = signed(author, when)
        try:
            oids = [pygit2.Oid(hex=parent) for parent in parents]
            id_ = self.handle.create_commit(None, by, by, message, tree, oids)
        except (pygit2.GitError, KeyError) as error:
            raise MissingObject(f"there is no tree `{tree}`") from error
        return CommitId(str(id_))

    @property
    def path(self) -> str:
        """The folder of the repository itself, not one of files."""
        return self._path

    @property
    def handle(self) -> pygit2.Repository:
        """This thread's own handle, for this room alone: the library's are not to be shared."""
        handle = getattr(self._handles, "repository", None)
        if handle is None:
            handle = self._handles.repository = _open(self._path)
        return handle

    def find(self, id_: str) -> object:
        """An object as the library reads it, for this room alone; None where it cannot."""
        try:
            return self.handle.get(_oid(id_))
        except (ValueError, pygit2.GitError):
            return None  # It is there, and broken.

    def _read(self, id_: str, kind: ObjectType) -> bytes:
        oid = _oid(id_)
        try:
            _, size = self.handle.odb.read_header(oid)
            if size > LARGEST_OBJECT:
                raise TooLarge(f"`{id_}` has {size} bytes")
            found, data = self.handle.read(oid)
        except (KeyError, pygit2.GitError) as error:
            raise MissingObject(f"there is no {kind.name.lower()} `{id_}`") from error
        if found != kind:
            raise MissingObject(f"`{id_}` is no {kind.name.lower()}")
        return data

    def _commit(self, commit: CommitId) -> pygit2.Commit:
        found = self.find(commit)
        if not isinstance(found, pygit2.Commit):
            raise MissingObject(f"there is no commit `{commit}`")
        return found


def _named(repository: Repository, name_of: Callable[[str], str | None]) -> Mapping[str, CommitId]:
    names = {ref: name_of(ref) for ref in sorted(repository.handle.listall_references())}
    found = {name: repository.find_ref(ref) for ref, name in names.items() if name}
    return {name: CommitId(target) for name, target in found.items() if target}


def _list(
    repository: Repository, tree: TreeId, known: Mapping[tuple[TreeId, str], _Folder]
) -> _Listing:
    """A tree may hold one folder many times over: what bounds the walk is what it has seen. Of a
    folder that is `known`, as it stood at the same path of another tree, nothing is read.
    """
    found: dict[str, BlobId] = {}
    folders: dict[tuple[TreeId, str], _Folder] = {}
    pending = [(tree, "", 0)]
    n_seen = 0
    while pending:
        id_, prefix, depth = pending.pop()
        folder = known.get((id_, prefix)) or _read_folder(repository, id_, prefix)
        folders[id_, prefix] = folder
        n_seen += folder.n_entries
        if depth > DEEPEST or n_seen > MOST_FILES:
            raise TooLarge(f"more than {MOST_FILES} files, or {DEEPEST} folders in folders")
        pending.extend((below, path, depth + 1) for below, path in folder.folders)
        found.update(folder.files)
    return _Listing(MappingProxyType(dict(sorted(found.items()))), folders)


def _read_folder(repository: Repository, tree: TreeId, prefix: str) -> _Folder:
    entries = repository.entries(tree)
    files: list[tuple[str, BlobId]] = []
    folders: list[tuple[TreeId, str]] = []
    for entry in entries:
        name = entry.name.decode("utf-8", "replace")
        path = prefix + name
        if not is_safe_name(name) or len(path) > LONGEST_PATH:
            continue
        if entry.mode == Mode.FOLDER:
            folders.append((TreeId(entry.id), f"{path}/"))
        elif is_file(entry.mode):
            files.append((path, BlobId(entry.id)))
    return _Folder(len(entries), tuple(files), tuple(folders))


def _open(path: str) -> pygit2.Repository:
    repository = pygit2.Repository(path, RepositoryOpenFlag.NO_SEARCH)
    repository.set_ident("lookalike", "lookalike@localhost")
    return repository


def _oid(id_: str) -> pygit2.Oid:
    try:
        return pygit2.Oid(hex=id_)
    except ValueError as error:
        raise MissingObject(f"{id_[:64]!r} is not the id of an object") from error


def signed(author: Signature, when: datetime) -> pygit2.Signature:
    """A signature as the library takes it. Raises ValueError where the time has no zone."""
    offset = when.utcoffset()
    if offset is None:
        raise ValueError("the time of a commit needs a zone")
    minutes = int(offset.total_seconds()) // 60
    return pygit2.Signature(
        _plain(author.name) or "unknown",
        _plain(author.email) or "unknown",
        int(when.timestamp()),
        minutes,
    )


def _plain(text: str) -> str:
    """Git writes names between `<`, `>` and line ends, so a name cannot hold them."""
    return " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", text).split())


def _seal() -> None:
    """Make the library blind for the machine's and the user's own configuration.

    Nothing in a repository is ever run by us, so one that belongs to another user may be read, as
    it happens with mounted folders. What is written is on the disk before a ref leads to it.
    """
    for level in (ConfigLevel.PROGRAMDATA, ConfigLevel.SYSTEM, ConfigLevel.XDG, ConfigLevel.GLOBAL):
        pygit2.settings.search_path[level] = ""
    pygit2.settings.owner_validation = False
    pygit2.settings.enable_fsync_gitdir(True)


_seal()
