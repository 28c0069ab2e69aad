"""Files: reading and editing the files of a project in the caller's workspace.

In: paths and text. Out: files with their version, which is the id of their content. A save moves
the workspace's hidden ref and nothing else; a commit moves the branch.
Rule: API, operations all_project_files, project_file, and the endpoints clients use to write.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from msgspec import Struct

from lookalike.git import (
    EMPTY_TREE,
    BadPath,
    BlobId,
    CommitId,
    Moved,
    Repository,
    TooLarge,
    TreeId,
    branch_ref,
    changes,
    is_safe_path,
    merge,
    together,
    with_file,
    without_file,
)
from lookalike.instance import auditing, branches, copies, projects, upstream, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.copies import Copy, changed_meanwhile
from lookalike.instance.errors import Conflict, Invalid, LookalikeError, NotFound, Problem
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.moving import move
from lookalike.instance.workspaces import Version
from lookalike.store.records import Project

Must: TypeAlias = Literal["create", "update", "any"]
"""What a save expects: no file there, a file there, or either."""

LARGEST_FILE = 5_000_000
KEEPER = ".gitkeep"
"""Git knows no empty folders; a file of this name is one's place."""
_TRIES = 60
_PAUSE = 0.001
"""Seconds, more with each turn: who was overtaken often waits for the others to end."""


class File(Struct, frozen=True, kw_only=True):
    """One file. `action` tells what is not committed: empty, `added`, `modified` or `deleted`;
    `text` says it in words.
    """

    path: str
    title: str
    type: str
    extension: str
    mime_type: str
    is_editable: bool
    version: BlobId
    action: str = ""
    has_conflict: bool = False
    is_revertable: bool = False
    text: str = ""


class FileChanged(Conflict):
    """The file is no longer as the writer expected; `found` is its version now, empty if gone."""

    def __init__(self, message: str, found: str) -> None:
        super().__init__(message)
        self.found = found


def list_files(instance: Instance, caller: Caller, project: str) -> tuple[File, ...]:
    """Every file in the caller's workspace, by path; deleted ones that are not committed too."""
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    now = workspaces.files_of(instance, version)
    before = _committed(instance, version)
    is_editable = _is_editable(version)
    return tuple(
        _file(
            path, before.get(path) if before is not None else now[path], now.get(path), is_editable
        )
        for path in sorted({*now, *(before or ())})
    )


def get_file(instance: Instance, caller: Caller, project: str, path: str) -> File:
    """One file. Raises NotFound."""
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    now = workspaces.files_of(instance, version).get(path)
    if now is None:
        raise _missing(project, path)
    before = _committed(instance, version)
    return _file(path, now if before is None else before.get(path), now, _is_editable(version))


def read_file(instance: Instance, caller: Caller, project: str, path: str) -> str:
    """The text of one file. Raises NotFound."""
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    blob = workspaces.files_of(instance, version).get(path)
    if blob is None:
        raise _missing(project, path)
    return workspaces.text_of(instance, version, blob)


def save_file(  # noqa: PLR0913 - who, where, what and on which condition
    instance: Instance,
    caller: Caller,
    project: str,
    path: str,
    text: str,
    expected: str | None = None,
    must: Must = "any",
) -> File:
    """Save a file in the caller's developer workspace.

    Raises Conflict if `must` is `create` and the file is there, NotFound if it is `update` and it
    is not, FileChanged if its version is not `expected` (empty: absent), Invalid for an impossible
    path.
    """
    data = text.encode("utf-8", "surrogateescape")
    if len(data) > LARGEST_FILE:
        raise Invalid(f"`{path[:100]}` has {len(data)} bytes, {LARGEST_FILE} are allowed")

    def edit(repository: Repository, tree: TreeId) -> TreeId:
        found = repository.files(tree).get(path)
        if must == "create" and found is not None:
            raise Conflict(f"`{path}` exists already in project `{project}`; update it instead")
        if must == "update" and found is None:
            raise _missing(project, path)
        _check_expected(path, found, expected)
        return with_file(repository, tree, path, repository.put(data))

    _edit(instance, caller, project, (path,), edit)
    return get_file(instance, caller, project, path)


def delete_file(
    instance: Instance, caller: Caller, project: str, path: str, expected: str | None = None
) -> None:
    """Remove a file, and the folders that become empty. Raises NotFound, FileChanged."""

    def edit(repository: Repository, tree: TreeId) -> TreeId:
        found = repository.files(tree).get(path)
        if found is None:
            raise _missing(project, path)
        _check_expected(path, found, expected)
        return without_file(repository, tree, path)

    _edit(instance, caller, project, (path,), edit)


def rename_file(instance: Instance, caller: Caller, project: str, path: str, new_path: str) -> File:
    """Give a file another path. Raises NotFound, and Conflict if there is one already."""

    def edit(repository: Repository, tree: TreeId) -> TreeId:
        files = repository.files(tree)
        if path not in files:
            raise _missing(project, path)
        if new_path in files:
            raise Conflict(f"`{new_path}` exists already in project `{project}`")
        return with_file(repository, without_file(repository, tree, path), new_path, files[path])

    _edit(instance, caller, project, (path, new_path), edit)
    return get_file(instance, caller, project, new_path)


def list_folders(instance: Instance, caller: Caller, project: str) -> tuple[str, ...]:
    """Every folder, by path."""
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    return tuple(sorted(_folders(workspaces.files_of(instance, version))))


def create_folder(instance: Instance, caller: Caller, project: str, path: str) -> str:
    """A new folder. Raises Conflict if there is one, or a file, at that path."""
    path = path.strip("/")

    def edit(repository: Repository, tree: TreeId) -> TreeId:
        files = repository.files(tree)
        if path in files or path in _folders(files):
            raise Conflict(f"`{path}` exists already in project `{project}`")
        return with_file(repository, tree, f"{path}/{KEEPER}", repository.put(b""))

    _edit(instance, caller, project, (path,), edit)
    return path


def delete_folder(instance: Instance, caller: Caller, project: str, path: str) -> None:
    """Remove a folder with all that is inside. Raises NotFound."""
    path = path.strip("/")

    def edit(repository: Repository, tree: TreeId) -> TreeId:
        inside = [file for file in repository.files(tree) if file.startswith(f"{path}/")]
        if not inside:
            raise NotFound(f"folder `{path[:100]}` was not found in project `{project}`")
        for file in inside:
            tree = without_file(repository, tree, file)
        return tree

    _edit(instance, caller, project, (path,), edit)


def commit(
    instance: Instance, caller: Caller, project: str, message: str, paths: Sequence[str] = ()
) -> CommitId:
    """Commit what is saved (`paths` empty: all of it) on the workspace's branch, and push the
    branch where there is a remote.

    Raises Invalid if nothing is to be committed, Conflict if the branch holds other changes of the
    same lines. Where only the push fails, the error says so: the next commit pushes again.
    """
    found = projects.get_project(instance, caller, project)
    repository, copy = workspaces.editable_copy(instance, caller, found)
    branches.check_writable(instance, caller, repository, copy.branch)
    tip = copies.tip_of(repository, copy.branch)
    if not copy.is_changed:
        if tip is None or not upstream.has_remote(found):
            raise Invalid("nothing to commit, the workspace has no changes")
        if tip == upstream.tracked(instance, found, copy.branch):
            raise Invalid("nothing to commit, the workspace has no changes")
        _push(instance, caller, found, copy.branch, tip)
        return tip
    tree = _selected(repository, copy, paths)
    committed = _merged(repository, copy, tip, tree)
    parents = (tip,) if tip else ()
    author = projects.signature(caller.user)
    made = repository.commit(
        committed, parents, message.strip() or "Edit LookML", author, instance.clock()
    )
    left = _merged(repository, copy, made, copy.tree)
    try:
        move(repository, branch_ref(copy.branch), tip, made)
    except Moved:
        raise changed_meanwhile(f"branch `{copy.branch}`") from None
    _carry_on(instance, caller, found, copy, made, left)
    with instance.database.write() as db:
        auditing.record(instance, db, caller, "commit", f"{project}:{copy.branch}", made)
    if upstream.has_remote(found):
        _push(instance, caller, found, copy.branch, made)
    return made


def _edit(
    instance: Instance,
    caller: Caller,
    project: str,
    paths: Sequence[str],
    edit: Callable[[Repository, TreeId], TreeId],
) -> None:
    """Change the files of the workspace in one step; again on top if others save meanwhile."""
    for path in paths:
        if not is_safe_path(path):
            wrong = "write a path inside the project, such as `views/orders.view.lkml`"
            raise Invalid(f"`{path[:100]}` can't be a path", (Problem("path", "invalid", wrong),))
    found = projects.get_project(instance, caller, project)
    for turn in range(_TRIES):
        repository, copy = workspaces.editable_copy(instance, caller, found)
        branches.check_writable(instance, caller, repository, copy.branch)
        try:
            with together(repository):
                tree = edit(repository, copy.tree)
                if tree != copy.tree:
                    copies.put_copy(
                        instance, repository, copy, branch=copy.branch, base=copy.base, tree=tree
                    )
        except (BadPath, TooLarge) as error:
            raise Invalid(str(error)) from None
        except Moved:
            time.sleep(_PAUSE * turn)
            continue
        return
    raise changed_meanwhile(f"workspace `{caller.session.workspace}`")


def _selected(repository: Repository, copy: Copy, paths: Sequence[str]) -> TreeId:
    """The files to commit: those before the edits, with the edits of `paths`."""
    if not paths:
        return copy.tree
    edited = {change.path: change for change in changes(repository, copy.base_tree, copy.tree)}
    unknown = [path for path in paths if path not in edited]
    if unknown:
        raise Invalid(f"nothing to commit in `{unknown[0][:100]}`, it has no changes")
    tree = copy.base_tree
    for path in dict.fromkeys(paths):
        after = edited[path].after
        if after is None:
            tree = without_file(repository, tree, path)
        else:
            tree = with_file(repository, tree, path, after)
    return tree


def _merged(repository: Repository, copy: Copy, tip: CommitId | None, tree: TreeId) -> TreeId:
    """`tree` on top of what others have committed to the branch meanwhile."""
    there = repository.tree_of(tip) if tip else EMPTY_TREE
    try:
        merged = merge(repository, copy.base_tree, there, tree)
    except BadPath as error:
        raise Invalid(str(error)) from None
    if merged.tree is None:
        files = ", ".join(sorted({one.path for one in merged.conflicts}))
        raise Conflict(
            f"branch `{copy.branch}` has other changes of the same lines in: {files};"
            " change them to what the branch has, or reset"
        )
    return merged.tree


def _carry_on(
    instance: Instance,
    caller: Caller,
    project: Project,
    copy: Copy,
    made: CommitId,
    left: TreeId,
) -> None:
    """Put the copy on the new commit. Who saved meanwhile keeps the edits, on top of it."""
    repository = repository_for(instance, project)
    for _ in range(_TRIES):
        try:
            copies.put_copy(instance, repository, copy, branch=copy.branch, base=made, tree=left)
        except Moved:
            copy = copies.copy_of(repository, project, caller.user, copy.workspace)
            try:
                left = _merged(repository, copy, made, copy.tree)
            except LookalikeError:
                return
            continue
        return


def _push(instance: Instance, caller: Caller, project: Project, branch: str, new: CommitId) -> None:
    """A personal branch is its owner's alone, so it may leave commits behind, as after a reset."""
    remote = upstream.tracked(instance, project, branch)
    is_forced = branch.startswith(copies.personal_branch(caller.user))
    try:
        upstream.push(instance, project, caller, branch, remote, new, is_forced=is_forced)
    except LookalikeError as error:
        message = f"committed here as {new[:12]}, but not pushed: {error}"
        if isinstance(error, Invalid):
            raise Invalid(message) from None
        raise type(error)(message) from None


def _committed(instance: Instance, version: Version) -> Mapping[str, BlobId] | None:
    """The files of the commit below a version; None where nothing can have changed."""
    if not version.is_changed or version.folder is not None:
        return None
    repository = repository_for(instance, version.project)
    tree = repository.tree_of(CommitId(version.commit)) if version.commit else EMPTY_TREE
    return repository.files(tree)


def _is_editable(version: Version) -> bool:
    return workspaces.is_dev(version.workspace) and version.folder is None


def _file(path: str, before: BlobId | None, now: BlobId | None, is_editable: bool) -> File:
    name = PurePosixPath(path).name
    title, dot, extension = name.partition(".")
    action = ""
    if before != now:
        action = "added" if before is None else "deleted" if now is None else "modified"
    return File(
        path=path,
        title=title or name,
        type=_type(name),
        extension=dot + extension,
        mime_type=_MIME_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream"),
        is_editable=is_editable,
        version=now or before or BlobId(""),
        action=action,
        is_revertable=bool(action),
        text=f"{action.capitalize()}, not committed" if action else "",
    )


_MIME_TYPES = {
    ".lkml": "text/x-lookml",
    ".lookml": "text/x-lookml",
    ".md": "text/markdown",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".topojson": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    "": "text/plain",
}


def _type(name: str) -> str:
    """What a file is, as its name says."""
    if name in ("manifest.lkml", "manifest_lock.lkml"):
        return name.removesuffix(".lkml")
    parts = name.split(".")
    if parts[-1] in ("lkml", "lookml"):
        return parts[-2] if len(parts) > 2 else "lookml"
    return {"md": "document"}.get(parts[-1], parts[-1] if len(parts) > 1 else "file")


def _folders(files: Mapping[str, BlobId]) -> set[str]:
    return {
        str(folder)
        for path in files
        for folder in PurePosixPath(path).parents
        if str(folder) != "."
    }


def _check_expected(path: str, found: BlobId | None, expected: str | None) -> None:
    if expected is not None and expected != (found or ""):
        raise FileChanged(f"`{path}` has changed meanwhile; read it again and repeat", found or "")


def _missing(project: str, path: str) -> NotFound:
    return NotFound(f"file `{path[:200]}` was not found in project `{project}`")
