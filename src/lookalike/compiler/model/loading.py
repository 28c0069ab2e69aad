"""Loading: one model of a project at a time, with nothing but the files that it includes.

In: the paths of a project and some of its files. Out: which of them are lacking; with all there, a
model as an assembly of the whole project would have it, or the overview that lists of models are
made of, for which no view is built. What only validating tells is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model import gather
from lookalike.compiler.model.build_dashboards import build_dashboards
from lookalike.compiler.model.build_models import Workshop, build_model
from lookalike.compiler.model.dashboards import Dashboard, DashboardFile
from lookalike.compiler.model.gather import Files, Gathered, SourceFile, Texts
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

    @property
    def lacking(self) -> Sequence[tuple[str, str]]:
        """The files, by project and path, that were reached and are not given. Nothing that was
        gathered meanwhile is whole; with them there may be more."""
        return tuple(self.files.lacking)

    def gathered(self, path: str) -> Gathered | None:
        """All that the model of file `path` reaches, if nothing is lacking; None if it is too
        large."""
        files = self.files
        files.before = self.reuse.matched(path, files.libraries)
        try:
            gathered = gather.gather(path, files)
        except Exhausted:
            return None
        if not files.lacking:
            self.reuse.leave_reached(path, gathered.reached)
            self.reuse.leave_matched(path, files.libraries, files.matched)
        return gathered

    def overview(self, gathered: Gathered) -> Overview | None:
        """What a list says of a model; None if it is too large. The files that were read are kept
        for when it is built."""
        try:
            found = read_overview(gathered, self.workshop)
        except Exhausted:
            return None
        self.reuse.leave_texts(gathered.reached[0][1], self.texts)
        return found

    def dashboards(self, gathered: Gathered) -> Mapping[str, Dashboard] | None:
        """The dashboards of a model by name; None if they are too large. No view is built."""
        try:
            found, _ = build_dashboards(
                gathered.dashboards,
                gathered.model.name,
                self.workshop.boards,
                self.workshop.budget,
            )
        except Exhausted:
            return None
        return found

    def build(self, gathered: Gathered) -> LookmlModel | None:
        """The model itself; None if it is too large."""
        try:
            built = build_model(gathered, self.workshop)
        except Exhausted:
            return None
        self.reuse.leave(self.texts, self.workshop)
        return built.model


def open_project(
    name: str,
    paths: Mapping[str, Sequence[str]],
    given: Mapping[str, Sequence[SourceFile | DashboardFile]],
    budget: Budget,
    reuse: Reuse,
) -> Opened | None:
    """Project `name`, which is the first, and those it imports: the sorted paths of all their
    files, and those files that are given, manifests and the models to be read among them. None if
    the manifests are too large."""
    texts, workshop = reuse.take(name, budget)
    try:
        files = gather.open_listed(name, paths, given, {}, budget, texts, reuse.libraries)
    except Exhausted:
        return None
    return Opened(files, texts, workshop, reuse)
