"""Reuse: what assemblies of one project leave for those that come after.

In: what an assembly has made. Out: the tables that the next one begins with. Of each model what it
was last made of is held; what else is shared lives as long as somebody else holds it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lookalike.compiler.model.build_models import Workshop, open_workshop
from lookalike.compiler.model.gather import Texts
from lookalike.compiler.model.kept import KeptModel
from lookalike.compiler.model.tables import Table
from lookalike.compiler.syntax import Budget

_READ = ""
"""Under this name, which no model has, stands what is held for none of them."""


class Reuse:
    """Held by the caller: one for a project.

    An assembly takes over what depends on nothing that has changed; the outcome is the same with
    and without. A file counts as unchanged if its parse is the same object. Several threads may use
    one at a time: each begins with what was there then.
    """

    __slots__ = ("_held", "_kin", "_models")

    def __init__(self) -> None:
        self._kin: tuple[Texts, Workshop] = Table(), open_workshop("", Budget(), None, {})
        self._models: Mapping[str, KeptModel] = {}
        self._held: Mapping[str, tuple[object, ...]] = {}

    def take(self, name: str, budget: Budget) -> tuple[Texts, Workshop]:
        """The tables for an assembly of project `name`, with what is left of others."""
        texts, workshop = self._kin
        return Table(texts), open_workshop(name, budget, workshop, self._models)

    def leave_all(self, texts: Texts, workshop: Workshop) -> None:
        """Keep what an assembly of all models has made, and forget models that are gone."""
        made = (*texts.made, *workshop.made)
        self._models = workshop.models
        self._held = dict.fromkeys(workshop.models, made)

    def leave_texts(self, texts: Texts) -> None:
        """Keep the files that were read for a look at all models, instead of those before."""
        self._held = {**self._held, _READ: texts.made}

    def leave(self, texts: Texts, workshop: Workshop) -> None:
        """Keep what an assembly of some models has made."""
        made = (*texts.made, *workshop.made)
        self._models = {**self._models, **workshop.models}
        self._held = {**self._held, **dict.fromkeys(workshop.models, made)}
