"""Handlers: which function serves which operation, and where it runs.

`resources` fills the table while it loads.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from lookalike.api.call import Answered, Call, Encoded, OpenCall
from lookalike.instance.queries import Stream
from lookalike.wire.operation import Nothing, Operation

P = TypeVar("P", bound=Struct)
B = TypeVar("B", bound=Struct)
A = TypeVar("A")

Served: TypeAlias = A | Answered[A] | Answered[Nothing] | Encoded | Stream | Nothing
"""What a handler may give back for an operation that answers A; Nothing is a 204."""


class Lane(Enum):
    """Where a handler runs.

    IN_PLACE: on the event loop, for what reads memory and the store. THREAD: in a pool, for what
    may wait for git, the compiler or a write. QUERY: in another pool, for what waits for a
    database.
    """

    IN_PLACE = "in_place"
    THREAD = "thread"
    QUERY = "query"


class Handler(Struct, frozen=True):
    """`function` takes the call, the parameters and the body."""

    operation: Operation[Any, Any, Any]
    function: Callable[[Any, Any, Any], Any]
    lane: Lane
    is_open: bool

    @property
    def is_immediate(self) -> bool:
        """Whether it runs in place and reads no body."""
        return self.lane is Lane.IN_PLACE and self.operation.body is Nothing


HANDLERS: dict[str, Handler] = {}
"""By the name of the operation."""


def serves(
    operation: Operation[P, B, A], lane: Lane = Lane.THREAD
) -> Callable[[Callable[[Call, P, B], Served[A]]], Callable[[Call, P, B], Served[A]]]:
    """Declare the function behind an operation that needs a token."""

    def enter(function: Callable[[Call, P, B], Served[A]]) -> Callable[[Call, P, B], Served[A]]:
        HANDLERS[operation.name] = Handler(operation, function, lane, is_open=False)
        return function

    return enter


def serves_anyone(
    operation: Operation[P, B, A], lane: Lane = Lane.THREAD
) -> Callable[[Callable[[OpenCall, P, B], Served[A]]], Callable[[OpenCall, P, B], Served[A]]]:
    """Declare the function behind a public operation."""

    def enter(
        function: Callable[[OpenCall, P, B], Served[A]],
    ) -> Callable[[OpenCall, P, B], Served[A]]:
        HANDLERS[operation.name] = Handler(operation, function, lane, is_open=True)
        return function

    return enter
