"""Repository: one repository, read and written as objects and refs. Nothing is ever checked out.

In: the path of a bare repository, or of a working folder with its `.git`. Out: bytes, ids, commits.
Invariant: nothing of the repository is ever run (no hook, no filter), and no configuration outside
of it is read.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pygit2
from msgspec import Struct
from pygit2.enums import ConfigLevel, ObjectType, RepositoryOpenFlag

from lookalike.git import moves
from lookalike.git.loose import write_loose
from lookalike.git.objects import (
    EMPTY_TREE,
    BlobId,
    CommitId,
    Entry,
    MissingObject,
    Mode,
    Signature,
    TreeId,
    commit_data,
    is_file,
    object_id,
    tree_data,
    tree_entries,
    whole_object,
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

    tree: TreeId
    n_entries: int
    files: tuple[tuple[str, BlobId], ...]
    folders: tuple[tuple[str, TreeId], ...]

    def has_names_of(self, other: _Folder) -> bool:
        """Whether the names in both are the same."""
        return all(
            [name for name, _ in mine] == [name for name, _ in theirs]
            for mine, theirs in ((self.files, other.files), (self.folders, other.folders))
        )


class _Listing(Struct, frozen=True):
    """The files of a tree, and the folders that they were read from, by path."""

    files: dict[str, BlobId]
    folders: Mapping[str, _Folder]


class _Waiting(Struct, frozen=True):
    """An object that is not written yet."""

    kind: ObjectType
    data: bytes
    whole: bytes


class _Unwritten(threading.local):
    """What a thread has put and not written yet, by id; `is_open` says that it may wait."""

    is_open: bool = False

    def __init__(self) -> None:
        self.all: dict[str, _Waiting] = {}


class Repository:
    """One repository. Safe to use from several threads: each has a handle of its own."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._handles = threading.local()
        self._listings: OrderedDict[TreeId, _Listing] = OrderedDict()
        self._lock = threading.Lock()
        self.unwritten = _Unwritten()  # for this room alone, as is the next
        self.newest: Mapping[str, bytes] = {}  # the trees that were written last

    def files(self, tree: TreeId) -> Mapping[str, BlobId]:
        """Path to blob of every plain file, in the order of paths.

        Links, submodules and names that are not safe are left out.
        """
        with self._lock:
            if tree in self._listings:
                self._listings.move_to_end(tree)
                return MappingProxyType(self._listings[tree].files)
            last = next(reversed(self._listings.values()), None)
        listing = _list(self, tree, last or _Listing({}, {}))
        with self._lock:
            self._listings[tree] = listing
            while len(self._listings) > KEPT_LISTINGS:
                self._listings.popitem(last=False)
        return MappingProxyType(listing.files)

    def entries(self, tree: TreeId) -> tuple[Entry, ...]:
        """One level of a tree, as it is written, nothing left out."""
        if tree == EMPTY_TREE:
            return ()
        return tree_entries(self.newest.get(tree) or self._read(tree, ObjectType.TREE))

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
        return BlobId(_keep(self, ObjectType.BLOB, data))

    def put_tree(self, entries: Sequence[Entry]) -> TreeId:
        """Keep one level of a tree."""
        return TreeId(_keep(self, ObjectType.TREE, tree_data(entries)))

    def tree_of(self, commit: CommitId) -> TreeId:
        """The tree a commit holds."""
        return TreeId(str(_commit(self, commit).tree_id))

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

    def remote_head(self) -> str | None:
        """The usual branch of the remote, as a clone has noted it; None where it has not."""
        try:
            target = self.handle.lookup_reference("refs/remotes/origin/HEAD").target
        except KeyError:
            return None
        return tracked_branch(target) if isinstance(target, str) else None

    def move(self, ref: str, expected: str | None, new: str | None) -> None:
        """Point `ref` from `expected` at `new` in one step, across threads and processes.

        `expected` None: it must not exist yet. `new` None: it shall exist no more.
        Raises Moved if it was elsewhere, MissingObject if there is nothing to point at.
        """
        if not is_movable(ref):
            raise ValueError(f"{ref!r} is not a ref of ours to move")
        if new == EMPTY_TREE:
            self.put_tree(())
        _settle(self)
        if new is not None and branch_of(ref) is not None:
            _commit(self, CommitId(new))
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
            _commit(self, parent)
        if tree not in self.unwritten.all and not isinstance(self.find(tree), pygit2.Tree):
            raise MissingObject(f"there is no tree `{tree}`")
        by = signed(author, when)
        zone = f"{'-' if by.offset < 0 else '+'}{abs(by.offset) // 60:02}{abs(by.offset) % 60:02}"
        line = b"%b <%b> %d %b" % (by.raw_name, by.raw_email, by.time, zone.encode())
        data = commit_data(tree, parents, line, message)
        return CommitId(_keep(self, ObjectType.COMMIT, data))

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
        waiting = self.unwritten.all.get(id_)
        if waiting is not None and waiting.kind == kind:
            return waiting.data
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


def _commit(repository: Repository, commit: CommitId) -> pygit2.Commit:
    found = repository.find(commit)
    if not isinstance(found, pygit2.Commit):
        raise MissingObject(f"there is no commit `{commit}`")
    return found


@contextmanager
def together(repository: Repository) -> Iterator[None]:
    """What this thread puts and commits inside is written at once, before it moves a ref; where it
    moves none, never. Until then it alone can read it, as files and trees.
    """
    repository.unwritten.is_open = True
    try:
        yield
    finally:
        repository.unwritten.is_open = False
        repository.unwritten.all.clear()


def _keep(repository: Repository, kind: ObjectType, data: bytes) -> str:
    if not repository.unwritten.is_open:
        return str(repository.handle.write(kind, data))
    whole = whole_object(kind.name.lower(), data)
    id_ = object_id(whole)
    repository.unwritten.all[id_] = _Waiting(kind, data, whole)
    return id_


def _settle(repository: Repository) -> None:
    """Write what waits. What is there already gets a new time by that, so that git does not clear
    it away as old.
    """
    waiting = repository.unwritten.all
    if waiting:
        whole = {id_: each.whole for id_, each in waiting.items()}
        write_loose(moves.common_folder(repository.handle) / "objects", whole)
        repository.newest = {
            id_: each.data for id_, each in waiting.items() if each.kind == ObjectType.TREE
        }
        waiting.clear()


def _named(repository: Repository, name_of: Callable[[str], str | None]) -> Mapping[str, CommitId]:
    names = {ref: name_of(ref) for ref in sorted(repository.handle.listall_references())}
    found = {name: repository.find_ref(ref) for ref, name in names.items() if name}
    return {name: CommitId(target) for name, target in found.items() if target}


def _list(repository: Repository, tree: TreeId, last: _Listing) -> _Listing:
    """A tree may hold one folder many times over: what bounds the walk is what it has seen. Of a
    folder that stood at the same path of the `last` listing, nothing is read.
    """
    seen: list[tuple[str, _Folder]] = []
    changed: list[_Folder] = []
    has_same_names = True
    pending = [(tree, "", 0)]
    n_seen = 0
    while pending:
        id_, prefix, depth = pending.pop()
        folder = before = last.folders.get(prefix)
        if folder is None or folder.tree != id_:
            folder = _read_folder(repository, id_, prefix)
            changed.append(folder)
            has_same_names &= before is not None and folder.has_names_of(before)
        seen.append((prefix, folder))
        n_seen += folder.n_entries
        if depth > DEEPEST or n_seen > MOST_FILES:
            raise TooLarge(f"more than {MOST_FILES} files, or {DEEPEST} folders in folders")
        pending.extend((below, path, depth + 1) for path, below in folder.folders)
    folders = dict(seen)
    if len(folders) < len(seen):  # a broken tree, with two folders of one name
        return _Listing(_in_order(folder for _, folder in seen), {})
    if not has_same_names:
        return _Listing(_in_order(folders.values()), folders)
    files = last.files.copy()
    for folder in changed:
        files.update(folder.files)
    return _Listing(files, folders)


def _in_order(folders: Iterable[_Folder]) -> dict[str, BlobId]:
    found: dict[str, BlobId] = {}
    for folder in folders:
        found.update(folder.files)
    return dict(sorted(found.items()))


def _read_folder(repository: Repository, tree: TreeId, prefix: str) -> _Folder:
    entries = repository.entries(tree)
    files: list[tuple[str, BlobId]] = []
    folders: list[tuple[str, TreeId]] = []
    for entry in entries:
        name = entry.name.decode("utf-8", "replace")
        path = prefix + name
        if not is_safe_name(name) or len(path) > LONGEST_PATH:
            continue
        if entry.mode == Mode.FOLDER:
            folders.append((f"{path}/", TreeId(entry.id)))
        elif is_file(entry.mode):
            files.append((path, BlobId(entry.id)))
    return _Folder(tree, len(entries), tuple(files), tuple(folders))


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
