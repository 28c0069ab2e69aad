"""Localization: the texts of a project in other languages.

In: an assembled project and its files `<locale>.strings.json`, with those of the projects it
imports where its manifest says so. Out: the project with its texts by
locale and by the text as written, and what is wrong: files that can't be read, and where the
manifest says `strict`, texts that have no translation. Rule: LookML reference, "Localizing your
LookML model".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.assemble import Assembled
from lookalike.compiler.model.fields import Dimension, Field
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.model.labels import humanise
from lookalike.compiler.model.project import LookmlModel, Manifest, Project
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Exhausted, Place

STRINGS_FILE = ".strings.json"
"""How the name of a file with texts ends; before it stands the locale."""

_TEXTS = ("label", "view_label", "group_label", "group_item_label", "description")


class _Text(Struct, frozen=True):
    """What somebody reads, the parameter that says it, and where its object stands."""

    attribute: str
    text: str
    place: Place
    field: str = ""


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
        told: set[str] = set()
        for each in (text for one in project.models.values() for text in _of_model(one)):
            budget.spend(len(strings))
            if each.text not in told:
                told.add(each.text)
                _check_text(each, strings, findings)


def _texts(path: str, text: str, findings: Findings) -> Mapping[str, str]:
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        message = f"the file can't be read: {error}; write one object of texts by texts"
        findings.error(Code.INVALID_VALUE, message, Place(path, line=1, column=1))
        return {}


def _check_text(each: _Text, strings: Mapping[str, Mapping[str, str]], findings: Findings) -> None:
    lacking = [locale for locale in sorted(strings) if each.text not in strings[locale]]
    if lacking:
        findings.field = each.field
        message = f"{_named(each.attribute, each.text)} is not translated in {_listed(lacking)}"
        findings.error(Code.MISSING_TRANSLATION, f"{message}; add it", each.place)


def _of_model(model: LookmlModel) -> Iterator[_Text]:
    """The texts that need a translation, those of a view once for each model; labels that are made
    of a name only where it is that of a field."""
    if model.label != humanise(model.name):
        yield from _readable((("label", model.label),), model.label_place)
    for explore in model.explores.values():
        label = explore.label if explore.label != humanise(explore.name) else ""
        texts = (
            ("label", label),
            ("view_label", explore.view_label or ""),
            ("group_label", explore.group_label),
            ("description", explore.description),
        )
        yield from _readable(texts, explore.place)
        for join in explore.joins:
            yield from _readable((("view_label", join.view_label or ""),), join.place)
    for view in model.views.values():
        yield from _readable((("label", view.label),), view.place)
        for field in view.fields.values():
            yield from _readable(_of_field(field), field.place, f"{view.name}.{field.name}")


def _of_field(field: Field) -> Iterator[tuple[str, str]]:
    """The texts of a field, but for a label that is made of the name of its group."""
    is_member = isinstance(field, Dimension) and bool(field.group)
    for attribute in _TEXTS:
        if not (is_member and attribute == "label"):
            yield attribute, getattr(field, attribute)


def _readable(texts: Iterable[tuple[str, str]], place: Place, field: str = "") -> Iterator[_Text]:
    """Those that somebody reads as they are written: not templates."""
    for attribute, text in texts:
        if text.strip() and not syntax.liquid.has_liquid(text):
            yield _Text(attribute, text, place, field)


def _named(attribute: str, text: str) -> str:
    return f"the {attribute.replace('_', ' ')} {quote(text)}"


def _listed(locales: Sequence[str]) -> str:
    return ", ".join(f"`{locale}{STRINGS_FILE}`" for locale in locales[:5])
