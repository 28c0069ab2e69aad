"""ProjectFile: reading, saving and committing files in the caller's workspace."""

from __future__ import annotations

from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.api.resources.git_branch import version_in
from lookalike.api.texts import text_out
from lookalike.instance import files
from lookalike.instance.queries import Stream
from lookalike.wire import project_file
from lookalike.wire.operation import Nothing

MESSAGE = "Commit what is saved"
"""The message of a commit that was asked for without one."""


@serves(project_file.all_project_files)
def all_project_files(
    call: Call, params: project_file.FilesParams, body: Nothing
) -> Answered[list[project_file.ProjectFile]]:
    found = files.list_files(call.instance, call.caller, params.project_id)
    return Answered([file_out(each) for each in found], (version_in(call, params.project_id),))


@serves(project_file.project_file)
def get_project_file(
    call: Call, params: project_file.FileParams, body: Nothing
) -> Answered[project_file.ProjectFile]:
    found = files.get_file(call.instance, call.caller, params.project_id, params.file_id)
    return Answered(file_out(found), (version_in(call, params.project_id),))


@serves(project_file.project_file_content)
def get_project_file_content(
    call: Call, params: project_file.FilePathParams, body: Nothing
) -> Stream:
    version = version_in(call, params.project_id)
    text = files.read_file(call.instance, call.caller, params.project_id, params.file_path)
    return text_out(text, version)


@serves(project_file.create_project_file)
def create_project_file(
    call: Call, params: project_file.FilesParams, body: project_file.WriteFile
) -> Answered[project_file.ProjectFile]:
    return _save(call, params.project_id, body, "create")


@serves(project_file.update_project_file)
def update_project_file(
    call: Call, params: project_file.FilesParams, body: project_file.WriteFile
) -> Answered[project_file.ProjectFile]:
    return _save(call, params.project_id, body, "update")


@serves(project_file.delete_project_file)
def delete_project_file(
    call: Call, params: project_file.DeleteFileParams, body: Nothing
) -> Nothing:
    files.delete_file(
        call.instance, call.caller, params.project_id, params.file_path, params.version
    )
    return Nothing()


@serves(project_file.all_project_directories)
def all_project_directories(
    call: Call, params: project_file.DirectoriesParams, body: Nothing
) -> Answered[list[str]]:
    found = files.list_folders(call.instance, call.caller, params.project_id)
    return Answered(list(found), (version_in(call, params.project_id),))


@serves(project_file.create_project_directory)
def create_project_directory(
    call: Call, params: project_file.DirectoriesParams, body: project_file.WriteDirectory
) -> Nothing:
    files.create_folder(call.instance, call.caller, params.project_id, body.path)
    return Nothing()


@serves(project_file.delete_project_directory)
def delete_project_directory(
    call: Call, params: project_file.DirectoryParams, body: Nothing
) -> Nothing:
    files.delete_folder(call.instance, call.caller, params.project_id, params.path)
    return Nothing()


@serves(project_file.commit_project)
def commit_project(
    call: Call, params: project_file.DirectoriesParams, body: project_file.WriteCommit
) -> Answered[str]:
    commit = files.commit(
        call.instance,
        call.caller,
        params.project_id,
        body.message or MESSAGE,
        tuple(body.paths or ()),
    )
    return Answered(str(commit), (version_in(call, params.project_id),))


def file_out(found: files.File) -> project_file.ProjectFile:
    return project_file.ProjectFile(
        can={"show": True, "update": found.is_editable, "destroy": found.is_editable},
        id=found.path,
        path=found.path,
        title=found.title,
        type=found.type,
        extension=found.extension,
        mime_type=found.mime_type,
        editable=found.is_editable,
        git_status=project_file.GitStatus(
            action=found.action or None,
            conflict=found.has_conflict,
            revertable=found.is_revertable,
            text=found.text or None,
            can={},
        ),
    )


def _save(
    call: Call, project: str, body: project_file.WriteFile, must: files.Must
) -> Answered[project_file.ProjectFile]:
    saved = files.save_file(
        call.instance,
        call.caller,
        project,
        body.path,
        body.content,
        expected=body.version,
        must=must,
    )
    return Answered(file_out(saved), (version_in(call, project),))
