"""Drills: the address behind a value, read by the rules of addresses and of HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from lookalike.compiler import model
from lookalike.results.drills import MOST_ROWS

LINKS = (model.Link(label="More", url="{{ link }}"),)


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "a&f[orders.id]=1",
        "a=b",
        "100%",
        "%26%3D",
        "a+b c",
        'say "hi", it\'s',
        "<b onclick='x'>",
        "&quot;&#34;",
        "#top?x",
        "größe 日本 \U0001f600",
        "line\nbreak\r\nand\ttab",
        "^%_-",
        "-minus",
        " blanks ",
        " ",
        "\n",
        "one, two",
        '-a%,"b_\\,c^',
        "NULL",
        "empty",
        "é&=\"'+%" * 585,
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_address_asks_for_the_value(shop: Any, value: str, quote: str) -> None:
    written = f"<a href={quote}{{{{ link }}}}{quote} title=whole>x</a>"
    cell = shop.cell(value, html=written, links=LINKS, drill_fields=("id",))
    address = cell["links"][0]["url"]
    assert _attributes(cell["html"]) == {"href": address, "title": "whole"}
    assert address.isascii()
    assert address.isprintable()
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/explore/shop/orders")
    assert parts.fragment == ""
    asked = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
    assert [name for name, _ in asked] == ["fields", "f[orders.status]", "limit"]
    given = dict(asked)
    assert given["fields"] == "orders.id"
    assert given["limit"] == str(MOST_ROWS)
    assert shop.finds(value, given["f[orders.status]"])


def test_an_address_without_quotes_ends_where_it_should(shop: Any) -> None:
    cell = shop.cell("a b>c", html="<a href={{ link }}>x</a>", drill_fields=("id",))
    assert list(_attributes(cell["html"])) == ["href"]


def _attributes(shown: str) -> dict[str, str | None]:
    """The attributes of the one tag, without the `rel` that every link has."""
    found: list[dict[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append({name: value for name, value in attrs if name != "rel"})

    Reader().feed(shown)
    (only,) = found
    return only
