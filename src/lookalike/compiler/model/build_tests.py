"""Build tests: `test:` blocks become data tests.

In: their declarations and the explores of the model. Out: the tests, broken ones too, with a
diagnostic for every name that keeps one from running or an assertion from being judged. Rule:
LookML reference, test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lookalike.compiler import syntax
from lookalike.compiler.model.build_views import build_explore_source
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.fields import FilterField, Parameter, Sql
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.fitting import is_misspelt
from lookalike.compiler.model.names import full_name
from lookalike.compiler.model.outlines import Outline, Outlines, check_source, find_field
from lookalike.compiler.model.project import LookmlTest
from lookalike.compiler.model.references import of_sql
from lookalike.compiler.model.values import sql_of
from lookalike.compiler.model.views import ExploreSource
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Budget, Code

_Tree = syntax.expressions.Expression


def build_tests(
    declarations: Mapping[str, Declaration],
    outlines: Outlines,
    explores: Mapping[str, Explore],
    findings: Findings,
    budget: Budget,
) -> Iterator[LookmlTest]:
    """The tests that `declarations` mean."""
    for name, declaration in declarations.items():
        source = declaration.objects.get(("explore_source", ""))
        explore = source.name if source else ""
        asked = build_explore_source(source, findings) if source else None
        if source is not None:
            _check_source(name, source, findings)
        outline = outlines.of(explore)
        if outline is None:
            hint = did_you_mean(explore, outlines.explores)
            message = f"test {quote(name)} is of unknown explore {quote(explore)}{hint}"
            place = source.place if source else declaration.place
            findings.error(Code.UNKNOWN_EXPLORE, message, place)
        elif asked is not None and source is not None:
            check_source(asked, source, outline, f"test {quote(name)}: ", findings)
            _check_columns(name, asked, outline, explores[explore], findings)
        asserts = [
            (each.name, sql_of(each, "expression")) for each in declaration.of_kind("assert")
        ]
        written = tuple((each, sql) for each, sql in asserts if sql is not None)
        if not written and not any(map(is_misspelt, declaration.of_kind("assert"))):
            message = f"test {quote(name)} asserts nothing; write an `assert` with an `expression`"
            findings.error(Code.INVALID_VALUE, message, declaration.place)
        columns = _columns(asked, outline) if asked and outline else None
        for each, sql in written:
            _check_assertion(each, sql, columns, findings, budget)
        yield LookmlTest(name, explore, written, declaration.place, asked)


def _check_source(test: str, source: Declaration, findings: Findings) -> None:
    """What a derived table may ask, and a test may not."""
    places = [
        *(("derived_column", each.place) for each in source.of_kind("derived_column")),
        *(("bind_filters", each.place) for each in source.repeated.get("bind_filters", ())),
    ]
    if "bind_all_filters" in source.values:
        places.append(("bind_all_filters", source.place_of("bind_all_filters")))
    for key, place in places:
        message = f"`{key}` has no effect in test {quote(test)}; it belongs to derived tables"
        findings.warning(Code.UNKNOWN_PARAMETER, message, place)


def _check_columns(
    test: str, source: ExploreSource, outline: Outline, explore: Explore, findings: Findings
) -> None:
    """Whether the fields of the columns, which are known to exist, can be selected."""
    for column in source.columns:
        full = full_name(column.field or column.name, outline.base)
        field = find_field(full, outline)
        if field is None:
            continue
        where = f"test {quote(test)}: `column` names {quote(full)}, which"
        if isinstance(field, FilterField | Parameter):
            message = f"{where} can only be filtered on; name it in `filters`"
            findings.error(Code.UNKNOWN_FIELD, message, column.place)
        elif f"{full.rpartition('.')[0]}.{field.name}" not in explore.fields:
            message = f"{where} explore {quote(explore.name)} leaves out by `fields`; add it there"
            findings.error(Code.UNKNOWN_FIELD, message, column.place)


def _columns(source: ExploreSource, outline: Outline) -> dict[str, None]:
    """Every name by which an assertion may call a column."""
    names: dict[str, None] = {}
    for column in source.columns:
        names[full_name(column.field or column.name, outline.base)] = None
        names[full_name(column.name, outline.base)] = None
        names[column.name] = None
    return names


def _check_assertion(
    name: str, sql: Sql, columns: dict[str, None] | None, findings: Findings, budget: Budget
) -> None:
    """`columns` is None where the explore is not known, and so nothing of its fields."""
    tree = syntax.expressions.read(sql.text, budget, syntax.expressions.OVER_ROWS)
    if isinstance(tree, syntax.expressions.ExpressionError):
        message = f"assertion {quote(name)} can't be read: {tree.message}"
        findings.error(Code.INVALID_EXPRESSION, message, sql.place)
        return
    if columns is None:
        return
    places = {f"{each.alias}.{each.name}".lstrip("."): each.place for each in of_sql(sql)}
    for field in dict.fromkeys(_fields(tree)):
        if field not in columns:
            hint = did_you_mean(field, columns) or "; add a `column` with that field"
            message = (
                f"assertion {quote(name)} names {quote(field)}, which the test does not select"
            )
            findings.error(Code.UNKNOWN_FIELD, message + hint, places.get(field, sql.place))


def _fields(tree: _Tree) -> Iterator[str]:
    expressions = syntax.expressions
    waiting: list[_Tree] = [tree]
    while waiting:
        match waiting.pop():
            case expressions.FieldReference(field):
                yield field
            case expressions.Unary(_, of):
                waiting.append(of)
            case expressions.Binary(_, left, right):
                waiting += (right, left)
            case expressions.Junction(_, several):
                waiting += reversed(several)
            case expressions.FunctionCall(_, arguments):
                waiting += reversed(arguments)
            case _:
                pass
