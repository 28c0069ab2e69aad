"""Check files: whether the files of a project hold a model.

In: the files of a project. Out: what is told of one whose LookML can't be asked anything. Rule:
LookML reference, "Model files": the name of one ends in `.model.lkml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lookalike.compiler.model.findings import quote
from lookalike.compiler.model.gather import PROJECT_FILES, Files, model_paths
from lookalike.compiler.syntax import Code, Diagnostic, Lines, Place, Severity


def check_files(files: Files) -> Iterator[Diagnostic]:
    """Say that nothing can be asked of a project that has LookML, and no file of a model."""
    own = files.shelves[files.name].files
    paths = [path for path in own if path not in PROJECT_FILES]
    if not paths or model_paths(files):
        return
    for path in paths:
        for node in own[path].parsed.root.nodes:
            if node.key == "connection":
                place = Lines(own[path].parsed.text).place(node.start, node.end, path)
                better = quote(path.removesuffix(".lkml").removesuffix(".model") + ".model.lkml")
                message = f"this file is not read as a model; name it {better}"
                yield Diagnostic(Code.MISSING_MODEL, message, place, Severity.WARNING)
                return
    message = (
        f"project {quote(files.name)} has no model, which is right only where others import it:"
        " write one in a file whose name ends in `.model.lkml`"
    )
    yield Diagnostic(Code.MISSING_MODEL, message, Place(paths[0], line=1, column=1), Severity.INFO)
