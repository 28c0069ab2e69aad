"""A template and its scope in, pieces of text with holes out.

Never raises for any text. Text without Liquid never reaches the library.
"""

from __future__ import annotations

import re

from liquid import Token
from liquid.exceptions import LiquidError, ResourceLimitError

from lookalike.compiler.syntax.budget import Budget, Exhausted
from lookalike.compiler.syntax.diagnostics import NOWHERE, Code, Diagnostic, Lines, Place, Severity
from lookalike.compiler.syntax.liquid.rendered import Rendered, Scope
from lookalike.compiler.syntax.liquid.rendering import Rendering
from lookalike.compiler.syntax.liquid.template import compiled
from lookalike.compiler.syntax.liquid.values import UnsafeText

_UNCLOSED = re.compile(r"expected tag (\w+), found")
_QUOTED = re.compile(r"'([^']*)'")


def has_liquid(text: str) -> bool:
    """Could the text hold a tag or an output?"""
    return "{%" in text or "{{" in text


def mistake(text: str) -> Diagnostic | None:
    """What is wrong with `text` as a template, whatever its scope."""
    template = compiled(text) if has_liquid(text) else None
    return _diagnostic(template, text) if isinstance(template, LiquidError) else None


def render(
    text: str, scope: Scope, budget: Budget, sql: bool = True, html: bool = False
) -> Rendered:
    """Evaluate `text`.

    With `sql` what a user typed becomes a hole or is refused; without it (labels, html) everything
    becomes text; with `html` what a user typed, and every `Typed` text of the scope, is escaped.
    Offsets of the diagnostics index `text`. `scope.names["now"]`, an ISO date and
    time, is what `now` means if it is there.
    """
    if not has_liquid(text):
        return Rendered((text,))
    try:
        budget.spend(len(text))  # before it is read: a budget that is spent reads nothing more
    except Exhausted as exhausted:
        return Rendered((), (_too_much(exhausted),))
    template = compiled(text)
    if isinstance(template, LiquidError):
        return Rendered((), (_diagnostic(template, text),))
    rendering = Rendering(template, scope, budget, sql, html)
    page = rendering.page()
    failed: tuple[Diagnostic, ...] = ()
    try:
        template.render_with_context(rendering, page)
    except LiquidError as error:
        failed = (_diagnostic(error, text),)
    except (Exhausted, RecursionError) as error:
        failed = (_too_much(error),)
    return Rendered(page.pieces(), _remarks(rendering, text) + failed)


def _too_much(error: Exception) -> Diagnostic:
    return Diagnostic(Code.BUDGET, f"this Liquid is too much work: {error}")


def _diagnostic(error: LiquidError, text: str) -> Diagnostic:
    message = _reworded(str(error.message or "this Liquid cannot be read"))
    code = Code.LIQUID
    if isinstance(error, UnsafeText):
        code = Code.UNSAFE_TEXT
        message = str(error.message)
    elif isinstance(error, ResourceLimitError):
        code = Code.BUDGET
        message = f"this Liquid is too much work: {message}"
    return Diagnostic(code, message, _place(error.token, text))


def _reworded(message: str) -> str:
    """The library's message as a sentence of ours."""
    unclosed = _UNCLOSED.match(message)
    if unclosed:
        return f"a block is never closed; add `{{% {unclosed[1]} %}}`"
    if message == "missing expression":
        return "a tag lacks its expression; write it behind the name of the tag"
    return _QUOTED.sub(r"`\1`", message)


def _remarks(rendering: Rendering, text: str) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(code, message, _place(token, text), Severity.WARNING)
        for (code, message), token in rendering.remarks.items()
    )


def _place(token: Token | None, text: str) -> Place:
    if token is None or token.start_index < 0:
        return NOWHERE
    start = min(token.start_index, len(text))
    return Lines(text).place(start, min(start + len(token.value), len(text)))
