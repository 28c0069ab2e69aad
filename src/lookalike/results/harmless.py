"""Harmless: HTML and addresses of developers, after values of a database were put into them.

Escaping keeps a value inside of the quotes of an attribute, but not from being the whole address
in it, nor inside of an attribute without quotes. So what would run as a script is taken out of the
HTML as a browser reads it, whoever wrote it: elements, handlers, addresses, styles. Everything else
stays as it is. Rules: WHATWG HTML, "Tokenization"; WHATWG URL, "basic URL parser".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_BLANK = r"[\t\n\f\r /]"
_OPENING = re.compile(r"<(?:(?P<end>/?)(?P<name>[A-Za-z][^\t\n\f\r />]*)|(?P<comment>!--)|[!?/])")
_ATTRIBUTE = re.compile(
    rf"{_BLANK}*(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*)"
    r"(?:[\t\n\f\r ]*=[\t\n\f\r ]*"
    r"(?P<value>\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^\t\n\f\r \"'>][^\t\n\f\r >]*|(?=>)))?"
)
_CLOSING = re.compile(rf"{_BLANK}*>")
_COMMENT_END = re.compile(r"(?<=<!--)-?>|--!?>")

_LEFT_OUT = frozenset(("script", "base", "meta", "link", "plaintext"))
_RAW = frozenset(
    ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")
)
"""Elements whose content is no HTML, unless it is within another namespace."""
_ADDRESS = re.compile(
    r"src|href|action|url|^(?:data|poster|background|cite|codebase|classid|ping|archive|manifest"
    r"|profile|longdesc|usemap|to|from|by|values)$"
)
_SEVERAL = re.compile(r"srcset|^(?:values|ping|archive)$")
_COMMAS = re.compile("[,;]")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
_SCRIPT = re.compile(
    r"(?:java|vb|live|j|ecma)script:|mocha:|data:|blob:|filesystem:", re.IGNORECASE
)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp)(?:[;,]|$)", re.IGNORECASE)
_STYLE = re.compile(
    r"script:|expression\(|behaviou?r:|-moz-binding|@import|data:(?!image/(?:png|gif|jpe?g|webp)[;,])",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_HIGHEST = 0x10FFFF


def is_script(address: str) -> bool:
    """Would a browser that goes to the address run what it holds? Pictures are harmless."""
    seen = _UNSEEN.sub("", address)
    return _SCRIPT.match(seen) is not None and _PICTURE.match(seen) is None


def html(written: str) -> str:
    """`written` without what would run. What is no whole tag at its end is left out, too."""
    return "".join(_pieces(written)) if "<" in written else written


def _pieces(written: str) -> Iterator[str]:
    at = 0
    while (opening := _OPENING.search(written, at)) is not None:
        yield written[at : opening.start()]
        if opening["name"] is None:
            at = _behind_comment(written, opening)
            continue
        tag, at = _tag(written, opening)
        name = opening["name"].lower()
        if name in _LEFT_OUT:
            tag = ""
        yield tag
        if name in _RAW and not opening["end"]:
            content, at = _content(written, at, name)
            yield content if tag and "<" not in content else ""
    yield written[at:]


def _behind_comment(written: str, opening: re.Match[str]) -> int:
    """Where a comment, or what a browser takes for one, ends."""
    if opening["comment"]:
        found = _COMMENT_END.search(written, opening.end())
        return found.end() if found else len(written)
    end = written.find(">", opening.end())
    return end + 1 if end >= 0 else len(written)


def _tag(written: str, opening: re.Match[str]) -> tuple[str, int]:
    """A tag with its harmless attributes, and where it ends; nothing, if it has no end."""
    kept, at = [opening[0]], opening.end()
    while (closing := _CLOSING.match(written, at)) is None:
        attribute = _ATTRIBUTE.match(written, at)
        if attribute is None:
            return "", len(written)
        if _is_harmless(attribute["name"].lower(), attribute["value"] or ""):
            kept.append(attribute[0])
        at = attribute.end()
    return "".join(kept) + closing[0], closing.end()


def _is_harmless(name: str, quoted: str) -> bool:
    if name.startswith("on") or name == "srcdoc":
        return False
    value = unescape(quoted.strip("\"'"))
    if name == "style":
        return _STYLE.search(_UNSEEN.sub("", _css(value))) is None
    if _ADDRESS.search(name) is None:
        return True
    several = _SEVERAL.search(name) is not None
    addresses = (*_COMMAS.split(value), *value.split()) if several else (value,)
    return not any(map(is_script, addresses))


def _css(style: str) -> str:
    return _CSS_ESCAPE.sub(_letter, _CSS_COMMENT.sub("", style))


def _letter(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code <= _HIGHEST else ""


def _content(written: str, at: int, name: str) -> tuple[str, int]:
    """What stands in a raw element, and where the tag begins that ends it."""
    end = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(written, at)
    stop = end.start() if end else len(written)
    return written[at:stop], stop
