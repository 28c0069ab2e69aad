"""Measuring: what another process costs, and how a figure is told.

CPU time is the whole process's, all threads, user and system, to the nanosecond. On a machine with
other work it says more than a clock on the wall; the ratio of two that took turns says more still.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

_CPU_CLOCK = 2
"""The kernel's number for "CPU time" in a clock id that is made of a process id."""


def cpu_seconds(pid: int) -> float:
    """CPU time that the running process `pid` has used."""
    return time.clock_gettime((~pid << 3) | _CPU_CLOCK)


def take_turns(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of what each way answers, A B A B, so that a busy neighbour meets all alike."""
    figures: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            figures[name].append(way())
    return {name: median(found) for name, found in figures.items()}


def with_children(pid: int) -> list[int]:
    """The process and those that any of its threads has started."""
    texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [pid, *(int(child) for text in texts for child in text.split())]


def forget_peak(pid: int) -> None:
    """Let the peak of memory begin anew at what is held now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_mb(pid: int) -> float:
    """The most memory that the process has held at a time."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def verdict(what: str, figure: float, unit: str, aim: float, beside: str = "") -> str:
    """One line: the figure, beside what it is if it is a ratio, its aim, and whether that is
    met."""
    gap = "" if unit == "x" else " "
    met = "" if figure <= aim else "  MISSED"
    beside = beside and f" {beside}"
    return f"{what} {figure:.3g}{gap}{unit}{beside} (aim at most {aim:g}{gap}{unit}){met}"
