"""Variables: a path as written in a template in, what Looker says it means out.

One `Rendering` is made for one template and one scope; it also holds the bounds of both.
Rule: Looker, "Liquid variable reference".
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial
from io import StringIO
from itertools import islice
from typing import Any, TextIO

from liquid import BoundTemplate, RenderContext, Token
from liquid.exceptions import LocalNamespaceLimitError, UndefinedError
from liquid.undefined import UNDEFINED, is_undefined
from liquid.utils import ReadOnlyChainMap

from lookalike.compiler.syntax.budget import Budget
from lookalike.compiler.syntax.diagnostics import Code
from lookalike.compiler.syntax.liquid import filters
from lookalike.compiler.syntax.liquid.rendered import ParameterHole, Scope
from lookalike.compiler.syntax.liquid.values import Capture, Carried, Page, Typed

MAX_LOCALS = 1_000_000

# How many remarks one template makes, and how many of them look for a name that is near.
MAX_REMARKS = 100
MAX_HINTS = 10
MAX_NEAR = 1_000

_MISSING = object()
_STATES = ("_in_query", "_is_selected", "_is_filtered")
_OF_CELLS = frozenset(("value", "rendered_value", "linked_value", "filterable_value", "link"))
_ADVICE = {
    "_access_filters": 'name a field of an `access_filter`, or write `_user_attributes["name"]`',
    "_connection": "write a constant of the manifest, `@{name}`",
}
"""What to write instead of a variable, by its first name."""
_ROOTS = ("_filters", "_user_attributes", "_model", "_view", "_explore", "_field", "_query")


class Rendering(RenderContext):
    """The library's context, with Looker's variables in place of its globals and its clock."""

    __slots__ = ("_local_size", "_told", "budget", "html", "looker", "remarks", "sql")

    def __init__(
        self,
        template: BoundTemplate,
        scope: Scope,
        budget: Budget,
        sql: bool,
        html: bool = False,
    ) -> None:
        super().__init__(template)
        self.scope = ReadOnlyChainMap(self.locals, self.counters)
        self.looker = scope
        self.budget = budget
        self.sql = sql
        self.html = html
        self.remarks: dict[tuple[Code, str], Token | None] = {}
        self._told: dict[str, str] = {}
        self._local_size = 0

    def page(self) -> Page:
        return Page(self.budget, self.sql, self.html)

    def get_buffer(self, buf: TextIO | None = None) -> StringIO:
        """A page for `capture`."""
        return Capture(self.budget, self.sql)

    def assign(self, key: str, val: Any) -> None:
        self.budget.spend(50)
        self._local_size += _weight(val) - _weight(self.locals.get(key))
        if self._local_size > MAX_LOCALS:
            raise LocalNamespaceLimitError(f"more than {MAX_LOCALS} in variables", token=None)
        self.locals[key] = val

    def filter(self, name: str, token: Token | None) -> Any:
        function = filters.FILTERS.get(name)
        if function is None:
            message = f"unknown filter `{name}`; the value stays as it is"
            self.remark(Code.LIQUID, self._hinted(message, name, filters.FILTERS), token)
            return _unchanged
        if name == "date":
            function = partial(function, now=self.looker.names.get("now", ""))
        return partial(self._apply, name, function)

    def _apply(self, name: str, function: filters.Filter, *args: Any, **named: Any) -> Any:
        return filters.apply(name, function, self.budget, args, named)

    def get(self, path: list[object], *, token: Token | None, default: object = UNDEFINED) -> Any:
        self.budget.spend(50)
        if not isinstance(path[0], str):
            path = [str(path[0]), *path[1:]]  # `[a]`, whose name is the value of another
        if path[0] in self.scope:
            # What the template's own variable does not hold is nil: an index past its end, a key.
            value = super().get(
                path, token=token, default=None if default is UNDEFINED else default
            )
        else:
            value = self._looker_value([str(segment) for segment in path], token)
        if value is _MISSING and str(path[0]) in self.looker.names:
            value = self._inside(self.looker.names[str(path[0])], path[1:])
        if value is _MISSING:
            return self._unknown(path, token, default)
        if isinstance(value, str):
            self.budget.spend(len(value) // 10)
        elif isinstance(value, list | tuple):
            # It may be compared item by item.
            self.budget.spend(20 * len(value) + _weight(value) // 10)
        return None if is_undefined(value) else value

    def _looker_value(self, path: list[str], token: Token | None) -> object:
        root, rest, last = path[0], path[1:], path[-1]
        name = ".".join(path)
        if name in self.looker.names:
            return self.looker.names[name]
        if root == "_filters" and rest:
            return self._filter_text(".".join(rest), token)
        if root == "_user_attributes" and rest:
            return self._attribute(".".join(rest), token)
        if last in _STATES and rest:
            return self._state(".".join(path[:-1]), last, token)
        field = ".".join(path[:-1])
        if last == "_parameter_value" and rest:
            return self._parameter(field)
        if last == "_sql" and rest and self.sql and self.looker.is_field(field):
            # A reference, which is put in for its expression with those that authors write.
            return f"${{{field}}}"
        return _MISSING

    def _inside(self, value: Any, path: list[object]) -> object:
        """What stands at `path` in a value, nothing if nothing does."""
        for segment in path:
            try:
                value = self.get_item(value, segment)
            except (IndexError, KeyError, TypeError):
                return None
        return value

    def _filter_text(self, field: str, token: Token | None) -> str:
        if not self.looker.is_field(field):
            message = (
                f"unknown field `{field}` in `_filters`; it counts as a field without a filter"
            )
            self.remark(Code.LIQUID, message, token)
            return ""
        return Typed(self.looker.filter_text(field) or "")

    def _attribute(self, name: str, token: Token | None) -> str:
        value = self.looker.user_attribute(name)
        if value is None:
            message = f"user attribute `{name}` has no value; set it for the user, or a default"
            self.remark(Code.MISSING_ATTRIBUTE, message, token)
        return Typed(value or "")

    def _state(self, name: str, state: str, token: Token | None) -> bool:
        looker = self.looker
        if not looker.is_field(name) and not (state == "_in_query" and looker.is_view(name)):
            self.remark(Code.LIQUID, f"unknown field `{name}` before `{state}`; it is false", token)
            return False
        if state == "_in_query":
            return looker.in_query(name)
        return looker.is_selected(name) if state == "_is_selected" else looker.is_filtered(name)

    def _parameter(self, field: str) -> object:
        if not self.looker.is_field(field):
            return _MISSING
        return self.parameter(field)

    def parameter(self, field: str) -> str:
        """The value of a parameter: compared as text, written as a literal."""
        return Carried.of(self.looker.parameter_text(field) or "", ParameterHole(field))

    def _unknown(self, path: list[object], token: Token | None, default: object) -> object:
        if default is not UNDEFINED:
            return default
        name = ".".join(map(str, path))
        message = f"unknown variable `{name}` in Liquid"
        advice = self._advice(str(path[0]), str(path[-1]))
        if advice:
            message = f"{message}; {advice}"
        else:
            message = self._hinted(message, name, self.looker.names, _ROOTS, self.locals)
        if self.sql:
            raise UndefinedError(message, token=token)
        self.remark(Code.LIQUID, message + "; it is shown as nothing", token)
        return None

    def _advice(self, first: str, last: str) -> str:
        """What to write instead of a variable that is known elsewhere, or was once."""
        is_of_cells = first == "row" or last.removeprefix("_") in _OF_CELLS
        if is_of_cells and "value" not in self.looker.names:
            return "it is known of a cell alone, in `html` and `link`"
        return _ADVICE.get(first, "")

    def remark(self, code: Code, message: str, token: Token | None) -> None:
        """Note a warning, once however often a loop meets it, and not without end."""
        if len(self.remarks) < MAX_REMARKS:
            self.remarks.setdefault((code, message), token)

    def _hinted(self, message: str, name: str, *known: Iterable[str]) -> str:
        """`message` with the name that was meant, for the first few that are asked for."""
        hinted = self._told.get(message)
        if hinted is None:
            if len(self._told) >= MAX_HINTS:
                return f"{message}; check the spelling"
            names = [each for of in known for each in islice(of, MAX_NEAR)]
            self.budget.spend(200 * len(names))
            hinted = self._told[message] = message + _near(name, names)
        return hinted


def _unchanged(value: object, *_: object, **__: object) -> object:
    return value


def _weight(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list | tuple):
        return len(value) + sum(map(_weight, value))
    return 1


def _near(name: str, names: list[str]) -> str:
    close = get_close_matches(name[:100], names, 1)
    return f"; did you mean `{close[0]}`?" if close else "; check the spelling"
