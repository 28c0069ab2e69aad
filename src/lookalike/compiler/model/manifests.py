"""Manifests: what a project is called, its constants, and the projects that it imports.

In: the file `manifest.lkml`. Out: a Manifest. Parameters that only matter to other tools are let
pass. Rule: LookML reference, "Manifest parameters".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from lookalike.compiler.model.declarations import Declarations
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.project import Constant, Dependency, Manifest
from lookalike.compiler.model.values import truth
from lookalike.compiler.model.written import Block, Declaration, Source, Value, texts_of
from lookalike.compiler.syntax import NOWHERE, Code, Diagnostic, Parsed, Place

MANIFEST = "manifest.lkml"
_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)


def build_manifest(declarations: Declarations | None) -> Manifest:
    """The manifest of a project, or that of a project without one."""
    if declarations is None:
        return Manifest(constants={})
    written = [each for each in declarations.items if isinstance(each, Declaration)]
    constants = {
        each.name: Constant(each.name, _raw(each, "value"), each.text("export", "none"))
        for each in written
        if each.kind == "constant"
    }
    settings = declarations.settings
    name = settings.get("project_name")
    localization = settings.get("localization_settings")
    node = localization.node if localization else None
    texts = texts_of(node) if isinstance(node, Block) else {}
    return Manifest(
        project_name=name.node.text.strip() if name and isinstance(name.node, Value) else "",
        constants=constants,
        dependencies=tuple(_dependencies(declarations, written)),
        default_locale=texts.get("default_locale", "").strip(),
        localization_level=texts.get("localization_level", "").strip(),
        imports_locales=truth(texts.get("import_locale_defs", "")) is True,
        localization_place=localization.place if localization else NOWHERE,
    )


def dependencies(manifest: Parsed) -> tuple[str, ...]:
    """The names of the projects that a manifest imports, read from the bare file."""
    found: list[str] = []
    for node in manifest.root.nodes:
        if isinstance(node, Block) and node.key == "remote_dependency" and node.name:
            found.append(node.name)
        elif isinstance(node, Block) and node.key == "local_dependency":
            found.append(texts_of(node).get("project", "").strip())
    return tuple(name for name in dict.fromkeys(found) if name)


def remote_dependencies(manifest: Parsed) -> tuple[tuple[str, str, str], ...]:
    """Name, URL and ref of the remote projects in a manifest or its lockfile."""
    found = []
    for node in manifest.root.nodes:
        if isinstance(node, Block) and node.key == "remote_dependency" and node.name:
            texts = texts_of(node)
            found.append((node.name, texts.get("url", "").strip(), texts.get("ref", "").strip()))
    return tuple(found)


def constants_of(
    manifest: Manifest,
    overrides: Mapping[str, str],
    places: Mapping[str, Place],
    findings: Findings,
) -> Mapping[str, str]:
    """The constants of a project as its own files see them, with the values that importers give at
    `places`."""
    values = {name: constant.value for name, constant in manifest.constants.items()}
    for name, value in overrides.items():
        constant, place = manifest.constants.get(name), places.get(name, NOWHERE)
        if constant is None:
            hint = did_you_mean(name, manifest.constants)
            message = f"the imported project has no constant {quote(name)}{hint}"
            findings.error(Code.UNKNOWN_CONSTANT, message, place)
        elif constant.export == "none":
            message = f"constant {quote(name)} can't be overridden; its project does not export it"
            findings.error(Code.INVALID_VALUE, message, place)
        else:
            values[name] = value
    return values


def absent(
    manifest: Manifest, lock: Parsed | None, present: Collection[str]
) -> Iterator[tuple[str, Diagnostic]]:
    """The imported projects whose files are not among those `present`, each with what to do; `lock`
    is the lockfile. Rule: LookML reference, "remote_dependency"."""
    locked = {name: url for name, url, _ in remote_dependencies(lock)} if lock else {}
    for each in manifest.dependencies:
        if each.name in present or not each.name:
            continue
        if not each.url:
            why = f"there is no project {quote(each.name)} here; correct its name, or add it"
        elif locked.get(each.name) == each.url or _COMMIT.fullmatch(each.ref):
            why = (
                f"project {quote(each.name)} can't be fetched at its commit; check `url` and its"
                " credentials, then lock the dependencies again (`lock_all`)"
            )
        else:
            why = (
                f"project {quote(each.name)} is not locked to a commit, so it has no files; lock"
                " the dependencies (`lock_all`), or write a commit as `ref`"
            )
        yield each.name, Diagnostic(Code.UNKNOWN_PROJECT, why, each.place)


def check_required(manifest: Manifest, dependency: Dependency, findings: Findings) -> None:
    """An importer must give the constants that its dependency says are required."""
    for name, constant in manifest.constants.items():
        if constant.export == "override_required" and name not in dependency.overrides:
            message = (
                f"project {quote(dependency.name)} requires a value for constant {quote(name)};"
                " write `override_constant`"
            )
            findings.error(Code.UNKNOWN_CONSTANT, message, dependency.place)


def _dependencies(declarations: Declarations, written: list[Declaration]) -> Iterator[Dependency]:
    for local in declarations.repeated.get("local_dependency", ()):
        node = local.node
        if isinstance(node, Block):
            yield Dependency(
                name=texts_of(node).get("project", "").strip(),
                overrides=_overrides(node),
                override_places=_override_places(node, local.source),
                place=local.source.header(node),
            )
    for each in written:
        if each.kind == "remote_dependency":
            yield Dependency(
                name=each.name,
                url=each.text("url"),
                ref=each.text("ref"),
                overrides=_overrides(each.node),
                override_places=_override_places(each.node, each.source),
                place=each.place,
            )


def _overrides(dependency: Block) -> dict[str, str]:
    """`override_constant: name { value: "…" }`, repeated."""
    return {block.name: texts_of(block).get("value", "") for block in _override_blocks(dependency)}


def _override_places(dependency: Block, source: Source) -> dict[str, Place]:
    return {block.name: source.header(block) for block in _override_blocks(dependency)}


def _override_blocks(dependency: Block) -> Iterator[Block]:
    for node in dependency.nodes:
        if isinstance(node, Block) and node.key == "override_constant":
            yield node


def _raw(declaration: Declaration, key: str) -> str:
    """A text whose blanks count."""
    written = declaration.values.get(key)
    return written.node.text if written and isinstance(written.node, Value) else ""
