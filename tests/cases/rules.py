"""The rules of `extends` and of refinements, each to be shown by a case.

A case names those it shows in a line `Shows: name, name` under its heading.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

_EXTENDS = "Reusing code with extends"
_REFINEMENTS = "LookML refinements"
_FINAL = "final (for refinements)"
_REQUIRED = "extension"
_INCLUDE = "include"


class InheritanceRule(Struct, frozen=True):
    """A rule as a sentence, and the page of the LookML reference that it is from."""

    sentence: str
    source: str


def _rules(source: str, rules: Mapping[str, str]) -> dict[str, InheritanceRule]:
    return {name: InheritanceRule(sentence, source) for name, sentence in rules.items()}


RULES: Mapping[str, InheritanceRule] = {
    **_rules(
        _EXTENDS,
        {
            "extends-scalar": "What a child writes replaces what its parent wrote.",
            "extends-inherits": "What a child does not write is as its parent wrote it.",
            "extends-by-name": "Fields, sets and joins match by kind and name and are merged.",
            "extends-adds": "What the parent has nothing of the same name for is added.",
            "extends-list": "A list replaces the list of the parent, also `timeframes`.",
            "extends-links-add": "`link` of a field: those of parent and child both stay.",
            "extends-filters-add": "`filters` of a measure: those of parent and child both stay.",
            "extends-filters-same-field": "Of two filters on one field that of the child counts.",
            "extends-allowed-values-add": "`allowed_value` of a parameter: both stay.",
            "extends-source-adds": "`bind_filters`, `filters` and `sorts` of an `explore_source`:"
            " both stay.",
            "extends-joins-add": "The joins of the parent stay, before those of the child.",
            "extends-access-filters-add": "The access filters of the parent stay.",
            "extends-defaults-after": "Defaults are applied after merging.",
            "extends-several": "Of several parents a later one counts more, the child most.",
            "extends-chain": "A parent may itself extend another.",
            "extends-diamond": "A parent that is met twice counts where it is met last.",
            "extends-circle": "An object that extends itself is an error.",
            "extends-unknown": "Extending what is not included is an error.",
            "extends-atom": "One parent may be written without brackets.",
            "extends-empty": "An empty list extends nothing.",
            "extends-own-table": "A child without `sql_table_name` has a table of its own name.",
            "extends-table-replaces": "A child's `sql_table_name` drops the parent's"
            " `derived_table`, and the reverse.",
            "extends-scoped-reference": "An inherited `${parent.field}` still names the parent.",
            "extends-unscoped-reference": "An inherited `${field}` is the child's own.",
            "extends-group": "A dimension group is merged as one, then expanded.",
            "extends-list-extended": "`EXTENDED*` in a list stands for the list of the parent.",
            "extends-sql-extended": "`${EXTENDED}` stands for the text of the parent.",
            "extends-explore-base": "The base view of an explore is not inherited with its name.",
            "extends-explore-view-name": "An inherited `view_name` keeps alias and base view.",
            "extends-explore-from": "A child's `from` under an inherited `view_name` changes the"
            " view and keeps the alias.",
            "extends-explore-fields": "`fields` of a child explore replaces that of the parent.",
            "extends-join-overlaid": "A join of the same name overlays that of the parent.",
            "extends-refined-parent": "A child extends its parent as it is refined.",
            "extends-local-set": "A field list of the parent uses the sets of the child.",
            "extends-dashboard": "Elements and filters of dashboards match by name; others are"
            " added.",
        },
    ),
    **_rules(
        _REQUIRED,
        {
            "required-hides": "What has `extension: required` is not there by itself.",
            "required-not-inherited": "`extension: required` is not inherited.",
            "required-unchecked": "A view with `extension: required` need not be complete.",
            "required-dashboard": "A dashboard with `extension: required` is not listed.",
        },
    ),
    **_rules(
        _REFINEMENTS,
        {
            "refine-view": "`+name` changes a view in place, in every explore that uses it.",
            "refine-explore": "`+name` changes an explore in place.",
            "refine-adds": "The additive parameters are the same as with `extends`.",
            "refine-join": "A refinement may add a join, or change one.",
            "refine-order-lines": "Of two refinements in a file the later line counts.",
            "refine-order-includes": "Of two refinements in several files that included later"
            " counts.",
            "refine-before-base": "A refinement may stand before what it refines.",
            "refine-without-base": "Refining what is not included is an error.",
            "refine-empty": "A refinement may be empty.",
            "refine-extends": "A refinement may extend: its parents count less than what the object"
            " itself writes, more than the object's own parents.",
            "refine-list": "A list replaces that of what is refined.",
            "refine-group": "A refinement of a dimension group is merged before it is expanded.",
            "refine-sql-extended": "`${EXTENDED}` in a refinement is the text before it.",
            "refine-extended-child": "Refining a view changes the views that extend it.",
            "refine-per-model": "A refinement holds in the models that include it.",
            "refine-imported": "A view of another project can be refined.",
        },
    ),
    **_rules(
        _FINAL,
        {
            "final-forbids": "After `final: yes` a further refinement is an error.",
            "final-extends": "What is final can still be extended.",
        },
    ),
    **_rules(
        _INCLUDE,
        {
            "include-relative": "A path without `/` begins at the folder of the including file.",
            "include-absolute": "A path with `/` begins at the root of the project.",
            "include-star": "`*` matches within one folder, `**` across folders.",
            "include-ending": "An include may leave out `.lkml`.",
            "include-nested": "What an included file includes is included.",
            "include-once": "What is included twice is there once.",
            "include-import": "`//project/` names a file of another project.",
            "include-import-root": "`/` in a file of another project begins at its own root.",
            "include-model": "A model may include another model's file.",
            "include-needed": "An object is there only if its file is included.",
        },
    ),
}
