"""Descriptions: what the API tells about models, explores, dashboards and data tests.

A line of a block names parts, as `orders.status: label, tags` or `label, description` for those of
the described itself. The first word may be a field, or a path: `joins.users`, `elements.0`; of a
list its items go by their name or title. What the API does not tell is looked for in the assembled
model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from lookalike.api import dashboards, describe
from lookalike.api.resources.lookml_model import model_out
from lookalike.compiler.syntax import Diagnostic
from lookalike.instance import data_tests, models
from lookalike.instance.access import Caller
from lookalike.instance.dashboards import get_dashboard
from lookalike.instance.errors import NotFound
from tests.cases import bench
from tests.cases.bench import Laid

_OPTIONS = re.compile(r"(attributes|role|workspace): (.*)")
_PARTS = re.compile(r"(?:(?P<target>\S.*?): )?(?P<names>[\w., ]+)")
_NAMES = ("name", "title", "id")
_ABSENT = object()


def described(argument: str, lines: Sequence[str], laid: Laid) -> list[str]:
    """The lines of ```described: one for each part that ```describe names."""
    caller, asked = _reader(lines)
    document = _document(argument, caller, laid)
    return [f"{name} = {_shown(value)}" for name, value in _parts(asked, document)]


def dashboard(argument: str, lines: Sequence[str]) -> list[str]:
    """The same for ```dashboard, named `model::name`."""
    caller, asked = _reader(lines)
    document: tuple[object, ...] = ()
    with suppress(NotFound):
        found = get_dashboard(bench.opened(), caller, argument)
        document = (dashboards.whole(bench.call(caller), found), found.dashboard)
    return [f"{name} = {_shown(value)}" for name, value in _parts(asked, document)]


def tested(name: str, lines: Sequence[str]) -> tuple[list[str], list[Diagnostic]]:
    """The lines of ```tested, one for each data test, or that of one; and what they found."""
    bench.fill_warehouse()
    caller, _ = _reader(lines)
    try:
        run = data_tests.run_tests(bench.opened(), caller, bench.PROJECT, test=name)
    except NotFound as error:
        return [str(error)], []
    said = [found for one in run.results for found in (*one.errors, *one.warnings)]
    return [_verdict(one) for one in run.results], said


def _verdict(one: data_tests.TestResult) -> str:
    held = one.assertions_count - one.assertions_failed
    outcome = "passed" if one.success else "failed"
    return f"{one.test}: {outcome}, {held} of {one.assertions_count} assertions hold"


def _reader(lines: Sequence[str]) -> tuple[Caller, list[str]]:
    """Who reads, by the options among `lines`; and the other lines."""
    attributes: dict[str, str] = {}
    options: dict[str, str] = {}
    asked = []
    for line in filter(None, map(str.strip, lines)):
        option = _OPTIONS.fullmatch(line)
        if option is None:
            asked.append(line)
        elif option[1] == "attributes":
            name, _, value = option[2].partition(":")
            attributes[name.strip()] = value.strip()
        else:
            options[option[1]] = option[2]
    return bench.reader(attributes, **options), asked


def _document(argument: str, caller: Caller, laid: Laid) -> tuple[object, ...]:
    """Where parts are looked for, one after the other."""
    if not argument:
        return (laid.project,)
    model_name, _, explore_name = argument.partition("/")
    found = laid.models.get(model_name)
    if found is None:
        return ()
    if not explore_name:
        return model_out(bench.call(caller), models.overview_of(found)), found.model
    try:
        explore = models.explore_of(caller, found, explore_name)
    except NotFound:
        return ()
    whole = msgspec.json.decode(describe.explore(bench.call(caller), explore, ""))
    fields = {each["name"]: each for kind in whole["fields"].values() for each in kind}
    return fields, whole, explore.explore


def _parts(asked: Sequence[str], document: Sequence[object]) -> Iterator[tuple[str, object]]:
    for line in asked:
        parts = _PARTS.fullmatch(line)
        assert parts, f"`{line}` is not `target: part, part`"
        target = parts["target"] or ""
        for name in map(str.strip, parts["names"].split(",")):
            full = f"{target}.{name}" if target else name
            found = (_find(each, target, name) for each in document)
            yield full, next((value for value in found if value is not _ABSENT), _ABSENT)


def _find(document: object, target: str, name: str) -> object:
    if isinstance(document, Mapping) and target in document:
        return _walk(document[target], name.split("."))
    return _walk(document, [*filter(None, target.split(".")), *name.split(".")])


def _walk(value: object, path: Sequence[str]) -> object:
    for step in path:
        value = _step(value, step)
        if value is _ABSENT:
            break
    return value


def _step(value: object, step: str) -> object:
    if isinstance(value, Mapping):
        return value.get(step, _ABSENT)
    if isinstance(value, Struct):
        return getattr(value, step, _ABSENT)
    if isinstance(value, list | tuple):
        if step.isdecimal():
            return value[int(step)] if int(step) < len(value) else _ABSENT
        for name in _NAMES:
            for each in value:
                found = str(_step(each, name))
                if found == step or found.endswith(f"::{step}"):
                    return each
    return _ABSENT


def _shown(value: object) -> str:
    if value is _ABSENT:
        return "absent"
    return json.dumps(msgspec.to_builtins(value, enc_hook=_plain), ensure_ascii=False)


def _plain(value: object) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
