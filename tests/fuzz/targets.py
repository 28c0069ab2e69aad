"""What is tried: each notation with what has to hold for every text of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import Struct

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.syntax import Budget, Diagnostic, filter_expressions, lookml
from tests.fuzz import texts

NOW = datetime(2018, 5, 18, 18, 30, 2, tzinfo=UTC)


class Target(Struct, frozen=True):
    """`weight` is its share of the inputs."""

    name: str
    weight: int
    corpus: Sequence[str]
    words: Sequence[str]
    check: Callable[[str], None]


def check_lookml(text: str) -> None:
    parsed = lookml.parse(text)
    check_places(parsed.diagnostics, {"": text})
    check_spans(parsed.root, text)
    assert lookml.printer.text(parsed) == text
    made = lookml.printer.formatted(parsed)
    if made.diagnostics:
        assert made.text == text
        return
    again = lookml.parse(made.text)
    assert list(meaning(again.root)) == list(meaning(parsed.root)), made.text
    assert lookml.printer.formatted(again).text == made.text


def check_spans(block: lookml.Block, text: str) -> None:
    at = block.start
    for node in block.nodes:
        assert at <= node.start <= node.value_start <= node.end <= block.end <= len(text)
        assert text.startswith(node.key, node.start)
        if isinstance(node, lookml.Block):
            check_spans(node, text)
        elif isinstance(node, lookml.Items):
            begin = node.value_start + text.startswith("[", node.value_start)
            for entry in node.entries:
                assert begin <= entry.start <= entry.end <= node.end
        at = node.end


def meaning(block: lookml.Block) -> Iterator[object]:
    """A tree without offsets; of SQL, without the blanks that end its lines."""
    for node in block.nodes:
        if isinstance(node, lookml.Block):
            yield node.key, node.name, tuple(meaning(node))
        elif isinstance(node, lookml.Items):
            yield node.key, tuple((each.key, each.text, each.quoted) for each in node.entries)
        elif node.form is lookml.Form.SQL:
            yield node.key, "\n".join(line.rstrip() for line in node.text.strip().split("\n"))
        else:
            yield node.key, node.text, node.form


def check_places(found: Iterable[Diagnostic], files: Mapping[str, str]) -> None:
    for each in found:
        for place in (each.place, *each.related):
            text = files.get(place.path)
            if text is None or not place.line:
                continue
            assert 0 <= place.span.start <= place.span.end <= len(text), each
            assert place.line <= text.count("\n") + 1, each
            assert place.column >= 1, each


def check_yaml(text: str) -> None:
    parsed = syntax.yaml.parse(text)
    check_places(parsed.diagnostics, {"": text})
    if parsed.root is not None:
        syntax.yaml.value_of(parsed.root)


def check_fragment(text: str) -> None:
    pieces = syntax.fragments.split(text)
    joined = [
        piece if isinstance(piece, str) else text[piece.start : piece.end] for piece in pieces
    ]
    assert all(joined)
    assert "".join(joined) == text


def check_filter(text: str) -> None:
    for kind in filter_expressions.FilterKind:
        filter_expressions.read(text, kind)


def check_expression(text: str) -> None:
    found = syntax.expressions.read(text, Budget(), syntax.expressions.OVER_ROWS)
    if isinstance(found, syntax.expressions.ExpressionError):
        assert 0 <= found.offset <= len(text)
        assert found.message


class _Scope:
    """A template sees a little of everything."""

    names: Mapping[str, str] = {
        "_model._name": "shop",
        "_view._name": "orders",
        "orders.id._value": "7",
        "value": "5",
        "a": "1",
        "c": "true",
        "x": "a,b",
        "now": "2018-05-18T18:30:02",
    }

    def user_attribute(self, name: str) -> str | None:
        return "ann" if name == "name" else None

    def filter_text(self, field: str) -> str | None:
        return "a,-b" if len(field) < 4 else None

    def parameter_text(self, field: str) -> str | None:
        return "'AA'" if field.startswith("p") else None

    def is_view(self, name: str) -> bool:
        return name in ("orders", "users", "a")

    def is_field(self, field: str) -> bool:
        return "." in field or len(field) == 1

    def in_query(self, name: str) -> bool:
        return len(name) % 2 == 0

    def is_selected(self, field: str) -> bool:
        return len(field) % 3 == 0

    def is_filtered(self, field: str) -> bool:
        return len(field) % 2 == 0


def check_liquid(text: str) -> None:
    for in_sql in (True, False):
        found = syntax.liquid.render(text, _Scope(), Budget(steps=1_000_000), sql=in_sql)
        check_places(found.diagnostics, {"": text})


NUMBERS = (0, 1, -1, 1234.567, -0.004, 1e21, -1e-9, 43567.75, Decimal("1E+30"), 10**40, 2.5)


def check_mask(text: str) -> None:
    read = syntax.value_formats.read(text)
    for number in NUMBERS:
        assert isinstance(syntax.value_formats.render(read, number), str)


_FILE = re.compile(r"^=== (.*)$", re.MULTILINE)


def project_of(text: str) -> tuple[model.Assembled, Mapping[str, str]]:
    """A project of the files that `text` holds, each below its `=== path`."""
    pieces = _FILE.split(text)
    files = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    strings = {path: each for path, each in files.items() if path.endswith(model.STRINGS_FILE)}
    sources = [_source(path, each) for path, each in files.items() if path not in strings]
    assembled = model.assemble("shop", sources, {}, {}, Budget())
    return model.localize(assembled, strings, Budget()), files


def _source(path: str, text: str) -> model.SourceFile | model.DashboardFile:
    if path.endswith(".lookml"):
        return model.DashboardFile(path, syntax.yaml.parse(text))
    return model.SourceFile(path, lookml.parse(text))


def check_project(text: str) -> None:
    """Assembled, checked, and every explore asked for its first fields."""
    assembled, files = project_of(text)
    check_places(assembled.diagnostics, files)
    check_places(model.check(assembled.project), files)
    for found in assembled.project.models.values():
        for explore in list(found.explores.values())[:3]:
            _ask(found, explore.name, fields=tuple(explore.fields)[:8])


def _ask(found: model.LookmlModel, explore: str, **rest: object) -> None:
    question = query.Query(model=found.name, explore=explore, **rest)  # type: ignore[arg-type]
    asker = query.Asker(now=NOW, attributes={"name": "ann"})
    explores = found.explores
    planned = query.plan(question, explores[explore], asker, "duckdb", Budget(), explores)
    if planned.plan is None:
        assert any(each.is_error for each in planned.diagnostics)
    else:
        for dialect in sql.DIALECTS.values():
            assert sql.write(planned.plan, dialect).statements


_SHOP = project_of(texts.PROJECTS[0])[0].project.models["shop"]


def check_question(text: str) -> None:
    """One question to a project that is right."""
    lines = [line.partition(":")[::2] for line in text.split("\n")]
    last = {key.strip(): value.strip() for key, value in lines}
    filters = [value.partition("=")[::2] for key, value in lines if key.strip() == "filter"]
    limit = last.get("limit", "500")
    _ask(
        _SHOP,
        last.get("explore", "orders") if last.get("explore") in _SHOP.explores else "orders",
        fields=tuple(name.strip() for name in last.get("fields", "").split(",") if name.strip()),
        filters=tuple((name.strip(), value.strip()) for name, value in filters),
        filter_expression=last.get("filter_expression", ""),
        sorts=tuple(filter(None, (name.strip() for name in last.get("sorts", "").split(",")))),
        timezone=last.get("timezone", ""),
        limit=int(limit) if re.fullmatch(r"-?\d{1,6}", limit, re.ASCII) else 500,
    )


TARGETS = (
    Target("lookml", 20, texts.LOOKML, texts.LOOKML_WORDS, check_lookml),
    Target("yaml", 8, texts.YAMLS, texts.YAML_WORDS, check_yaml),
    Target("fragments", 8, texts.FRAGMENTS, texts.FRAGMENT_WORDS, check_fragment),
    Target("filters", 20, texts.FILTERS, texts.FILTER_WORDS, check_filter),
    Target("expressions", 12, texts.EXPRESSIONS, texts.EXPRESSION_WORDS, check_expression),
    Target("liquid", 12, texts.LIQUID, texts.LIQUID_WORDS, check_liquid),
    Target("value formats", 10, texts.MASKS, texts.MASK_WORDS, check_mask),
    Target("projects", 4, texts.PROJECTS, texts.PROJECT_WORDS, check_project),
    Target("questions", 4, texts.QUESTIONS, texts.QUESTION_WORDS, check_question),
)
