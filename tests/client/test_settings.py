"""Settings from files and variables, in the order of precedence that is promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookalike.client import ClientError, SettingsError
from lookalike.client.settings import Settings, from_environment, from_file

FILE = """
[Looker]
base_url=https://file.example:19999
client_id='file_id'
client_secret="100%_secret;#"
verify_ssl=False
timeout=

[Other]
base_url=https://other.example
client_id=other
client_secret=other_secret
api_version=3.1
"""
VARIABLES = {
    "LOOKERSDK_BASE_URL": "https://env.example",
    "LOOKERSDK_CLIENT_ID": "env_id",
    "LOOKERSDK_CLIENT_SECRET": "env_secret",
    "LOOKERSDK_VERIFY_SSL": "no",
    "LOOKERSDK_TIMEOUT": "7",
    "LOOKERSDK_API_VERSION": "3.1",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "looker.ini"
    path.write_text(FILE, encoding="utf-8")
    return path


def read(path: Path, text: str) -> Settings:
    path.write_text(text, encoding="utf-8")
    return from_file(path, environment={})


def test_the_first_section_is_read_unquoted(file: Path) -> None:
    settings = from_file(file, environment={})
    assert settings.base_url == "https://file.example:19999"
    assert settings.client_id == "file_id"
    assert settings.client_secret == "100%_secret;#"
    assert settings.verify_ssl is False
    assert settings.timeout == 120
    assert settings.api_version == "4.0"


def test_a_section_can_be_named(file: Path) -> None:
    settings = from_file(file, "Other", {})
    assert (settings.client_id, settings.api_version) == ("other", "3.1")
    assert settings.verify_ssl is True


def test_a_named_file_wins_over_the_environment_which_fills_in(file: Path) -> None:
    settings = from_file(file, environment=VARIABLES)
    assert settings.client_id == "file_id"
    assert settings.verify_ssl is False
    assert settings.timeout == 7
    assert settings.api_version == "3.1"


def test_the_environment_wins_over_a_found_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = file.parent / "inner"
    inner.mkdir()
    for folder in (file.parent, inner):
        monkeypatch.chdir(folder)
        settings = from_environment({"LOOKERSDK_CLIENT_ID": "env_id", "LOOKERSDK_TIMEOUT": ""})
        assert settings.client_id == "env_id"
        assert settings.base_url == "https://file.example:19999"


def test_the_environment_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = from_environment(VARIABLES)
    assert settings == Settings(
        base_url="https://env.example",
        client_id="env_id",
        client_secret="env_secret",
        verify_ssl=False,
        timeout=7,
        api_version="3.1",
    )


def test_the_environment_can_name_the_file(file: Path) -> None:
    settings = from_environment({"LOOKERSDK_INI": str(file), "LOOKERSDK_CLIENT_ID": "env_id"})
    assert (settings.client_id, settings.base_url) == ("env_id", "https://file.example:19999")
    with pytest.raises(SettingsError, match=r"`LOOKERSDK_INI` names `nowhere\.ini`"):
        from_environment({"LOOKERSDK_INI": "nowhere.ini"})


WRONG = {
    "[Looker]\nbase_url=https://x\nclient_id=a": (
        "`client_secret` not set: write it in section `[Looker]`",
        "`LOOKERSDK_CLIENT_SECRET`",
    ),
    "[Looker]\nbase_url=x:19999\nclient_id=a\nclient_secret=b": ("with its scheme",),
    "[L]\nbase_url=http://x\nclient_id=a\nclient_secret=b\ntimeout=soon": ("`timeout` is `soon`",),
    "[L]\nbase_url=http://x\nclient_id=a\nclient_secret=b\ntimeout=-1": ("`timeout` is `-1.0`",),
    "[L]\nbase_url=http://x\nclient_id=a\nclient_secret=b\nverify_ssl=perhaps": ("`perhaps`",),
    "[L]\nbase_url=http://x\nclient_id=a\nclient_secret=b\napi_version=2.0": ("`3.1` or `4.0`",),
    "base_url=http://x": ("not a readable ini file",),
    "": ("has no section `[Looker]`; it has none",),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path / "looker.ini", text)
    for said in WRONG[text]:
        assert said in str(caught.value)


def test_an_unknown_section_or_file_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"`\[Third\]`; it has `\[Looker\]`, `\[Other\]`"):
        from_file(file, "Third", {})
    with pytest.raises(ClientError, match=r"missing\.ini` does not exist"):
        from_file(file.parent / "missing.ini", environment={})


def test_the_secret_is_not_shown(file: Path) -> None:
    assert "secret" not in repr(from_file(file, environment={}))
