"""Git: trees, branches and commits as values. Nothing is ever checked out.

Here alone a repository is touched: `git.open_repository(path)`, `repository.files(tree)`,
`git.with_file(repository, tree, path, blob)`, `repository.move(ref, expected, new)`.
"""

from lookalike.git.folder import Folder, read_folder
from lookalike.git.objects import (
    EMPTY_TREE,
    BadPath,
    BlobId,
    Commit,
    CommitId,
    MissingObject,
    Signature,
    TreeId,
    blob_id,
)
from lookalike.git.paths import is_safe_path
from lookalike.git.refs import (
    Moved,
    RefLocked,
    RefTaken,
    branch_ref,
    copy_ref,
    is_branch_name,
    is_project_name,
)
from lookalike.git.repository import (
    NotARepository,
    Repository,
    TooLarge,
    create_repository,
    open_repository,
)
from lookalike.git.trees import Change, changes, with_file, without_file, write_tree

__all__ = [
    "EMPTY_TREE",
    "BadPath",
    "BlobId",
    "Change",
    "Commit",
    "CommitId",
    "Folder",
    "MissingObject",
    "Moved",
    "NotARepository",
    "RefLocked",
    "RefTaken",
    "Repository",
    "Signature",
    "TooLarge",
    "TreeId",
    "blob_id",
    "branch_ref",
    "changes",
    "copy_ref",
    "create_repository",
    "is_branch_name",
    "is_project_name",
    "is_safe_path",
    "open_repository",
    "read_folder",
    "with_file",
    "without_file",
    "write_tree",
]
