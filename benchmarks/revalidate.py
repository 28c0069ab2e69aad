"""Revalidation: what a save costs in a large project, beside validating it from nothing.

python -m benchmarks.revalidate [--files N] [--rounds N] [--trees N]

Generates a project of views and models in a bare repository and prints, all within this process:
CPU seconds of a cold validation and of one after an edit of one view, and their ratio; what a look
at another workspace costs in that project and in one of ten files, when both have been seen before;
and what each further tree that differs by one file adds to resident memory.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from msgspec import Struct

from benchmarks.measuring import take_turns, verdict
from lookalike.git import (
    EMPTY_TREE,
    CommitId,
    Repository,
    Signature,
    TreeId,
    branch_ref,
    create_repository,
    with_file,
    write_tree,
)
from lookalike.instance import models, people, projects, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig, ProjectConfig
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.workspaces import PRODUCTION

VIEWS_OF_A_MODEL = 99
JOINS_OF_AN_EXPLORE = 5
VIEWS_BETWEEN_EXPLORES = 3
AIM_RATIO = 0.1
AIM_SWITCH = 1.5
AIM_KB = 100.0
_REF = branch_ref("main")


class Workbench(Struct, frozen=True):
    """A project of generated files in a repository."""

    instance: Instance
    caller: Caller
    repository: Repository

    def commit(self, tree: TreeId) -> CommitId:
        """`tree` as the newest commit of the branch."""
        before = self.repository.find_ref(_REF)
        who, when = Signature("a", "a@example.com"), self.instance.clock()
        commit = self.repository.commit(tree, (), "x", who, when)
        self.repository.move(_REF, before, commit)
        return commit

    def edit(self, number: int, text: str) -> CommitId:
        """One more commit, in which one view is written anew."""
        found = self.repository.find_ref(_REF)
        tree = self.repository.tree_of(CommitId(found)) if found else EMPTY_TREE
        blob = self.repository.put(text.encode())
        return self.commit(with_file(self.repository, tree, _view_path(number), blob))

    def show(self, commit: CommitId) -> None:
        """The branch at a commit that it had before."""
        self.repository.move(_REF, self.repository.find_ref(_REF), commit)

    def validate(self) -> int:
        """Validate what the branch holds; how many findings there are."""
        (project,) = projects.list_projects(self.instance, self.caller)
        version = workspaces.version_of(self.instance, self.caller, project, PRODUCTION)
        return len(models.assembled_of(self.instance, self.caller, version).diagnostics)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--trees", type=int, default=200, help="further trees to look at")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = _workbench(Path(folder, "large"), options.files)
        _revalidation(large, options.rounds)
        _switches(large, _workbench(Path(folder, "small"), 10), options.rounds)
        _memory(large, options.trees)


def _revalidation(large: Workbench, rounds: int) -> None:
    cold = _seconds(large.validate)
    print(f"cold validation {cold:.2f} s of CPU")
    warm = []
    for number in range(rounds):
        large.edit(number, _view(number, f"edited {number}"))
        warm.append(_seconds(large.validate))
    print(f"after an edit of one view {median(warm):.3f} s of CPU")
    print(verdict("revalidation", median(warm) / cold, "x", AIM_RATIO))


def _switches(large: Workbench, small: Workbench, rounds: int) -> None:
    ways: dict[str, Callable[[], float]] = {}
    for name, bench in (("large", large), ("small", small)):
        commits = [bench.edit(0, _view(0, f"switch {number}")) for number in range(2)]
        for commit in commits:
            bench.show(commit)
            bench.validate()
        ways[name] = lambda bench=bench, commits=commits: _switch(bench, commits)  # type: ignore[misc]
    found = take_turns(ways, rounds)
    print(
        f"switch of workspace {found['large'] * 1e6:.0f} us,"
        f" among 10 files {found['small'] * 1e6:.0f} us"
    )
    print(verdict("switch", found["large"] / found["small"], "x", AIM_SWITCH))


def _switch(bench: Workbench, commits: list[CommitId]) -> float:
    times = []
    for commit in commits * max(1, 40 // len(commits)):
        bench.show(commit)
        times.append(_seconds(bench.validate))
    return median(times)


def _memory(large: Workbench, trees: int) -> None:
    large.validate()
    gc.collect()
    before = _resident_kb()
    commits = []
    for number in range(trees):
        view = number % VIEWS_OF_A_MODEL
        commits.append(large.edit(view, _view(view, f"tree {number}")))
        large.validate()
    gc.collect()
    print(verdict(f"each of {trees} trees", (_resident_kb() - before) / trees, "kB", AIM_KB))
    print(f"a switch among them {_switch(large, commits) * 1e6:.0f} us")


def _workbench(folder: Path, n_files: int) -> Workbench:
    repository = create_repository(folder / "p.git", "main")
    config = Config(
        folder=str(folder),
        database="sqlite://:memory:",
        default_connection=ConnectionConfig(),
        projects={"p": ProjectConfig(path="p.git")},
    )
    instance = open_instance(config)
    bench = Workbench(instance, people.operator(instance, PRODUCTION), repository)
    files = _files(n_files)
    blobs = {path: repository.put(text.encode()) for path, text in files.items()}
    bench.commit(write_tree(repository, blobs))
    return bench


def _files(n_files: int) -> dict[str, str]:
    """As many files: for each 99 views a model that includes them."""
    n_models = max(1, n_files // (VIEWS_OF_A_MODEL + 1))
    n_views = n_files - n_models
    texts = {_view_path(number): _view(number, "as it was") for number in range(n_views)}
    for number in range(n_models):
        views = [each for each in range(n_views) if each // VIEWS_OF_A_MODEL == number]
        texts[f"models/m{number}.model.lkml"] = _model(number, views)
    return texts


def _model(number: int, views: list[int]) -> str:
    parts = ['connection: "db"', f'include: "/views/area_{number}/*.view"']
    for base in views[::VIEWS_BETWEEN_EXPLORES]:
        joined = [each for each in views if base < each <= base + JOINS_OF_AN_EXPLORE]
        joins = "".join(
            f"  join: v{each} {{ relationship: many_to_one"
            f" sql_on: ${{v{base}.id}} = ${{v{each}.id}} ;; }}\n"
            for each in joined
        )
        parts.append(f"explore: v{base} {{\n{joins}}}")
    return "\n".join(parts) + "\n"


def _view_path(number: int) -> str:
    return f"views/area_{number // VIEWS_OF_A_MODEL}/v{number}.view.lkml"


def _view(number: int, description: str) -> str:
    dimensions = "".join(
        f'  dimension: d{each} {{ type: string label: "D {each}" sql: ${{TABLE}}.d{each} ;; }}\n'
        for each in range(8)
    )
    measures = "".join(
        f"  measure: m{each} {{ type: sum sql: ${{n}} ;; value_format_name: decimal_2 }}\n"
        for each in range(3)
    )
    return (
        f"view: v{number} {{\n  sql_table_name: shop.v{number} ;;\n"
        f'  dimension: id {{ primary_key: yes type: number description: "{description}" }}\n'
        "  dimension: n { type: number }\n"
        "  dimension_group: created { type: time timeframes: [raw, date, week, month, year] }\n"
        f"{dimensions}{measures}  measure: count {{ type: count }}\n}}\n"
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _resident_kb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


if __name__ == "__main__":
    main()
