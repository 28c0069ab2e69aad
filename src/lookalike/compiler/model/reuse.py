"""Reuse: what assemblies of one project leave for those that come after.

In: what an assembly has made. Out: the tables that the next one begins with. Of each model what it
was last made of is held; what else is shared lives as long as somebody else holds it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lookalike.compiler.model.build_models import Workshop, open_workshop
from lookalike.compiler.model.gather import Texts
from lookalike.compiler.model.includes import Library, Matches
from lookalike.compiler.model.kept import KeptModel
from lookalike.compiler.model.tables import Table
from lookalike.compiler.syntax import Budget


class Reuse:
    """Held by the caller: one for a project.

    An assembly takes over what depends on nothing that has changed; the outcome is the same with
    and without. A file counts as unchanged if its parse is the same object. Several threads may use
    one at a time: each begins with what was there then.
    """

    __slots__ = ("_held", "_kin", "_libraries", "_matched", "_models", "_reached", "_read")

    def __init__(self) -> None:
        self._kin: tuple[Texts, Workshop] = Table(), open_workshop("", Budget(), None, {})
        self._models: Mapping[str, KeptModel] = {}
        self._held: Mapping[str, tuple[object, ...]] = {}
        self._read: dict[str, tuple[object, ...]] = {}
        self._reached: dict[str, tuple[tuple[str, str], ...]] = {}
        self._libraries: Mapping[str, Library] = {}
        self._matched: dict[str, tuple[Mapping[str, Library], Matches]] = {}

    def take(self, name: str, budget: Budget) -> tuple[Texts, Workshop]:
        """The tables for an assembly of project `name`, with what is left of others."""
        texts, workshop = self._kin
        return Table(texts), open_workshop(name, budget, workshop, self._models)

    def leave_all(self, texts: Texts, workshop: Workshop) -> None:
        """Keep what an assembly of all models has made, and forget models that are gone."""
        made = (*texts.made, *workshop.made)
        self._models = workshop.models
        self._held = dict.fromkeys(workshop.models, made)
        self._read = {}

    def reached(self, path: str) -> tuple[tuple[str, str], ...]:
        """The files, by project and path, that the model of file `path` reached when it was last
        looked at; none if it never was."""
        return self._reached.get(path, ())

    def leave_reached(self, path: str, reached: tuple[tuple[str, str], ...]) -> None:
        """Keep which files the model of file `path` reaches."""
        self._reached[path] = reached

    @property
    def libraries(self) -> Mapping[str, Library]:
        """What includes chose among last."""
        return self._libraries

    def matched(self, path: str, libraries: Mapping[str, Library]) -> Matches:
        """What the includes that the model of file `path` reaches chose last, if it was among the
        very same files."""
        before, matched = self._matched.get(path, ({}, {}))
        is_same = len(before) == len(libraries) and all(
            before.get(name) is library for name, library in libraries.items()
        )
        return matched if is_same else {}

    def leave_matched(self, path: str, libraries: Mapping[str, Library], matched: Matches) -> None:
        """Keep what the includes that the model of file `path` reaches choose."""
        self._libraries = libraries
        self._matched[path] = libraries, matched

    def leave_texts(self, path: str, texts: Texts) -> None:
        """Keep the files that were read for a look at the model of file `path`."""
        self._read[path] = texts.made

    def leave(self, texts: Texts, workshop: Workshop) -> None:
        """Keep what an assembly of some models has made."""
        made = (*texts.made, *workshop.made)
        self._models = {**self._models, **workshop.models}
        self._held = {**self._held, **dict.fromkeys(workshop.models, made)}
