"""Reports: findings in the formats that other tools read.

In: findings, sorted into cases where a format counts what passed. Out: one text. Whatever the
findings name is untrusted: each format escapes it in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import msgspec
from msgspec import Struct

from lookalike import __version__
from lookalike.compiler.syntax import MEANINGS, Code, Diagnostic
from lookalike.instance.workspaces import Version

_GITHUB_LEVELS = {"fatal": "error", "error": "error", "warning": "warning"}
_SARIF_LEVELS = {"fatal": "error", "error": "error", "warning": "warning"}
_MEANINGS = {code.value: MEANINGS[code] for code in Code}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Finding(Struct, frozen=True, kw_only=True):
    """A diagnostic as reports show it. `path` starts at the project's root; `folder` leads there
    from where the command runs, for tools that want paths of that place."""

    severity: str
    code: str
    message: str
    project: str
    path: str = ""
    line: int = 0
    column: int = 0
    model: str = ""
    explore: str = ""
    field: str = ""
    folder: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity in ("fatal", "error")

    @property
    def location(self) -> str:
        """The path from where the command runs."""
        return f"{self.folder}/{self.path}" if self.folder and self.path else self.path


class Case(Struct, frozen=True):
    """One thing that was checked, and what was found in it: a file, or a data test."""

    suite: str
    name: str
    findings: tuple[Finding, ...] = ()


Format: TypeAlias = Callable[[Sequence[Case]], str]


def finding(version: Version, found: Diagnostic, folder: str = "") -> Finding:
    """A diagnostic of one version of a project."""
    place = found.place
    return Finding(
        severity=found.severity.value,
        code=found.code.value,
        message=found.message,
        project=version.project.name,
        path=place.path,
        line=place.line,
        column=place.column,
        model=found.model,
        explore=found.explore,
        field=found.field,
        folder=folder,
    )


def as_json(cases: Sequence[Case]) -> str:
    """A list of findings."""
    return _json([msgspec.structs.asdict(each) for each in _findings(cases)])


def as_github(cases: Sequence[Case]) -> str:
    """Workflow commands, which GitHub shows beside the lines. Rule: GitHub Actions, "Workflow
    commands", error."""
    return "".join(
        annotation(
            _GITHUB_LEVELS.get(each.severity, "notice"),
            each.location,
            (each.line, each.column),
            each.code,
            each.message,
        )
        for each in _findings(cases)
    )


def annotation(level: str, path: str, at: tuple[int, int], title: str, message: str) -> str:
    """One workflow command, with its line end."""
    line, column = at
    properties = {
        "file": path,
        "line": str(line) if path and line else "",
        "col": str(column) if path and line and column else "",
        "title": title,
    }
    written = ",".join(
        f"{name}={_in_property(value)}" for name, value in properties.items() if value
    )
    return f"::{level} {written}::{_in_data(message)}\n"


def as_sarif(cases: Sequence[Case]) -> str:
    """One run in SARIF 2.1.0, which code scanners collect."""
    found = list(_findings(cases))
    codes = sorted({each.code for each in found})
    driver = {
        "name": "lookalike",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, codes) for each in found],
    }
    return _json(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
    )


def as_junit(cases: Sequence[Case]) -> str:
    """Test suites in JUnit's XML: errors fail a case, warnings are what it has printed."""
    suites: dict[str, list[Case]] = {}
    for case in cases:
        suites.setdefault(case.suite, []).append(case)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {_counts(cases)}>"]
    for name, members in suites.items():
        lines.append(f"  <testsuite name={_attribute(name)} {_counts(members)}>")
        for case in members:
            lines.extend(_junit_case(case))
        lines.append("  </testsuite>")
    return "\n".join((*lines, "</testsuites>", ""))


FORMATS: Mapping[str, Format] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""What `--output-format` takes beside `text`."""


def _findings(cases: Iterable[Case]) -> Iterable[Finding]:
    return (each for case in cases for each in case.findings)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def _in_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_data(text).replace(":", "%3A").replace(",", "%2C")


def _rule(code: str) -> dict[str, object]:
    return {"id": code, "shortDescription": {"text": _MEANINGS.get(code, code)}}


def _sarif_result(found: Finding, codes: Sequence[str]) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": _SARIF_LEVELS.get(found.severity, "note"),
        "message": {"text": found.message},
    }
    if found.path:
        physical: dict[str, object] = {"artifactLocation": {"uri": quote(found.location)}}
        if found.line:
            region = {"startLine": found.line, "startColumn": max(1, found.column)}
            physical["region"] = region
        result["locations"] = [{"physicalLocation": physical}]
    return result


def _counts(cases: Sequence[Case]) -> str:
    n_failed = sum(any(each.is_error for each in case.findings) for case in cases)
    return f'tests="{len(cases)}" failures="{n_failed}" errors="0"'


def _junit_case(case: Case) -> list[str]:
    head = f"    <testcase classname={_attribute(case.suite)} name={_attribute(case.name)}"
    if not case.findings:
        return [f"{head}/>"]
    errors = [each for each in case.findings if each.is_error]
    rest = [each for each in case.findings if not each.is_error]
    lines = [f"{head}>"]
    if errors:
        first = f"message={_attribute(errors[0].message)} type={_attribute(errors[0].code)}"
        lines.append(f"      <failure {first}>{_text(errors)}</failure>")
    if rest:
        lines.append(f"      <system-out>{_text(rest)}</system-out>")
    return [*lines, "    </testcase>"]


def _text(findings: Iterable[Finding]) -> str:
    return _clean("\n".join(map(_line, findings)), escape)


def _line(found: Finding) -> str:
    where = f"{found.location}:{found.line}:{found.column}" if found.line else found.location
    return f"{where}: {found.severity}[{found.code}]: {found.message}"


def _attribute(text: str) -> str:
    return _clean(text, lambda clean: quoteattr(clean, {"\n": "&#10;", "\r": "&#13;"}))


def _clean(text: str, escaped: Callable[[str], str]) -> str:
    """XML has no way to write most control signs, not even as references."""
    return escaped(_NO_XML.sub("\ufffd", text))
