"""One model at a time: it is the one that an assembly of the whole project has, with nothing given
but what it includes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lookalike.compiler import model, syntax
from lookalike.compiler.syntax import Budget

FILES: Mapping[str, str] = {
    "manifest.lkml": 'constant: table { value: "shop.orders" } local_dependency: { project: "o" }',
    "shop.model.lkml": """
        connection: "db"
        label: "The Shop"
        include: "explores/*.lkml"
        include: "/boards/*.dashboard"
        access_grant: staff { user_attribute: job allowed_values: ["staff"] }
        explore: users { hidden: yes required_access_grants: [staff] }
        explore: template { extension: required view_name: users }
    """,
    "explores/orders.explore.lkml": """
        include: "/views/*.view"
        include: "//o/*.view"
        explore: base { extension: required view_name: orders description: "All of them" }
        explore: orders { extends: [base] group_label: "Sales"
          join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
          join: nowhere { relationship: many_to_one sql_on: ${nope.id} = 1 ;; } }
    """,
    "views/orders.view.lkml": """
        view: orders { sql_table_name: @{table} ;; dimension: id { primary_key: yes }
          dimension: user_id {} measure: count {} }
    """,
    "views/users.view.lkml": "view: users { dimension: id { primary_key: yes } dimension: {} }",
    "boards/first.dashboard.lookml": "- dashboard: first\n  title: First\n",
    "lone.model.lkml": 'connection: "db" include: "missing.view" explore: lone {} view: lone {}',
    "unused/other.view.lkml": "view: other { dimension: id {} }",
}
IMPORTED: Mapping[str, str] = {
    "foreign.view.lkml": "view: +users { dimension: state {} }",
    "unused.view.lkml": "view: unused {}",
    "deep/unused.view.lkml": "view: deep {}",
}
PROJECTS = {"shop": FILES, "o": IMPORTED}


def _file(path: str, text: str) -> model.SourceFile | model.DashboardFile:
    if path.endswith(".lookml"):
        return model.DashboardFile(path, syntax.yaml.parse(text))
    return model.SourceFile(path, syntax.lookml.parse(text))


def _whole() -> model.Assembled:
    files = {
        name: [_file(path, text) for path, text in of.items()] for name, of in PROJECTS.items()
    }
    return model.assemble("shop", files["shop"], {"o": files["o"]}, {}, Budget())


def _loaded(
    path: str, reuse: model.Reuse, budget: int = 1_000_000
) -> tuple[model.Opened, model.Gathered | None, set[tuple[str, str]]]:
    """The model file `path` with all that turned out to be lacking, and what was given."""
    wanted = {("shop", "manifest.lkml"), ("shop", path)}
    while True:
        given = {
            name: [_file(each, of[each]) for each in of if (name, each) in wanted]
            for name, of in PROJECTS.items()
        }
        paths = {name: sorted(of) for name, of in PROJECTS.items()}
        opened = model.open_project("shop", paths, given, Budget(steps=budget), reuse)
        assert opened is not None
        gathered = opened.gathered(path)
        if not opened.lacking:
            return opened, gathered, wanted
        assert wanted.isdisjoint(opened.lacking)
        wanted |= set(opened.lacking)


@pytest.mark.parametrize("name", ["shop", "lone"])
@pytest.mark.parametrize("is_warm", [False, True])
def test_a_model_is_the_one_of_the_whole_project(name: str, is_warm: bool) -> None:
    expected = _whole().project.models[name]
    reuse = model.Reuse()
    if is_warm:
        _loaded("shop.model.lkml", reuse)
    opened, gathered, _ = _loaded(f"{name}.model.lkml", reuse)
    assert gathered is not None
    assert opened.build(gathered) == expected
    assert opened.overview(gathered) == model.overview_of(expected)


def test_nothing_is_asked_for_but_what_is_included() -> None:
    _, _, given = _loaded("shop.model.lkml", model.Reuse())
    unused = {path for path in FILES if path.startswith(("unused/", "lone"))}
    assert given == {
        *(("shop", path) for path in FILES if path not in unused),
        ("o", "foreign.view.lkml"),
        ("o", "unused.view.lkml"),
    }


def test_what_was_reached_is_known_the_next_time() -> None:
    reuse = model.Reuse()
    *_, given = _loaded("shop.model.lkml", reuse)
    assert set(reuse.reached("shop.model.lkml")) == given - {("shop", "manifest.lkml")}
    assert reuse.reached("lone.model.lkml") == ()


def test_a_pattern_is_matched_anew_where_the_files_are_others() -> None:
    reuse = model.Reuse()
    text = {"m.model.lkml": 'include: "v/*.view" explore: a {}'}
    text |= {f"v/{name}.view.lkml": f"view: {name} {{ dimension: id {{}} }}" for name in "abc"}
    files = {path: _file(path, each) for path, each in text.items()}
    few, more = (("m.model.lkml", *(f"v/{n}.view.lkml" for n in names)) for names in ("ab", "abc"))
    for paths in (few, few, more, more, few):
        given = {"p": [files[path] for path in paths]}
        opened = model.open_project("p", {"p": paths}, given, Budget(), reuse)
        gathered = opened.gathered("m.model.lkml") if opened is not None else None
        assert gathered is not None
        assert gathered.files == paths


def test_an_overview_tells_what_lists_show() -> None:
    opened, gathered, _ = _loaded("shop.model.lkml", model.Reuse())
    found = opened.overview(gathered) if gathered is not None else None
    assert found is not None
    assert (found.name, found.label, found.connection) == ("shop", "The Shop", "db")
    orders, users = found.explores
    assert (orders.name, orders.label, orders.group_label) == ("orders", "Orders", "Sales")
    assert orders.description == "All of them"
    assert (users.hidden, users.required_access_grants) == (True, ("staff",))


def test_dashboards_are_those_of_the_model() -> None:
    opened, gathered, _ = _loaded("shop.model.lkml", model.Reuse())
    assert gathered is not None
    found = opened.dashboards(gathered)
    assert found == _whole().project.models["shop"].dashboards
    assert list(found) == ["first"]


def test_what_is_too_large_is_no_model() -> None:
    *_, given = _loaded("shop.model.lkml", model.Reuse())
    assert given
    for steps in (60, 90, 120, 200):
        opened, gathered, _ = _loaded("shop.model.lkml", model.Reuse(), steps)
        assert gathered is None or opened.build(gathered) is None
