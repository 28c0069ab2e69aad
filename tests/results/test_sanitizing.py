"""Values of a database in the HTML and the links of a developer: none runs as a script."""

from __future__ import annotations

import html as entities
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler import model
from lookalike.results import sanitizing

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
    '<button formaction="{}">x</button>',
    '<img src="{}">',
    '<img srcset="{} 2x">',
    '<video src="{}" poster="{}"></video>',
    '<b style="background: url({})">x</b>',
    "<b style='background: linear-gradient(red, url( \"{}\"))'>x</b>",
)
GONE = (
    '<svg><a xlink:href="{}">x</a></svg>',
    '<form action="{}"></form>',
    '<object data="{}"></object>',
    '<iframe src="{}"></iframe>',
    '<base href="{}">',
    '<link href="{}" rel="stylesheet">',
    '<svg><animate attributeName="href" values="a;{}" /></svg>',
)
REL = ' rel="noopener noreferrer"'
KEPT = (
    "plain",
    "1 &lt; 2 & 3",
    '<a href="https://example.com/?q=javascript:1&amp;r=2" title="a &gt; b"{rel}>x</a>',
    '<a href="//example.com" target="_blank"{rel}>x</a>',
    '<a href="/explore/shop/orders?fields=orders.id"{rel}>x</a> <br> <b class="on">y</b>',
    '<a href="mailto:a@example.com"{rel}>x</a><a href="#drillmenu" target="_self"{rel}>y</a>',
    '<a href="tel:+49"{rel}>x</a><a href="slack://channel?id=1"{rel}>y</a>',
    '<img src="data:image/png;base64,aGk=" height="20" alt="data: none">',
    '<p style="color: black; font-size:100%; text-align:center">x</p>',
    '<div style="width: calc((100% - 2px) / 3); background: rgba(200,35,25,0.5)">x</div>',
    '<div style="background: url(https://example.com/a.png), linear-gradient(red, blue)">x</div>',
    '<b style="background: url(data:image/png;base64,aGk=)">x</b>',
    '<font color="red" size="3">x</font><center><i class="fa fa-arrow-up"></i></center>',
    '<table border="1"><tbody><tr><td bgcolor="red" colspan="2">x</td></tr></tbody></table>',
    "<details><summary>x</summary><ul><li>y</li></ul></details><hr><h1>z</h1>",
    '<progress value="3" max="4"></progress><button aria-label="x">y</button>',
)
PIECES = st.sampled_from(
    """<|>|"|'|=| |<a|<b|<img src=x|img src=x onerror=alert(1)>|<svg>|<math>|<style>|</style>
    |<title>|</title>|<textarea>|</textarea>|<iframe>|</iframe>|<script>|</script>|<xmp>|<noscript>
    |<base>|<template>|<select>|<table>|<plaintext>|<!--|<!-- -->|-->|--!>|<!|<?|</|</>|]]>
    |<![CDATA[| title="| href=| style=| o| onx=""|nerror=alert(1)>|javascript:alert(1)|java|script:
    |&quot;|&#106;|&Tab;|&lt;|\x00|<foreignObject>|<annotation-xml encoding="text/html">|<mtext>
    """.replace("\n    ", "").split("|")
)
LINKS = (model.Link(label="x", url="{{ value }}", icon_url="{{ value }}"),)


@pytest.mark.parametrize("written", KEPT)
def test_what_is_harmless_stays(written: str) -> None:
    written = written.replace("{rel}", REL)
    assert sanitizing.html(written) == written


@pytest.mark.parametrize("form", WHOLE + GONE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_a_script(form: str, address: str) -> None:
    for value in (entities.escape(address), _numbered(address)):
        shown = _clean(form.replace("{}", value))
        assert not any(map(_runs, _values(shown))), shown
        assert shown.startswith(form[:2].lower()) or form in GONE


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("<b>x", "<b>x</b>"),
        ("<a href=javascript:alert(1)>x</a>", "<a{rel}>x</a>"),
        ("<a href=x onmouseover=alert(1)>x</a>", '<a href="x"{rel}>x</a>'),
        ('<b class="x"ONCLICK=1>x</b>', '<b class="x">x</b>'),
        ("<b id=x name=x data-x=1>x</b>", "<b>x</b>"),
        ("<a href=ms-help:x>x</a>", "<a{rel}>x</a>"),
        ("<a href=java&#115cript:x title=1>x</a>", '<a title="1"{rel}>x</a>'),
        ('<a href="java&Tab;script&colon;x">x</a>', "<a{rel}>x</a>"),
        ('<iframe srcdoc="&lt;script>"><b>x</b></iframe>', ""),
        ("<svg/onload=alert(1)><text>1</text></svg>x", "x"),
        ("<b style='background:url(\"java\\73 cript:x\")'>x</b>", "<b>x</b>"),
        ('<b style="width:expression(x)">x</b>', "<b>x</b>"),
        ('<b style="width:expr/**/ession(x)">x</b>', "<b>x</b>"),
        ('<b style="color: red; /* a */">x</b>', '<b style="color: red;  ">x</b>'),
        ('<b style="color: red; /* a">x</b>', "<b>x</b>"),
        ('<b style="width:EXPRE\u017f\u017fION(x)">x</b>', "<b>x</b>"),
        ("<style>b { color: red }</style><b>x</b>", "<b>x</b>"),
        ("<script>alert('<b>')</script>x", "x"),
        ("<SCRIPT src=//example.com></SCRIPT >x", "x"),
        ("<script>alert(1)", ""),
        ('<meta http-equiv=refresh content="0;url=x">x', "x"),
        ('<!-- <b title=" --><b>', "<b></b>"),
        ('<!--><i onclick="x">', "<i></i>"),
        ('<!doctype "><i onclick=x>', "<i></i>"),
        ('<? "><i onclick=x>', "<i></i>"),
        ("<textarea><b title='</textarea><i onclick=x>'>", "<i>'&gt;</i>"),
        ("x<b title='", "x"),
        # What is left out joins nothing that stands around it.
        ("<<!-- -->img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("<<base>img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ('<img src=x o onx=""nerror=alert(1)>', '<img src="x">'),
        ('<a href=java onx=""script:alert(1)>x</a>', '<a href="java"{rel}>x</a>'),
        ('<s onx=""cript>alert(1)</s onx=""cript>', "<s>alert(1)</s>"),
        # A letter of another alphabet that is an `s` only where case does not count.
        (
            '<style>a</\u017ftyle><b title="</style><img src=x onerror=alert(1)>">',
            '<img src="x">"&gt;',
        ),
        # A number with more digits than Python reads.
        (f'<a href="&#{"0" * 5000}106;avascript:1">x</a>', "<a{rel}>x</a>"),
    ],
)
def test_what_would_run_is_left_out(written: str, expected: str) -> None:
    assert sanitizing.html(written) == expected.replace("{rel}", REL)


@settings(max_examples=1_000)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_nothing_runs_however_it_is_put_together(written: str) -> None:
    shown = _clean(written)
    for each in (shown, _clean(shown)):
        for name, value in _read(each).attributes:
            assert not name.startswith("on"), each
            assert name not in ("href", "src") or not _runs(value), each


@pytest.mark.parametrize("piece", ["<div>", "<", "&", "<b title='&", "<a x", "<!--", "<b>x</b>"])
def test_a_long_text_is_left_out_whole(piece: str) -> None:
    assert sanitizing.html("<b>" + piece * (1_000_000 // len(piece))) is None


def test_a_text_with_many_tags_is_left_out_whole() -> None:
    assert _clean("<div>" * 4_000).startswith("<div>")
    assert sanitizing.html("<div>" * 4_001) is None


@pytest.mark.parametrize(
    "written",
    [
        '<a href="{{ value }}">x</a>',
        "<a href={{ value }}>x</a>",
        "<img srcset='{{ status._value }} 1x'>",
        '{% assign a = value | downcase %}<a href="{{ a }}">x</a>',
        '<b style="background: url({{ value }})">x</b>',
        "<style>b { background: url({{ value }}) }</style>",
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
    assert cell["html"] == f'<a href="x"{REL}>x</a>'


def test_html_that_is_too_long_leaves_the_value(shop: Any) -> None:
    cell = shop.cell("x", html="<i>" * 4_001)
    assert cell == {"value": "x"}


def _clean(written: str) -> str:
    shown = sanitizing.html(written)
    assert shown is not None
    return shown


def _numbered(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.extend((name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(shown: str) -> _Reader:
    reader = _Reader()
    reader.feed(shown)
    return reader


def _values(shown: str) -> list[str]:
    """The value of every attribute, and each text, as a parser of HTML reads them."""
    found = _read(shown)
    return [value for _, value in found.attributes] + found.texts


def _runs(value: str) -> bool:
    """Does an attribute or a text hold a script, wherever in it?"""
    seen = "".join(letter for letter in value.lower() if letter.isprintable() and letter > " ")
    return "script:" in seen or "data:" in seen
