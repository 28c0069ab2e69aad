"""Which folder a command looks at: by its place, or by `--dir`, wherever that stands."""

from __future__ import annotations

import pytest

from lookalike.cli.main import parser

COMMANDS = [
    "serve",
    "demo",
    "validate",
    "test",
    "diff dev production",
    "credentials list",
    "credentials create --email ann@example.com",
    "credentials revoke some",
    "users list",
    "users disable ann@example.com",
    "users enable ann@example.com",
]
LISTS = [
    "users set ann@example.com a=b",
    "users roles ann@example.com viewer",
    "sql shop/orders orders.count",
    "query shop/orders orders.count",
]


@pytest.mark.parametrize("command", [*COMMANDS, *LISTS])
def test_the_option_is_taken_everywhere(command: str) -> None:
    first, *rest = command.split()
    n_verbs = first in ("users", "credentials")
    words = [first, *rest[:n_verbs], "--dir", "there", *rest[n_verbs:]]
    assert parser().parse_args(words).dir == "there"
    assert parser().parse_args([*command.split(), "--dir", "there"]).dir == "there"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_place_will_do(command: str) -> None:
    assert parser().parse_args([*command.split(), "there"]).dir == "there"


@pytest.mark.parametrize("command", COMMANDS)
def test_one_folder_is_enough(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([*command.split(), "here", "--dir", "there"])
    assert "argument --dir: not allowed with argument DIR" in capsys.readouterr().err


@pytest.mark.parametrize("command", [*COMMANDS, *LISTS])
def test_here_by_default(command: str) -> None:
    expected = "demo" if command == "demo" else "."
    assert parser().parse_args(command.split()).dir == expected
