"""Filters for texts. Whatever is no text is read as one."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from liquid.exceptions import FilterArgumentError

from lookalike.compiler.syntax.liquid.conversions import argument, whole

_BLANK = " \t\n\v\f\r\0"
_LINE_END = re.compile(r"\r?\n")
_BLOCK = re.compile("<script|<!--|<style")
_ENDS = {"<script": "</script>", "<!--": "-->", "<style": "</style>"}
_WORD = re.compile(r"[^ \t\n\v\f\r\0]+")
_ENTITIES = {"&": "&amp;", ">": "&gt;", "<": "&lt;", '"': "&quot;", "'": "&#39;"}
_MARKUP = re.compile(r"[&><\"']")
_MARKUP_ONCE = re.compile(r"[\"><']|&(?!(?:[a-zA-Z]{1,40}|#\d{1,10});)")
_PERCENT = re.compile(rb"%([0-9a-fA-F]{2})")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
_UNRESERVED = frozenset(_LETTERS + " ")
URL_CHARACTERS = frozenset(_LETTERS + ";,/?:@&=+$!*'()#")
MAX_WORDS = 100_000


def append(value: object, other: object) -> str:
    return argument(value) + argument(other)


def prepend(value: object, other: object) -> str:
    return argument(other) + argument(value)


def capitalize(value: object) -> str:
    return argument(value).capitalize()


def downcase(value: object) -> str:
    return argument(value).lower()


def upcase(value: object) -> str:
    return argument(value).upper()


def strip(value: object) -> str:
    return argument(value).strip(_BLANK)


def lstrip(value: object) -> str:
    return argument(value).lstrip(_BLANK)


def rstrip(value: object) -> str:
    return argument(value).rstrip(_BLANK)


def squish(value: object) -> str:
    """Blanks at the ends taken off, those between words made one."""
    return " ".join(argument(value).split())


def strip_newlines(value: object) -> str:
    return _LINE_END.sub("", argument(value))


def newline_to_br(value: object) -> str:
    return _LINE_END.sub("<br />\n", argument(value))


def strip_html(value: object) -> str:
    """Without tags, and without what stands in scripts, styles and comments."""
    text = argument(value)
    kept = []
    at = 0
    unended: set[str] = set()
    while block := _BLOCK.search(text, at):
        end = -1 if block[0] in unended else text.find(_ENDS[block[0]], block.end())
        if end < 0:
            unended.add(block[0])
        kept.append(text[at : block.start() if end >= 0 else block.end()])
        at = block.end() if end < 0 else end + len(_ENDS[block[0]])
    return _without_tags("".join([*kept, text[at:]]))


def _without_tags(text: str) -> str:
    kept = []
    at = 0
    while (start := text.find("<", at)) >= 0 and (end := text.find(">", start)) >= 0:
        kept.append(text[at:start])
        at = end + 1
    return "".join([*kept, text[at:]])


def escape(value: object) -> str | None:
    if value is None:
        return None
    return _MARKUP.sub(lambda found: _ENTITIES[found[0]], argument(value))


def escape_once(value: object) -> str:
    """Entities stay as they are."""
    return _MARKUP_ONCE.sub(lambda found: _ENTITIES[found[0]], argument(value))


def percent_encoded(text: str, kept: frozenset[str]) -> str:
    """`text` for a URL, in which only the characters in `kept` stand as they are."""
    return "".join(
        chr(byte) if chr(byte) in kept else f"%{byte:02X}"
        for byte in text.encode("utf-8", "replace")
    )


def url_encoded(text: str) -> str:
    """`text` as a value in a URL; a blank becomes a plus."""
    return percent_encoded(text, _UNRESERVED).replace(" ", "+")


def url_encode(value: object) -> str | None:
    return None if value is None else url_encoded(argument(value))


def url_decode(value: object) -> str | None:
    if value is None:
        return None
    encoded = argument(value).replace("+", " ").encode("utf-8", "replace")
    decoded = _PERCENT.sub(lambda found: bytes([int(found[1], 16)]), encoded)
    try:
        return decoded.decode()
    except UnicodeDecodeError as error:
        raise FilterArgumentError("`url_decode` found no readable text", token=None) from error


def base64_encode(value: object) -> str:
    return base64.b64encode(_bytes(value)).decode()


def base64_decode(value: object) -> str:
    return _decoded(value, b"+/", "base64_decode")


def base64_url_safe_encode(value: object) -> str:
    return base64.urlsafe_b64encode(_bytes(value)).decode()


def base64_url_safe_decode(value: object) -> str:
    return _decoded(value, b"-_", "base64_url_safe_decode")


def _bytes(value: object) -> bytes:
    return argument(value).encode("utf-8", "replace")


def _decoded(value: object, alphabet: bytes, name: str) -> str:
    try:
        return base64.b64decode(_bytes(value), alphabet, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise FilterArgumentError(f"`{name}` cannot read this text", token=None) from error


def replace(value: object, old: object, new: object = "") -> str:
    return argument(value).replace(argument(old), argument(new))


def replace_first(value: object, old: object, new: object = "") -> str:
    return argument(value).replace(argument(old), argument(new), 1)


def replace_last(value: object, old: object, new: object) -> str:
    text, gone = argument(value), argument(old)
    start = text.rfind(gone)
    return text if start < 0 else text[:start] + argument(new) + text[start + len(gone) :]


def remove(value: object, gone: object) -> str:
    return replace(value, gone)


def remove_first(value: object, gone: object) -> str:
    return replace_first(value, gone)


def remove_last(value: object, gone: object) -> str:
    return replace_last(value, gone, "")


def slice_of(value: object, start: object, length: object = None) -> object:
    """Items of a list, or characters; one, if no length is said."""
    taken: Any = value if isinstance(value, list | tuple) else argument(value)
    at = whole(start)
    size = 1 if length is None or length is False else whole(length)
    if at < 0:
        at += len(taken)
    if at < 0 or size < 0:
        return taken[:0]
    return taken[at : at + size]


def truncate(value: object, length: object = 50, end: object = "...") -> str | None:
    """`length` characters at most, `end` among them."""
    if value is None:
        return None
    text, size, tail = argument(value), whole(length), argument(end)
    return text[: max(size - len(tail), 0)] + tail if len(text) > size else text


def truncatewords(value: object, count: object = 15, end: object = "...") -> str | None:
    """`count` words at most, and `end` if there were more."""
    if value is None:
        return None
    text, most = argument(value), min(max(whole(count), 1), MAX_WORDS)
    words = list(islice(_WORD.finditer(text), most))
    if len(words) < most or words[-1].end() == len(text):
        return text
    return " ".join(word[0] for word in words) + argument(end)


def split(value: object, separator: object) -> list[str]:
    """The parts between separators: characters for no separator, words for one blank. Empty
    parts at the end are dropped."""
    text, mark = argument(value), argument(separator)
    if mark == "":
        return list(text)
    parts = _WORD.findall(text) if mark == " " else text.split(mark)
    while parts and not parts[-1]:
        parts.pop()
    return parts


STRING_FILTERS: Mapping[str, Callable[..., Any]] = {
    "append": append,
    "base64_decode": base64_decode,
    "base64_encode": base64_encode,
    "base64_url_safe_decode": base64_url_safe_decode,
    "base64_url_safe_encode": base64_url_safe_encode,
    "capitalize": capitalize,
    "downcase": downcase,
    "escape": escape,
    "escape_once": escape_once,
    "h": escape,
    "lstrip": lstrip,
    "newline_to_br": newline_to_br,
    "prepend": prepend,
    "remove": remove,
    "remove_first": remove_first,
    "remove_last": remove_last,
    "replace": replace,
    "replace_first": replace_first,
    "replace_last": replace_last,
    "rstrip": rstrip,
    "slice": slice_of,
    "split": split,
    "squish": squish,
    "strip": strip,
    "strip_html": strip_html,
    "strip_newlines": strip_newlines,
    "truncate": truncate,
    "truncatewords": truncatewords,
    "upcase": upcase,
    "url_decode": url_decode,
    "url_encode": url_encode,
}
