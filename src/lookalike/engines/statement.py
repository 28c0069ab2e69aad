"""Statement: one running statement, whatever the database: its deadline, its cancelling, its one
way to end.

In: a hand that can read, stop and be killed. Out: a stream of pieces. However it ends, by reading
to the end, an error, the deadline, a cancel or because nobody reads any more, the hand is released
exactly once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from lookalike.engines.engine import Cancelled, Column, EngineError, TimedOut
from lookalike.engines.watchdog import Watchdog

Piece = TypeVar("Piece")
Piece_co = TypeVar("Piece_co", covariant=True)

GRACE = 1.0
"""Seconds between a polite stop and the end by force."""


class Hand(Protocol[Piece_co]):
    """What a statement needs of its database. Only `stop` and `kill` may come while another call is
    under way."""

    def begin(self) -> Sequence[Column]:
        """Send the statement and learn what it will return. Raises an EngineError."""

    def read(self) -> Piece_co | None:
        """The next piece; None at the end. Raises an EngineError."""

    def stop(self) -> None:
        """Ask the database to stop; a read under way, or the next one, then ends soon."""

    def kill(self) -> None:
        """Make it stop; a read under way ends now."""

    def release(self) -> None:
        """Give back what the statement held."""


class Statement(Generic[Piece]):
    """Satisfies Running and RunningText. It can be read once."""

    def __init__(self, hand: Hand[Piece], deadline: float, watchdog: Watchdog) -> None:
        self._hand = hand
        self._watchdog = watchdog
        self._due = deadline
        self._reading = threading.Lock()  # held while the hand reads, and to end
        self._marking = threading.Lock()  # held for a moment: why and whether it ends
        self._reason: EngineError | None = None
        self._ended = False
        self._watchdog.watch(self)
        with self._reading:
            try:
                self.columns = self._hand.begin()
            except BaseException as error:
                self._end()
                raise self._reason or error from None

    def __iter__(self) -> Iterator[Piece]:
        try:
            while (piece := self._next()) is not None:
                yield piece
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Stop. Waits a moment for the database to give in; if another thread is reading, that one
        waits."""
        self._stop(Cancelled("the query was cancelled"))
        if self._reading.acquire(blocking=False):
            try:
                self._drain()
            finally:
                self._reading.release()

    @property
    def due(self) -> float:
        return self._due

    def overdue(self) -> None:
        """The watchdog's word: first the deadline has passed, then the grace."""
        if self._reason is None:
            self._stop(TimedOut("the query took longer than it was allowed to and was stopped"))
            return
        self._end_by_force()

    def close(self) -> None:
        """The engine is being closed."""
        self._stop(Cancelled("the connection has been closed"))
        self._end_by_force()

    def _next(self) -> Piece | None:
        with self._reading:
            while not self._ended:
                piece = self._read()
                if self._reason is None:
                    return piece
            if self._reason is not None:
                raise self._reason
            return None

    def _read(self) -> Piece | None:
        """Read a piece, and end when there is no more."""
        try:
            piece = self._hand.read()
        except BaseException as error:
            self._end()
            raise self._reason or error from None
        if piece is None:
            self._end()
        return piece

    def _stop(self, reason: EngineError) -> None:
        with self._marking:
            if self._ended or self._reason is not None:
                return
            self._reason = reason
            self._due = time.monotonic() + GRACE
            self._hand.stop()
        self._watchdog.look_again()

    def _end_by_force(self) -> None:
        with self._marking:
            if not self._ended:
                self._hand.kill()
        with self._reading:  # nobody can hold this for long: the hand is dead
            self._drain()

    def _drain(self) -> None:
        while not self._ended:
            try:
                self._read()
            except EngineError:
                return

    def _end(self) -> None:
        with self._marking:
            if self._ended:
                return
            self._ended = True
        self._watchdog.forget(self)
        self._hand.release()
