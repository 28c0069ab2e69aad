"""That the runner of the Golden Liquid suite passes, fails and explains what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden_liquid import __main__ as command

PASSING = [
    {"name": "upcase filter, a word", "template": "{{ 'a' | upcase }}", "result": "A"},
    {
        "name": "for tag, items",
        "template": "{% for i in l.items %}{{ i.n }},{% endfor %}",
        "data": {"l": {"items": [{"n": 1}, {"n": 2.5}]}},
        "result": "1,2.5,",
    },
    {"name": "size filter, one of two", "template": "{{ x | size }}", "results": ["", "0"]},
    {"name": "if tag, no condition", "template": "{% if %}{% endif %}", "invalid": True},
]
EXPLAINED = {"name": "include tag, a file", "template": "{% include 'x' %}", "result": "y"}


def ran(tmp_path: Path, *cases: object) -> int:
    file = tmp_path / "suite.json"
    file.write_text(json.dumps({"description": "cases", "tests": cases}))
    return command.main([str(file), "--json"])


def test_a_suite_that_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(tmp_path, *PASSING, EXPLAINED) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["cases"], said["passed"], said["explained"]) == (5, 4, 1)
    assert said["groups"]["for tag"] == {"passed": 1}
    (deviating,) = said["deviating"]
    assert "partial templates" in deviating["reason"]


@pytest.mark.parametrize(
    "case",
    [
        {"name": "upcase filter, wrong", "template": "{{ 'a' | upcase }}", "result": "a"},
        {"name": "if tag, valid", "template": "{% if 1 %}{% endif %}", "invalid": True},
        {"name": "if tag, invalid", "template": "{% if %}", "result": ""},
    ],
    ids=lambda case: case["name"],
)
def test_a_failure_is_reported(
    case: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(tmp_path, *PASSING, case) == 1
    assert json.loads(capsys.readouterr().out)["failed"] == 1


def test_the_report_for_readers_names_what_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "suite.json"
    wrong = {"name": "abs filter, wrong", "template": "{{ -1 | abs }}", "result": "2"}
    file.write_text(json.dumps({"tests": [*PASSING, wrong, EXPLAINED]}))
    assert command.main([str(file)]) == 1
    said = capsys.readouterr().out
    assert "expected '2', got '1'" in said
    assert "4 of 6 passed (66.7 %), 1 explained, 1 not" in said
