"""History: whether what clients saw of one register can be explained by writes that happened one
after another.

A write and a read each have a beginning and an end. A read of value `v` is explained when some
write of `v` had begun before the read ended, and no other write both began after that one had ended
and ended before the read began. Reads of one client, one after another, must not go back to a value
that an earlier read had already left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Write:
    value: str
    began: float
    ended: float


@dataclass(frozen=True)
class Read:
    client: int
    value: str
    began: float
    ended: float


def unexplained(writes: Sequence[Write], reads: Sequence[Read]) -> list[Read]:
    """The reads that no order of the writes explains. Values are unique to their writes."""
    by_value = {write.value: write for write in writes}
    wrong = []
    latest: dict[int, Write] = {}
    for read in sorted(reads, key=lambda each: each.began):
        write = by_value.get(read.value)
        if write is None or write.began > read.ended:
            wrong.append(read)
            continue
        overwritten = any(
            other.began > write.ended and other.ended < read.began for other in writes
        )
        before = latest.get(read.client)
        goes_back = before is not None and write.ended < before.began
        if overwritten or goes_back:
            wrong.append(read)
        else:
            latest[read.client] = write
    return wrong
