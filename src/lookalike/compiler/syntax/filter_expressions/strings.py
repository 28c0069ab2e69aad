"""String filters: `FOO`, `A,B`, `%FOO%`, `-FOO`, `EMPTY`, `NULL`, `"quoted, comma"`, `100^%`.

Every text is a string filter. Rule: Looker filter expressions, "String".
"""

from __future__ import annotations

from collections.abc import Iterator

from lookalike.compiler.syntax.filter_expressions.tree import Match, StringFilter, StringTerm

_KEYWORDS = {
    "EMPTY": Match.BLANK,
    "empty": Match.BLANK,
    "NULL": Match.NULL,
    "null": Match.NULL,
}


def read_strings(text: str) -> StringFilter:
    """Read a string filter."""
    return _read(text, labels=False)


def read_labels(text: str) -> StringFilter:
    """Read a filter of a tier: whole labels, in which `%` and `_` mean themselves.

    Labels such as `[0,10)` need no quotes.
    """
    return _read(text, labels=True)


def _read(text: str, labels: bool) -> StringFilter:
    includes: list[StringTerm] = []
    excludes: list[StringTerm] = []
    for source in _split(text, labels) if text.strip() else ():
        is_excluded = len(source) > 1 and source.startswith("-")
        term = _term(source[is_excluded:], labels)
        (excludes if is_excluded else includes).append(term)
    return StringFilter(tuple(includes), tuple(excludes))


def _split(text: str, labels: bool) -> Iterator[str]:
    """The terms between the commas. Blanks beside a comma mean nothing; at the ends they count."""
    at, end = 0, len(text)
    while at <= end:
        stop = _term_end(text, at, labels)
        term = text[at:stop]
        is_first, is_last = at == 0, stop == end
        if not is_first:
            term = term.lstrip(" ")
        if not is_last:
            term = _without_blanks_behind(term)
        if _is_closed(term.strip(" ")) or term.strip(" ") in _KEYWORDS:
            term = term.strip(" ")
        if term:
            yield term
        at = stop + 1


def _term_end(text: str, at: int, labels: bool) -> int:
    """Where the term that begins at `at` ends: at its comma, or at the end of the text."""
    start = at
    while start < len(text) and text[start] == " ":
        start += 1
    start += text.startswith("-", start)
    if text.startswith('"', start):
        stop = _quote_end(text, start)
        while 0 <= stop < len(text) and text[stop] == " ":
            stop += 1
        if stop >= 0 and (stop == len(text) or text[stop] == ","):
            return stop
    in_bracket = False
    while at < len(text):
        character = text[at]
        if _escapes(text, at):
            at += 1
        elif labels and character in "[(":
            in_bracket = True
        elif labels and character in "])":
            in_bracket = False
        elif character == "," and not in_bracket:
            return at
        at += 1
    return len(text)


def _quote_end(text: str, start: int) -> int:
    """The offset behind the quote that closes the one at `start`; -1 if there is none."""
    at = start + 1
    while at < len(text):
        if text[at] == '"':
            return at + 1
        at += 2 if text.startswith('\\"', at) else 1
    return -1


def _without_blanks_behind(term: str) -> str:
    stripped = term.rstrip(" ")
    # An odd number of carets: the last one escapes the first of the blanks.
    carets = len(stripped) - len(stripped.rstrip("^"))
    return stripped + " " if carets % 2 and len(stripped) < len(term) else stripped


def _is_closed(term: str) -> bool:
    """Is the whole term, but for a leading `-`, one quoted text?"""
    start = 1 if term.startswith("-") else 0
    return term.startswith('"', start) and _quote_end(term, start) == len(term)


def _term(source: str, labels: bool) -> StringTerm:
    if source in _KEYWORDS:
        return StringTerm(_KEYWORDS[source])
    if _is_closed(source) and source[0] == '"':
        return StringTerm(Match.EQUALS, source[1:-1].replace('\\"', '"'))
    plain: list[str] = []
    pattern: list[str] = []
    is_pattern = False
    at = 0
    while at < len(source):
        character = source[at]
        is_wild = character in "%_" and not labels
        if _escapes(source, at):
            at += 1
            character = source[at]
        plain.append(character)
        pattern.append(character if is_wild or character not in "%_\\" else "\\" + character)
        is_pattern = is_pattern or is_wild
        at += 1
    if is_pattern:
        return StringTerm(Match.LIKE, "".join(pattern))
    return StringTerm(Match.EQUALS, "".join(plain))


def _escapes(source: str, at: int) -> bool:
    """Does this character make the next one literal? A caret does; a backslash only a comma."""
    if at + 1 == len(source):
        return False
    return source[at] == "^" or (source[at] == "\\" and source[at + 1] == ",")
