"""Liquid filters: the standard ones, each held to a size and a number of steps, and Looker's own.

A filter that sees a `Typed` text gives `Typed` texts. Rule: Liquid reference, "Filters".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sized
from typing import Any, TypeAlias

from liquid.builtin.expressions.logical import is_truthy
from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.exceptions import FilterError, LiquidError, LocalNamespaceLimitError

from lookalike.compiler.syntax.budget import Budget
from lookalike.compiler.syntax.liquid.arrays import ARRAY_FILTERS
from lookalike.compiler.syntax.liquid.conversions import argument, text
from lookalike.compiler.syntax.liquid.dates import date
from lookalike.compiler.syntax.liquid.numbers import NUMBER_FILTERS
from lookalike.compiler.syntax.liquid.rendered import QuotedHole
from lookalike.compiler.syntax.liquid.strings import STRING_FILTERS, URL_CHARACTERS, percent_encoded
from lookalike.compiler.syntax.liquid.values import Carried, as_typed, is_typed

Filter: TypeAlias = Callable[..., Any]

MAX_TEXT = 100_000
MAX_ITEMS = 10_000
MAX_BITS = 512
MAX_UNIQUE = 1_000

# Steps that each item of a list costs, or each character of a text, in filters that go through
# them one by one; `uniq` compares each item with each, and `date` does more for each of its codes.
_ITEM_PRICES = {
    **dict.fromkeys(("concat", "join", "reverse"), 10),
    **dict.fromkeys(("compact", "find", "find_index", "has", "map", "reject", "sum", "where"), 100),
    "sort": 100,
    "sort_natural": 150,
    "uniq": 4_000,
}
_LETTER_PRICES = {
    **dict.fromkeys(("encode_uri", "escape", "escape_once", "h", "url_decode", "url_encode"), 12),
    **dict.fromkeys(("newline_to_br", "split", "squish", "strip_html", "truncatewords"), 8),
    "date": 20,
}
_CODE_PRICE = 400
# What an item of a list costs by itself, beside the characters in it.
_ITEM_SIZE = 50


def apply(
    name: str, function: Filter, budget: Budget, args: tuple[Any, ...], named: Mapping[str, Any]
) -> Any:
    """Call a filter on its left value and arguments, within bounds."""
    values = (*args, *named.values())
    if named and name != "default":
        # As in Ruby, where names make up one more argument.
        args, named = (*args, dict(named)), {}
    budget.spend(100 + sum(map(_size, values)) // 10)
    budget.spend(_price(name, args))
    _check_growth(name, args)
    try:
        result = function(*args, **named)
    except LiquidError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as mistake:
        raise FilterError(f"filter `{name}` cannot be applied: {mistake}", token=None) from mistake
    budget.spend(_size(result) // 10)
    return as_typed(result) if is_typed(values) else result


def _price(name: str, args: tuple[Any, ...]) -> int:
    value = args[0]
    if name == "date" and len(args) > 1:
        return _CODE_PRICE * argument(args[1]).count("%") + 20 * _size(value)
    if isinstance(value, str):
        return len(value) * _LETTER_PRICES.get(name, 0)
    return len(value) * _ITEM_PRICES.get(name, 0) if isinstance(value, list | tuple | range) else 0


def _size(value: object) -> int:
    """How large a value is in characters; too large a value is refused."""
    if isinstance(value, str):
        return _within(len(value), MAX_TEXT, "characters in one value")
    if isinstance(value, list | tuple | range):
        items = sum(map(_size, value)) if not isinstance(value, range) else 0
        return _within(len(value), MAX_ITEMS, "items in a list") * _ITEM_SIZE + items
    if isinstance(value, dict):
        return _size(list(value.values())) + len(value)
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
        written, old = argument(args[0]), argument(args[1])
        new = argument(args[2]) if len(args) > 2 else ""
        _within(len(written) + written.count(old) * len(new), MAX_TEXT, "characters in one value")
    elif name == "join" and isinstance(args[0], list | tuple | range):
        glue = argument(args[1]) if len(args) > 1 else " "
        _within(len(args[0]) * len(glue), MAX_TEXT, "characters in one value")
    elif name == "uniq" and isinstance(args[0], list | tuple | range):
        _within(len(args[0]), MAX_UNIQUE, "items for `uniq`")


def default(value: object, other: object = "", *, allow_false: object = False) -> object:
    """`other` if the value is nothing, false or empty."""
    if value is False and is_truthy(allow_false):
        return value
    is_empty = isinstance(value, str | list | tuple | dict) and not value
    is_empty = is_empty or isinstance(value, Blank | Empty)
    return other if value is None or value is False or is_empty else value


def size(value: object) -> int:
    """Of a text or a list."""
    if isinstance(value, int) and not isinstance(value, bool):
        # The bytes that Ruby keeps a number in.
        return max(8, (value.bit_length() + 7) // 8)
    return len(value) if isinstance(value, Sized) else 0


# Looker's own ---------------------------------------------------------------------------------


def sql_quote(value: object) -> str:
    """A string literal; in SQL it stays a hole until the literal is written."""
    written = str(text(value))
    return Carried.of("'" + written.replace("'", "''") + "'", QuotedHole(written))


def sql_boolean(value: object) -> str:
    """`true` or `false`; the words `Yes` and `No` count as such."""
    if isinstance(value, str):
        return "false" if value.lower() in ("", "no", "false") else "true"
    return "true" if is_truthy(value) else "false"


def encode_uri(value: object) -> str:
    """Percent-encode what may not stand in a URL, and leave its separators alone."""
    return percent_encoded(text(value), URL_CHARACTERS)


FILTERS: Mapping[str, Filter] = {
    **STRING_FILTERS,
    **NUMBER_FILTERS,
    **ARRAY_FILTERS,
    "date": date,
    "default": default,
    "encode_uri": encode_uri,
    "size": size,
    "sql_boolean": sql_boolean,
    "sql_quote": sql_quote,
}
