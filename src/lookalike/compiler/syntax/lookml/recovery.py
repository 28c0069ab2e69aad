"""The careful reader: one parameter that the fast pattern does not know, or the mistake that stands
in its place.

It always moves on, so the parse ends; and it moves as little as it can, so what follows a mistake
is still read.
"""

from __future__ import annotations

import re

from lookalike.compiler.syntax.diagnostics import Code, Severity
from lookalike.compiler.syntax.lookml import lists, sql_blocks, strings
from lookalike.compiler.syntax.lookml.homes import HOMES, TOP
from lookalike.compiler.syntax.lookml.patterns import (
    COLON,
    KEY,
    OLD_LOOKML,
    OTHER,
    REST_OF_LIST,
    SQL_KEY,
    UNEXPECTED_WORDS,
    WORD,
    after_gap,
    after_loose_gap,
)
from lookalike.compiler.syntax.lookml.reading import Reading, shown
from lookalike.compiler.syntax.lookml.tree import Form, Value

END = -1
_FOREIGN_COMMENT = re.compile(r"(?:/\*[^*]{0,1000}\*/|(?://|/\*|--(?!-))[^\n\r]*+)")
_NO_NAME = re.compile(r"\W++")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+(?=[^\s=])")


def read_found(reading: Reading, found: re.Match[str], at: int) -> int:
    """Read on from a match of `PAIR` that is not plain; `at` is where it was tried."""
    if found.lastindex == OTHER:
        return _read_value(reading, found[KEY], found.start(KEY), found.end() - 1)
    return step(reading, at)


def step(reading: Reading, at: int) -> int:
    """Read what stands at `at`; answers where to read on, or END."""
    text = reading.text
    at = after_loose_gap(text, at)
    if at >= len(text):
        return END
    word = WORD.match(text, at)
    if word is None:
        return _read_sign(reading, at)
    comment = _FOREIGN_COMMENT.match(text, at)
    if comment is not None:
        message = "a comment begins with `#`; write that instead"
        reading.report(Code.SYNTAX, message, at, at + 2)
        return comment.end()
    colon = COLON.match(text, word.end())
    if colon is not None:
        begin = _after_stray_colons(reading, word[0], colon.end())
        return _read_value(reading, word[0], at, begin)
    if word[0].startswith("-") and not reading.stack:
        old = OLD_LOOKML.match(text, at)
        if old is not None:
            return _stop_at_old_lookml(reading, old[1], at, old.end())
    return _read_without_colon(reading, word[0], at)


def _after_stray_colons(reading: Reading, key: str, at: int) -> int:
    stray = COLON.match(reading.text, at)
    if stray is None:
        return at
    reading.report(
        Code.STRAY_COLON,
        f"one colon is enough after `{key}`; remove the other",
        stray.end() - 1,
        stray.end(),
        Severity.WARNING,
    )
    while stray is not None:
        at = stray.end()
        stray = COLON.match(reading.text, at)
    return at


def _read_value(reading: Reading, key: str, start: int, at: int) -> int:
    """Read the value of `key`, from behind the colon."""
    if SQL_KEY.match(key):
        return sql_blocks.read(reading, key, start, at)
    text = reading.text
    begin = after_gap(text, at)
    match text[begin : begin + 1]:
        case "{":
            return reading.open(key, "", start, begin, begin + 1)
        case "[":
            return lists.read(reading, key, start, begin)
        case '"':
            return _read_text(reading, key, start, begin)
    word = WORD.match(text, begin)
    if word is not None:
        return _read_atom(reading, key, start, begin, word[0])
    reading.report(
        Code.SYNTAX, f"`{key}` has no value; write one behind the colon, or remove it", start, at
    )
    return begin


def _read_text(reading: Reading, key: str, start: int, at: int) -> int:
    text, end = strings.read(reading, at)
    brace = after_gap(reading.text, end)
    if reading.text.startswith("{", brace):
        _report_quoted_name(reading, text, at, end)
        return reading.open(key, text, start, brace, brace + 1)
    reading.nodes.append(Value(key, text, Form.STRING, start, at, end))
    return end


def _read_atom(reading: Reading, key: str, start: int, at: int, atom: str) -> int:
    text = reading.text
    end = at + len(atom)
    following = after_gap(text, end)
    if text.startswith("{", following):
        return reading.open(key, atom, start, following, following + 1)
    quoted = strings.read_foreign(reading, f"{key}: ", at)
    if quoted is not None:
        reading.nodes.append(Value(key, quoted[0], Form.STRING, start, at, quoted[1]))
        return quoted[1]
    if text.startswith(":", following):
        is_on_line = "\n" not in text[start:at]
        if is_on_line and key in lists.OF_PAIRS:
            return lists.read_bare_pairs(reading, key, start, at)
        hint = "write one behind the colon"
        if is_on_line:
            hint = f"if `{atom}: …` is the value, put it in quotes"
        reading.report(Code.SYNTAX, f"`{key}` has no value; {hint}", start, at)
        return at
    reading.nodes.append(Value(key, atom, Form.ATOM, start, at, end))
    return end


def _stop_at_old_lookml(reading: Reading, key: str, start: int, end: int) -> int:
    if key == "dashboard":
        message = (
            "this is a dashboard in YAML; give its file a name that ends in `.dashboard.lookml`"
        )
    else:
        message = (
            f"`- {key}:` is LookML of before 2016, written in YAML, and is not read; "
            f"write `{key}: name {{ … }}`"
        )
    reading.report(Code.OLD_LOOKML, message, start, end, Severity.FATAL)
    return END


def _read_without_colon(reading: Reading, key: str, at: int) -> int:
    text = reading.text
    end = at + len(key)
    unexpected = UNEXPECTED_WORDS.match(text, at)
    words = unexpected[0].rstrip() if unexpected else key
    last = reading.nodes[-1] if reading.nodes else None
    if isinstance(last, Value) and last.form is Form.ATOM and "\n" not in text[last.end : at]:
        name_end = _read_name_of_words(reading, last, at, words)
        if name_end:
            return name_end
        stop = at + len(words)
        stop += text[stop : stop + 1] == '"'  # the closing quote alone was written
        reading.report(
            Code.SYNTAX,
            f'text of several words stands in quotes; write `{last.key}: "{last.text} {words}"`',
            last.value_start,
            stop,
        )
        return stop
    equals = _EQUALS.match(text, end)
    if equals is not None and key.isidentifier():
        message = f"a parameter is written with a colon; write `{key}:`"
        reading.report(Code.SYNTAX, message, at, equals.end())
        return _read_value(reading, key, at, equals.end())
    following = after_gap(text, end)
    if key.isidentifier() and "\n" not in text[end:following] and _is_value(text, key, following):
        reading.report(Code.SYNTAX, f"a colon is missing; write `{key}:`", at, end)
        return _read_value(reading, key, at, end)
    reading.report(
        Code.SYNTAX,
        f"unexpected `{shown(words)}`; a parameter is written `name: value`",
        at,
        at + len(words),
    )
    return at + len(words)


def _read_name_of_words(reading: Reading, first: Value, at: int, words: str) -> int:
    """Open a block whose name has blanks, `words` at `at` behind its first one; 0 if it is none."""
    text, end = reading.text, at + len(words)
    brace = after_gap(text, end)
    if not text.startswith("{", brace) or (first.key not in HOMES and first.key not in TOP):
        return 0
    reading.nodes.pop()
    name = first.text + _NO_NAME.sub("_", f" {words}")
    message = f"a name is one word; write `{shown(f'{first.key}: {name}')}`"
    reading.report(Code.SYNTAX, message, first.value_start, end)
    return reading.open(first.key, name, first.start, brace, brace + 1)


def _is_value(text: str, key: str, at: int) -> bool:
    """Whether the word before `at` is a parameter whose colon was forgotten."""
    if text[at : at + 1] in ('"', "[", "{") or SQL_KEY.match(key):
        return True
    word = WORD.match(text, at)
    if word is None:
        return False
    following = after_gap(text, word.end())
    return text[following : following + 1] in ("{", "}") or "\n" in text[word.end() : following]


def _read_sign(reading: Reading, at: int) -> int:
    match reading.text[at]:
        case "}":
            return _read_closing_brace(reading, at)
        case "{":
            return _read_opening_brace(reading, at)
        case '"':
            end = _read_quote(reading, at)
        case "[":
            end = lists.read(reading, "", at, at)
            reading.nodes.pop()
            _report_unexpected(reading, "[", at, at + 1)
        case ":":
            end = at + 1
            message = "this colon stands behind no name; remove it"
            reading.report(Code.STRAY_COLON, message, at, end, Severity.WARNING)
        case ";":
            end = at + 1
            _report_semicolon(reading, at)
        case ",":
            end = _read_comma(reading, at)
        case sign:
            end = at + 1
            _report_unexpected(reading, sign, at, end)
    return end


def _read_quote(reading: Reading, at: int) -> int:
    """A quote where a parameter should stand. Right behind a value it ends a text that lacks its
    first quote."""
    last = reading.nodes[-1] if reading.nodes else None
    if isinstance(last, Value) and last.form is Form.ATOM and last.end == at:
        message = f'the first quote of a text is missing; write `{last.key}: "{last.text}"`'
        reading.report(Code.SYNTAX, message, last.value_start, at + 1)
        return at + 1
    text, end = strings.read(reading, at)
    _report_unexpected(reading, f'"{shown(text)}"', at, end)
    return end


def _read_comma(reading: Reading, at: int) -> int:
    """A comma behind a value begins the rest of a list that has no brackets."""
    last = reading.nodes[-1] if reading.nodes else None
    if not isinstance(last, Value) or "\n" in reading.text[last.end : at]:
        _report_unexpected(reading, ",", at, at + 1)
        return at + 1
    rest = REST_OF_LIST.match(reading.text, at)
    end = rest.end() if rest else at + 1
    items = reading.text[last.value_start : end].rstrip(" \t,")
    message = f"a list stands in brackets; write `{shown(f'{last.key}: [{items}]')}`"
    if '"' not in items:
        message += ", or a text in quotes"
    end += reading.text[end : end + 1] == "]"
    reading.report(Code.SYNTAX, message, last.start, end)
    return end


def _report_semicolon(reading: Reading, at: int) -> None:
    """Once a file: who writes one writes many."""
    if not reading.has_semicolon:
        reading.has_semicolon = True
        message = "a single `;` ends nothing, and Looker may refuse it; remove it, and those below"
        reading.report(Code.SYNTAX, message, at, at + 1, Severity.WARNING)


def _read_closing_brace(reading: Reading, at: int) -> int:
    if reading.stack:
        reading.close(at + 1)
    elif not reading.close_unopened(at + 1):
        reading.report(
            Code.STRAY_BRACE,
            "this `}` closes nothing; remove it, or look for a `}` too many above",
            at,
            at + 1,
        )
    return at + 1


def _read_opening_brace(reading: Reading, at: int) -> int:
    nodes = reading.nodes
    last = nodes[-1] if nodes else None
    if (
        isinstance(last, Value)
        and last.form is Form.STRING
        and after_gap(reading.text, last.end) == at
    ):
        nodes.pop()
        _report_quoted_name(reading, last.text, last.value_start, last.end)
        return reading.open(last.key, last.text, last.start, at, at + 1)
    _report_unexpected(reading, "{", at, at + 1)
    return reading.open("", "", at, at, at + 1)


def _report_quoted_name(reading: Reading, name: str, start: int, end: int) -> None:
    reading.report(Code.SYNTAX, f"a name stands without quotes; write `{shown(name)}`", start, end)


def _report_unexpected(reading: Reading, what: str, start: int, end: int) -> None:
    hint = "remove it, or write `name:` before it"
    reading.report(Code.SYNTAX, f"unexpected `{what}`; {hint}", start, end)
