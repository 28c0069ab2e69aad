"""Localization: the texts of a project in other languages.

In: an assembled project and its files `<locale>.strings.json`, with those of the projects it
imports where its manifest says so. Out: the project with its texts by
locale and by the text as written, and what is wrong: files that can't be read, and where the
manifest says `strict`, texts that have no translation. Rule: LookML reference, "Localizing your
LookML model".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.assemble import Assembled
from lookalike.compiler.model.fields import Dimension, Field
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.model.project import Manifest, Project
from lookalike.compiler.model.views import View
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Exhausted, Place

STRINGS_FILE = ".strings.json"
"""How the name of a file with texts ends; before it stands the locale."""

_TEXTS = ("label", "view_label", "group_label", "group_item_label", "description")


def localize(assembled: Assembled, files: Mapping[str, str], budget: Budget) -> Assembled:
    """The project with what `files` (text by path) translate; of two that translate the same, the
    first counts."""
    project, findings = assembled.project, Findings()
    if not files and not project.manifest.default_locale:
        return assembled
    try:
        strings = _strings(files, budget, findings)
        project = replace(project, strings=_with_default(strings, project.manifest))
        _check(project, strings, budget, findings)
    except Exhausted as exhausted:
        message = f"the translations of project {quote(project.name)} are too many: {exhausted}"
        findings.found.append(Diagnostic(Code.BUDGET, message))
    diagnostics = (*assembled.diagnostics, *findings.found)
    return Assembled(replace(project, diagnostics=diagnostics), diagnostics)


def translations(
    manifest: Manifest, files: Mapping[str, str], budget: Budget
) -> Mapping[str, Mapping[str, str]]:
    """The texts of a project as `localize` adds them, and nothing checked."""
    if not files:
        return {}
    try:
        return _with_default(_strings(files, budget, Findings()), manifest)
    except Exhausted:
        return {}


def _strings(
    files: Mapping[str, str], budget: Budget, findings: Findings
) -> Mapping[str, Mapping[str, str]]:
    """The texts by locale."""
    found: dict[str, dict[str, str]] = {}
    for path, text in files.items():
        budget.spend(len(text))
        locale = path.rpartition("/")[2].removesuffix(STRINGS_FILE)
        texts = found.setdefault(locale, {})
        for written, translated in _texts(path, text, findings).items():
            texts.setdefault(written, translated)
    return found


def _with_default(
    strings: Mapping[str, Mapping[str, str]], manifest: Manifest
) -> Mapping[str, Mapping[str, str]]:
    default = strings.get(manifest.default_locale)
    return strings if default is None else {**strings, "": default}


def _check(
    project: Project,
    strings: Mapping[str, Mapping[str, str]],
    budget: Budget,
    findings: Findings,
) -> None:
    """What the manifest asks of the translations and does not find."""
    default = project.manifest.default_locale
    if default and default not in strings:
        message = (
            f"there is no file `{default}{STRINGS_FILE}` for the default locale {quote(default)};"
            " add one"
        )
        place = project.manifest.localization_place
        findings.error(Code.MISSING_TRANSLATION, message, place)
    elif project.manifest.localization_level == "strict":
        views = {
            (view.place.path, name): view
            for each in project.models.values()
            for name, view in each.views.items()
        }
        for view in views.values():
            _check_view(view, strings, budget, findings)


def _texts(path: str, text: str, findings: Findings) -> Mapping[str, str]:
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        message = f"the file can't be read: {error}; write one object of texts by texts"
        findings.error(Code.INVALID_VALUE, message, Place(path, line=1, column=1))
        return {}


def _check_view(
    view: View,
    strings: Mapping[str, Mapping[str, str]],
    budget: Budget,
    findings: Findings,
) -> None:
    for field in view.fields.values():
        budget.spend(5 * len(strings))
        findings.field = f"{view.name}.{field.name}"
        for attribute, text in _written(field):
            lacking = [locale for locale in sorted(strings) if text not in strings[locale]]
            if lacking:
                message = f"{_named(attribute, text)} is not translated in {_listed(lacking)}"
                findings.error(Code.MISSING_TRANSLATION, f"{message}; add it", field.place)


def _written(field: Field) -> Iterator[tuple[str, str]]:
    """The texts that need a translation: not those that are made of the name of a group, and not
    templates.
    """
    is_member = isinstance(field, Dimension) and bool(field.group)
    for attribute in _TEXTS:
        text = getattr(field, attribute)
        if is_member and attribute == "label":
            continue
        if text.strip() and not syntax.liquid.has_liquid(text):
            yield attribute, text


def _named(attribute: str, text: str) -> str:
    return f"the {attribute.replace('_', ' ')} {quote(text)}"


def _listed(locales: Sequence[str]) -> str:
    return ", ".join(f"`{locale}{STRINGS_FILE}`" for locale in locales[:5])
