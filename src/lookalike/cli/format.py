"""`lookalike format`: files of LookML in one layout; nothing but blanks changes in them."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from functools import partial
from pathlib import Path

from msgspec import Struct

from lookalike.cli.output import diagnostic, harmless, paint, result, result_json, say
from lookalike.cli.serve import Commands
from lookalike.compiler import syntax
from lookalike.compiler.syntax import Code, Diagnostic, Kind, Place, Severity
from lookalike.instance.errors import Invalid

_ENDING = ".lkml"
_COLOUR_OF_LINE = {"+": "added", "-": "removed", "@": "info"}


class _File(Struct, frozen=True):
    """One file, what it says, what it would say, and the mistakes for which it is left alone."""

    path: Path
    before: str
    after: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "format",
        help="write files of LookML in one layout",
        description="Format the .lkml files that are named or lie in the folders that are named."
        " Comments stay where they are, and only blanks change. Files with mistakes of syntax are"
        " left alone. Exits with 1 when there are such files, and with --check when a file would"
        " change.",
    )
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="default: here")
    parser.add_argument("--check", action="store_true", help="write nothing; say what would change")
    parser.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    parser.add_argument("--json", action="store_true", help="report as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    is_dry = options.check or options.diff
    files = [_read(path) for path in _paths(options.paths)]
    for file in files:
        if file.is_changed and not is_dry:
            _write(file.path, file.after)
    if options.json:
        result_json([_record(file, is_dry) for file in files])
    else:
        _report(files, is_dry, options.diff)
    is_unready = options.check and any(file.is_changed for file in files)
    return 1 if is_unready or any(file.diagnostics for file in files) else 0


def _paths(named: Sequence[str]) -> list[Path]:
    """The files to format, each once, in order; folders that are hidden or linked are left out."""
    found: dict[Path, None] = {}
    for name in named:
        path = Path(name)
        if path.is_dir():
            within = sorted(_within(path))
            if not within:
                raise Invalid(
                    f"there is no file that ends in `{_ENDING}` in `{name}`; name the folder of a"
                    " LookML project"
                )
            found.update(dict.fromkeys(within))
        elif not path.is_file():
            raise Invalid(f"there is no file or folder `{name}`; correct the path")
        elif not name.endswith(_ENDING):
            raise Invalid(f"`{name}` is not formatted; name a file that ends in `{_ENDING}`")
        else:
            found[path] = None
    return list(found)


def _within(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if name.endswith(_ENDING) and path.is_file() and not path.is_symlink():
                yield path


def _read(path: Path) -> _File:
    try:
        # Bytes, because reading as text would turn line ends within quotes into others.
        before = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        message = "the file is not UTF-8 and is left alone; save it as UTF-8"
        return _File(path, "", "", (_mistake(path, message),))
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return _File(path, "", "", (_mistake(path, message),))
    made = syntax.lookml.printer.formatted(syntax.lookml.parse(before))
    found = tuple(each.in_file(str(path)) for each in made.diagnostics)
    return _File(path, before, made.text, found)


def _mistake(path: Path, message: str) -> Diagnostic:
    return Diagnostic(Code.SYNTAX, message, Place(str(path)), Severity.FATAL, Kind.SYNTAX)


def _write(path: Path, text: str) -> None:
    """Put a text in the place of a file, all of it or nothing; a link keeps leading there."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        written.chmod(target.stat().st_mode & 0o7777)
        written.replace(target)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _report(files: Sequence[_File], is_dry: bool, is_diff: bool) -> None:
    for file in files:
        for found in file.diagnostics:
            result(diagnostic(found, partial(_text_of, file)))
        if file.is_changed and is_diff:
            result(_diff(file))
        elif file.is_changed:
            say(f"{'would format' if is_dry else 'formatted'} {harmless(str(file.path))}")
    n_changed = sum(file.is_changed for file in files)
    n_broken = sum(bool(file.diagnostics) for file in files)
    n_same = len(files) - n_changed - n_broken
    counts = (
        (n_changed, "would change" if is_dry else "formatted"),
        (n_same, "already formatted"),
        (n_broken, "left alone because of mistakes"),
    )
    what = ", ".join(f"{n} {outcome}" for n, outcome in counts if n)
    say(f"{len(files)} {'file' if len(files) == 1 else 'files'}{f': {what}' if what else ''}")


def _text_of(file: _File, path: str) -> str:
    return file.before


def _diff(file: _File) -> str:
    name = harmless(str(file.path))
    lines = unified_diff(file.before.splitlines(), file.after.splitlines(), name, name, lineterm="")
    return "\n".join(_coloured(harmless(line)) for line in lines)


def _coloured(line: str) -> str:
    colour = _COLOUR_OF_LINE.get(line[:1])
    return paint(line, colour, sys.stdout) if colour else line


def _record(file: _File, is_dry: bool) -> dict[str, object]:
    if file.diagnostics:
        outcome = "error"
    elif file.is_changed:
        outcome = "would_change" if is_dry else "formatted"
    else:
        outcome = "unchanged"
    return {
        "path": file.path.as_posix(),
        "outcome": outcome,
        "diagnostics": [
            {
                "severity": found.severity.value,
                "code": found.code.value,
                "message": found.message,
                "line": found.place.line,
                "column": found.place.column,
            }
            for found in file.diagnostics
        ],
    }
