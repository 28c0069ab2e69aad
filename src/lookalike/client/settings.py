"""Settings: where the server is and who asks, from `looker.ini` and `LOOKERSDK_*` variables.

An empty value is an unset one. A file that the caller names wins over the environment; a file that
was only found (`looker.ini` here or one folder up, or what `LOOKERSDK_INI` names) gives way to it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from configparser import Error as IniError
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

from msgspec import Struct

from lookalike.client.errors import SettingsError
from lookalike.wire.operation import BOTH, V40

FOUND_FILES = ("looker.ini", "../looker.ini")
"""Where `from_environment` looks, in this order."""

NAMES = ("base_url", "client_id", "client_secret", "verify_ssl", "timeout", "api_version")
MAX_SECONDS = 86_400
TRUE = frozenset({"true", "t", "yes", "y", "1", "on"})
FALSE = frozenset({"false", "f", "no", "n", "0", "off"})


class Settings(Struct, frozen=True, kw_only=True):
    """What a client needs to know. `timeout` counts seconds, `api_version` is `3.1` or `4.0`."""

    base_url: str
    client_id: str
    client_secret: str
    verify_ssl: bool = True
    timeout: float = 120
    api_version: str = V40

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("http://", "https://")):
            raise SettingsError(
                f"`base_url` is `{self.base_url}`; write it with its scheme: `https://host:19999`"
            )
        if self.api_version not in BOTH:
            known = " or ".join(f"`{version}`" for version in BOTH)
            raise SettingsError(f"`api_version` is `{self.api_version}`; it can be {known}")
        if not 0 < self.timeout <= MAX_SECONDS:
            raise SettingsError(f"`timeout` is `{self.timeout}`; give it a number of seconds")

    def __repr__(self) -> str:
        """Without the secret: settings end up in logs."""
        return f"Settings(base_url={self.base_url!r}, client_id={self.client_id!r})"

    def __rich_repr__(self) -> Any:
        yield "base_url", self.base_url
        yield "client_id", self.client_id


def from_file(
    path: str | os.PathLike[str],
    section: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings of a named file: of `section`, or of the first one.

    The environment fills in what the file leaves out. Raises SettingsError.
    """
    file = Path(path)
    if not file.is_file():
        raise SettingsError(f"`{file}` does not exist; name the `looker.ini` to read")
    name, written = _read_ini(file, section)
    return _settings({**_read_environment(environment), **written}, f"section `[{name}]` of {file}")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment, and of a found file where a variable is not set.

    Raises SettingsError.
    """
    variables = os.environ if environment is None else environment
    named = variables.get("LOOKERSDK_INI", "")
    if named and not Path(named).is_file():
        raise SettingsError(f"`LOOKERSDK_INI` names `{named}`, which does not exist; correct it")
    candidates = map(Path, (named,) if named else FOUND_FILES)
    file = next((path for path in candidates if path.is_file()), None)
    name, written = ("Looker", {}) if file is None else _read_ini(file, None)
    where = f"section `[{name}]` of {file or FOUND_FILES[0]}"
    return _settings({**written, **_read_environment(variables)}, where)


def _read_ini(file: Path, section: str | None) -> tuple[str, dict[str, str]]:
    """The name of the section that was read, and what is set there."""
    ini = RawConfigParser()  # raw: a secret may hold a `%`
    try:
        ini.read_string(file.read_text(encoding="utf-8-sig"), str(file))
    except (IniError, UnicodeDecodeError) as error:
        message = " ".join(str(error).split())
        raise SettingsError(f"`{file}` is not a readable ini file: {message}") from None
    sections = ini.sections()
    name = section or next(iter(sections), "")
    if name not in sections:
        listed = ", ".join(f"`[{each}]`" for each in sections) or "none"
        raise SettingsError(f"`{file}` has no section `[{name or 'Looker'}]`; it has {listed}")
    values = {key: _unquoted(value) for key, value in ini.items(name) if key in NAMES}
    return name, {key: value for key, value in values.items() if value}


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _read_environment(environment: Mapping[str, str] | None) -> dict[str, str]:
    variables = os.environ if environment is None else environment
    values = {name: variables.get(f"LOOKERSDK_{name.upper()}", "") for name in NAMES}
    return {name: _unquoted(value) for name, value in values.items() if _unquoted(value)}


def _settings(values: Mapping[str, str], where: str) -> Settings:
    missing = [name for name in NAMES[:3] if name not in values]
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        variables = ", ".join(f"`LOOKERSDK_{name.upper()}`" for name in missing)
        raise SettingsError(f"{names} not set: write it in {where}, or set {variables}")
    return Settings(
        base_url=values["base_url"],
        client_id=values["client_id"],
        client_secret=values["client_secret"],
        verify_ssl=_truth("verify_ssl", values.get("verify_ssl", "true")),
        timeout=_seconds(values.get("timeout", "120")),
        api_version=values.get("api_version", V40),
    )


def _truth(name: str, text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise SettingsError(f"`{name}` is `{text}`; write `true` or `false`")


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f"`timeout` is `{text}`; write a number of seconds") from None
