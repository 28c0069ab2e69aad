"""Moving a ref of a project's repository, with what can stand in the way as errors of the hall.

In: where the ref is expected and where it shall point. Out: nothing, or Moved for the caller to say
what has changed meanwhile.
"""

from __future__ import annotations

from lookalike.git import MissingObject, RefLocked, RefTaken, Repository
from lookalike.instance.errors import Busy, Conflict, Invalid


def move(repository: Repository, ref: str, expected: str | None, new: str | None) -> None:
    """One compare-and-set. Raises Moved if the ref was elsewhere.

    Raises Conflict if the name clashes with other refs, Busy if another git program holds it.
    """
    try:
        repository.move(ref, expected, new)
    except RefTaken as error:
        raise Conflict(str(error)) from None
    except RefLocked as error:
        raise Busy(f"{error}; try again") from None
    except MissingObject as error:
        raise Invalid(str(error)) from None
