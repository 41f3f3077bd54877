"""Files locked at rest: bound to their digest, so that one cannot be put in another's place."""

from __future__ import annotations

import base64
from typing import Protocol

from bianzhi.office.identity.opening import vault


class Kept(Protocol):
    """A row that keeps a file."""

    digest: str
    locked: str


def lock_file(digest: str, data: bytes) -> str:
    """A file as a row keeps it in ``locked``.

    Args:
        digest: SHA-256 of the data, hexadecimal.
        data: The content.
    """
    return vault().lock(digest, base64.b64encode(data).decode())


def open_file(kept: Kept) -> bytes:
    """The file again, byte for byte."""
    return base64.b64decode(vault().open(kept.digest, kept.locked))
