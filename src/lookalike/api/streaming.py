"""Streaming: an answer goes out while it is made, no faster than the client reads.

The pieces come from a blocking iterator, which is pulled in a thread, about a megabyte at a time,
while the part before is on its way. At most two parts are held. A client that leaves, or stops
reading, frees the database at once.

A started answer holds a slot of its database. So it is never pulled in the threads in which others
wait for a slot: the first part is made in the thread that started it, the rest in threads that do
nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor
from time import monotonic

from msgspec import Struct

from lookalike.api.redact import logger
from lookalike.api.requests import Receive, Send
from lookalike.instance.queries import Stream

LOG = logger(__name__)
PART_BYTES = 1_000_000
PART_SECONDS = 0.05
SEND_SECONDS = 120
"""How long a client may leave a part unread."""


class Part(Struct, frozen=True):
    body: bytes
    is_last: bool


class Begun(Struct, frozen=True):
    """An answer with its first part."""

    stream: Stream
    first: Part


def begin(stream: Stream) -> Begun:
    """Make the first part; may wait for the database. What the iterator raises here can still be
    answered as an error.
    """
    try:
        return Begun(stream, _pull(stream.chunks))
    except BaseException:
        stream.cancel()
        raise


async def send_parts(begun: Begun, receive: Receive, send: Send, threads: Executor) -> bool:
    """Send the first part and all that follow. False if the answer ends too early;
    the connection is then to be dropped.
    """
    stream, part = begun.stream, begun.first
    if part.is_last:
        await send({"type": "http.response.body", "body": part.body})
        return True
    gone = asyncio.ensure_future(left(receive))
    try:
        return await _send_all(stream, part, gone, send, threads)
    finally:
        gone.cancel()


async def _send_all(
    stream: Stream, part: Part, gone: asyncio.Future[None], send: Send, threads: Executor
) -> bool:
    loop = asyncio.get_running_loop()
    pull: asyncio.Future[Part] | None = None
    try:
        while True:
            pull = None if part.is_last else loop.run_in_executor(threads, _pull, stream.chunks)
            async with asyncio.timeout(SEND_SECONDS):
                await send(
                    {
                        "type": "http.response.body",
                        "body": part.body,
                        "more_body": not part.is_last,
                    }
                )
            if pull is None:
                return True
            await asyncio.wait((pull, gone), return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return False
            part = pull.result()
            pull = None
    except Exception:
        LOG.exception("an answer broke off after it had begun")
        return False
    finally:
        if not part.is_last:
            stream.cancel()
            await _settle(stream, pull, threads)


def _pull(chunks: Iterator[bytes]) -> Part:
    """The next part: pieces until there is enough of them, or enough time has passed."""
    pieces: list[bytes] = []
    size = 0
    deadline = monotonic() + PART_SECONDS
    for piece in chunks:
        pieces.append(piece)
        size += len(piece)
        if size >= PART_BYTES or monotonic() > deadline:
            return Part(b"".join(pieces), is_last=False)
    return Part(b"".join(pieces), is_last=True)


async def left(receive: Receive) -> None:
    """Wait until the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _settle(stream: Stream, pull: asyncio.Future[Part] | None, threads: Executor) -> None:
    """Let the cancelled iterator come to rest and close it, so that nothing is left behind."""
    if pull is not None:
        await asyncio.wait((pull,))
        pull.exception()
    close = getattr(stream.chunks, "close", None)
    if close is not None:
        await asyncio.get_running_loop().run_in_executor(threads, close)
