"""Liquid filters: the library's, each held to a size and a number of steps, and Looker's own.

A filter that sees a `Typed` text gives `Typed` texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from liquid.builtin.expressions.logical import is_truthy
from liquid.exceptions import FilterError, LiquidError, LocalNamespaceLimitError

from lookalike.compiler.syntax.budget import Budget
from lookalike.compiler.syntax.liquid.rendered import QuotedHole
from lookalike.compiler.syntax.liquid.values import Carried, Typed, as_typed, is_typed

Filter: TypeAlias = Callable[..., Any]

MAX_TEXT = 100_000
MAX_ITEMS = 10_000
MAX_BITS = 512
MAX_UNIQUE = 1_000

# Filters of the library that may be used. What is left out reads properties, or cannot be bounded.
LIBRARY = frozenset(
    "abs append at_least at_most base64_decode base64_encode base64_url_safe_decode "  # noqa: SIM905
    "base64_url_safe_encode capitalize ceil compact concat default divided_by downcase escape "
    "escape_once first floor join last lstrip minus modulo newline_to_br plus prepend remove "
    "remove_first remove_last replace replace_first replace_last reverse round rstrip size slice "
    "sort sort_natural split squish strip strip_newlines sum times truncate truncatewords uniq "
    "upcase url_decode url_encode".split()
)


def apply(
    name: str, function: Filter, budget: Budget, args: tuple[Any, ...], named: Mapping[str, Any]
) -> Any:
    """Call a filter on its left value and arguments, within bounds."""
    values = (*args, *named.values())
    budget.spend(100 + sum(map(_size, values)) // 10)
    _check_growth(name, args)
    try:
        result = function(*args, **named)
    except LiquidError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as mistake:
        raise FilterError(f"filter `{name}` cannot be applied: {mistake}", token=None) from mistake
    budget.spend(_size(result) // 10)
    return as_typed(result) if is_typed(values) else result


def _size(value: object) -> int:
    """Characters or items of a value; too large a value is refused."""
    if isinstance(value, str):
        return _within(len(value), MAX_TEXT, "characters in one value")
    if isinstance(value, list | tuple | range):
        items = sum(map(_size, value)) if not isinstance(value, range) else 0
        return _within(len(value), MAX_ITEMS, "items in a list") + items
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise LocalNamespaceLimitError(f"a number of more than {MAX_BITS} bits", token=None)
    return 0


def _within(size: int, limit: int, what: str) -> int:
    if size > limit:
        raise LocalNamespaceLimitError(f"more than {limit} {what}", token=None)
    return size


def _check_growth(name: str, args: tuple[Any, ...]) -> None:
    """Refuse, before it is made, a result that is larger than the sum of what goes in."""
    if name == "replace" and len(args) >= 2:
        text, old = str(args[0]), str(args[1])
        new = str(args[2]) if len(args) > 2 else ""
        _within(len(text) + text.count(old) * len(new), MAX_TEXT, "characters in one value")
    elif name == "join" and isinstance(args[0], list | tuple | range):
        separator = str(args[1]) if len(args) > 1 else " "
        _within(len(args[0]) * len(separator), MAX_TEXT, "characters in one value")
    elif name == "uniq" and isinstance(args[0], list | tuple | range):
        _within(len(args[0]), MAX_UNIQUE, "items for `uniq`")


# Looker's own ---------------------------------------------------------------------------------


def sql_quote(value: object) -> str:
    """A string literal; in SQL it stays a hole until the literal is written."""
    text = _text(value)
    return Carried.of("'" + text.replace("'", "''") + "'", QuotedHole(text))


def sql_boolean(value: object) -> str:
    """`true` or `false`; the words `Yes` and `No` count as such."""
    if isinstance(value, str):
        return "false" if value.lower() in ("", "no", "false") else "true"
    return "true" if is_truthy(value) else "false"


def encode_uri(value: object) -> str:
    """Percent-encode what may not stand in a URL, and leave its separators alone."""
    return "".join(
        chr(byte) if chr(byte) in _URL_CHARACTERS else f"%{byte:02X}"
        for byte in _text(value).encode("utf-8", "replace")
    )


def date(value: object, form: object = "", *, now: str = "") -> object:
    """Format a date. `now` is the time of the question: templates have no clock."""
    text = str(now) if value in ("now", "today") else value
    moment = _moment(text)
    pattern = _text(form)
    if moment is None or not pattern:
        return _text(value)
    if len(pattern) > 100:
        raise FilterError("the format of `date` may have 100 characters at most", token=None)
    return moment.strftime(_SECONDS.sub(lambda found: _code(found[0], moment), pattern))


OWN: Mapping[str, Filter] = {
    "sql_quote": sql_quote,
    "sql_boolean": sql_boolean,
    "encode_uri": encode_uri,
    "date": date,
}

_URL_CHARACTERS = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789;,/?:@&=+$-_.!~*'()#"
)
_SECONDS = re.compile(r"%.", re.DOTALL)
_DATE_FORMS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%m/%d/%Y")


def _code(code: str, moment: datetime) -> str:
    """`%s`, seconds of the epoch, as digits: left to the system it depends on its own zone."""
    if code != "%s":
        return code
    return str(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))


def _moment(value: object) -> datetime | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    text = str(value).strip() if isinstance(value, str) else ""
    if not text or len(text) > 40:
        return None
    if text.isdecimal() and len(text) in (9, 10):
        return datetime.fromtimestamp(int(text), UTC)
    try:
        return datetime.fromisoformat(text.replace("/", "-") if text[:4].isdecimal() else text)
    except ValueError:
        return _spelled(text)


def _spelled(text: str) -> datetime | None:
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "".join(map(_text, value))
    return str.__str__(value) if isinstance(value, Typed) else str(value)
