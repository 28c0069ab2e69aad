"""Check objects: what is wrong with the small things that a model declares beside its views and
explores, or a manifest beside its settings. Rule: LookML reference, "Model parameters" and
"Manifest parameters".
"""

from __future__ import annotations

from collections.abc import Mapping

from lookalike.compiler.model.declarations import Declarations
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.model.fitting import is_misspelt, one, spoken
from lookalike.compiler.model.values import read
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Code

_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "access_grant": (("user_attribute",), ("allowed_values",)),
    "datagroup": (("sql_trigger", "interval_trigger", "max_cache_age"),),
    "named_value_format": (("value_format",),),
    "map_layer": (("file", "url"),),
    "constant": (("value",),),
    "remote_dependency": (("url",),),
}
"""What each kind needs; of several in one group it needs any."""


def check_objects(objects: Mapping[tuple[str, str], Declaration], findings: Findings) -> None:
    """Report what the objects of a model lack, or have too much."""
    for (kind, _), declaration in objects.items():
        for group in _NEEDED.get(kind, ()):
            if not any(key in declaration.values for key in group):
                _lacks(declaration, group, findings)
        if kind == "datagroup":
            _check_datagroup(declaration, findings)


def check_manifest(declarations: Declarations, findings: Findings) -> None:
    """Report what the objects of a manifest lack, and values that they can't have."""
    written = [each for each in declarations.items if isinstance(each, Declaration)]
    objects: dict[tuple[str, str], Declaration] = {}
    for declaration in written:
        read(declaration, {}, findings)
        earlier = objects.get((declaration.kind, declaration.name))
        if earlier is not None:
            named = f"{spoken(declaration.kind)} {quote(declaration.name)}"
            message = f"{named} is declared more than once; the last one counts"
            place, related = declaration.place, (earlier.place,)
            findings.warning(Code.DUPLICATE_OBJECT, message, place, related=related)
        objects[declaration.kind, declaration.name] = declaration
    check_objects(objects, findings)


def _lacks(declaration: Declaration, group: tuple[str, ...], findings: Findings) -> None:
    if is_misspelt(declaration):
        return
    named = " or ".join(f"`{key}`" for key in group)
    message = f"{spoken(declaration.kind)} {quote(declaration.name)} needs {named}"
    findings.error(Code.INVALID_VALUE, message, declaration.place)


def _check_datagroup(declaration: Declaration, findings: Findings) -> None:
    triggers = [key for key in declaration.values if key in ("sql_trigger", "interval_trigger")]
    if len(triggers) > 1:
        message = (
            f"{one(declaration.kind)} has either `sql_trigger` or `interval_trigger`; keep one of"
            f" those of {quote(declaration.name)}"
        )
        first, second = map(declaration.place_of, triggers)
        findings.error(Code.INVALID_VALUE, message, second, (first,))
