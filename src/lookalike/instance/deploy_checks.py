"""Deploy checks: what is wrong with a commit that is to become production. Nothing moves here.

In: a project and a plan. Out: what to warn of, or Invalid with the reason why it can't be deployed.
"""

from __future__ import annotations

from contextlib import suppress

from lookalike.git import CommitId
from lookalike.instance import model_names, models, people, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.deploy_plans import Plan
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.workspaces import PRODUCTION, Unreadable, Version, reading
from lookalike.store.records import Project


def check(
    instance: Instance, caller: Caller | None, project: Project, planned: Plan
) -> tuple[str, ...]:
    """What to warn of. Raises Invalid for what can't be listed, and, where the project must be
    valid, for what is wrong.
    """
    workspaces.check_readable(instance, project, planned.after)
    asker = caller or people.operator(instance, PRODUCTION)
    version = _version(instance, project, planned.after)
    known: set[tuple[str, int]] = set()
    if planned.before is not None:
        with suppress(Unreadable):
            old = _version(instance, project, planned.before)
            known = {
                (each.name, each.other.id) for each in model_names.clashes(instance, asker, old)
            }
    made = [
        each.sentence
        for each in model_names.clashes(instance, asker, version)
        if (each.name, each.other.id) not in known
    ]
    if project.settings.validation_required:
        if made:
            raise Invalid(f"project `{project.name}` must be valid to be deployed: {made[0]}")
        _check_valid(instance, asker, project, version)
    return tuple(made)


def _version(instance: Instance, project: Project, commit: CommitId) -> Version:
    with reading(project):
        return Version(
            project=project,
            workspace=PRODUCTION,
            branch=project.production_branch,
            commit=commit,
            tree=repository_for(instance, project).tree_of(commit),
        )


def _check_valid(instance: Instance, asker: Caller, project: Project, version: Version) -> None:
    """Raise Invalid for LookML with errors."""
    diagnostics = models.assembled_of(instance, asker, version).diagnostics
    allows_warnings = project.settings.allows_warnings
    wrong = [found for found in diagnostics if found.is_error or not allows_warnings]
    if wrong:
        place = wrong[0].place
        raise Invalid(
            f"project `{project.name}` must be valid to be deployed, and {len(wrong)} things are"
            f" wrong; the first: {wrong[0].message} ({place.path}:{place.line})"
        )
