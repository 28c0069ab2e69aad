"""The formats for other tools: their shapes, and that no name in them breaks out."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from lookalike.cli.reports import FORMATS, Case, Finding

HOSTILE = "a::b,c%d\ne\r::error ::x <&\"'>]]> \x1b[31m \ud7ff \x00 ☃"
ERROR = Finding(
    severity="error",
    code="unknown_field",
    message=HOSTILE,
    project="shop",
    path="views/ü ?#%41,:.view.lkml",
    line=3,
    column=7,
    folder="lookml",
)
WARNING = Finding(severity="warning", code="deprecated", message="old", project="shop")
CASES = [Case(HOSTILE, "bad", (ERROR, WARNING)), Case(HOSTILE, "good"), Case("b", "w", (WARNING,))]


def github(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command, read as the runner reads it."""
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    level, _, written = head.partition(" ")
    pairs = [pair.split("=", 1) for pair in written.split(",") if pair]
    return level, {name: _plain(value) for name, value in pairs}, _plain(message)


def _plain(text: str) -> str:
    for written, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(written, sign)
    return text


def test_github_commands_are_one_line_each() -> None:
    lines = FORMATS["github"](CASES).removesuffix("\n").split("\n")
    assert [github(line) for line in lines] == [
        (
            "error",
            {"file": "lookml/" + ERROR.path, "line": "3", "col": "7", "title": "unknown_field"},
            HOSTILE,
        ),
        ("warning", {"title": "deprecated"}, "old"),
        ("warning", {"title": "deprecated"}, "old"),
    ]


def test_a_message_without_a_place() -> None:
    assert FORMATS["github"]([Case("s", "n", (WARNING,))]) == "::warning title=deprecated::old\n"
    assert FORMATS["github"]([]) == ""


def test_sarif_shape() -> None:
    log = json.loads(FORMATS["sarif"](CASES))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["deprecated", "unknown_field"]
    assert all(rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"])
    first, second, _ = run["results"]
    assert rules[first["ruleIndex"]] == first["ruleId"] == "unknown_field"
    assert (first["level"], first["message"]["text"]) == ("error", HOSTILE)
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "lookml/views/%C3%BC%20%3F%23%2541%2C%3A.view.lkml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert "locations" not in second
    assert json.loads(FORMATS["sarif"]([]))["runs"][0]["results"] == []


def test_junit_shape() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](CASES))
    assert (root.tag, root.attrib["tests"], root.attrib["failures"]) == ("testsuites", "3", "1")
    first, second = root.findall("testsuite")
    shown = HOSTILE.replace("\x1b", "\ufffd").replace("\x00", "\ufffd")
    assert (first.attrib["name"], first.attrib["tests"]) == (shown, "2")
    bad, good = first.findall("testcase")
    assert (bad.attrib["name"], good.attrib["name"], list(good)) == ("bad", "good", [])
    failure, printed = bad
    assert (failure.tag, failure.attrib["message"]) == ("failure", shown)
    assert failure.attrib["type"] == "unknown_field"
    assert (failure.text or "").startswith("lookml/views/ü ?#%41,:.view.lkml:3:7: error[")
    assert (printed.tag, printed.text) == ("system-out", ": warning[deprecated]: old")
    assert [each.tag for each in second.findall("testcase/*")] == ["system-out"]


def test_json_lists_the_findings() -> None:
    found = json.loads(FORMATS["json"](CASES))
    assert [each["code"] for each in found] == ["unknown_field", "deprecated", "deprecated"]
    assert found[0]["message"] == HOSTILE


@pytest.mark.parametrize("severity", ["fatal", "error", "warning", "info"])
def test_every_severity_has_a_level(severity: str) -> None:
    case = [Case("s", "n", (Finding(severity=severity, code="x", message="m", project="p"),))]
    level = github(FORMATS["github"](case).strip())[0]
    (result,) = json.loads(FORMATS["sarif"](case))["runs"][0]["results"]
    is_failed = 'failures="1"' in FORMATS["junit"](case)
    expected = {
        "fatal": ("error", "error", True),
        "error": ("error", "error", True),
        "warning": ("warning", "warning", False),
        "info": ("notice", "note", False),
    }
    assert (level, result["level"], is_failed) == expected[severity]
