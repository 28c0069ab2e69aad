"""The regular expressions of LookML's lexical rules, shared by the fast and the careful reader.

Every repetition is possessive, so no pattern ever tries a text twice: the cost of a match is the
length of the match.
"""

from __future__ import annotations

import re

# All of Unicode's blanks, the byte order mark and the zero-width space. Spelt out, because a
# character set without `\s` compiles to one table look-up.
BLANKS = (
    " \\t\\n\\r\\f\\v\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200b"
    "\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
)
FOREIGN_QUOTES = {"“": "”", "”": "”", "‘": "’", "’": "’", "'": "'", "`": "`"}
"""Quotes that are none of LookML, each with the one that closes it."""
_B = f"[{BLANKS}]"
_ATOM = f'[^{BLANKS}:{{}}\\[\\],"#;]'
# One that does not begin with a quote of another kind.
_PLAIN_ATOM = f'[^{BLANKS}:{{}}\\[\\],"#;{"".join(FOREIGN_QUOTES)}]{_ATOM}*+'
_COMMENT = r"\#[^\n\r]*+"

_GAP = f"{_B}*+(?:{_COMMENT}{_B}*+)*+"
# Between parameters a `;;` is skipped too: people end plain parameters with it.
_LOOSE_GAP = f"{_B}*+(?:(?:;;|{_COMMENT}){_B}*+)*+"

# Parameters whose value runs to `;;`. They are known by prefix, as in the parsers in use.
_SQL_KEY = r"(?:sql|html|expr)\w*+"
_KEY = r"[A-Za-z_]\w*+"
_ATOM_LIST = f"{_B}*+(?:{_PLAIN_ATOM}(?:{_B}*+,{_B}*+{_PLAIN_ATOM})*+)?+{_B}*+,?+{_B}*+"

# Group of each form of a pair; the number is `Match.lastindex`.
SQL, KEY, STRING, ATOM, NAMED_BLOCK, BLOCK, LIST, OTHER, CLOSE = range(1, 10)

# One `key: value` in its common forms, or a `}`. Of a list or a quoted text that is not plain only
# the first sign is matched. Whatever is rarer or wrong does not match.
PAIR = re.compile(
    rf"{_LOOSE_GAP}(?:"
    rf"({_SQL_KEY}){_B}*+:(?!{_B}*+:)"
    rf"|({_KEY}){_B}*+:{_B}*+(?:"
    rf'"([^"\\\n]*+)"'
    rf"|({_PLAIN_ATOM}){_GAP}(?:(\{{)|(?!:))"
    rf"|(\{{)"
    rf"|\[({_ATOM_LIST})\]"
    rf'|(["\[])'
    rf")"
    rf"|(\}})"
    rf")"
)

_GAP_AT = re.compile(_GAP)
_LOOSE_GAP_AT = re.compile(_LOOSE_GAP)
WORD = re.compile(f"{_ATOM}++")
COLON = re.compile(f"{_GAP}:")
SQL_KEY = re.compile(f"{_SQL_KEY}\\Z")
# A quoted text may span lines; a backslash protects the next character.
QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
# One item of a list: quoted or atom (`- field` is one atom), perhaps with `: value`.
_ATOM_ITEM = f"(-{_B}++(?={_ATOM}))?+({_ATOM}++)"
ITEM = re.compile(
    rf'(?:"((?:[^"\\]++|\\.)*+)"|{_ATOM_ITEM})'
    rf'(?:{_GAP}:{_GAP}(?:"((?:[^"\\]++|\\.)*+)"|({_ATOM}++)))?+',
    re.DOTALL,
)
# The same groups with nothing quoted, for a text in which no quote closes any more.
BARE_ITEM = re.compile(f"(?:(?!)()|{_ATOM_ITEM})(?:{_GAP}:{_GAP}(?:(?!)()|({_ATOM}++)))?+")
OLD_LOOKML = re.compile(rf"(?:---{_GAP})?-{_B}++({_KEY}){_B}*+:")
# Words that cannot be a parameter, to the end of their line.
UNEXPECTED_WORDS = re.compile(f"(?:{_ATOM}++(?!{_GAP}:)[ \\t]*+)++")
# The items behind the first one of a list without brackets, to the end of their line.
REST_OF_LIST = re.compile(rf'(?:,[ \t]*+(?:"[^"\\\n]*+"|{_ATOM}++(?!{_GAP}:))?+[ \t]*+)++')
# Lines that no SQL and no label contains: they prove that a `;;` or a quote is missing above.
PARAMETER_LINE = re.compile(
    r"^[ \t]*+(?:"
    r"(?:sql(?:_\w++)?+|html|expression(?:_custom_filter)?+)[ \t]*+:(?![:\"'])(?![ \t]*+[\"'])"
    r"|(?:dimension(?:_group)?+|measure|filter|parameter|set|view|explore|join|derived_table|test"
    r"|datagroup|access_grant|named_value_format)[ \t]*+:[ \t]*+\+?+[A-Za-z_]\w*+[ \t]*+\{)",
    re.MULTILINE,
)


def after_gap(text: str, at: int) -> int:
    """Where the blanks and comments at `at` end."""
    found = _GAP_AT.match(text, at)
    return found.end() if found else at


def after_loose_gap(text: str, at: int) -> int:
    """Where the blanks, comments and loose `;;` at `at` end."""
    found = _LOOSE_GAP_AT.match(text, at)
    return found.end() if found else at
