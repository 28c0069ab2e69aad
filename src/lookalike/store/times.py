"""Times as the store keeps them: whole microseconds since 1970, the same in every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def stamp(time: datetime) -> int:
    """An aware time as a number."""
    return (time - _START) // _MICROSECOND


def moment(number: int) -> datetime:
    """The number as a time in UTC."""
    return _START + timedelta(microseconds=number)
