"""Run as a child that is killed: does one kind of work on a project over and over, saying what it
is about to do
and what is done. Arguments: the instance's folder, the kind of work, a first number.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from lookalike.instance import branches, deploys, files, people, projects
from lookalike.instance.access import Caller
from lookalike.instance.folder import open_folder
from lookalike.instance.instance import Instance

PROJECT = "shop"
PATH = "views/kill.view.lkml"
Work = Callable[[Instance, Caller, int], None]


def save(instance: Instance, caller: Caller, number: int) -> None:
    files.save_file(instance, caller, PROJECT, PATH, f"# {number}\n")


def commit(instance: Instance, caller: Caller, number: int) -> None:
    files.save_file(instance, caller, PROJECT, PATH, f"# {number}\n")
    files.commit(instance, caller, PROJECT, f"kill {number}")


def switch(instance: Instance, caller: Caller, number: int) -> None:
    branches.create_branch(instance, caller, PROJECT, f"kill-{number}")


def delete(instance: Instance, caller: Caller, number: int) -> None:
    branches.create_branch(instance, caller, PROJECT, f"kill-{number}")
    branches.update_branch(instance, caller, PROJECT, "main")
    branches.delete_branch(instance, caller, PROJECT, f"kill-{number}")


def deploy(instance: Instance, caller: Caller, number: int) -> None:
    commit(instance, caller, number)
    deploys.deploy(instance, caller, PROJECT)


def remove(instance: Instance, caller: Caller, number: int) -> None:
    projects.create_project(instance, caller, f"kill-{number}", {"a.model.lkml": "# a\n"}, "a")
    projects.delete_project(instance, caller, f"kill-{number}")


WORKS: dict[str, Work] = {
    "save": save,
    "commit": commit,
    "switch": switch,
    "delete": delete,
    "deploy": deploy,
    "remove": remove,
}


def main() -> None:
    folder, kind, first = sys.argv[1:]
    instance = open_folder(Path(folder))
    caller = people.operator(instance, "dev")
    for number in range(int(first), int(first) + 100_000):
        print("begin", number, flush=True)
        WORKS[kind](instance, caller, number)
        print("done", number, flush=True)


if __name__ == "__main__":
    main()
