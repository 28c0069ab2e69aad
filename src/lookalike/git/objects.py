"""The ids of git objects, as hexadecimal text: values, equal when the content is equal."""

from __future__ import annotations

from typing import NewType

BlobId = NewType("BlobId", str)
TreeId = NewType("TreeId", str)
CommitId = NewType("CommitId", str)
