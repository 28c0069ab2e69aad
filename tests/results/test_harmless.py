"""Values of a database in the HTML and the links of a developer: none runs as a script."""

from __future__ import annotations

import html as entities
from html.parser import HTMLParser
from typing import Any

import pytest

from lookalike.compiler import model
from lookalike.results import harmless

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "  \t\n javascript:alert(1)",
    "\x01\x1fjavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\r\nscript\n:alert(1)",
    "\u00a0\u200bjavascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "DATA:text/html;base64,PHNjcmlwdD4=",
)
WHOLE = (
    '<a href="{}">x</a>',
    "<a href='{}'>x</a>",
    "<A HREF = '{}' >x</A>",
    "<a\nhref\t=\n'{}'>x</a>",
    '<a/href="{}">x</a>',
    '<svg><a xlink:href="{}">x</a></svg>',
    '<button formaction="{}">x</button>',
    '<form action="{}"></form>',
    '<img src="{}">',
    '<img srcset="{} 2x">',
    '<img srcset="a.png 1x, {} 2x">',
    '<object data="{}"></object>',
    '<svg><animate attributeName="href" to="{}" /></svg>',
    '<svg><animate attributeName="href" values="a;{}" /></svg>',
)
KEPT = (
    "plain",
    "1 < 2 & 3",
    '<a href="https://example.com/?q=javascript:1&amp;r=2" title="a > b" target=_blank>x</a>',
    "<img src='data:image/png;base64,aGk=' height=20>",
    '<img srcset="a.png 1x, b.png 2x" alt="data: none">',
    '<a href="/explore/shop/orders?fields=orders.id">x</a> <br/> <b class="on">y</b>',
    '<a href="mailto:a@example.com">x</a><a href="#here">y</a>',
    '<div style="color: red; background: url(https://example.com/a.png)">x</div>',
    "<style>b { color: red }</style><b>x</b>",
)
LINKS = (model.Link(label="x", url="{{ value }}", icon_url="{{ value }}"),)


@pytest.mark.parametrize("written", KEPT)
def test_what_is_harmless_stays(written: str) -> None:
    assert harmless.html(written) == written


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_a_script(form: str, address: str) -> None:
    for value in (entities.escape(address), _numbered(address)):
        shown = harmless.html(form.replace("{}", value))
        assert not any(map(_runs, _values(shown))), shown
        assert shown.lower().startswith(form[:2].lower())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<a href=javascript:alert(1)>x</a>", "<a>x</a>"),
        ("<a href=x onmouseover=alert(1)>x</a>", "<a href=x>x</a>"),
        ('<a href="x"ONCLICK=1>x</a>', '<a href="x">x</a>'),
        ("<svg/onload=alert(1)>", "<svg>"),
        ("<a href=java&#115cript:x b=1>x</a>", "<a b=1>x</a>"),
        ('<a href="java&Tab;script&colon;x">x</a>', "<a>x</a>"),
        ('<iframe srcdoc="&lt;script>"></iframe>', "<iframe></iframe>"),
        ('<b style="background:url(javascript:x)">x</b>', "<b>x</b>"),
        ("<b style='background:url(\"java\\73 cript:x\")'>x</b>", "<b>x</b>"),
        ('<b style="width:expr/**/ession(x)">x</b>', "<b>x</b>"),
        ('<b style="-moz-binding:url(x)">x</b>', "<b>x</b>"),
        ("<script>alert('<b>')</script>x", "x"),
        ("<SCRIPT src=//example.com></SCRIPT >x", "x"),
        ("<script>alert(1)", ""),
        ('<meta http-equiv=refresh content="0;url=x">x', "x"),
        ("<base href=//example.com>x", "x"),
        ('<!-- <b title=" --><a href=javascript:x>', "<a>"),
        ('<!--><a href="javascript:x">', "<a>"),
        ('<!---><a href="javascript:x">', "<a>"),
        ('<!doctype "><a href=javascript:x>', "<a>"),
        ('<? "><a href=javascript:x>', "<a>"),
        ("<textarea><b title='</textarea><i onclick=x>'>", "<textarea></textarea><i>'>"),
        ("<svg><style><img onerror=x></style></svg>", "<svg><style></style></svg>"),
        ("x<a href='javascript:", "x"),
        ('x<b title="', "x"),
        ("x<b", "x"),
    ],
)
def test_what_would_run_is_left_out(written: str, expected: str) -> None:
    assert harmless.html(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        '<a href="{{ value }}">x</a>',
        "<a href={{ value }}>x</a>",
        "<img srcset='{{ status._value }} 1x'>",
        '{% assign a = value | downcase %}<a href="{{ a }}">x</a>',
        '<b style="background: url({{ value }})">x</b>',
    ],
)
def test_a_value_is_no_script(shop: Any, written: str) -> None:
    for address in ADDRESSES:
        cell = shop.cell(address, html=written, links=LINKS)
        assert not any(map(_runs, _values(cell["html"]))), cell
        assert "links" not in cell
    assert shop.cell("https://example.com", html=written, links=LINKS)["links"]


def test_a_value_in_an_attribute_without_quotes_adds_no_handler(shop: Any) -> None:
    cell = shop.cell("x onclick=alert(1)", html="<a href={{ value }}>x</a>")
    assert cell["html"] == "<a href=x>x</a>"


def _numbered(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


def _values(shown: str) -> list[str]:
    """The value of every attribute, as a parser of HTML reads them."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for _, value in attrs)

    Reader().feed(shown)
    return found


def _runs(value: str) -> bool:
    """Does an attribute hold a script, wherever in it?"""
    seen = "".join(letter for letter in value.lower() if letter.isprintable() and letter > " ")
    return "script:" in seen or "data:" in seen
