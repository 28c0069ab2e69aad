"""`lookalike demo`: a small shop with data, LookML in git and credentials, made in seconds and
served.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
from msgspec.structs import replace

from lookalike.cli import question, serve
from lookalike.cli.folder_choice import add_dir
from lookalike.cli.output import paint, result, say
from lookalike.cli.serve import Commands
from lookalike.compiler.query import Query
from lookalike.instance import credentials, people, projects, queries
from lookalike.instance.config import FILE, read_config
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import open_instance
from lookalike.instance.queries import RunOptions
from lookalike.instance.workspaces import DEV, PRODUCTION

PORT = 19999
LOOKER_INI = "looker.ini"
CONFIG = """\
# The settings of this instance; `LOOKALIKE_*` variables win over them.
port = {port}

[connections.shop]
dialect = "duckdb"
path = "data/shop.duckdb"
"""
FIRST_QUESTION = Query(
    model="shop",
    explore="order_items",
    fields=("products.category", "order_items.count", "order_items.total_revenue"),
    sorts=("order_items.total_revenue desc",),
    limit=10,
)


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "demo",
        help="make a small shop to play with, and serve it",
        description="Write a shop into DIR (LookML in git, a DuckDB warehouse, credentials), show"
        " an answer, serve it. In an existing demo nothing but the port is written anew.",
    )
    add_dir(parser, "demo", "default: ./demo")
    parser.add_argument("--port", type=int, default=None, help=f"port to serve on (default {PORT})")
    parser.add_argument("--no-serve", action="store_true", help="end after the first answer")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    folder = Path(options.dir)
    if not (folder / FILE).is_file():
        _refuse_foreign(folder)
        _make(folder, options.port or PORT)
    elif options.port is not None:
        _set_port(folder, options.port)
    config = read_config(folder)
    if options.port is not None:
        config = replace(config, port=options.port)
    _point_to(folder, config.port)
    _show(folder)
    _hint(folder, config.port, is_served=not options.no_serve)
    if not options.no_serve:
        serve.listen(config)
    return 0


def _set_port(folder: Path, port: int) -> None:
    """Write the port into the settings, from which every later command reads it."""
    settings = folder / FILE
    text = settings.read_text(encoding="utf-8")
    found = re.search(r"(?m)^\[", text)
    end = found.start() if found else len(text)
    top, n_lines = re.subn(r"(?m)^port *=.*$", f"port = {port}", text[:end])
    if not n_lines:
        top = f"port = {port}\n{top}"
    settings.write_text(top + text[end:], encoding="utf-8")


def _point_to(folder: Path, port: int) -> None:
    """Let the settings of clients name the port that is served."""
    ini = folder / LOOKER_INI
    if ini.is_file():
        text = ini.read_text(encoding="utf-8")
        new = re.sub(r"(?m)^base_url=.*$", f"base_url=http://127.0.0.1:{port}", text)
        ini.write_text(new, encoding="utf-8")


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise Invalid(f"`{folder}` holds something else; name a new or an empty folder")


def _make(folder: Path, port: int) -> None:
    """Everything of the demo. The settings are written last: with them the folder counts as
    made.
    """
    (folder / "data").mkdir(parents=True)
    say("making a warehouse of 100,000 items …")
    _make_warehouse(folder / "data" / "shop.duckdb")
    say("writing the LookML project `shop` into git …")
    config = replace(read_config(folder), port=port)
    instance = open_instance(config)
    try:
        admin = people.operator(instance, DEV)
        project = projects.create_project(instance, admin, "shop", _lookml("shop"), "Open the shop")
        projects.commit_files(
            instance, admin, project, _lookml("shop_dev"), "Leave returned items out of revenue"
        )
        made = credentials.create_credential(instance, admin.user)
    finally:
        instance.close()
    (folder / LOOKER_INI).touch(mode=0o600)
    (folder / LOOKER_INI).write_text(
        serve.looker_ini(f"http://127.0.0.1:{port}", made), encoding="utf-8"
    )
    (folder / FILE).write_text(CONFIG.format(port=port), encoding="utf-8")


def _make_warehouse(path: Path) -> None:
    sql = files("lookalike.cli").joinpath("shop", "warehouse.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(path)) as warehouse:
        warehouse.execute(sql)


def _lookml(name: str) -> dict[str, str]:
    """Path to text of the LookML files in one of this package's folders."""
    found: dict[str, str] = {}

    def walk(folder: Traversable, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir():
                walk(entry, f"{prefix}{entry.name}/")
            elif entry.name.endswith((".lkml", ".lookml")):
                found[f"{prefix}{entry.name}"] = entry.read_text(encoding="utf-8")

    walk(files("lookalike.cli").joinpath(name), "")
    return found


def _show(folder: Path) -> None:
    """The first answer, in production and in dev, and the SQL of it."""
    instance = open_instance(read_config(folder))
    try:
        production = people.operator(instance, PRODUCTION)
        result(question.answer_table(instance, production, FIRST_QUESTION))
        stream = queries.run(instance, production, FIRST_QUESTION, "sql", RunOptions())
        result("\n" + b"".join(stream.chunks).decode())
    finally:
        instance.close()


def _hint(folder: Path, port: int, is_served: bool) -> None:
    ask = "shop/order_items products.category order_items.total_revenue"
    fanned = "shop/users users.state users.count users.total_credit order_items.count"
    ini = folder / LOOKER_INI
    command = _command()
    say()
    say(
        paint(
            "The same question in the admin's `dev`, where returned items are no revenue:", "strong"
        )
    )
    say(f"  {command} query {ask} --dir {folder} --workspace dev")
    say(paint("A fan-out that stays right, with users and their items in one answer:", "strong"))
    say(f"  {command} query {fanned} --dir {folder}")
    if not is_served:
        say(paint("Serve it:", "strong"))
        say(f"  {command} serve {folder}")
    say(paint("Look at it with any Looker client (here after `pip install looker-sdk`):", "strong"))
    say(f"  python -c \"import looker_sdk; print(looker_sdk.init40('{ini}').me().email)\"")
    say(f"  http://127.0.0.1:{port}, credentials in {ini}")
    say()


def _command() -> str:
    """How to call this program from here."""
    if shutil.which("lookalike"):
        return "lookalike"
    called = Path(sys.argv[0])
    here = Path.cwd()
    return str(called.relative_to(here)) if called.is_relative_to(here) else str(called)
