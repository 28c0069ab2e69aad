"""Folder: open whatever a person points at, an instance's folder or a bare LookML project."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from lookalike.instance.config import FILE, Config, ConnectionConfig, ProjectConfig, read_config
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import Instance, open_instance

MEMORY_STORE = "sqlite://:memory:"


def open_folder(folder: Path, warehouse: str = "") -> Instance:
    """Open `folder`: an instance (it has a `lookalike.toml`), or LookML files served as they are.

    For bare LookML the store lives in memory, and every connection is the DuckDB file `warehouse`
    (or an empty one). Raises Invalid where there is neither, or no such file.
    """
    return open_instance(config_of(folder, warehouse))


def config_of(folder: Path, warehouse: str = "") -> Config:
    """The settings for `folder`, read or made up."""
    if not folder.is_dir():
        raise Invalid(f"`{folder}` is not a folder; name an instance's folder or a LookML project")
    config = read_config(folder)
    if warehouse:
        if not Path(warehouse).is_file():
            raise Invalid(f"warehouse `{warehouse}` is not a file; name a DuckDB database file")
        path = str(Path(warehouse).resolve())
        config = replace(config, default_connection=ConnectionConfig(path=path))
    if config.projects or ((folder / FILE).is_file() and not is_lookml_project(folder)):
        return config
    if not is_lookml(folder):
        raise Invalid(
            f"`{folder}` holds neither `{FILE}` nor a LookML model (`*.model.lkml`);"
            " name a folder that does, or let `lookalike demo DIR` make one to look at"
        )
    return replace(
        config,
        database=config.database or MEMORY_STORE,
        default_connection=config.default_connection or ConnectionConfig(),
        projects={_project_name(folder): ProjectConfig(path=str(folder.resolve()))},
    )


def is_bare(config: Config) -> bool:
    """Whether the settings were made up for LookML that is served as it is."""
    return config.database == MEMORY_STORE


def is_lookml_project(folder: Path) -> bool:
    """Whether `folder` is itself a LookML project, and not an instance that keeps projects."""
    return is_lookml(folder) and not (folder / "projects").is_dir()


def is_lookml(folder: Path) -> bool:
    """Whether any model file lies in `folder`."""
    return next(folder.rglob("*.model.lkml"), None) is not None


def _project_name(folder: Path) -> str:
    """What the manifest calls the project, else the folder's own name."""
    manifest = folder / "manifest.lkml"
    text = manifest.read_text(encoding="utf-8", errors="replace") if manifest.is_file() else ""
    written = re.search(r'^\s*project_name\s*:\s*"([A-Za-z0-9_-]+)"', text, re.MULTILINE)
    name = written[1] if written else folder.resolve().name
    return re.sub(r"[^A-Za-z0-9_-]", "_", name) or "project"
