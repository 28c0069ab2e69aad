"""The parameters of a file as rows: where each stands, how it was written, and its text.

Our tree and the one of PyPI `lkml` are both brought into this shape. Blanks around the text of SQL
belong to neither, and a line ends with a line feed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lookalike.compiler.syntax import lookml

_FORMS = {
    lookml.Form.ATOM: "atom",
    lookml.Form.STRING: "string",
    lookml.Form.SQL: "sql",
}


class Row(Struct, frozen=True):
    """A parameter, or an item of a list. `form` is `block`, `list`, `atom`, `string` or `sql`."""

    path: str
    form: str
    text: str


def rows(parsed: lookml.Parsed) -> list[Row]:
    return list(_rows(parsed.root, ""))


def _rows(block: lookml.Block, around: str) -> Iterator[Row]:
    for node in block.nodes:
        if isinstance(node, lookml.Block):
            named = f"{node.key} {node.name}" if node.name else node.key
            path = f"{around}{named}/"
            yield Row(path, "block", "")
            yield from _rows(node, path)
        elif isinstance(node, lookml.Items):
            path = f"{around}{node.key}/"
            yield Row(path, "list", "")
            for entry in node.entries:
                form = "string" if entry.quoted else "atom"
                yield Row(path + entry.key, form, _lines(entry.text))
        else:
            text = node.text.strip() if node.form is lookml.Form.SQL else node.text
            yield Row(around + node.key, _FORMS[node.form], _lines(text))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
