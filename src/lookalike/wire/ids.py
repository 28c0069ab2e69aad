"""Id: the numeric ids of the API, a number in 3.1 and a string in 4.0.

Ids that 3.1 writes as strings stay `str`.
"""

from __future__ import annotations


class Id(str):
    """An id, kept as text. `encoding` writes it as the version wants and reads both shapes."""

    __slots__ = ()
