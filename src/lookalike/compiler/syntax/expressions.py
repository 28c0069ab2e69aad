"""Looker expressions: the text of a custom filter or a table calculation in, its tree out.

Never raises: what cannot be read is an `ExpressionError` with the offset of the mistake.
Rule: Looker functions and operators.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.syntax.budget import Budget, Exhausted
from lookalike.compiler.syntax.diagnostics import shown

# The tree -------------------------------------------------------------------------------------


class Number(Struct, frozen=True):
    value: Decimal


class Text(Struct, frozen=True):
    value: str


class Truth(Struct, frozen=True):
    """`yes` or `no`."""

    value: bool


class Null(Struct, frozen=True):
    """`null`."""


class FieldReference(Struct, frozen=True):
    """`${view.field}`; `suffix` is `total` or `row_total` if one is written behind a colon."""

    field: str
    suffix: str = ""
    start: int = 0
    end: int = 0


class Unary(Struct, frozen=True):
    """`operator` is `NOT` or `-`."""

    operator: str
    of: Expression


class Binary(Struct, frozen=True):
    """`operator` is one of `= != < <= > >= + - * /`."""

    operator: str
    left: Expression
    right: Expression


class Junction(Struct, frozen=True):
    """Two or more conditions, all joined by the same `operator`: `AND` or `OR`."""

    operator: str
    of: tuple[Expression, ...]


class FunctionCall(Struct, frozen=True):
    """A function of `FUNCTIONS`. The arguments of `case` are `when` calls, then that of else."""

    name: str
    arguments: tuple[Expression, ...]
    start: int = 0
    end: int = 0


Expression: TypeAlias = (
    Number | Text | Truth | Null | FieldReference | Unary | Binary | Junction | FunctionCall
)


class ExpressionError(Struct, frozen=True):
    """Why the text is no expression. `offset` counts characters of the text."""

    message: str
    offset: int = 0


# The catalogue --------------------------------------------------------------------------------

_DATE_PARTS = ("days", "hours", "minutes", "months", "seconds", "years")

# Functions of custom filters and custom fields: the least and the most arguments; None: any number.
FUNCTIONS: Mapping[str, tuple[int, int | None]] = {
    "abs": (1, 1),
    "ceiling": (1, 1),
    "exp": (1, 1),
    "floor": (1, 1),
    "ln": (1, 1),
    "log": (1, 1),
    "mod": (2, 2),
    "power": (2, 2),
    "rand": (0, 0),
    "round": (2, 2),
    "sqrt": (1, 1),
    "concat": (1, None),
    "contains": (2, 2),
    "length": (1, 1),
    "lower": (1, 1),
    "position": (2, 2),
    "replace": (3, 3),
    "substring": (3, 3),
    "upper": (1, 1),
    **{f"add_{part}": (2, 2) for part in _DATE_PARTS},
    **{f"diff_{part}": (2, 2) for part in _DATE_PARTS},
    **{f"extract_{part}": (1, 1) for part in _DATE_PARTS},
    **{f"trunc_{part}": (1, 1) for part in ("days", "hours", "minutes", "months", "years")},
    "date": (3, 3),
    "date_time": (6, 6),
    "now": (0, 0),
    "case": (1, None),
    "when": (2, 2),
    "coalesce": (1, None),
    "if": (3, 3),
    "is_null": (1, 1),
    "matches_filter": (2, 2),
}

# Those of them that look at other rows of an answer and are known to whoever has the rows.
OVER_ROWS: Mapping[str, tuple[int, int | None]] = {
    **dict.fromkeys(("count", "count_distinct", "max", "mean", "median", "min", "sum"), (1, 1)),
    **dict.fromkeys(("running_total", "to_number", "to_string"), (1, 1)),
    "offset": (2, 2),
    "row": (0, 0),
}

# Known, and refused unless they are asked for: they look at other rows of an answer.
CALCULATION_FUNCTIONS = frozenset(
    "acos asin atan cos sin tan degrees radians pi beta_dist beta_inv binom_dist binom_inv "  # noqa: SIM905
    "chisq_dist chisq_inv chisq_test combin confidence_norm confidence_t correl count "
    "count_distinct covar_pop covar_samp expon_dist f_dist f_inv fact gamma_dist gamma_inv geomean "
    "hypgeom_dist index intercept kurtosis large list lookup match max mean median min mode "
    "multinomial negbinom_dist norm_dist norm_inv norm_s_dist norm_s_inv offset offset_list "
    "percent_rank percentile pivot_column pivot_index pivot_offset pivot_offset_list pivot_row "
    "pivot_where poisson_dist product rank rank_avg row running_product running_total skew slope "
    "small split stddev_pop stddev_samp sum t_dist t_inv t_test to_date to_number to_string "
    "var_pop var_samp weibull_dist z_test".split()
)

# Reading --------------------------------------------------------------------------------------

MAX_CHAIN = 100

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3}\b)?)"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<field>\$\{[^{}\n]*\})"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><=|>=|!=|[=<>+\-*/(),])",
    re.DOTALL,
)
_BLANK = re.compile(r"(?:\s+|#[^\n]*)*")
_FIELD = re.compile(r"\$\{\s*(\w+(?:\.\w+)*)(?::(total|row_total))?\s*\}")
_CONSTANTS: Mapping[str, Expression] = {"yes": Truth(True), "no": Truth(False), "null": Null()}
_PRECEDENCE = {
    "OR": 1,
    "AND": 2,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), 4),
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
}
_NOT, _COMPARISON, _NEGATIVE = 3, 4, 7


class _Token(Struct, frozen=True):
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Unreadable(Exception):
    """Leaves this file only as an `ExpressionError`."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.error = ExpressionError(message, offset)


def read(
    text: str, budget: Budget, also: Mapping[str, tuple[int, int | None]] | None = None
) -> Expression | ExpressionError:
    """Read `text`. `also` holds more functions, such as `OVER_ROWS`, with the least and the most
    arguments.
    """
    functions = {**FUNCTIONS, **also} if also else FUNCTIONS
    try:
        return _Reader(_tokens(text, budget), budget, functions).whole()
    except _Unreadable as mistake:
        return mistake.error
    except Exhausted as mistake:
        return ExpressionError(f"this expression is too large: {mistake}; split it")


def _tokens(text: str, budget: Budget) -> list[_Token]:
    tokens: list[_Token] = []
    at = _blanks(text, 0)
    while at < len(text):
        budget.spend()
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unreadable(_unknown_sign(text, at), at)
        tokens.append(_Token(match.lastgroup or "", match.group(), at))
        at = _blanks(text, match.end())
    tokens.append(_Token("end", "", len(text)))
    return tokens


def _blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _unknown_sign(text: str, at: int) -> str:
    if text[at] == '"':
        return 'this text is never closed; end it with `"`'
    if text[at] == "$":
        return "a field is written `${view.field}`"
    if text[at] == "'":
        return 'a text stands in double quotes, for example `"complete"`'
    return f"unexpected `{text[at]}`; an expression has fields, values, operators and functions"


class _Reader:
    """Operators by precedence. Brackets, calls and prefixes go one level of the budget deeper."""

    def __init__(
        self,
        tokens: list[_Token],
        budget: Budget,
        functions: Mapping[str, tuple[int, int | None]],
    ) -> None:
        self._tokens = tokens
        self._at = 0
        self._budget = budget
        self._functions = functions

    def whole(self) -> Expression:
        if self._peek.kind == "end":
            raise _Unreadable("the expression is empty; write for example `${view.field} > 5`", 0)
        expression = self._expression(0)
        if self._peek.kind != "end":
            text, start = self._peek.text, self._peek.start
            if text.upper() in ("AND", "OR"):
                raise _Unreadable(_unknown_word(text), start)
            raise _Unreadable(
                f"unexpected `{shown(text)}`; an operator is missing before it", start
            )
        return expression

    def _expression(self, least: int) -> Expression:
        """An expression whose operators all bind at least as strongly as `least`."""
        with self._budget:
            left = self._operand()
            n_operators = 0
            while (precedence := self._precedence()) >= max(least, 1):
                operator = self._next()
                if operator.text in ("AND", "OR"):
                    left = self._junction(operator.text, left, precedence)
                    continue
                n_operators += 1
                if n_operators > MAX_CHAIN:
                    raise _Unreadable(f"more than {MAX_CHAIN} operators in a row", operator.start)
                left = Binary(operator.text, left, self._expression(precedence + 1))
                if precedence == _COMPARISON == self._precedence():
                    raise _Unreadable("join comparisons with `AND` or `OR`", self._peek.start)
            return left

    def _junction(self, operator: str, first: Expression, precedence: int) -> Junction:
        parts = [first, self._expression(precedence + 1)]
        while self._peek.text == operator and self._peek.kind == "word":
            self._next()
            parts.append(self._expression(precedence + 1))
        return Junction(operator, tuple(parts))

    def _precedence(self) -> int:
        token = self._peek
        if token.kind == "sign" or token.text in ("AND", "OR"):
            return _PRECEDENCE.get(token.text, 0)
        return 0

    def _operand(self) -> Expression:
        token = self._next()
        if token.kind == "number":
            return Number(Decimal(token.text))
        if token.kind == "text":
            return Text(_unquoted(token.text))
        if token.kind == "field":
            return _field(token)
        if token.kind == "word":
            return self._word(token)
        if token.text == "(":
            inner = self._expression(0)
            self._expect(")")
            return inner
        if token.text == "-":
            return Unary("-", self._expression(_NEGATIVE))
        if token.kind == "end":
            raise _Unreadable("the expression ends too early; a value is missing", token.start)
        raise _Unreadable(
            f"unexpected `{shown(token.text)}`; a value is missing before it", token.start
        )

    def _word(self, token: _Token) -> Expression:
        if token.text == "NOT":
            return Unary("NOT", self._expression(_NOT))
        if self._peek.text == "(":
            return self._call(token)
        if token.text in _CONSTANTS:
            return _CONSTANTS[token.text]
        raise _Unreadable(_unknown_word(token.text), token.start)

    def _call(self, name: _Token) -> FunctionCall:
        _check_name(name, self._functions)
        self._next()
        with self._budget:
            arguments = self._arguments()
        end = self._next().end
        call = FunctionCall(name.text, tuple(arguments), name.start, end)
        _check_arguments(call, self._functions[call.name])
        return call

    def _arguments(self) -> list[Expression]:
        arguments: list[Expression] = []
        while self._peek.text != ")":
            if arguments:
                self._expect(",")
            arguments.append(self._expression(0))
        return arguments

    @property
    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _expect(self, sign: str) -> None:
        token = self._next()
        if token.text != sign or token.kind != "sign":
            found = f"found `{shown(token.text)}`" if token.text else "the expression ends"
            raise _Unreadable(f"expected `{sign}`, but {found}", token.start)


def _field(token: _Token) -> FieldReference:
    match = _FIELD.fullmatch(token.text)
    if match is None:
        raise _Unreadable(
            f"`{token.text[:80]}` is not a field; write `${{view.field}}`", token.start
        )
    return FieldReference(match[1], match[2] or "", token.start, token.end)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _unknown_word(word: str) -> str:
    word = shown(word)
    if word.upper() in ("AND", "OR", "NOT"):
        return f"operator `{word}` is written in capitals: `{word.upper()}`"
    if word in FUNCTIONS or word in CALCULATION_FUNCTIONS:
        return f"function `{word}` needs its arguments in brackets"
    constant = {"true": "yes", "false": "no"}.get(word.lower(), word.lower())
    if constant in _CONSTANTS:
        return f"unknown word `{word}`; did you mean `{constant}`?"
    return f'unknown word `{word}`; a text stands in double quotes: `"{word}"`'


def _check_name(name: _Token, functions: Mapping[str, tuple[int, int | None]]) -> None:
    if name.text in functions:
        return
    if name.text in CALCULATION_FUNCTIONS:
        message = f"function `{name.text}` works in table calculations only"
    else:
        close = get_close_matches(name.text.lower()[:60], functions, 1)
        hint = f"did you mean `{close[0]}`?" if close else "check the list of functions"
        message = f"unknown function `{shown(name.text)}`; {hint}"
    raise _Unreadable(message, name.start)


def _check_arguments(call: FunctionCall, takes: tuple[int, int | None]) -> None:
    least, most = takes
    n = len(call.arguments)
    if n < least or (most is not None and n > most):
        wanted = f"{least}" if least == most else f"at least {least}"
        plural = "" if least == 1 else "s"
        raise _Unreadable(
            f"function `{call.name}` takes {wanted} argument{plural}, not {n}", call.start
        )
    whens = [i for i, of in enumerate(call.arguments) if _is_when(of)]
    if call.name == "case":
        if not whens or whens != list(range(len(whens))) or n - len(whens) > 1:
            raise _Unreadable(
                "`case` takes `when(condition, value)` once or more, then else", call.start
            )
    elif whens:
        raise _Unreadable("`when` stands in `case` only", call.start)
    if call.name == "matches_filter" and not (
        isinstance(call.arguments[0], FieldReference) and isinstance(call.arguments[1], Text)
    ):
        raise _Unreadable(
            "`matches_filter` takes a field and a filter expression in quotes", call.start
        )


def _is_when(of: Expression) -> bool:
    return isinstance(of, FunctionCall) and of.name == "when"
