"""Query tasks: where they run, who sees them, how they end."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.query import Query
from lookalike.instance import files, people, projects, queries, tasks, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import Failed, Invalid, NotFound, Pending
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.tasks import Status

MODEL = 'connection: "warehouse"\ninclude: "/*.view.lkml"\nexplore: t {}\nexplore: broken {}\n'
VIEW = """
view: t {
  sql_table_name: (SELECT range AS n, 'MARK' AS mark FROM range(10)) ;;
  dimension: n { type: number }
  dimension: mark {}
  dimension: wrong { sql: no_such_column ;; }
  dimension: slow { type: number sql: (SELECT count(*) FROM range(1000000) a, range(1000000) b
    WHERE a.range + b.range = ${TABLE}.n) ;; }
  measure: count { type: count }
}
view: broken {
  sql_table_name: no_such_table ;;
  dimension: n {}
}
"""


class Hall(Struct, frozen=True):
    """An instance, and a developer in it."""

    instance: Instance
    caller: Caller

    def task(self, *fields: str, format_: str = "json", **rest: Any) -> tasks.Task:
        explore = rest.pop("explore", "t")
        question = Query(
            model="shop", explore=explore, fields=tuple(f"{explore}.{each}" for each in fields)
        )
        saved = queries.save(self.instance, self.caller, question, {})
        return tasks.create_task(self.instance, self.caller, saved.record.id, format_, **rest)

    def ended(self, task: tasks.Task, caller: Caller | None = None) -> tasks.Task:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            found = tasks.get_task(self.instance, caller or self.caller, task.id)
            if found.has_ended:
                return found
            time.sleep(0.02)
        raise AssertionError("the task did not end")

    def body(self, task: tasks.Task) -> str:
        return b"".join(tasks.results_of(self.instance, self.caller, task.id).chunks).decode()

    def second(self) -> Instance:
        """Another process of the same server, as far as the store can tell."""
        return open_instance(self.instance.config, self.instance.clock)


@pytest.fixture
def now() -> list[timedelta]:
    """How far ahead of time the clocks of the hall are."""
    return [timedelta()]


@pytest.fixture
def hall(tmp_path: Path, now: list[timedelta]) -> Iterator[Hall]:
    config = Config(folder=str(tmp_path), connections={"warehouse": ConnectionConfig()})
    opened = open_instance(config, lambda: datetime.now(UTC) + now[0])
    operator = people.operator(opened, "dev")
    projects.create_project(
        opened, operator, "shop", {"shop.model.lkml": MODEL, "t.view.lkml": VIEW}, "first"
    )
    yield Hall(opened, operator)
    opened.close()


def test_a_task_answers_as_the_query_itself(hall: Hall) -> None:
    task = hall.ended(hall.task("n", "mark"))
    assert task.status is Status.COMPLETE
    assert len(task.id) == 32
    assert task.runtime is not None
    assert len(json.loads(hall.body(task))) == 10
    assert task.size == len(hall.body(task))


def test_it_tells_which_files_it_read(hall: Hall) -> None:
    project = projects.get_project(hall.instance, hall.caller, "shop")
    version = workspaces.version_of(hall.instance, hall.caller, project)
    task = hall.ended(hall.task("n", format_="json_detail"))
    assert (task.project, task.tree, task.commit) == ("shop", version.tree, version.commit)
    assert json.loads(hall.body(task))["provenance"]["tree"] == version.tree
    stream = tasks.results_of(hall.instance, hall.caller, task.id)
    assert (stream.version.project.name, stream.version.tree) == ("shop", version.tree)


def test_it_keeps_the_files_of_the_moment_it_was_made(hall: Hall) -> None:
    blockers = [hall.task("slow") for _ in range(hall.instance.config.task_threads)]
    task = hall.task("mark")
    project = projects.get_project(hall.instance, hall.caller, "shop")
    changed = {"t.view.lkml": VIEW.replace("MARK", "OTHER")}
    projects.commit_files(hall.instance, hall.caller, project, changed, "second")
    for each in blockers:
        tasks.kill(hall.instance, hall.caller, each.id)
    assert {row["t.mark"] for row in json.loads(hall.body(hall.ended(task)))} == {"MARK"}
    assert "OTHER" in hall.body(hall.ended(hall.task("mark")))


def test_a_question_can_be_asked_again_as_of_an_answer(hall: Hall) -> None:
    """Also of what was only saved, and never committed."""
    saved = VIEW.replace("MARK", "SAVED")
    files.save_file(hall.instance, hall.caller, "shop", "t.view.lkml", saved)
    task = hall.ended(hall.task("mark", format_="json_detail"))
    as_of = json.loads(hall.body(task))["provenance"]["as_of"]
    files.save_file(hall.instance, hall.caller, "shop", "t.view.lkml", VIEW)
    assert "SAVED" not in hall.body(hall.ended(hall.task("mark")))
    there = workspaces.within(hall.instance, hall.caller, as_of)
    again = Hall(hall.instance, there).ended(Hall(hall.instance, there).task("mark"))
    assert "SAVED" in hall.body(again)
    assert (again.tree, again.workspace) == (task.tree, as_of)


def test_another_process_sees_it_and_its_answer(hall: Hall) -> None:
    task = hall.ended(hall.task("n"))
    other = hall.second()
    try:
        assert tasks.get_task(other, hall.caller, task.id) == task
        data = tasks.many_results(other, hall.caller, [task.id])[task.id].data
        assert data is not None
        assert data.decode() == hall.body(task)
    finally:
        other.close()


def test_another_session_of_the_user_sees_it_and_nobody_else(hall: Hall) -> None:
    task = hall.ended(hall.task("n"))
    renewed = replace(hall.caller, session=replace(hall.caller.session, id=99))
    assert tasks.get_task(hall.instance, renewed, task.id) == task
    other = replace(hall.caller, user=people.enter_user(hall.instance, "b@example.com", "admin"))
    for ask in (tasks.get_task, tasks.results_of):
        with pytest.raises(NotFound):
            ask(hall.instance, other, task.id)
    found = tasks.many_results(hall.instance, other, [task.id])
    assert found[task.id] == tasks.TaskResult(Status.MISSING)


def test_sql_is_not_run(hall: Hall) -> None:
    task = hall.ended(hall.task("wrong", format_="sql"))
    assert task.status is Status.COMPLETE
    assert "no_such_column" in hall.body(task)


def test_until_the_end_there_is_no_answer(hall: Hall) -> None:
    task = hall.task("slow")
    with pytest.raises(Pending):
        tasks.results_of(hall.instance, hall.caller, task.id)
    found = tasks.many_results(hall.instance, hall.caller, [task.id, "nonsense"])
    assert found[task.id].status in (Status.ADDED, Status.RUNNING)
    assert found[task.id].data is None
    assert found["nonsense"].status is Status.MISSING
    tasks.kill(hall.instance, hall.caller, task.id)


def test_refused_sql_in_json_detail(hall: Hall) -> None:
    task = hall.ended(hall.task("wrong", format_="json_detail"))
    assert task.status is Status.ERROR
    body = json.loads(hall.body(task))
    assert body["id"] == str(task.query_id)
    assert float(body["runtime"]) >= 0
    assert "no_such_column" in body["sql"]
    assert body["data"] == []
    (error,) = body["errors"]
    assert error["message"] == "the database refused the query"
    assert "no_such_column" in error["message_details"]
    line = body["sql"].splitlines()[error["sql_error_loc"]["line"] - 1]
    assert "no_such_column" in line


def test_refused_sql_in_json_bi(hall: Hall) -> None:
    task = hall.ended(hall.task("wrong", format_="json_bi"))
    assert task.status is Status.ERROR
    body = json.loads(hall.body(task))
    assert "no_such_column" in body["metadata"]["sql"]
    assert "no_such_column" in body["rows"][0]["looker_error"]


def test_refused_sql_in_json_is_a_failure(hall: Hall) -> None:
    task = hall.ended(hall.task("wrong"))
    with pytest.raises(Failed, match="no_such_column"):
        tasks.results_of(hall.instance, hall.caller, task.id)
    data = tasks.many_results(hall.instance, hall.caller, [task.id])[task.id].data
    assert data is not None
    assert "no_such_column" in json.loads(data)[0]["looker_error"]


@pytest.mark.parametrize("format_", ["json_detail", "json_bi"])
def test_a_question_that_cannot_be_compiled(hall: Hall, format_: str) -> None:
    task = hall.ended(hall.task("absent", format_=format_))
    assert task.status is Status.ERROR
    assert "absent" in task.error
    assert "absent" in hall.body(task)


def test_an_explore_that_does_not_exist(hall: Hall) -> None:
    task = hall.task("n", explore="gone", format_="json_detail")
    assert task.status is Status.ERROR
    data = tasks.many_results(hall.instance, hall.caller, [task.id])[task.id].data
    assert data is not None
    assert "gone" in json.loads(data)["errors"][0]["message"]


def test_an_unknown_format(hall: Hall) -> None:
    with pytest.raises(Invalid, match="not supported"):
        hall.task("n", format_="nonsense")


def test_killing(hall: Hall) -> None:
    task = hall.task("slow")
    while tasks.get_task(hall.instance, hall.caller, task.id).status is not Status.RUNNING:
        time.sleep(0.02)
    (running,) = tasks.list_running(hall.instance, hall.caller)
    assert (running.task.id, running.model, running.explore) == (task.id, "shop", "t")
    tasks.kill(hall.instance, hall.caller, task.id)
    assert tasks.get_task(hall.instance, hall.caller, task.id).status is Status.KILLED
    assert tasks.list_running(hall.instance, hall.caller) == ()
    assert _is_soon(lambda: not hall.instance.background.holds(task.id))
    with pytest.raises(NotFound):
        tasks.kill(hall.instance, hall.caller, task.id)
    with pytest.raises(Failed, match="killed"):
        tasks.results_of(hall.instance, hall.caller, task.id)


def test_killing_one_that_has_ended_leaves_its_answer(hall: Hall) -> None:
    task = hall.ended(hall.task("n"))
    with pytest.raises(NotFound):
        tasks.kill(hall.instance, hall.caller, task.id)
    assert len(json.loads(hall.body(task))) == 10


def test_killing_from_another_process(hall: Hall) -> None:
    task = hall.task("slow")
    other = hall.second()
    try:
        tasks.kill(other, hall.caller, task.id)
    finally:
        other.close()
    assert _is_soon(lambda: not hall.instance.background.holds(task.id))


def test_only_those_who_administer_kill_what_is_others(hall: Hall) -> None:
    task = hall.task("slow")
    user = people.enter_user(hall.instance, "b@example.com", "developer")
    other = replace(hall.caller, user=user, permissions=frozenset({"access_data"}))
    assert tasks.list_running(hall.instance, other) == ()
    with pytest.raises(NotFound):
        tasks.kill(hall.instance, other, task.id)
    administrator = replace(hall.caller, user=user)
    assert [each.task.id for each in tasks.list_running(hall.instance, administrator)] == [task.id]
    tasks.kill(hall.instance, administrator, task.id)
    assert hall.ended(task).status is Status.KILLED


def test_a_server_that_stops_says_so(hall: Hall) -> None:
    other = hall.second()
    task = Hall(other, hall.caller).task("slow")
    other.close()
    ended = hall.ended(task)
    assert ended.status is Status.ERROR
    assert "create the task again" in ended.error


def test_a_server_that_dies_leaves_an_error_and_no_hang(hall: Hall, now: list[timedelta]) -> None:
    task = hall.task("n", deferred=True)
    hall.ended(task)
    with hall.instance.database.write() as db:  # as if its process had been killed while it ran
        sql = "UPDATE query_tasks SET status = 'running', runner = 'dead' WHERE id = ?"
        db.run(sql, (task.id,))
    assert not tasks.get_task(hall.instance, hall.caller, task.id).has_ended
    now[0] = timedelta(minutes=1)
    assert tasks.list_running(hall.instance, hall.caller) == ()
    ended = tasks.get_task(hall.instance, hall.caller, task.id)
    assert ended.status is Status.ERROR
    assert "create the task again" in ended.error
    with pytest.raises(Failed, match="create the task again"):
        tasks.results_of(hall.instance, hall.caller, task.id)


DIES = """
import sys, time
from pathlib import Path
from lookalike.instance import people, queries, tasks
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import open_instance

config = Config(folder=sys.argv[1], connections={"warehouse": ConnectionConfig()})
instance = open_instance(config)
caller = people.operator(instance, "dev")
task = tasks.create_task(instance, caller, int(sys.argv[2]), "json_detail")
while tasks.get_task(instance, caller, task.id).status != "running":
    time.sleep(0.02)
print(task.id, flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_a_process_that_is_killed(hall: Hall, now: list[timedelta]) -> None:
    question = Query(model="shop", explore="t", fields=("t.slow",))
    saved = queries.save(hall.instance, hall.caller, question, {})
    command = [sys.executable, "-c", DIES, hall.instance.config.folder, str(saved.record.id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        id_ = process.stdout.readline().strip()
        assert tasks.get_task(hall.instance, hall.caller, id_).status is Status.RUNNING
        process.kill()
    now[0] = timedelta(seconds=30)
    assert tasks.get_task(hall.instance, hall.caller, id_).status is Status.ERROR
    data = b"".join(tasks.results_of(hall.instance, hall.caller, id_).chunks)
    assert "create the task again" in json.loads(data)["errors"][0]["message"]


def test_jobs_run_side_by_side(hall: Hall) -> None:
    made = [hall.task("slow") for _ in range(4)]  # as many as the connection has slots

    def n_running() -> int:
        running = tasks.list_running(hall.instance, hall.caller)
        return sum(each.task.status is Status.RUNNING for each in running)

    assert _is_soon(lambda: n_running() == 4)
    for each in made:
        tasks.kill(hall.instance, hall.caller, each.id)


def test_answers_are_kept_for_a_while(hall: Hall, now: list[timedelta]) -> None:
    task = hall.ended(hall.task("n"))
    now[0] = timedelta(hours=2)
    hall.ended(hall.task("mark"))
    assert tasks.get_task(hall.instance, hall.caller, task.id).status is Status.EXPIRED
    with pytest.raises(NotFound, match="no longer kept"):
        tasks.results_of(hall.instance, hall.caller, task.id)
    with hall.instance.database.read() as db:
        sql = "SELECT count(*) FROM query_task_parts WHERE task_id = ?"
        assert db.row(sql, (task.id,)) == (0,)
    now[0] = timedelta(days=2)
    hall.ended(hall.task("count"))
    found = tasks.many_results(hall.instance, hall.caller, [task.id])
    assert found[task.id].status is Status.MISSING


def test_all_answers_together_are_bounded(hall: Hall, now: list[timedelta]) -> None:
    small = Hall(
        replace(hall.instance, config=replace(hall.instance.config, task_results_mb=0)),
        hall.caller,
    )
    task = small.ended(small.task("n"))
    now[0] = timedelta(minutes=2)
    small.ended(small.task("mark"))
    assert tasks.get_task(hall.instance, hall.caller, task.id).status is Status.EXPIRED


def test_one_answer_is_bounded(hall: Hall) -> None:
    small = Hall(
        replace(hall.instance, config=replace(hall.instance.config, task_result_mb=0)),
        hall.caller,
    )
    ended = small.ended(small.task("n"))
    assert ended.status is Status.ERROR
    assert "too large" in ended.error


def test_many_at_once(hall: Hall) -> None:
    made = [hall.task("n", "mark") for _ in range(60)]
    for each in made:
        assert hall.ended(each).status is Status.COMPLETE
    found = tasks.many_results(hall.instance, hall.caller, [each.id for each in made])
    assert len({each.data for each in found.values()}) == 1


def _is_soon(is_true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if is_true():
            return True
        time.sleep(0.05)
    return False


def test_who_may_not_see_sql_sees_none_of_it(hall: Hall) -> None:
    caller = replace(hall.caller, permissions=hall.caller.permissions - {"see_sql"})
    blind = Hall(hall.instance, caller)
    for format_ in ("json_detail", "json_bi", "json"):
        task = blind.ended(blind.task("wrong", format_=format_))
        found = tasks.many_results(hall.instance, caller, [task.id])[task.id]
        assert found.status is Status.ERROR
        assert found.data is not None
        assert b"no_such_column" not in found.data
        assert "no_such_column" not in task.error
