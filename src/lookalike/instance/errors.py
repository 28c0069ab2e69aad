"""Errors of the hall: why a request cannot be served.

    LookalikeError
      NotAuthenticated     nobody, or a token that is not (or no longer) good
      NotFound             it does not exist, or the caller may not see it
      NotAllowed           the caller lacks a permission
      Invalid              what was asked does not make sense; `problems` say field by field
        Uncompilable       the question or the LookML behind it is wrong; `diagnostics` say where
      Conflict             somebody was faster
      Busy                 try again later
      Unavailable          a database or a remote can't be reached
      Pending              it has not ended yet; ask again
      Failed               what ran in the background has failed, and this is all there is of it

`api/errors.py` maps them to statuses, `cli/main.py` to exit codes. Messages are sentences for the
one who asked.
"""

from __future__ import annotations

from msgspec import Struct

from lookalike.compiler.syntax import Diagnostic


class LookalikeError(Exception):
    """The base of everything that the hall raises on purpose."""


class NotAuthenticated(LookalikeError):
    """No caller."""


class NotFound(LookalikeError):
    """Absent, or not visible to the caller; the two are not told apart."""


class NotAllowed(LookalikeError):
    """A permission is missing; the message names it."""


class Problem(Struct, frozen=True):
    """One field of what was asked and what is wrong with it. `code` is a stable token."""

    field: str
    code: str
    message: str


class Invalid(LookalikeError):
    """What was asked does not make sense."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class Uncompilable(Invalid):
    """The compiler found errors in the question or in the LookML behind it.

    With `shows_places` each message ends with the place in the LookML, if there is one.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...], shows_places: bool = False) -> None:
        errors = [found for found in diagnostics if found.is_error]
        said = [_placed(found) if shows_places else found.message for found in errors]
        super().__init__(
            said[0],
            tuple(
                Problem(found.field, found.code.value, message)
                for found, message in zip(errors, said, strict=True)
            ),
        )
        self.diagnostics = diagnostics


class Conflict(LookalikeError):
    """Somebody was faster, or the name is taken."""


class Busy(LookalikeError):
    """Too much is going on; worth another try after `seconds`."""

    def __init__(self, message: str, seconds: int = 1) -> None:
        super().__init__(message)
        self.seconds = seconds


class Unavailable(LookalikeError):
    """A database or a remote can't be reached."""


class Pending(LookalikeError):
    """What was asked for is still being made. No failure: the API answers 202."""


class Failed(LookalikeError):
    """A task has ended without an answer; the message says why. The API answers 400."""


def _placed(found: Diagnostic) -> str:
    place = found.place
    return f"{found.message} ({place.path}:{place.line})" if place.path else found.message
