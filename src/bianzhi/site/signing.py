"""The key that signs logins: in a file for its owner alone, beside the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def signing_key(path: Path) -> str:
    """The key of a file; made when there is none. Whoever has it could forge a login.

    A process that loses the race reads what the winner wrote: the file appears whole or not at all.
    """
    try:
        return path.read_text(encoding="ascii").strip() or _made(path)
    except FileNotFoundError:
        return _made(path)


def _made(path: Path) -> str:
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(48))
    try:
        os.link(part, path)
    except FileExistsError:
        if not path.stat().st_size:  # left empty by a full disk
            os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()
