"""Settings that are wrong: what is said of them, and on which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookalike.instance.config import Config, read_config, unknown_variables
from lookalike.instance.errors import Invalid
from lookalike.instance.settings import MOST_TOLD, line_of, written_in

MISTAKES = [
    (
        "token_second = 3",
        ["line 1 of `lookalike.toml`: `token_second` is no setting; did you mean"],
    ),
    ("folder = '.'", ["`folder` is no setting; known are `database`, `host`, "]),
    (
        'port = 70000\nquery_seconds = "1h"\nprivate_remotes = 3\nhost = 5',
        [
            "line 1 of `lookalike.toml`: `port` must be a whole number from 0 to 65535",
            "line 2 of `lookalike.toml`: `query_seconds` must be a whole number from 1 on",
            "line 3 of `lookalike.toml`: `private_remotes` must be `true` or `false`",
            "line 4 of `lookalike.toml`: `host` must be a text in quotes",
        ],
    ),
    ("task_queue = -1", ["`task_queue` must be a whole number from 0 on"]),
    ("allowed_hosts = 'a'", ["`allowed_hosts` must be a list of texts in quotes"]),
    ("\n[projects.a]\npth = 'x'", ["line 3 of", "did you mean `path`?", "says no `path`"]),
    ("projects = 'lk'", ["line 1 of", "write `[projects.NAME]`"]),
    ("[projects]\npath = 'lk'", ["line 2 of", "write `[projects.NAME]`"]),
    ("[projects]\nshop = 'lk'", ["line 2 of", "write `[projects.shop]`"]),
    ("default_connection = 'lk'", ["line 1 of", "write `[default_connection]`"]),
    ("connections.db = 'lk'", ["line 1 of", "write `[connections.db]`"]),
    (
        "[connections.db]\ndialect = 'postgresql'",
        ["line 2 of", '`connections.db.dialect` must be `"duckdb"` or `"postgres"`'],
    ),
    (
        "# one\n[connections.db]\nhost = 'db'\ndatabase = 'x'",
        ["line 3 of", "has the dialect `duckdb`, and only `postgres` has `host`, `database`"],
    ),
    (
        "[default_connection]\ndialect = 'postgres'\npath = 'x'\ndatabase = 'x'",
        ["line 3 of", "has the dialect `postgres`, and only `duckdb` has `path`"],
    ),
    (
        "[connections.db]\ndialect = 'postgres'\nhost = 'db'",
        ["line 1 of", "`[connections.db]` says no `database`"],
    ),
    ('port = 1\npublic_url = "localhost"', ["line 2 of", "write for example `https://localhost`"]),
    ('public_url = "ftp://x.org/y"', ["line 1 of", "write for example `https://x.org`"]),
    (
        '[connections.db]\npath = "gone.duckdb"',
        ["line 2 of", "`[connections.db]` names the database `gone.duckdb`, which is not a file"],
    ),
    (f"default_connection.path = '{'x' * 5000}'", ["line 1 of", "which is not a file"]),
    (
        'default_connection.path = "."',
        ["line 1 of", "`[default_connection]` names the database `.`"],
    ),
    ("[connections.db]\ntimezone = 'Mars/X'", ["line 2 of", "`Mars/X` is not a time zone"]),
    ("[connections.db\n", ["not valid TOML", "line 1"]),
    (f"a = {'[' * 3000}{']' * 3000}", ["`lookalike.toml` is nested too deeply"]),
    (f"port = {'9' * 5000}", ["`lookalike.toml` is not valid TOML: "]),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES, ids=[text[:60] for text, _ in MISTAKES])
def test_what_is_wrong_with_a_file(text: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "lookalike.toml").write_text(text)
    with pytest.raises(Invalid) as found:
        read_config(tmp_path, {})
    told = "\n".join([str(found.value), *(each.message for each in found.value.problems)])
    for each in said:
        assert each in told


def test_of_many_mistakes_the_first_are_told(tmp_path: Path) -> None:
    written = [f"hosts{n} = 1" for n in range(20_000)]
    (tmp_path / "lookalike.toml").write_text("\n".join(written[:MOST_TOLD]))
    with pytest.raises(Invalid) as all_told:
        read_config(tmp_path, {})
    assert len(all_told.value.problems) == MOST_TOLD
    (tmp_path / "lookalike.toml").write_text("\n".join(written))
    with pytest.raises(Invalid) as found:
        read_config(tmp_path, {})
    *told, rest = found.value.problems
    assert tuple(told) == all_told.value.problems
    assert told[-1].message.startswith(f"line {MOST_TOLD} of `lookalike.toml`: `hosts19`")
    assert rest.message == "there are more mistakes; these are the first 20"


def test_what_is_wrong_with_a_variable(tmp_path: Path) -> None:
    (tmp_path / "lookalike.toml").write_text("port = 1\n")
    with pytest.raises(Invalid, match=r"^`LOOKALIKE_PORT`: `port` must be a whole number"):
        read_config(tmp_path, {"LOOKALIKE_PORT": "x"})
    given = {"LOOKALIKE_PORT": "2", "LOOKALIKE_ALLOWED_HOSTS": "a,b"}
    found = read_config(tmp_path, given)
    assert (found.port, found.allowed_hosts) == (2, ("a", "b"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("LOOKALIKE_PROT", "did you mean `LOOKALIKE_PORT`?"),
        ("LOOKALIKE_CONNECTIONS", "`lookalike.toml` can hold settings of every kind"),
    ],
)
def test_a_variable_that_is_no_setting_is_told(name: str, said: str) -> None:
    others = {"LOOKALIKE_PORT": "1", "LOOKALIKE_TEST_POSTGRES": "x", "HOME": "/", "PROT": "1"}
    assert unknown_variables(others) == []
    (told,) = unknown_variables({**others, name: "1"})
    assert told == f"the environment variable `{name}` is ignored: it is no setting; {said}"


def test_a_url_and_a_database_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "w.duckdb").write_bytes(b"")
    text = 'public_url = "http://x:1/y"\nconnections.a.path = "w.duckdb"\nconnections.b.path = ""\n'
    (tmp_path / "lookalike.toml").write_text(text)
    assert read_config(tmp_path, {}).public_url == "http://x:1/y"


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "lookalike.toml").write_bytes(b"\xff")
    with pytest.raises(Invalid, match="not UTF-8"):
        read_config(tmp_path, {})


def test_every_setting_at_its_default_is_right(tmp_path: Path) -> None:
    assert read_config(tmp_path, {}) == Config(folder=str(tmp_path.resolve()))


PLACES = """
port = 1
connections.a.slots = 2 # dotted
[connections."b.c"]
'path' = "x"
[ projects . d ]
path = "[projects.e]"
[projects]
e = {path = "x", production_branch = "y"}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("port",), 2),
        (("connections", "a", "slots"), 3),
        (("connections", "b.c"), 4),
        (("connections", "b.c", "path"), 5),
        (("connections", "b.c", "slots"), 4),
        (("projects", "d", "path"), 7),
        (("projects", "e"), 9),
        (("projects", "e", "path"), 9),
        (("threads",), 0),
    ],
)
def test_where_a_setting_stands(path: tuple[str, ...], line: int) -> None:
    assert line_of(written_in(PLACES), path) == line
