"""Lists: `key: [ … ]`, of atoms, quoted texts and `name: value` pairs.

Commas are forgiven wherever people put them; `- field` is `-field`.
"""

from __future__ import annotations

import re

from lookalike.compiler.syntax.diagnostics import Code, Severity
from lookalike.compiler.syntax.lookml import strings
from lookalike.compiler.syntax.lookml.patterns import (
    BARE_ITEM,
    COLON,
    ITEM,
    KEY,
    LIST,
    SQL_KEY,
    WORD,
    after_gap,
)
from lookalike.compiler.syntax.lookml.reading import Reading, shown
from lookalike.compiler.syntax.lookml.tree import Entry, Items

OF_PAIRS = frozenset({"filters", "dev_filters", "sorts"})
"""The parameters whose lists hold pairs."""

_CLOSING = "]}"
_BEFORE_QUOTE = re.compile(r"\s*+(?:[\w.]++\s*+:\s*+)?+")
_DELIMITERS = ",:{}[]#"
_QUOTED, _ATOM, _QUOTED_VALUE, _VALUE = 1, 3, 4, 5
"""Groups of `ITEM`."""


def read_atoms(found: re.Match[str]) -> Items:
    """The list of a match of `PAIR` whose body holds nothing but atoms with a comma between
    each."""
    begin, end = found.span(LIST)
    entries = []
    for word in WORD.finditer(found.string, begin, end):
        entries.append(Entry("", word[0], False, word.start(), word.end()))
    return Items(found[KEY], tuple(entries), found.start(KEY), begin - 1, end + 1)


def read(reading: Reading, key: str, start: int, value_start: int) -> int:
    """Read the list whose `[` stands at `value_start`; answers where to read on."""
    text = reading.text
    entries: list[Entry] = []
    at = value_start + 1
    commas = 1
    while True:
        at = after_gap(text, at)
        sign = text[at : at + 1]
        if sign == "]":
            end = at = at + 1
            break
        if sign == ",":
            commas += 1
            at = _read_comma(reading, at, commas if entries else 0)
            continue
        if sign in ("", "{", "}") or (not commas and _is_next_parameter(reading, key, entries, at)):
            end = _report_unclosed(reading, key, value_start, entries)
            break
        count = len(entries)
        at = _read_item(reading, entries, at, commas)
        if len(entries) > count:
            commas = 0
    reading.nodes.append(Items(key, tuple(entries), start, value_start, end))
    return at


def read_bare_pairs(reading: Reading, key: str, start: int, at: int) -> int:
    """Read the `name: value` pairs at `at` of a list without brackets, as far as there are commas
    between them; answers where to read on."""
    entries: list[Entry] = []
    value_start = at
    end = _read_item(reading, entries, at, 1)
    comma = after_gap(reading.text, end)
    while reading.text.startswith(",", comma):
        at = after_gap(reading.text, comma + 1)
        if reading.text[at : at + 1] in ("", *"[]{}"):
            break
        end = _read_item(reading, entries, at, 1)
        comma = after_gap(reading.text, end)
    written = shown(f"{key}: [{reading.text[value_start:end]}]")
    reading.report(Code.SYNTAX, f"a list stands in brackets; write `{written}`", start, end)
    reading.nodes.append(Items(key, tuple(entries), start, value_start, end))
    return end


def _read_comma(reading: Reading, at: int, commas: int) -> int:
    if commas == 2:
        reading.report(
            Code.SYNTAX, "one comma is enough; remove this one", at, at + 1, Severity.WARNING
        )
    return at + 1


def _is_next_parameter(reading: Reading, key: str, entries: list[Entry], at: int) -> bool:
    """Whether what follows without a comma is the next parameter rather than an item."""
    text = reading.text
    word = WORD.match(text, at)
    if word is None or COLON.match(text, word.end()) is None:
        return False
    if SQL_KEY.match(word[0]):
        return True
    last = entries[-1]
    return not last.key and (key not in OF_PAIRS or "\n" in text[last.end : at])


def _report_unclosed(reading: Reading, key: str, value_start: int, entries: list[Entry]) -> int:
    end = entries[-1].end if entries else value_start + 1
    reading.report(
        Code.UNCLOSED_BLOCK,
        f"the list of `{key}` is opened here and not closed; add `]`",
        value_start,
        end,
    )
    return end


def _read_item(reading: Reading, entries: list[Entry], at: int, commas: int) -> int:
    item = (BARE_ITEM if reading.last_quote_passed else ITEM).match(reading.text, at)
    if item is None:
        return _skip_unexpected(reading, entries, at)
    group = _unclosed(reading.text, item) if "\n" in item[0] else 0
    if group:
        return _read_unclosed(reading, entries, item, group)
    end = _read_half_quoted(reading, entries, item)
    if end:
        return end
    if not commas and entries:
        reading.report(Code.SYNTAX, f"a comma is missing before `{shown(item[0])}`", at, item.end())
    foreign = _read_foreign(reading, entries, item)
    if foreign:
        return foreign
    quoted, minus, atom, quoted_value, value = item.groups()
    if atom is None:
        name = strings.unescaped(quoted)
    else:
        name = "-" + atom if minus else atom
    if quoted_value is not None:
        entry = Entry(name, strings.unescaped(quoted_value), True, at, item.end())
    elif value is not None:
        entry = Entry(name, value, False, at, item.end())
    else:
        entry = Entry("", name, atom is None, at, item.end())
    entries.append(entry)
    return item.end()


def _unclosed(text: str, item: re.Match[str]) -> int:
    """Which group of the item lacks its quote, so that it runs into what follows the list; 0 if
    none does."""
    for group in (_QUOTED, _QUOTED_VALUE):
        if item[group] and strings.runs_into_parameters(text, item.end(group), item[group]):
            return group
    return 0


def _read_unclosed(reading: Reading, entries: list[Entry], item: re.Match[str], group: int) -> int:
    """Read an item to the end of its line, where its quote should have stood."""
    text, end = strings.read(reading, item.start(group) - 1, _CLOSING)
    key = (item[_QUOTED] or item[_ATOM] or "") if group == _QUOTED_VALUE else ""
    entries.append(Entry(key, text, True, item.start(), end))
    return end


def _read_half_quoted(reading: Reading, entries: list[Entry], item: re.Match[str]) -> int:
    """Read an item that lacks one of its quotes, so that another one is taken for it; 0 if it has
    both or none."""
    text, end = reading.text, item.end()
    following = text[end : end + 1]
    if not following or following.isspace() or following in _DELIMITERS:
        return 0
    group = item.lastindex or _ATOM
    written, start = item[group], item.start(group)
    if group not in (_QUOTED, _QUOTED_VALUE):
        end += 1
        message = f'the first quote of a text is missing; write `"{shown(written)}"`'
        reading.report(Code.SYNTAX, message, start, end)
    else:
        comma = written.rfind(",")
        if comma < 0 or not _BEFORE_QUOTE.fullmatch(written, comma + 1):
            return 0
        written, end = written[:comma], start + comma
        strings.report_unclosed(reading, start - 1, end)
    key = "" if group in (_QUOTED, _ATOM) else item[_QUOTED] or item[_ATOM]
    entries.append(Entry(key, strings.unescaped(written), True, item.start(), end))
    return end


def _read_foreign(reading: Reading, entries: list[Entry], item: re.Match[str]) -> int:
    """Read an item in quotes of another kind; 0 if it has none."""
    group = _ATOM if item[_VALUE] is None else _VALUE
    quoted = strings.read_foreign(reading, "", item.start(group)) if item[group] else None
    if quoted is None:
        return 0
    key = (item[_QUOTED] or item[_ATOM]) if group == _VALUE else ""
    entries.append(Entry(key, quoted[0], True, item.start(), quoted[1]))
    return quoted[1]


def _skip_unexpected(reading: Reading, entries: list[Entry], at: int) -> int:
    sign = reading.text[at]
    if sign == '"':
        text, end = strings.read(reading, at, _CLOSING)
        entries.append(Entry("", text, True, at, end))
        return end
    last = entries[-1] if entries else None
    quote = after_gap(reading.text, at + 1)
    if sign == ":" and last is not None and not last.key and reading.text[quote : quote + 1] == '"':
        text, end = strings.read(reading, quote, _CLOSING)
        entries[-1] = Entry(last.text, text, True, last.start, end)
        return end
    hint = "give the item before it a value" if sign == ":" else "remove it"
    reading.report(Code.SYNTAX, f"unexpected `{sign}` in a list; {hint}", at, at + 1)
    return at + 1
