"""Streaming: parts, back-pressure and what happens when a client leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest

from lookalike.api import streaming
from lookalike.api.app import application
from lookalike.instance import people, projects
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import open_instance
from lookalike.instance.queries import Stream
from lookalike.instance.workspaces import Version
from tests.api.conftest import signed_in

LOOKML = {
    "shop.model.lkml": """
connection: "warehouse"
explore: orders {}
explore: numbers {}
view: orders { derived_table: { sql: SELECT 1 AS id ;; } measure: count { type: count } }
view: numbers {
  derived_table: { sql: SELECT range AS id, repeat('x', 100) || range AS text FROM range(30000) ;; }
  dimension: text {}
}
"""
}


def stream_of(chunks: Iterator[bytes], cancelled: Event) -> Stream:
    project = SimpleNamespace(name="shop", created_at=datetime(2024, 1, 1, tzinfo=UTC))
    version = Version(
        project=cast("Any", project), workspace="dev", branch="b", commit="c", tree=cast("Any", "t")
    )
    return Stream("application/json", chunks, version, cancelled.set)


async def pump(stream: Stream, sent: list[bytes], leave_after: int = 0) -> bool:
    gone = asyncio.Event()

    async def receive() -> Any:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message["body"])
        if leave_after and len(sent) >= leave_after:
            gone.set()

    with ThreadPoolExecutor(2) as threads:
        return await streaming.send_parts(streaming.begin(stream), receive, send, threads)


def test_small_pieces_leave_as_one_part() -> None:
    sent: list[bytes] = []
    cancelled = Event()
    assert asyncio.run(pump(stream_of(iter([b"a", b"b", b"c"]), cancelled), sent))
    assert sent == [b"abc"]
    assert not cancelled.is_set()


def test_large_answers_leave_whole_in_parts() -> None:
    sent: list[bytes] = []
    cancelled = Event()
    pieces = [bytes([at]) * 400_000 for at in range(20)]
    assert asyncio.run(pump(stream_of(iter(pieces), cancelled), sent))
    assert b"".join(sent) == b"".join(pieces)
    assert 5 <= len(sent) <= 20
    assert not cancelled.is_set()


def test_a_client_that_leaves_cancels_and_closes() -> None:
    cancelled, closed = Event(), Event()

    def endless() -> Iterator[bytes]:
        try:
            while not cancelled.is_set():
                yield b"x" * streaming.PART_BYTES
        finally:
            closed.set()

    sent: list[bytes] = []
    assert not asyncio.run(pump(stream_of(endless(), cancelled), sent, leave_after=3))
    assert cancelled.is_set()
    assert closed.is_set()
    assert len(sent) < 10


def test_an_error_before_the_first_byte_is_raised_and_later_ends_the_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing(n_parts: int) -> Iterator[bytes]:
        for _ in range(n_parts):
            yield b"x" * streaming.PART_BYTES
        raise RuntimeError("the database went away")

    early, late = Event(), Event()
    with pytest.raises(RuntimeError):
        asyncio.run(pump(stream_of(failing(0), early), []))
    assert early.is_set()
    sent: list[bytes] = []
    assert not asyncio.run(pump(stream_of(failing(2), late), sent))
    assert late.is_set()
    assert len(sent) == 2
    assert "broke off" in caplog.text


def test_more_clients_than_slots_and_threads_are_all_answered(tmp_path: Path) -> None:
    """Answers under way hold the slots that others wait for: none may wait for the threads of those
    others.
    """
    config = Config(
        folder=str(tmp_path), connections={"warehouse": ConnectionConfig(slots=1)}, threads=2
    )
    with closing(open_instance(config)) as instance:
        projects.create_project(instance, people.operator(instance, "dev"), "shop", LOOKML, "first")
        client = signed_in(instance, application(instance), "developer")
        small = {"model": "shop", "view": "orders", "fields": ["orders.count"]}
        large = {"model": "shop", "view": "numbers", "fields": ["numbers.text"], "limit": "-1"}
        answers = client.all_at_once(
            "POST", "/api/4.0/queries/run/json", [small, large, small, large, small, small, small]
        )
    assert [answer.status for answer in answers] == [200] * 7
    assert all(len(answer.body) > 2 * streaming.PART_BYTES for answer in answers[1:4:2])
