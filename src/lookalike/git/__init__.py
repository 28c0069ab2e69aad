"""Git: trees, branches and commits as values. Nothing is ever checked out.

Here alone a repository is touched: `git.open_repository(path)`, `repository.files(tree)`,
`git.with_file(repository, tree, path, blob)`, `repository.move(ref, expected, new)`,
`git.resolve(repository, text)`, `git.merge(repository, base, ours, theirs)`,
`git.fetch(repository, remote)`, `git.push(repository, remote, branch, ...)`.
"""

from lookalike.git.addresses import BadRemote, check_url
from lookalike.git.commands import CommandFailed
from lookalike.git.copies import copies
from lookalike.git.deploy_keys import new_deploy_key
from lookalike.git.folder import Folder, read_folder
from lookalike.git.history import commit_at, is_ancestor
from lookalike.git.hosts import PrivateHost
from lookalike.git.merging import FileConflict, Merged, ahead_behind, merge, merge_base
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
from lookalike.git.probes import Probe, probe, probe_steps
from lookalike.git.refs import (
    Moved,
    RefLocked,
    RefTaken,
    branch_ref,
    copy_ref,
    deploy_ref,
    is_branch_name,
    is_project_name,
    is_workspace_name,
    parked_ref,
    tag_ref,
    tracking_ref,
)
from lookalike.git.remotes import (
    Fetched,
    NotFastForward,
    RemoteRefs,
    fetch,
    list_remote,
    push,
    push_tag,
)
from lookalike.git.repository import (
    NotARepository,
    Repository,
    TooLarge,
    create_repository,
    open_repository,
    together,
)
from lookalike.git.resolving import AmbiguousRef, UnknownRef, resolve
from lookalike.git.tags import create_tag, tags
from lookalike.git.transport import Reason, Remote, RemoteFailed, forget_hosts, origin_of, sweep
from lookalike.git.trees import Change, changes, subtree, with_file, without_file, write_tree

__all__ = [
    "EMPTY_TREE",
    "AmbiguousRef",
    "BadPath",
    "BadRemote",
    "BlobId",
    "Change",
    "CommandFailed",
    "Commit",
    "CommitId",
    "Fetched",
    "FileConflict",
    "Folder",
    "Merged",
    "MissingObject",
    "Moved",
    "NotARepository",
    "NotFastForward",
    "PrivateHost",
    "Probe",
    "Reason",
    "RefLocked",
    "RefTaken",
    "Remote",
    "RemoteFailed",
    "RemoteRefs",
    "Repository",
    "Signature",
    "TooLarge",
    "TreeId",
    "UnknownRef",
    "ahead_behind",
    "blob_id",
    "branch_ref",
    "changes",
    "check_url",
    "commit_at",
    "copies",
    "copy_ref",
    "create_repository",
    "create_tag",
    "deploy_ref",
    "fetch",
    "forget_hosts",
    "is_ancestor",
    "is_branch_name",
    "is_project_name",
    "is_safe_path",
    "is_workspace_name",
    "list_remote",
    "merge",
    "merge_base",
    "new_deploy_key",
    "open_repository",
    "origin_of",
    "parked_ref",
    "probe",
    "probe_steps",
    "push",
    "push_tag",
    "read_folder",
    "resolve",
    "subtree",
    "sweep",
    "tag_ref",
    "tags",
    "together",
    "tracking_ref",
    "with_file",
    "without_file",
    "write_tree",
]
