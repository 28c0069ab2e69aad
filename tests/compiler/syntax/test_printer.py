"""From a tree back to text: byte for byte, edited in one place, or in one layout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax import Code, lookml
from lookalike.compiler.syntax.lookml.edits import Edit
from tests.compiler.syntax.test_lookml_fuzz import SOUP, written
from tests.fuzz.targets import meaning

ROOT = Path(__file__).parents[3]
OWN_FILES = sorted((ROOT / "tests").rglob("*.lkml")) + sorted((ROOT / "src").rglob("*.lkml"))

UNTIDY = """# top
  include: "/a"


include: "b" # bee
view: a # odd
{  # head

 # hi
 dimension: x { sql: a   ;; type:string } # c
 set: s { fields: [a,b # x
, - c , d] }
 dimension: y {}
 # about y

 # about z
 measure: z { sql:
    SELECT 1\x20\x20
     , 'it\x20
s' ;; ;
   html: <b>\x20
  x</b> ;;
  filters: [a # n
   : "1", b: "2",]
   filters: { field: a.b value: "x" }

   # last
   }
}"""
TIDY = """# top
include: "/a"

include: "b" # bee

# odd
view: a { # head
  # hi
  dimension: x {
    sql: a ;;
    type: string
  } # c

  set: s {
    fields: [
      a,
      b, # x
      -c,
      d
    ]
  }

  dimension: y {}
  # about y

  # about z
  measure: z {
    sql:
    SELECT 1
     , 'it\x20
s' ;;
    html: <b>\x20
  x</b> ;;
    filters: [
      # n
      a: "1",
      b: "2"
    ]
    filters: {
      field: a.b
      value: "x"
    }

    # last
  }
}
"""


def test_layout() -> None:
    assert _formatted(UNTIDY) == TIDY
    assert _formatted(TIDY) == TIDY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\n", ""),
        ("# only\n\n\n# words", "# only\n\n# words\n"),
        ("a:b", "a: b\n"),
        ('\ufefflabel:"x" ;;', 'label: "x"\n'),
        ("a: b c: d\n\n\n\ne: f", "a: b\nc: d\n\ne: f\n"),
        ("view: v{}view: w{}", "view: v {}\n\nview: w {}\n"),
        ("sql: ;;", "sql: ;;\n"),
        ("sql:a -- c\n ;;", "sql: a -- c\n;;\n"),
        ("sql_on: a; ;;b:c", "sql_on: a; ;;\nb: c\n"),
        ("f: [ ]", "f: []\n"),
        ("f: [\n]", "f: []\n"),
        ("f: [# none\n]", "f: [ # none\n]\n"),
        ("f: [\na, b,]", "f: [\n  a,\n  b\n]\n"),
        (f"f: [{'a' * 60}, {'b' * 60}]", f"f: [\n  {'a' * 60},\n  {'b' * 60}\n]\n"),
        ('label: "two\r\nlines"\r\n# c\r\na: b\r\n', 'label: "two\r\nlines"\n# c\na: b\n'),
        ("a: # why\nb", "# why\na: b\n"),
        ('value_format: "\\"€\\"0"', 'value_format: "\\"€\\"0"\n'),
    ],
)
def test_small_texts(text: str, expected: str) -> None:
    assert _formatted(text) == expected
    assert _formatted(expected) == expected


@pytest.mark.parametrize("text", ["view: a {", "a: b c", "sql: a", "- view: a", "f: [a b]"])
def test_a_file_with_mistakes_is_left_alone(text: str) -> None:
    made = lookml.printer.formatted(lookml.parse(text))
    assert made.text == text
    assert made.diagnostics
    assert all(found.is_error for found in made.diagnostics)


def test_a_file_whose_mistakes_are_not_all_known_is_left_alone() -> None:
    text = f"f: [a{',,b' * 200}] view: v {{"
    made = lookml.printer.formatted(lookml.parse(text))
    assert made.text == text
    assert [found.code for found in made.diagnostics] == [Code.SYNTAX]


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_own_files(path: Path) -> None:
    _check(path.read_text(encoding="utf-8"))


@settings(max_examples=400, deadline=None)
@given(written())
def test_the_layout_changes_nomeaning(text: str) -> None:
    _check(text)
    assert lookml.printer.formatted(lookml.parse(text)).diagnostics == ()


@settings(max_examples=400, deadline=None)
@given(SOUP)
def test_any_text(text: str) -> None:
    _check(text)


def _check(text: str) -> None:
    parsed = lookml.parse(text)
    assert lookml.printer.text(parsed) == text
    made = lookml.printer.formatted(parsed)
    if made.diagnostics:
        assert made.text == text
        return
    again = lookml.parse(made.text)
    assert list(meaning(again.root)) == list(meaning(parsed.root))
    assert _formatted(made.text) == made.text
    # Nothing is lost: comments, and signs that are no blanks and not forgiven ones.
    assert _signs(made.text) == _signs(text)


def _formatted(text: str) -> str:
    made = lookml.printer.formatted(lookml.parse(text))
    assert made.diagnostics == ()
    return made.text


def _signs(text: str) -> Counter[str]:
    return Counter(sign for sign in text if not sign.isspace() and sign not in ":;,\ufeff\u200b")


VIEW = """view: v {
  # first
  dimension: a { type: number }  # a
  dimension: b {
    label: "B" # b
    sql: ${TABLE}.b ;;
    tags: [x, y]
  }
}
"""


def _view(text: str = VIEW) -> tuple[lookml.Parsed, lookml.Block, lookml.Block, lookml.Block]:
    parsed = lookml.parse(text)
    view = parsed.root.nodes[0]
    assert isinstance(view, lookml.Block)
    first, second = view.nodes
    assert isinstance(first, lookml.Block)
    assert isinstance(second, lookml.Block)
    return parsed, view, first, second


def _edit(made: lookml.edits.Edited) -> Edit:
    assert isinstance(made, Edit)
    return made


def test_edits_together() -> None:
    parsed, view, first, second = _view()
    label, sql, tags = second.nodes
    (kind,) = first.nodes
    assert isinstance(label, lookml.Value)
    assert isinstance(sql, lookml.Value)
    assert isinstance(tags, lookml.Items)
    assert isinstance(kind, lookml.Value)
    edits = [
        _edit(lookml.edits.set_text(label, 'the "B"')),
        _edit(lookml.edits.set_text(sql, "b\n+ 1")),
        _edit(lookml.edits.set_text(kind, "two words")),
        _edit(lookml.edits.set_items(tags, ["z", "two words", ("k", "v")])),
        _edit(lookml.edits.insert(parsed, second, "hidden: yes", tags)),
        _edit(lookml.edits.insert(parsed, first, 'label: "A"', kind)),
        _edit(lookml.edits.insert(parsed, view, 'dimension: n {\n  label: "x\ny"\n}')),
    ]
    expected = """view: v {
  dimension: n {
    label: "x
y"
  }
  # first
  dimension: a { type: "two words"
    label: "A"
  }  # a
  dimension: b {
    label: "the \\"B\\"" # b
    sql: b
+ 1 ;;
    tags: [z, "two words", k: "v"]
    hidden: yes
  }
}
"""
    assert lookml.edits.apply(parsed, edits) == expected


def test_removing() -> None:
    parsed, _, first, second = _view()
    label, sql, _ = second.nodes
    edits = [lookml.edits.remove(parsed, node) for node in (first, label, sql)]
    assert lookml.edits.apply(parsed, edits) == (
        "view: v {\n  # first\n  # a\n  dimension: b {\n    # b\n    tags: [x, y]\n  }\n}\n"
    )


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("sql", "a ;; b"),
        ("sql", "a\n  dimension: x {"),
        ("label", "back\\"),
        ("label", 'x"\n dimension: y {'),
    ],
)
def test_a_text_that_would_be_read_otherwise_is_refused(key: str, text: str) -> None:
    _, _, _, second = _view()
    node = next(node for node in second.nodes if node.key == key)
    assert isinstance(node, lookml.Value)
    assert isinstance(lookml.edits.set_text(node, text), lookml.edits.EditError)


def test_what_is_inserted_has_to_be_lookml() -> None:
    parsed, view, _, _ = _view()
    made = lookml.edits.insert(parsed, view, "dimension: x {")
    assert isinstance(made, lookml.edits.EditError)


def test_edits_that_overlap() -> None:
    parsed, view, first, _ = _view()
    edits = [lookml.edits.remove(parsed, node) for node in (view, first)]
    with pytest.raises(ValueError, match="overlap"):
        lookml.edits.apply(parsed, edits)


@settings(max_examples=300, deadline=None)
@given(written(), st.integers(0, 50), st.text(max_size=12))
def test_an_edit_changes_one_parameter(text: str, choice: int, new: str) -> None:
    parsed = lookml.parse(text)
    nodes = parsed.root.nodes
    if not nodes:
        return
    at = choice % len(nodes)
    node = nodes[at]
    before = list(meaning(parsed.root))
    removed = lookml.parse(lookml.edits.apply(parsed, [lookml.edits.remove(parsed, node)]))
    assert list(meaning(removed.root)) == before[:at] + before[at + 1 :]
    added = _edit(lookml.edits.insert(parsed, parsed.root, 'fresh: "x"', node))
    grown = lookml.parse(lookml.edits.apply(parsed, [added]))
    fresh = ("fresh", "x", lookml.Form.STRING)
    assert list(meaning(grown.root)) == [*before[: at + 1], fresh, *before[at + 1 :]]
    if isinstance(node, lookml.Value):
        changed = lookml.edits.set_text(node, new)
        if isinstance(changed, Edit):
            after = lookml.parse(lookml.edits.apply(parsed, [changed]))
            kept = list(meaning(after.root))
            assert kept[:at] + kept[at + 1 :] == before[:at] + before[at + 1 :]
            found = after.root.nodes[at]
            assert isinstance(found, lookml.Value)
            assert found.text.strip() == new.strip()
