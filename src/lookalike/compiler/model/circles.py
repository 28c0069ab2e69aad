"""Circles: names that refer to themselves, directly or through others. A graph in, its circles out,
in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def circles(graph: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The groups of names of which each reaches every other, and names that refer to themselves.

    Tarjan's strongly connected components, without recursion: a chain may be as long as its author
    likes.
    """
    graph = _inner(_inner(graph))
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: dict[str, None] = {}
    found: list[list[str]] = []
    for start in graph:
        if start in index:
            continue
        way: list[tuple[str, Iterator[str]]] = [_enter(start, graph, index, low, open_)]
        while way:
            name, ahead = way[-1]
            after = next((each for each in ahead if each not in index or each in open_), None)
            if after is None:
                way.pop()
                if way:
                    low[way[-1][0]] = min(low[way[-1][0]], low[name])
                if low[name] == index[name]:
                    found.append(_close(name, open_))
            elif after in index:
                low[name] = min(low[name], index[after])
            else:
                way.append(_enter(after, graph, index, low, open_))
    return [group for group in found if len(group) > 1 or group[0] in graph.get(group[0], ())]


def _inner(graph: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The part that may hold circles: names without a way on are left out, and the ways to them.
    Nearly always that leaves little."""
    ahead = ((name, [each for each in names if each in graph]) for name, names in graph.items())
    return {name: names for name, names in ahead if names}


def _enter(
    name: str,
    graph: Mapping[str, Sequence[str]],
    index: dict[str, int],
    low: dict[str, int],
    open_: dict[str, None],
) -> tuple[str, Iterator[str]]:
    index[name] = low[name] = len(index)
    open_[name] = None
    return name, iter(graph.get(name, ()))


def _close(name: str, open_: dict[str, None]) -> list[str]:
    """The names entered since `name`, which are done."""
    group = [open_.popitem()[0]]
    while group[-1] != name:
        group.append(open_.popitem()[0])
    return group[::-1]
