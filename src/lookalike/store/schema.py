"""The numbered migrations, brought to a database in their order and each once.

In: a database of any age. Out: the same with the tables this version knows.
Invariant: a migration that has been released is never edited; processes that start together wait
for each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from msgspec import Struct

from lookalike.store.transactions import Database, TooNew, Writing


class Migration(Struct, frozen=True):
    """One step, as it stands in `migrations/`."""

    number: int
    name: str
    text: str


def migrate(database: Database, words: Mapping[str, str], lock: str) -> None:
    """Apply what is missing, all or nothing. `words` are the database's own for those in the text.

    `lock` is a statement that makes others wait until the transaction ends; empty if it does so
    anyway.
    """
    migrations = list_migrations()
    with database.write() as db:
        if lock:
            db.rows(lock)
        db.run("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT)")
        done = {number for (number,) in db.rows("SELECT number FROM migrations")}
        unknown = done - {migration.number for migration in migrations}
        if unknown:
            raise TooNew(f"the store has migration {max(unknown)}; use a later lookalike")
        for migration in migrations:
            if migration.number not in done:
                _apply(db, migration, words)


def list_migrations() -> tuple[Migration, ...]:
    """Every migration, by number."""
    found = []
    for file in (files("lookalike.store") / "migrations").iterdir():
        match = re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name)
        if match:
            text = file.read_text(encoding="utf-8")
            found.append(Migration(int(match[1]), match[2], text))
    return tuple(sorted(found, key=lambda migration: migration.number))


def _apply(db: Writing, migration: Migration, words: Mapping[str, str]) -> None:
    text = re.sub(r"(?m)^\s*--.*$", "", migration.text)
    for word, its_word in words.items():
        text = re.sub(rf"\b{word}\b", its_word, text)
    for statement in re.split(r";\s*(?:\n|\Z)", text):
        if statement.strip():
            db.run(statement)
    values = (migration.number, migration.name)
    db.run("INSERT INTO migrations (number, name) VALUES (?, ?)", values)
