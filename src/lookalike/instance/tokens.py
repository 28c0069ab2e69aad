"""Tokens: random texts that nobody can guess, and what is kept of them: a hash."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode

from lookalike.instance.instance import Instance


def new_secret(instance: Instance) -> str:
    """A text with 256 random bits."""
    return urlsafe_b64encode(instance.random(32)).decode().rstrip("=")


def digest(secret: str) -> bytes:
    """What is stored of a secret. It has 256 random bits, so a slow hash would only slow down
    logins.
    """
    return hashlib.sha256(secret.encode()).digest()
