"""Writes `client/methods.py` from the operations of the wire: `python -m tests.client.generate`.

One class a tag, blocking and not, one method an operation. Arguments stand in the order of the
published description: path, body, query.
"""

from __future__ import annotations

import re
import subprocess
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from textwrap import indent, wrap
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Nothing, Operation, Output
from lookalike.wire.operations import OPERATIONS

ROOT = Path(__file__).parents[2]
METHODS = ROOT / "src" / "lookalike" / "client" / "methods.py"
WIDTH = 92

NOTES = {
    "login": (
        "A client logs in by itself; this token is the caller's to use, and the client's session"
        " stays as it is."
    ),
    "login_user": "The token is the caller's to use; the client goes on as itself.",
    "logout": (
        "Asks nothing where there is no session. The next call logs in again, and into the"
        " workspace that was chosen before."
    ),
    "session": "The client takes the workspace of the answer for the one to stay in.",
    "update_session": (
        "The client keeps the choice: whenever its token is renewed, it enters the workspace again"
        " before anything else is sent, and raises WorkspaceLost if it can't."
    ),
}
"""What the client adds to operations."""

HEAD = '''"""Methods: every operation as a method of its tag, blocking and not.

Made by `python -m tests.client.generate` from the operations of `wire`; edit those, not this file.
"""

# ruff: noqa: A002, PLR0913 - the arguments are those of the published operations
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from lookalike.client.bodies import body_of
'''

SENDS = '''
P_contra = TypeVar("P_contra", bound=Struct)
B_contra = TypeVar("B_contra", bound=Struct)
A = TypeVar("A")


class Sends(Protocol):
    """Does one call: gives the answer, or raises."""

    def __call__(
        self,
        operation: Operation[P_contra, B_contra, A],
        params: P_contra,
        body: B_contra,
        /,
    ) -> A: ...


class SendsLater(Protocol):
    """Does one call when it is awaited."""

    async def __call__(
        self,
        operation: Operation[P_contra, B_contra, A],
        params: P_contra,
        body: B_contra,
        /,
    ) -> A: ...
'''


@dataclass(frozen=True)
class Argument:
    """One argument of a method. `default` is its source text, empty if it must be given."""

    name: str
    annotation: str
    default: str
    description: str
    is_id: bool = False

    def declaration(self) -> str:
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else "")

    def value(self) -> str:
        if not self.is_id:
            return f"{self.name}={self.name}"
        as_id = f"Id({self.name})"
        return f"{self.name}={as_id if not self.default else f'{self.name} and {as_id}'}"


def source() -> str:
    """The text of the file, formatted."""
    parts = [HEAD, *imports(), SENDS]
    for is_async in (False, True):
        parts += [tag_class(tag, is_async) for tag in tags()]
    parts += [face(False), face(True)]
    return formatted("\n".join(parts))


def formatted(text: str) -> str:
    for command in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(METHODS), "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        text = done.stdout
    return text


def tags() -> dict[str, list[Operation[Any, Any, Any]]]:
    return {tag: list(group) for tag, group in groupby(OPERATIONS, lambda each: each.tag)}


def imports() -> Iterator[str]:
    """The modules of the operations, and by their names the structs that signatures show."""
    for module in dict.fromkeys(module_of(each) for each in OPERATIONS):
        yield f"from lookalike.wire import {module} as wire_{module}"
    named: dict[str, set[str]] = {"lookalike.wire.operation": {"Nothing", "Operation"}}
    for operation in OPERATIONS:
        structs = [operation.params, *body_types(operation), *answer_structs(operation)]
        for struct in structs:
            named.setdefault(struct.__module__, set()).add(struct.__name__)
        if any(argument.is_id for argument in arguments(operation)):
            named.setdefault(Id.__module__, set()).add("Id")
    for module, names in named.items():
        yield f"from {module} import {', '.join(sorted(names))}"


def tag_class(tag: str, is_async: bool) -> str:
    awaited = "SendsLater" if is_async else "Sends"
    lines = [
        f"class {class_name(tag, is_async)}:",
        f'    """The operations of the tag {tag}{", to be awaited" if is_async else ""}."""',
        f"    def __init__(self, send: {awaited}) -> None:",
        "        self._send = send",
        "",
    ]
    methods = [method(operation, is_async) for operation in tags()[tag]]
    return "\n".join([*lines, indent("\n\n".join(methods), "    "), ""])


def face(is_async: bool) -> str:
    lines = [
        f"class {'AsyncMethods' if is_async else 'Methods'}:",
        '    """All operations, grouped by tag."""',
        f"    def __init__(self, send: {'SendsLater' if is_async else 'Sends'}) -> None:",
    ]
    lines += [
        f"        self.{attribute(tag)} = {class_name(tag, is_async)}(send)" for tag in tags()
    ]
    return "\n".join([*lines, ""])


def method(operation: Operation[Any, Any, Any], is_async: bool) -> str:
    declared = ", ".join(["self", *(each.declaration() for each in arguments(operation))])
    keyword = "async def" if is_async else "def"
    return "\n".join(
        [
            f"{keyword} {operation.name}({declared}) -> {answer_text(operation)}:",
            indent(f'"""{docstring(operation)}\n"""', "    "),
            indent(call(operation, is_async), "    "),
        ]
    )


def call(operation: Operation[Any, Any, Any], is_async: bool) -> str:
    given = ", ".join(each.value() for each in arguments(operation) if each.name != "body")
    params, body = f"{operation.params.__name__}({given})", "Nothing()"
    if operation.takes_form:
        params, body = f"{operation.params.__name__}()", f"{operation.body.__name__}({given})"
    elif operation.body is not Nothing:
        body = f"body_of({operation.body.__name__}, body)"
    sent = f"self._send(wire_{module_of(operation)}.{operation.name}, {params}, {body})"
    sent = f"await {sent}" if is_async else sent
    if operation.answer is Nothing:
        return sent
    if operation.answer is Output:
        return f"return ({sent}).text"
    return f"return {sent}"


def arguments(operation: Operation[Any, Any, Any]) -> list[Argument]:
    """Path, body, query: the order of the published description."""
    hints = get_type_hints(operation.params, include_extras=True)
    of_params = [
        argument(field, hints[field.name]) for field in msgspec.structs.fields(operation.params)
    ]
    in_path = path_names(operation)
    first = [next(each for each in of_params if each.name == name) for name in in_path]
    body = [] if operation.body is Nothing or operation.takes_form else [body_argument(operation)]
    in_query = [each for each in of_params if each.name not in in_path]
    return [*first, *body, *sorted(in_query, key=lambda each: bool(each.default))]


def argument(field: Any, hint: Any) -> Argument:
    description = "Fields of the answer to give: `id,name`; all if it is left out."
    if hasattr(hint, "__metadata__"):
        described = (meta.description for meta in hint.__metadata__)
        description = next(said for said in described if said)
        hint = hint.__origin__
    is_id = hint is Id or Id in get_args(hint)
    default = "" if field.required else repr(field.default)
    return Argument(field.name, type_text(hint), default, description, is_id)


def body_argument(operation: Operation[Any, Any, Any]) -> Argument:
    names = " | ".join(each.__name__ for each in body_types(operation))
    said = first_sentence(operation.body)
    return Argument("body", f"{names} | Mapping[str, Any]", "", f"{said} A mapping will do.")


def body_types(operation: Operation[Any, Any, Any]) -> list[type[Struct]]:
    """The body and, if it has one, the struct whose writable part it is."""
    if operation.body is Nothing:
        return []
    twin = operation.body.__name__.removeprefix("Write")
    found = getattr(sys.modules[operation.body.__module__], twin, operation.body)
    return list(dict.fromkeys([operation.body, found]))


def docstring(operation: Operation[Any, Any, Any]) -> str:
    parts = [f"{operation.summary}."]
    for said in (operation.description, NOTES.get(operation.name, "")):
        if said:
            parts.append(filled(said))
    parts.append(f"`{operation.method} /api/{operation.versions[-1]}{operation.path}`")
    given = [entry(each.name, each.description) for each in arguments(operation)]
    if given:
        parts.append("\n".join(["Args:", *given]))
    parts.append("\n".join(["Returns:", entry(answer_text(operation), answer_said(operation))]))
    raised = [entry(name, said) for name, said in errors(operation)]
    return "\n\n".join([*parts, "\n".join(["Raises:", *raised])])


def errors(operation: Operation[Any, Any, Any]) -> Iterator[tuple[str, str]]:
    if operation.name == "login":
        yield "NotAuthenticated", "The credential is refused."
    elif not operation.public:
        yield "NotAuthenticated", "The client's credential is refused."
    if operation.needs and operation.needs != SIGNED_IN:
        yield "NotAllowed", f"The caller lacks the permission `{operation.needs}`."
    if path_names(operation):
        yield "NotFound", "There is no such thing, or the caller may not see it."
    if arguments(operation):
        yield "Invalid", "An argument makes no sense to the server."
    if not operation.public and operation.name != "logout":
        yield "WorkspaceLost", "The session was renewed and could not enter its workspace again."
    yield "TransportError", "There was no answer."


def entry(name: str, said: str) -> str:
    return indent("\n".join(wrap(f"{name}: {said}", WIDTH - 8, subsequent_indent="    ")), "    ")


def filled(text: str) -> str:
    return "\n".join(wrap(text, WIDTH - 4, break_on_hyphens=False))


def answer_text(operation: Operation[Any, Any, Any]) -> str:
    if operation.answer is Nothing:
        return "None"
    text = "str" if operation.answer is Output else type_text(operation.answer)
    return f"{text} | None" if operation.is_optional else text


def answer_said(operation: Operation[Any, Any, Any]) -> str:
    if operation.answer is Nothing:
        return "Nothing."
    if operation.answer is Output:
        return "The answer as text, in the format that was asked for."
    structs = answer_structs(operation)
    said = "A text." if operation.answer is str else "The document as plain values."
    said = first_sentence(structs[0]) if structs else said
    return f"{said} None if there is none." if operation.is_optional else said


def answer_structs(operation: Operation[Any, Any, Any]) -> list[type[Struct]]:
    candidates = [operation.answer, *get_args(operation.answer)]
    return [
        each
        for each in candidates
        if isinstance(each, type) and issubclass(each, Struct) and each not in (Nothing, Output)
    ]


def type_text(hint: Any) -> str:
    """A type as source; an Id may be given as a number or a text."""
    if hint is type(None):
        return "None"
    if hint is Id:
        return "str | int"
    if get_origin(hint) in (Union, types.UnionType):
        return " | ".join(type_text(each) for each in get_args(hint))
    if get_args(hint):
        inner = ", ".join(type_text(each) for each in get_args(hint))
        return f"{get_origin(hint).__name__}[{inner}]"
    return str(hint.__name__) if isinstance(hint, type) else str(hint).removeprefix("typing.")


def path_names(operation: Operation[Any, Any, Any]) -> list[str]:
    return re.findall(r"\{(\w+)\}", operation.path)


def first_sentence(struct: type[Struct]) -> str:
    return " ".join((struct.__doc__ or "").split("\n\n")[0].split())


def class_name(tag: str, is_async: bool) -> str:
    name = tag if tag.startswith("Api") else f"{tag}Api"
    return f"Async{name}" if is_async else name


def attribute(tag: str) -> str:
    return snake(tag).removeprefix("api_")


def module_of(operation: Operation[Any, Any, Any]) -> str:
    """The module of `wire` that declares the operation."""
    return next(
        name
        for name, module in vars(sys.modules["lookalike.wire"]).items()
        if any(each is operation for each in getattr(module, "OPERATIONS", ()))
        and name != "operations"
    )


def snake(tag: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", tag).lower()


if __name__ == "__main__":
    METHODS.write_text(source(), encoding="utf-8")
