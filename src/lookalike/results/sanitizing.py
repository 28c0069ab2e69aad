"""Sanitizing: HTML and addresses of developers, after values of a database were put into them.

Escaping keeps a value inside of the quotes of an attribute, but not from being the whole address
in it, nor inside of an attribute without quotes. So the HTML is read as a browser reads it, and
only elements, attributes and addresses known as harmless are written again, whoever wrote them.
Rules: LookML reference, "HTML sanitization"; WHATWG URL, "basic URL parser".
"""

from __future__ import annotations

import re

import nh3

_TAGS = """
    a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center
    cite code col colgroup dd del details dfn dir div dl dt em fieldset figcaption figure font
    footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label legend li main mark menu meter nav ol p
    pre progress q s samp section small source span strike strong sub summary sup table tbody td
    tfoot th thead time tr track tt u ul var video wbr
"""
"""Those of the reference that show something without a script or a name, and a few like them."""
_TAGS_WITH_CONTENT = "script style title textarea iframe noscript noembed noframes object template"
"""What is left out together with what stands in it."""
_ATTRIBUTES = """
    abbr align alt autoplay axis bgcolor border cellpadding cellspacing char charoff class clear
    color cols colspan compact controls datetime dir disabled face headers height high href hreflang
    hspace lang loop low max min muted noshade nowrap open optimum poster preload reversed role rows
    rowspan rules scope size span src start style summary tabindex target title type valign value
    vspace width
"""
"""Not `id` and `name`: a script of the page would find the element in place of its own."""
_SCHEMES = "http https mailto tel sms slack msteams zoommtg data"
_ADDRESSES = frozenset(("href", "src", "poster"))
_FUNCTIONS = """
    rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix var calc min max clamp
    linear-gradient radial-gradient conic-gradient repeating-linear-gradient
    repeating-radial-gradient repeating-conic-gradient cubic-bezier steps repeat minmax fit-content
    translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate
    rotatex rotatey rotatez rotate3d skew skewx skewy matrix matrix3d perspective circle ellipse
    inset polygon blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate
    sepia alpha
"""
"""Functions of CSS that neither load nor run; `url` is looked at by its address."""
_HARMLESS_FUNCTIONS = frozenset(_FUNCTIONS.split())

_MOST_TAGS = 4_000
_LONGEST = 100_000
"""As in a browser, the work may grow with the square of both: tens of milliseconds here."""

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
_SCRIPT = re.compile(
    r"(?:java|vb|live|j|ecma)script:|mocha:|data:|blob:|filesystem:", re.IGNORECASE | re.ASCII
)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp)(?:[;,]|$)", re.IGNORECASE | re.ASCII)
_COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/")
_FUNCTION = re.compile(r"(?<![a-z0-9-])([a-z0-9-]*)\((?=\s*[\"']?([^\"'()]*))")


def is_script(address: str) -> bool:
    """Would a browser that goes to the address run what it holds? Pictures are harmless."""
    seen = _UNSEEN.sub("", address)
    return _SCRIPT.match(seen) is not None and _PICTURE.match(seen) is None


def html(written: str) -> str | None:
    """What is harmless of `written`, spelled anew; None if that would take too long to find out.
    A text without tags stays as it is."""
    if "<" not in written:
        return written
    if len(written) > _LONGEST or written.count("<") > _MOST_TAGS:
        return None
    return _CLEANER.clean(written)


def _harmless(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, or None to leave it out."""
    if name in _ADDRESSES and is_script(value):
        return None
    if name != "style":
        return value
    style = _COMMENT.sub(" ", value)
    return style if _is_harmless_style(style.lower()) else None


def _is_harmless_style(style: str) -> bool:
    """Does it neither run nor load what no `img` could? Escapes could hide that."""
    if "\\" in style or "/*" in style:
        return False
    return all(
        not is_script(argument) if name == "url" else not name or name in _HARMLESS_FUNCTIONS
        for name, argument in _FUNCTION.findall(style)
    )


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    clean_content_tags=set(_TAGS_WITH_CONTENT.split()),
    attributes={"*": set(_ATTRIBUTES.split())},
    generic_attribute_prefixes={"aria-"},
    attribute_filter=_harmless,
    url_schemes=set(_SCHEMES.split()),
)
