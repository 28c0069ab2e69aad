"""Mutations: the text of a case with one thing taken out or replaced, to see whether it matters.

A thing is named `(table, name, value)`: a parameter of a kind of object with an empty value, one
of its choices, or a variable, tag or filter of Liquid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lookalike.compiler.model import parameters
from lookalike.compiler.model.parameters import PARAMETERS
from lookalike.compiler.syntax import lookml, yaml
from lookalike.compiler.syntax.liquid.template import _ENVIRONMENT
from lookalike.compiler.syntax.lookml import edits

Thing: TypeAlias = tuple[str, str, str]
Mutation: TypeAlias = tuple[Thing, Sequence[str]]
"""What is tried, and the texts without it: it matters if any of them changes what comes out."""

PARTS: Mapping[str, str] = {
    "access_filter": "field user_attribute",
    "filters": "field value",
}
"""The parameters of blocks that the table of parameters does not take apart."""

TYPES: Mapping[str, Sequence[str]] = {
    "dimension": sorted(parameters.DIMENSION_TYPES),
    "dimension_group": ("time", "duration"),
    "filter": sorted(parameters.FILTER_TYPES),
    "measure": sorted(parameters.MEASURE_TYPES),
    "parameter": sorted(parameters.PARAMETER_TYPES),
}

BOARD_LISTS: Mapping[tuple[str, str], str] = {
    ("dashboard", "elements"): "element",
    ("dashboard", "filters"): "dashboard filter",
    ("dashboard", "tabs"): "tab",
    ("element", "merged_queries"): "merged query",
}
"""Which lists of a dashboard's objects hold objects of which kind."""

_NAME = r"[A-Za-z_][\w.]*"
VARIABLES: Mapping[str, str] = {
    **{f"{each}._name": rf"{each}\._name" for each in ("_model", "_explore", "_view", "_field")},
    "_explore._dashboard_url": r"_explore\._dashboard_url",
    "_dialect._name": r"_dialect\._name",
    "_query._query_timezone": r"_query\._query_timezone",
    "now": r"(?:'now'|\"now\"|\bnow\b|'today'|\"today\")",
    "_access_filters": r"_access_filters\s*\[[^\]]*\]",
    "_filters": r"(?<!\w)_filters(?:\s*\[[^\]]*\]|(?:\.\w+)+)",
    "_user_attributes": r"_user_attributes(?:\s*\[[^\]]*\]|\.\w+)",
    "_localization": r"_localization(?:\s*\[[^\]]*\]|\.\w+)",
    **{
        f"field.{each}": rf"{_NAME}\.{each}\b"
        for each in (
            *("_parameter_value", "_in_query", "_is_selected", "_is_filtered", "_value"),
            *("_rendered_value", "_linked_value", "_filterable_value", "_link"),
        )
    },
    "view._in_query": r"\b\w+\._in_query\b",
    **{
        each: rf"(?<![\w.'\"]){each}(?![\w.:'\"])"
        for each in ("value", "rendered_value", "linked_value", "filterable_value", "link")
    },
    "row": r"\brow\s*\[[^\]]*\]",
}
"""How each variable of the reference is written."""

TAGS = frozenset({*_ENVIRONMENT.tags, "comment", "raw"} - {"content", "illegal", "output"})
BLOCK_TAGS = frozenset(name for name, tag in _ENVIRONMENT.tags.items() if tag.block) & TAGS
BLOCK_TAGS |= {"comment", "raw"}
BRANCH_TAGS = ("else", "elsif", "when")
_ENDCOMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_ENDS = frozenset(f"end{name}" for name in BLOCK_TAGS)

_TOKEN = re.compile(r"\{\{.*?\}\}|\{%-?\s*(\w+).*?%\}", re.DOTALL)
_FILTER = re.compile(r"\|\s*(\w+)[^|%}]*")


def mutations(path: str, text: str) -> Iterator[Mutation]:
    """Every thing that the text of a file writes."""
    if path.endswith(".lkml"):
        parsed = lookml.parse(text)
        kind = "manifest" if path.rpartition("/")[2] == "manifest.lkml" else "model"
        yield from _of_block(parsed, parsed.root, kind)
        yield from _of_liquid(parsed, parsed.root)
    elif path.endswith(".lookml"):
        root = yaml.parse(text).root
        for node in root.nodes if isinstance(root, yaml.Items) else ():
            yield from _of_pairs(text, node, "dashboard")


def _of_block(parsed: lookml.Parsed, block: lookml.Block, kind: str) -> Iterator[Mutation]:
    rules = PARAMETERS.get(kind, {})
    for node in block.nodes:
        yield (kind, node.key, ""), [edits.apply(parsed, [edits.remove(parsed, node)])]
        rule = rules.get(node.key)
        if isinstance(node, lookml.Value):
            choices = rule.choices if rule else ()
            choices = choices or tuple(TYPES.get(kind, ()) if node.key == "type" else ())
            yield from _of_choice(parsed, node, kind, choices)
        elif isinstance(node, lookml.Block):
            yield from _of_block(parsed, node, (rule.of if rule else "") or node.key)


def _of_choice(
    parsed: lookml.Parsed, node: lookml.Value, kind: str, choices: Sequence[str]
) -> Iterator[Mutation]:
    value = node.text.strip()
    if value in choices:
        others = (edits.set_text(node, each) for each in choices if each != value)
        texts = [edits.apply(parsed, [each]) for each in others if isinstance(each, edits.Edit)]
        removed = edits.apply(parsed, [edits.remove(parsed, node)])
        yield (kind, node.key, value), [removed, *texts[:4]]


def _of_pairs(text: str, node: yaml.Node, kind: str) -> Iterator[Mutation]:
    for key, value in node.pairs if isinstance(node, yaml.Pairs) else ():
        end = len(text[: value.end].rstrip())
        blank = re.sub(r"[^\n]", " ", text[key.start : end])
        yield (kind, key.text, ""), [text[: key.start] + blank + text[end:]]
        inner = BOARD_LISTS.get((kind, key.text))
        for each in value.nodes if inner and isinstance(value, yaml.Items) else ():
            yield from _of_pairs(text, each, inner or "")


# Liquid -----------------------------------------------------------------------------------------


def _of_liquid(parsed: lookml.Parsed, block: lookml.Block) -> Iterator[Mutation]:
    text = parsed.text
    for node in block.nodes:
        if isinstance(node, lookml.Block):
            yield from _of_liquid(parsed, node)
        elif isinstance(node, lookml.Value) and "{" in node.text:
            before, behind = text[: node.value_start], text[node.end :]
            for thing, template in _of_template(text[node.value_start : node.end]):
                yield thing, [before + template + behind]


def _of_template(template: str) -> Iterator[tuple[Thing, str]]:
    tokens = list(_TOKEN.finditer(template))
    for number, token in enumerate(tokens):
        yield from _of_token(template, token)
        end = _end_of_tag(tokens, number)
        if end is not None:
            inside = (
                template[token.end() : end] if token[1] == "comment" else ""
            )  # else it is silent
            rest = template[: token.start()] + _ENDCOMMENT.sub("", inside) + template[end:]
            yield ("Liquid tag", token[1], ""), rest


def _of_token(template: str, token: re.Match[str]) -> Iterator[tuple[Thing, str]]:
    before, behind = template[: token.start()], template[token.end() :]
    for name, pattern in VARIABLES.items():
        replaced, n_found = re.subn(pattern, "nil", token[0])
        if n_found:
            yield ("Liquid variable", name, ""), before + replaced + behind
    for found in _FILTER.finditer(token[0]):
        cut = token[0][: found.start()] + token[0][found.end() :]
        yield ("Liquid filter", found[1], ""), before + cut + behind


def _end_of_tag(tokens: Sequence[re.Match[str]], number: int) -> int | None:
    """Where what belongs to a tag ends: behind its own end, or where the next branch begins."""
    name = tokens[number][1]
    if name is None or name.startswith("end"):
        return None
    if name not in (*BLOCK_TAGS, *BRANCH_TAGS):
        return tokens[number].end()
    depth = 0
    for token in tokens[number + 1 :]:
        inner = token[1] or ""
        if depth == 0 and name in BRANCH_TAGS and (inner in BRANCH_TAGS or inner[:3] == "end"):
            return token.start()
        if depth == 0 and inner == f"end{name}":
            return token.end()
        depth += (inner in BLOCK_TAGS) - (inner in _ENDS)
    return None
