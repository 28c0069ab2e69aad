"""Whatever the text, a parse ends, its spans lie in the text, and they show what was written."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax import lookml

# fmt: off
PIECES = [
    "view: a {", "dimension: b {", "}", "{", "sql: ${TABLE}.x ;;", "sql:", "sql_on: a", ";;", ";",
    'label: "x"', "label:", '"', '\\"', "\\", "f: [a, b]", "f: [", "[", "]", ",", "- a", "a: b",
    ":", "::", "\n", "\r\n", "  ", "\t", "\ufeff", "\u00a0", "# c\n", "#", "type: string",
    "- view: x", "view: y", "join: c {", "dimension: d",
    'filters: [a: "b", c: "d"]', "{% if x %}", "{{ y }}", "${a.b}",
    "@{c}", "é", "\0", "yes",
]
# fmt: on
LETTERS = st.text(alphabet=' \n\t:;{}[],"\\#-+ab_1$%é\ufeff', max_size=60)
SOUP = st.lists(st.sampled_from(PIECES) | LETTERS, max_size=40).map("".join)


@settings(max_examples=600, deadline=None)
@given(SOUP)
def test_any_text(text: str) -> None:
    parsed = lookml.parse(text)
    for mistake in parsed.diagnostics:
        span = mistake.place.span
        assert 0 <= span.start <= span.end <= len(text)
        assert mistake.place.line == text.count("\n", 0, span.start) + 1
    _check_spans(parsed.root, text)


NAME = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: not name.startswith(("sql", "html", "expr"))
)
ATOM = st.from_regex(r"[+\-]?[a-zA-Z0-9_.é]{1,10}\*?", fullmatch=True)
TEXT = st.text(st.characters(exclude_characters='"\\', exclude_categories=["Cs"]), max_size=30)
SQL = TEXT.map(lambda text: text.replace(";", "").replace(":", ""))
GAP = st.sampled_from([" ", "\n", "\t", " # why\n ", "\r\n", "\u00a0", " \n # a ;; {\n"])


@st.composite
def written(draw: st.DrawFn, depth: int = 3) -> str:
    """LookML without mistakes, with blanks and comments wherever they may stand."""
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["atom", "string", "sql", "list", "block"]))
        gap = draw(GAP)
        head = (
            draw(NAME) + draw(st.sampled_from(["", " "])) + ":" + draw(st.sampled_from(["", gap]))
        )
        if kind == "atom":
            parts.append(head + draw(ATOM))
        elif kind == "string":
            parts.append(f'{head}"{draw(TEXT)}"')
        elif kind == "sql":
            parts.append(f"sql:{draw(SQL)};;")
        elif kind == "list":
            items = draw(st.lists(ATOM | TEXT.map(lambda text: f'"{text}"'), max_size=4))
            parts.append(f"{head}[{f'{gap},'.join(items)}{gap}]")
        elif depth:
            parts.append(f"{head}{draw(ATOM)}{gap}{{{gap}{draw(written(depth - 1))}{gap}}}")
    return draw(GAP).join(parts)


@settings(max_examples=300, deadline=None)
@given(written())
def test_what_was_written_is_read(text: str) -> None:
    parsed = lookml.parse(text)
    assert parsed.diagnostics == ()
    _check_spans(parsed.root, text)
    assert _without_gaps(_rewritten(parsed.root, text)) == _without_gaps(_without_comments(text))


def test_a_mistake_leaves_the_rest_of_a_file_alone() -> None:
    """One deleted character never costs more than the field it stood in and its neighbours."""
    fields = [
        f'  dimension: f{i} {{\n    label: "l{i}"\n    type: x\n    sql: ${{TABLE}}.f{i} ;;\n  }}\n'
        for i in range(12)
    ]
    text = "view: v {\n" + "".join(fields) + "}\n"
    start = len("view: v {\n" + "".join(fields[:5]))
    for at in random.Random(1).sample(range(start, start + len(fields[5])), 60):
        parsed = lookml.parse(text[:at] + text[at + 1 :])
        named = {n.name for n in _walk(parsed.root) if isinstance(n, lookml.Block)}
        assert {f"f{i}" for i in (0, 1, 2, 3, 7, 8, 9, 10, 11)} <= named, text[at - 5 : at + 5]


def _walk(block: lookml.Block) -> Iterator[lookml.Node]:
    for node in block.nodes:
        yield node
        if isinstance(node, lookml.Block):
            yield from _walk(node)


def _check_spans(block: lookml.Block, text: str) -> None:
    at = block.start
    for node in block.nodes:
        assert at <= node.start <= node.value_start <= node.end <= block.end <= len(text)
        assert text.startswith(node.key, node.start)
        if isinstance(node, lookml.Block):
            is_open = text[node.value_start : node.value_start + 1] == "{"
            assert is_open or text[: node.value_start].endswith(node.name)  # its `{` is missing
            _check_spans(node, text)
        elif isinstance(node, lookml.Items):
            assert text[node.value_start] == "["
            for entry in node.entries:
                assert node.value_start < entry.start <= entry.end <= node.end
        else:
            _check_value(node, text[node.value_start : node.end])
        at = node.end


def _check_value(value: lookml.Value, source: str) -> None:
    if value.form is lookml.Form.STRING:
        assert source[0] == '"'
        assert (
            value.text == source[1:].removesuffix('"').replace('\\"', '"') or source[-2:] == '\\"'
        )
    else:
        assert value.text == source


def _rewritten(block: lookml.Block, text: str) -> str:
    parts = []
    for node in block.nodes:
        if isinstance(node, lookml.Block):
            parts.append(f"{node.key}:{node.name}{{{_rewritten(node, text)}}}")
        elif isinstance(node, lookml.Items):
            entries = (text[entry.start : entry.end] for entry in node.entries)
            parts.append(f"{node.key}:[{','.join(entries)}]")
        else:
            end = ";;" if node.form is lookml.Form.SQL else ""
            parts.append(f"{node.key}:{text[node.value_start : node.end]}{end}")
    return "".join(parts)


def _without_comments(text: str) -> str:
    for comment in (" # why\n ", " \n # a ;; {\n"):
        text = text.replace(comment, "")
    return text


def _without_gaps(text: str) -> str:
    return "".join(text.split()).replace("#why", "").replace("#a;;{", "")
