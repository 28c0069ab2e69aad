"""Template text in, the library's template out: parsed once a text, with every limit on.

No loader, no partial templates, no tag or filter that is not named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

from liquid import BoundTemplate, Environment, Token
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LiquidError, LiquidSyntaxError, LiquidValueError

from lookalike.compiler.syntax.liquid import filters, lexer, tags

MAX_TEMPLATE = 500_000

_STANDARD_TAGS = frozenset(
    "if unless assign capture increment decrement break continue content".split()  # noqa: SIM905
)


@lru_cache(maxsize=4096)
def compiled(text: str) -> BoundTemplate | LiquidError:
    """The template, or why it is none."""
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
        self.filters = {
            name: function for name, function in self.filters.items() if name in filters.LIBRARY
        }
        self.filters.update(filters.OWN)


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

_ENVIRONMENT = _Environment()
