"""LookML parsing: megabytes a second, beside PyPI `lkml` and npm `lookml-parser` on the same files.

python -m benchmarks.parse [--lkml-python PATH] [--node-modules FOLDER]

PATH is a Python that has `lkml` installed, FOLDER a `node_modules` that has `lookml-parser`; either
may be left out. The corpus is generated from a seed in the proportions of public projects: a median
file of about 1 kB and some large ones. Times are CPU seconds, for Python with the garbage collector
off, the best of several rounds; node has had a round before to compile itself.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lookalike.compiler.syntax import lookml

AIM_LKML = 25.0
AIM_NODE = 5.0
TURNS = 5
# fmt: off
WORDS = (
    "order", "user", "product", "event", "session", "account", "invoice", "payment", "item",
    "region", "city", "state", "country", "channel", "campaign", "source", "device", "browser",
    "revenue", "cost", "margin", "price", "quantity", "discount", "tax", "created", "updated",
    "shipped", "returned", "delivered", "cancelled", "first", "last", "total", "average",
    "active", "status",
)
# fmt: on
LKML_SCRIPT = """
import gc, json, sys, time
from pathlib import Path
import lkml
texts = [p.read_text() for p in sorted(Path(sys.argv[1]).iterdir())]
gc.disable()
best = None
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    for text in texts:
        lkml.load(text)
    spent = time.process_time() - start
    best = spent if best is None else min(best, spent)
print(json.dumps(best))
"""
NODE_SCRIPT = """
const [folder, rounds, modules] = process.argv.slice(1);
const fs = require("fs"), path = require("path");
const { parse } = require(path.join(modules, "lookml-parser"));
const texts = fs.readdirSync(folder).sort()
  .map((name) => fs.readFileSync(path.join(folder, name), "utf-8"));
let best = Infinity;
for (let round = 0; round <= Number(rounds); round++) {
  const start = process.cpuUsage();
  for (const text of texts) parse(text);
  const { user, system } = process.cpuUsage(start);
  if (round) best = Math.min(best, (user + system) / 1e6);
}
console.log(JSON.stringify(best));
"""


def main() -> None:
    arguments = _arguments()
    files = corpus(arguments.seed, arguments.files)
    size = sum(len(text.encode()) for text in files)
    lengths = [len(text) for text in files]
    median, largest = statistics.median(lengths), max(lengths)
    print(f"{len(files)} files, {size / 1e6:.2f} MB, median {median:.0f}, largest {largest}")
    _check(files)
    ours = size / 1e6 / _best(lambda: _parse_all(files), arguments.rounds)
    print(f"lookalike {ours:.1f} MB/s")
    sample = files[:: max(1, len(files) // arguments.sample)]
    print(f"on every {len(files) // len(sample)}th file, in turns")
    if arguments.lkml_python:
        command = [arguments.lkml_python, "-c", LKML_SCRIPT]
        _compare("lkml", sample, lambda: _seconds_of(command, sample, "1"), AIM_LKML)
    if arguments.node_modules:
        node = ["node", "-e", NODE_SCRIPT]
        modules = arguments.node_modules
        _compare("lookml-parser", sample, lambda: _seconds_of(node, sample, "5", modules), AIM_NODE)


def _compare(name: str, files: list[str], theirs: Callable[[], float], aim: float) -> None:
    """The best of each, while they take turns."""
    ours, other = [], []
    for _ in range(TURNS):
        ours.append(_best(lambda: _parse_all(files), rounds=10))
        other.append(theirs())
    size = sum(len(text.encode()) for text in files) / 1e6
    ratio = min(other) / min(ours)
    missed = "" if ratio >= aim else "  MISSED"
    print(
        f"{name} {size / min(other):.2f} MB/s, lookalike {size / min(ours):.1f} MB/s, {ratio:.1f}x"
        f" (aim at least {aim:g}x){missed}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--files", type=int, default=1500)
    parser.add_argument("--sample", type=int, default=150, help="files given to the others")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lkml-python", help="a Python that has lkml")
    parser.add_argument("--node-modules", help="a folder of npm packages with lookml-parser")
    return parser.parse_args()


def corpus(seed: int, files: int) -> list[str]:
    """As many LookML files, always the same for a seed."""
    rng = random.Random(seed)
    texts = []
    for number in range(files):
        fields = min(2500, max(1, int(rng.lognormvariate(1.9, 1.35))))
        kind = rng.random()
        if kind < 0.12:
            texts.append(_model(rng, number, max(1, fields // 4)))
        else:
            texts.append(_view(rng, number, fields))
    return texts


def _view(rng: random.Random, number: int, fields: int) -> str:
    name = f"{_name(rng)}_{number}"
    lines = [f"view: {name} {{", f"  sql_table_name: analytics.{name} ;;"]
    if rng.random() < 0.15:
        lines[1:] = [_derived_table(rng)]
    if rng.random() < 0.4:
        lines.insert(0, f"# {' '.join(rng.choices(WORDS, k=12))}\n")
    lines += [_field(rng, i) for i in range(fields)]
    if rng.random() < 0.3:
        listed = ", ".join(_name(rng) for _ in range(rng.randint(3, 12)))
        lines.append(f"  set: detail {{\n    fields: [{listed}]\n  }}")
    return "\n\n".join(lines) + "\n}\n"


def _derived_table(rng: random.Random) -> str:
    columns = ",\n        ".join(
        f"t.{_name(rng)} AS {_name(rng)}" for _ in range(rng.randint(2, 15))
    )
    return (
        "  derived_table: {\n    sql:\n      SELECT\n        "
        f"{columns}\n      FROM ${{{_name(rng)}.SQL_TABLE_NAME}} AS t\n"
        f"      WHERE {{% condition {_name(rng)} %}} t.{_name(rng)} {{% endcondition %}}\n    ;;\n"
        "    datagroup_trigger: nightly\n  }"
    )


def _field(rng: random.Random, number: int) -> str:
    name = f"{_name(rng)}_{number}"
    kind = rng.random()
    if kind < 0.6:
        return _dimension(rng, name)
    if kind < 0.72:
        return (
            f"  dimension_group: {name} {{\n    type: time\n"
            "    timeframes: [\n      raw,\n      time,\n      date,\n      week,\n      month,\n"
            "      quarter,\n      year\n    ]\n"
            f"    sql: ${{TABLE}}.{name} ;;\n  }}"
        )
    return _measure(rng, name)


def _dimension(rng: random.Random, name: str) -> str:
    lines = [
        f"    type: {rng.choice(['string', 'number', 'yesno'])}",
        f"    sql: ${{TABLE}}.{name} ;;",
    ]
    if rng.random() < 0.35:
        lines.insert(0, f'    label: "{_title(rng)}"')
    if rng.random() < 0.35:
        lines.insert(0, f'    description: "{" ".join(rng.choices(WORDS, k=rng.randint(4, 20)))}"')
    if rng.random() < 0.2:
        lines.insert(0, "    hidden: yes")
    if rng.random() < 0.1:
        lines.append(f'    group_label: "{_title(rng)}"')
    if rng.random() < 0.03:
        lines.append(
            f'    link: {{\n      label: "{_title(rng)}"\n'
            '      url: "https://example.com/?q={{ value | url_encode }}"\n    }'
        )
    return f"  dimension: {name} {{\n" + "\n".join(lines) + "\n  }"


def _measure(rng: random.Random, name: str) -> str:
    lines = [f"    type: {rng.choice(['sum', 'count', 'average'])}"]
    if "count" not in lines[0]:
        lines.append(f"    sql: ${{{_name(rng)}}} ;;")
    if rng.random() < 0.4:
        lines.append("    value_format_name: decimal_2")
    if rng.random() < 0.25:
        lines.append(f'    filters: [{_name(rng)}: "yes", {_name(rng)}: "-NULL"]')
    if rng.random() < 0.3:
        lines.append("    drill_fields: [detail*]")
    if rng.random() < 0.02:
        lines.append('    label: "so called \\"total\\""')
    return f"  measure: {name} {{\n" + "\n".join(lines) + "\n  }"


def _model(rng: random.Random, number: int, joins: int) -> str:
    base = _name(rng)
    parts = [
        'connection: "warehouse"\ninclude: "/views/*.view.lkml"',
        f"explore: {base}_{number} {{",
    ]
    for i in range(joins):
        joined = f"{_name(rng)}_{i}"
        parts.append(
            f"  join: {joined} {{\n    type: left_outer\n    relationship: many_to_one\n"
            f"    sql_on: ${{{base}.{joined}_id}} = ${{{joined}.id}} ;;\n  }}"
        )
    return "\n\n".join(parts) + "\n}\n"


def _name(rng: random.Random) -> str:
    return "_".join(rng.choices(WORDS, k=rng.randint(1, 3)))


def _title(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=2)).title()


def _check(files: list[str]) -> None:
    mistakes = [m for text in files for m in lookml.parse(text).diagnostics]
    if mistakes:
        sys.exit(f"the corpus should have no mistakes: {mistakes[0]}")


def _parse_all(files: list[str]) -> None:
    for text in files:
        lookml.parse(text)


def _best(work: Callable[[], None], rounds: int) -> float:
    gc.disable()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    gc.enable()
    return min(times)


def _seconds_of(command: list[str], files: list[str], rounds: str, *more: str) -> float:
    """CPU seconds that another parser, run by `command`, needs for these files."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(files):
            (Path(folder) / f"{number:05}.lkml").write_text(text)
        done = subprocess.run(
            [*command, folder, rounds, *more], capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"`{command[0]}` did not run: is the package there?\n{done.stderr}")
    return float(json.loads(done.stdout))


if __name__ == "__main__":
    main()
