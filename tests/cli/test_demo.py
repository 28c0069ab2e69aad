"""`lookalike demo`: one port in everything that it writes and says."""

from __future__ import annotations

from pathlib import Path

from lookalike.instance.config import read_config
from tests.cli.conftest import Run


def test_the_port_is_kept(tmp_path: Path, lookalike: Run) -> None:
    made = tmp_path / "demo"
    assert lookalike("demo", made, "--no-serve").code == 0
    with (made / "lookalike.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[connections.other]\ndialect = "postgres"\nport = 5432\ndatabase = "x"\n')
    for arguments in (("--port", "20311"), ()):
        ended = lookalike("demo", made, "--no-serve", *arguments)
        assert "http://127.0.0.1:20311, credentials in" in ended.err
        assert "base_url=http://127.0.0.1:20311\n" in (made / "looker.ini").read_text()
        assert read_config(made).port == 20311
    assert read_config(made).connections["other"].port == 5432
