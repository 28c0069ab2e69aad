"""Two of one name: each message says where the other stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model

HEAD = 'connection: "db"\n'


@pytest.mark.parametrize(
    ("texts", "path", "line", "other", "says"),
    [
        (
            {"a.view.lkml": "\nview: v {}", "b.view.lkml": "view: v {}"},
            "b.view.lkml",
            1,
            ("a.view.lkml", 2),
            "first in `a.view.lkml:2`",
        ),
        (
            {"a.explore.lkml": "view: v {}\nexplore: v {}\n\nexplore: v {}"},
            "a.explore.lkml",
            4,
            ("a.explore.lkml", 2),
            "first in `a.explore.lkml:2`",
        ),
        (
            {"a.view.lkml": "view: v {\n dimension: x {}\n\n dimension: x {}\n}"},
            "a.view.lkml",
            4,
            ("a.view.lkml", 2),
            "in line 2 and in line 4; the two are merged",
        ),
        (
            {"a.view.lkml": "view: v {\n dimension: x {}\n measure: x { type: count }\n}"},
            "a.view.lkml",
            3,
            ("a.view.lkml", 2),
            "first in `a.view.lkml:2`; rename one",
        ),
        (
            {"n/m.model.lkml": HEAD},
            "n/m.model.lkml",
            1,
            ("m.model.lkml", 0),
            "declared by `m.model.lkml` as well",
        ),
    ],
)
def test_the_other_is_named(
    assemble: Callable[..., model.Assembled],
    texts: dict[str, str],
    path: str,
    line: int,
    other: tuple[str, int],
    says: str,
) -> None:
    includes = "".join(f'include: "/{name}"\n' for name in texts if "model" not in name)
    found = assemble({"m.model.lkml": HEAD + includes, **texts}).diagnostics
    (one,) = found
    assert (one.place.path, one.place.line) == (path, line)
    ((where, at),) = [(each.path, each.line) for each in one.related]
    assert where == other[0]
    assert at == other[1] or not other[1]
    assert says in one.message
