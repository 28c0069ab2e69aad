"""Kept: what one assembly leaves of a model for the next, and what of it still holds then.

An explore still holds if all that it is made of is the very same: its declaration, every view that
it uses with what is wrong with that view, and what its model lends to all explores.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model.build_explores import BuiltExplore
from lookalike.compiler.model.check import CheckedView
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.inheritance import Resolved
from lookalike.compiler.model.project import LookmlModel
from lookalike.compiler.model.tables import Cost
from lookalike.compiler.model.views import View
from lookalike.compiler.syntax import Diagnostic

Frame: TypeAlias = tuple[object, ...]
"""What a model lends to each of its explores, but for its views."""


class KeptExplore(Struct, frozen=True, eq=False):
    """`uses` are the views it is made of or asks for, by name; None for one that was not there."""

    resolved: Resolved
    uses: Mapping[str, CheckedView | None]
    explore: Explore
    found: tuple[Diagnostic, ...]
    cost: Cost

    def is_of(self, resolved: Resolved) -> bool:
        """Is it made of that declaration?"""
        return (
            self.resolved.declaration is resolved.declaration
            and self.resolved.diagnostics == resolved.diagnostics
        )

    def among(self, views: Mapping[str, View]) -> KeptExplore:
        """The same, in a model with these views."""
        if self.explore.views is views:
            return self
        return replace(self, explore=replace(self.explore, views=views))


class KeptModel(Struct, frozen=True, eq=False):
    frame: Frame
    checked: Mapping[str, CheckedView]
    explores: Mapping[str, KeptExplore]
    model: LookmlModel

    def explores_among(
        self, checked: Mapping[str, CheckedView], frame: Frame
    ) -> Mapping[str, KeptExplore]:
        """The explores that still hold with these views, as far as views can tell."""
        if self.frame != frame or not self.checked.keys() <= checked.keys():
            return {}
        # A further view changes what is said of a name that is unknown, and nothing else.
        is_same = len(self.checked) == len(checked)
        return {
            name: kept
            for name, kept in self.explores.items()
            if (is_same or not kept.found)
            and all(checked.get(view) is used for view, used in kept.uses.items())
        }

    def view(self, name: str, made: CheckedView) -> CheckedView:
        """`made`, or the equal one that was there before. With the view come its references."""
        kept = self.checked.get(name)
        if kept and kept.view is made.view and kept.diagnostics == made.diagnostics:
            return kept
        return made

    def views(self, made: Mapping[str, View]) -> Mapping[str, View]:
        """`made`, or the mapping of the very same views that was there before."""
        kept = self.model.views
        if len(kept) == len(made) and all(
            name == other and view is made[other]
            for (name, view), other in zip(kept.items(), made, strict=True)
        ):
            return kept
        return made


def keep(
    resolved: Resolved,
    built: BuiltExplore,
    found: list[Diagnostic],
    checked: Mapping[str, CheckedView],
    cost: Cost,
) -> KeptExplore:
    """An explore as it was built, with everything found about it."""
    errors = tuple(each for each in found if each.is_error)
    explore = replace(built.explore, errors=errors) if errors else built.explore
    lacking = [built.declaration.objects.get(("join", alias)) for alias in built.missing]
    asked = [join.text("from") or join.name for join in lacking if join is not None]
    names = [*(view.name for view in built.views.values()), *asked]
    uses = {name: checked.get(name) for name in names}
    return KeptExplore(resolved, uses, explore, tuple(found), cost)
