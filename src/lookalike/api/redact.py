"""Redact: keep secrets out of the log, whatever a message or a traceback carries."""

from __future__ import annotations

import logging
import re

from lookalike.instance.login import TOKEN_PREFIX

_SECRETS = re.compile(
    rf"{TOKEN_PREFIX}[\w-]+"
    r"|(?<=client_secret=)[^&\s\"']+"
    r"|(?<=\"client_secret\":\")[^\"]+"
    r"|(?i:(?<=authorization: ))[^\r\n\"']+"
)
_FORMATTER = logging.Formatter()


class Redacting(logging.Filter):
    """A filter that lets every record pass, without tokens and client secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = redacted(_FORMATTER.formatException(record.exc_info))
        return True


def redacted(text: str) -> str:
    """`text` with every secret covered."""
    return _SECRETS.sub("[redacted]", text)


def logger(name: str) -> logging.Logger:
    """The logger of a module, with the filter on."""
    found = logging.getLogger(name)
    if not any(isinstance(each, Redacting) for each in found.filters):
        found.addFilter(Redacting())
    return found
