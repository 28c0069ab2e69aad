"""ProjectFile: the files of a project as the session's workspace has them.

Looker's description has only the two operations that list; the others are those that real clients
use beside it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Omissible, Operation, Output


class GitStatus(Struct, frozen=True, kw_only=True):
    """How a file differs from the commit that the workspace stands on. `action` is `added`,
    `modified`, `deleted`, `renamed`, or null for a file that does not differ.
    """

    action: str | None = None
    conflict: bool | None = None
    revertable: bool | None = None
    text: str | None = None
    can: dict[str, bool] | None = None


class ProjectFile(Struct, frozen=True, kw_only=True):
    """A file of a project. The id is its path."""

    can: dict[str, bool] | None = None
    id: str | None = None
    path: str | None = None
    title: str | None = None
    type: str | None = None
    extension: str | None = None
    mime_type: str | None = None
    editable: bool | None = None
    git_status: GitStatus | None = None


class WriteFile(Struct, frozen=True, kw_only=True):
    """A file to save. `version` is the version that it is meant to replace, if that matters."""

    path: str
    content: str
    version: str | None = None


class WriteDirectory(Struct, frozen=True, kw_only=True):
    """A folder to make."""

    path: str


class WriteCommit(Omissible, frozen=True, kw_only=True):
    """What to commit. No `paths` means everything that is saved."""

    message: str | None = None
    paths: list[str] | None = None


class FilesParams(Masked, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class FileParams(FilesParams, frozen=True, kw_only=True):
    file_id: Annotated[str, Meta(description="Id of the file, which is its path.")]


class FilePathParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]
    file_path: Annotated[str, Meta(description="Path of the file.")]


class DeleteFileParams(FilePathParams, frozen=True, kw_only=True):
    version: Annotated[
        str | None, Meta(description="The version that is meant; any if left out.")
    ] = None


class DirectoriesParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class DirectoryParams(DirectoriesParams, frozen=True, kw_only=True):
    path: Annotated[str, Meta(description="Path of the folder.")]


all_project_files = Operation(
    name="all_project_files",
    method="GET",
    path="/projects/{project_id}/files",
    tag="Project",
    summary="List the files of a project",
    params=FilesParams,
    body=Nothing,
    answer=list[ProjectFile],
    needs=SIGNED_IN,
)

project_file = Operation(
    name="project_file",
    method="GET",
    path="/projects/{project_id}/files/file",
    tag="Project",
    summary="Get a file of a project",
    description="Answers everything about the file except its text.",
    params=FileParams,
    body=Nothing,
    answer=ProjectFile,
    needs=SIGNED_IN,
)

project_file_content = Operation(
    name="project_file_content",
    method="GET",
    path="/projects/{project_id}/file/content",
    tag="Project",
    summary="Read a file of a project",
    params=FilePathParams,
    body=Nothing,
    answer=Output,
    needs=SIGNED_IN,
)

create_project_file = Operation(
    name="create_project_file",
    method="POST",
    path="/projects/{project_id}/files",
    tag="Project",
    summary="Create a file",
    description=(
        "Saves a new file in the workspace; it is not committed. A file that is there already is a"
        " 409. Only in a developer workspace."
    ),
    params=FilesParams,
    body=WriteFile,
    answer=ProjectFile,
    needs="develop",
)

update_project_file = Operation(
    name="update_project_file",
    method="PUT",
    path="/projects/{project_id}/files",
    tag="Project",
    summary="Change a file",
    description=(
        "Saves the file in the workspace; it is not committed. With `version` it is a 409 if the"
        " file has changed since. Only in a developer workspace."
    ),
    params=FilesParams,
    body=WriteFile,
    answer=ProjectFile,
    needs="develop",
)

delete_project_file = Operation(
    name="delete_project_file",
    method="DELETE",
    path="/projects/{project_id}/files",
    tag="Project",
    summary="Delete a file",
    description="Deletes the file from the workspace; that is not committed.",
    params=DeleteFileParams,
    body=Nothing,
    answer=Nothing,
    needs="develop",
)

all_project_directories = Operation(
    name="all_project_directories",
    method="GET",
    path="/projects/{project_id}/directories",
    tag="Project",
    summary="List the folders of a project",
    params=DirectoriesParams,
    body=Nothing,
    answer=list[str],
    needs=SIGNED_IN,
)

create_project_directory = Operation(
    name="create_project_directory",
    method="POST",
    path="/projects/{project_id}/directories",
    tag="Project",
    summary="Make a folder",
    params=DirectoriesParams,
    body=WriteDirectory,
    answer=Nothing,
    needs="develop",
)

delete_project_directory = Operation(
    name="delete_project_directory",
    method="DELETE",
    path="/projects/{project_id}/directories",
    tag="Project",
    summary="Delete a folder and all that is in it",
    params=DirectoryParams,
    body=Nothing,
    answer=Nothing,
    needs="develop",
)

commit_project = Operation(
    name="commit_project",
    method="POST",
    path="/projects/{project_id}/commit",
    tag="Project",
    summary="Commit what is saved",
    description="Commits on the workspace's branch, and answers the id of the commit.",
    params=DirectoriesParams,
    body=WriteCommit,
    answer=str,
    needs="develop",
)

OPERATIONS = (
    all_project_files,
    project_file,
    project_file_content,
    create_project_file,
    update_project_file,
    delete_project_file,
    all_project_directories,
    create_project_directory,
    delete_project_directory,
    commit_project,
)
