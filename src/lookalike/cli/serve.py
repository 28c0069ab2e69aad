"""`lookalike serve`: an instance, or a folder of LookML, over HTTP."""

from __future__ import annotations

import argparse
import gc
import ipaddress
import socket
from pathlib import Path
from typing import TypeAlias

import uvicorn
from msgspec.structs import replace

from lookalike.api.app import application
from lookalike.api.guarded import CONNECTIONS, GuardedProtocol
from lookalike.cli.folder_choice import add_dir
from lookalike.cli.output import paint, say
from lookalike.instance import credentials, people, projects, workspaces
from lookalike.instance.config import Config, unknown_variables
from lookalike.instance.errors import Invalid, Unavailable
from lookalike.instance.folder import MEMORY_STORE, config_of
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.workspaces import PRODUCTION

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "serve",
        help="serve an instance's folder, or a folder of LookML as it is",
        description="Serve DIR: an instance's folder (it has a lookalike.toml), or LookML files"
        " as they are now. For LookML files `dev` is the folder as it is, and `production` its"
        " production branch in git.",
    )
    add_dir(parser)
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default 19999)")
    parser.add_argument(
        "--warehouse",
        default="",
        metavar="FILE",
        help="DuckDB file behind every undeclared connection",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    config = config_of(Path(options.dir), options.warehouse)
    if options.host:
        config = replace(config, host=options.host)
    if options.port is not None:
        config = replace(config, port=options.port)
    listen(config)
    return 0


def listen(config: Config) -> None:
    """Serve until interrupted. Says where, and for a store in memory also with which
    credentials.
    """
    _refuse_plain_public(config)
    for said in unknown_variables():
        say(said)
    listening = _bound(config)
    instance = open_instance(config)
    try:
        _greet(instance)
        served = application(instance)
        _settle_memory()
        settings = uvicorn.Config(
            served,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            proxy_headers=False,
            http=GuardedProtocol,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=30,
        )
        uvicorn.Server(settings).run(sockets=[listening])
    finally:
        listening.close()
        instance.close()


def _bound(config: Config) -> socket.socket:
    """The socket to listen on. It is taken first: nothing is promised on a port that is in use."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    # With the protocol named, answers go out at once instead of waiting for more of them.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config.host, config.port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise Unavailable(
            f"can't listen on {config.host}:{config.port} ({error}); choose another `--port`"
        ) from None
    return listening


def _settle_memory() -> None:
    """What is loaded by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _greet(instance: Instance) -> None:
    config = instance.config
    say(
        f"{paint('lookalike', 'strong')} speaks the Looker API at http://{config.host}:{config.port}"
    )
    if config.database == MEMORY_STORE:
        user = people.enter_user(instance, people.OPERATOR, "admin")
        made = credentials.create_credential(instance, user)
        say("These credentials are good until the server ends; put them in a looker.ini:")
        say(looker_ini(f"http://{config.host}:{config.port}", made))
    for name in _without_production(instance):
        say(
            f"Project `{name}` has no branch to serve as production yet: `production` is the folder"
            " as it is now, like `dev`."
        )
    say("Ctrl-C ends it.")


def _without_production(instance: Instance) -> list[str]:
    """The projects whose two workspaces are one and the same."""
    caller = people.operator(instance, PRODUCTION)
    return [
        project.name
        for project in projects.list_projects(instance, caller)
        if workspaces.version_of(instance, caller, project).folder is not None
    ]


def looker_ini(base_url: str, made: credentials.NewCredential) -> str:
    """The settings file that Looker clients read."""
    return (
        "[Looker]\n"
        f"base_url={base_url}\n"
        f"client_id={made.credential.client_id}\n"
        f"client_secret={made.client_secret}\n"
        "verify_ssl=false\n"
    )


def _refuse_plain_public(config: Config) -> None:
    """Tokens over plain HTTP stay on this machine, unless a proxy that speaks TLS is named."""
    if config.host == "localhost" or config.public_url.startswith("https://"):
        return
    try:
        if ipaddress.ip_address(config.host).is_loopback:
            return
    except ValueError:
        pass
    raise Invalid(
        f"`{config.host}` is not a loopback address and the server speaks plain HTTP; put a proxy"
        " that speaks TLS in front and name its address as `public_url` (https://…) in"
        " `lookalike.toml`"
    )
