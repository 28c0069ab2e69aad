"""Loading: one model of a project at a time, with nothing but the files that it includes.

In: the paths of a project and those of its files that are lacking, as they are asked for. Out: a
model as an assembly of the whole project would have it; or the overview that lists of models are
made of, for which no view is built. What only validating tells is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model import gather
from lookalike.compiler.model.build_models import Workshop, build_model
from lookalike.compiler.model.dashboards import DashboardFile
from lookalike.compiler.model.gather import Files, SourceFile, Texts
from lookalike.compiler.model.overview import Overview, read_overview
from lookalike.compiler.model.project import LookmlModel, Manifest
from lookalike.compiler.model.reuse import Reuse
from lookalike.compiler.syntax import Budget, Exhausted


class Opened(Struct, frozen=True, eq=False):
    """A project of which some files are read."""

    files: Files
    texts: Texts
    workshop: Workshop
    reuse: Reuse

    @property
    def manifest(self) -> Manifest:
        return self.files.manifest

    def lacking(self, path: str) -> Sequence[tuple[str, str]]:
        """The files, by project and path, that are to be added before the model of file `path` can
        be read; ask again when they are, for they may include more."""
        try:
            return gather.lacking(path, self.files)
        except Exhausted:
            return ()

    def add(self, project: str, file: SourceFile | DashboardFile) -> None:
        """Put a file that was lacking to the others."""
        gather.add_file(project, file, self.files)

    def overview(self, path: str) -> Overview | None:
        """What a list of models says of the model of file `path`; None if it is too large."""
        try:
            return read_overview(gather.gather(path, self.files), self.workshop)
        except Exhausted:
            return None

    def leave(self) -> None:
        """Keep the files that were read, for the models that are built later."""
        self.reuse.leave_texts(self.texts)

    def build(self, path: str) -> LookmlModel | None:
        """The model of file `path`; None if it is too large."""
        try:
            built = build_model(gather.gather(path, self.files), self.workshop)
        except Exhausted:
            return None
        self.reuse.leave(self.texts, self.workshop)
        return built.model


def open_project(
    name: str,
    paths: Mapping[str, Sequence[str]],
    manifests: Mapping[str, Sequence[SourceFile]],
    budget: Budget,
    reuse: Reuse,
) -> Opened | None:
    """Project `name`, which is the first, and those it imports: the sorted paths of all their
    files, and their manifests. None if even those are too large."""
    texts, workshop = reuse.take(name, budget)
    try:
        files = gather.open_listed(name, paths, manifests, {}, budget, texts)
    except Exhausted:
        return None
    return Opened(files, texts, workshop, reuse)
