"""Template text in, the library's template out: parsed once a text, with every limit on.

No loader, no partial templates, no tag or filter that is not named here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from liquid import BoundTemplate, Environment, Token
from liquid.builtin.expressions import filtered, logical
from liquid.builtin.expressions.primitive import Blank, RangeLiteral
from liquid.exceptions import LiquidError, LiquidSyntaxError, LiquidTypeError, LiquidValueError
from liquid.token import TOKEN_BLANK, TOKEN_EMPTY

from lookalike.compiler.syntax.liquid import conversions, filters, lexer, tags

MAX_TEMPLATE = 500_000
MAX_KEPT_MARKS = 25_000

_STANDARD_TAGS = frozenset(
    "if unless assign capture increment decrement break continue ifchanged content".split()  # noqa: SIM905
)


class _Kept:
    """Templates by their text. Each weighs by its marks: when those that were asked for since the
    last time weigh too much, all others go."""

    __slots__ = ("_earlier", "_now", "_weight")

    def __init__(self) -> None:
        self._now: dict[str, BoundTemplate | LiquidError] = {}
        self._earlier: Mapping[str, BoundTemplate | LiquidError] = {}
        self._weight = 0

    def get(self, text: str) -> BoundTemplate | LiquidError:
        found = self._now.get(text)
        if found is None:
            found = self._earlier.get(text) or _compiled(text)
            self._weight += 1 + marks_in(text) + len(text) // 1_000
            if self._weight > MAX_KEPT_MARKS:
                self._earlier, self._now, self._weight = self._now, {}, 0
            self._now[text] = found
        return found


def compiled(text: str) -> BoundTemplate | LiquidError:
    """The template, or why it is none."""
    return _KEPT.get(text)


def marks_in(text: str) -> int:
    """How many tags and outputs stand in `text`, at most."""
    return text.count("{{") + text.count("{%")


def _compiled(text: str) -> BoundTemplate | LiquidError:
    if len(text) > MAX_TEMPLATE:
        message = f"a template may have {MAX_TEMPLATE} characters at most; split it"
        return LiquidSyntaxError(message, token=None)
    try:
        return _ENVIRONMENT.from_string(text)
    except LiquidError as mistake:
        return mistake.with_traceback(None)


class _Environment(Environment):
    block_nesting_limit: ClassVar[int] = 60
    context_depth_limit: ClassVar[int] = 60
    loop_iteration_limit: ClassVar[int | None] = 10_000
    local_namespace_limit: ClassVar[int | None] = 1_000_000
    output_stream_limit: ClassVar[int | None] = 1_000_000

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        return lexer.tokens

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=False)
        self.tags = {name: tag for name, tag in self.tags.items() if name in _STANDARD_TAGS}
        for tag in tags.LOOKER_TAGS + tags.LIBRARY_TAGS:
            self.add_tag(tag)
        self.filters = dict(filters.FILTERS)


def _bounded_range(self: RangeLiteral, start: Any, stop: Any) -> range:
    made = _library_range(self, start, stop)
    if made.stop - made.start > filters.MAX_ITEMS:
        message = f"a range may have {filters.MAX_ITEMS} items at most"
        raise LiquidValueError(message, token=self.token)
    return made


# A range is walked by filters, comparisons and `reversed`, none of which the library's loop limit
# sees, and its class is not a parameter of anything: so it is bounded where it is made.
_library_range = RangeLiteral._make_range
RangeLiteral._make_range = _bounded_range  # type: ignore[method-assign]


def _contains(token: Token, left: object, right: object) -> bool:
    """Ruby's `include?`; what holds nothing contains nothing, which is an error to the library."""
    if right is None or right is False:
        return False
    if isinstance(left, str):
        return conversions.argument(right) in left
    if isinstance(left, range):
        return (
            isinstance(right, int | float) and not isinstance(right, bool) and _is_in(left, right)
        )
    if isinstance(left, list | tuple | dict):
        return any(conversions.is_same(item, right) for item in left)
    return False


def _is_in(numbers: range, number: float) -> bool:
    return number == number // 1 and int(number) in numbers


def _less(token: Token, left: object, right: object) -> bool:
    return _compared(operator.lt, token, left, right)


def _less_or_equal(left: object, right: object) -> bool:
    return _compared(operator.le, None, left, right)


def _compared(
    compare: Callable[[Any, Any], bool], token: Token | None, left: object, right: object
) -> bool:
    """Texts with texts, numbers with numbers; what has no order is false, which is an error to the
    library."""
    if not _has_order(left) or not _has_order(right):
        return False
    if isinstance(left, str) != isinstance(right, str):
        one, other = conversions.inspected(left)[:40], conversions.inspected(right)[:40]
        raise LiquidTypeError(f"cannot compare {one} with {other}", token=token)
    return compare(left, right)


def _has_order(value: object) -> bool:
    return isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)


def _equal(left: object, right: object) -> bool:
    """`blank` is nothing and false, too."""
    if isinstance(left, Blank) or isinstance(right, Blank):
        other = right if isinstance(left, Blank) else left
        if other is None or other is False:
            return True
    return _library_equal(left, right)


# The library looks these up in its module each time it compares.
_library_equal = logical._eq
logical._eq = _equal
logical._contains = _contains
logical._lt = _less
logical._le = _less_or_equal
filtered.FILTER_TOKENS.update({TOKEN_BLANK, TOKEN_EMPTY})

_ENVIRONMENT = _Environment()
_KEPT = _Kept()
