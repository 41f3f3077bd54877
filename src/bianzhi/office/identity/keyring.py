"""The key file: outside the database and outside every backup, readable by its owner alone.

It holds one index key, which never changes (the person keys in the record come from it), and any
number of locking keys by id, of which one is current.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bianzhi.core.errors import Refusal, cause

FORM = ("keys", 1)
BYTES = 32
OTHERS = 0o077  # what the group and everybody may do with the file: nothing


@dataclass(frozen=True)
class Keyring:
    """The keys. Never shown: its ``repr`` names ids only."""

    index: bytes
    locks: dict[str, bytes]
    current: str

    def __repr__(self) -> str:
        return f"Keyring({sorted(self.locks)}, current={self.current!r})"

    @classmethod
    def new(cls) -> Keyring:
        """Fresh keys."""
        return cls(secrets.token_bytes(BYTES), {"1": secrets.token_bytes(BYTES)}, "1")

    def rotated(self) -> Keyring:
        """The same with a new current lock; the old ones still open what they locked."""
        number = str(max(map(int, self.locks)) + 1)
        return Keyring(self.index, {**self.locks, number: secrets.token_bytes(BYTES)}, number)


def read(path: Path) -> Keyring | None:
    """The keys of a file; None where there is no file.

    Raises:
        Refusal: The file cannot be read, is damaged, or is open to others.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        raise Refusal.of("bad-key-file", f"读不了密钥文件 {path}：{cause(error)}") from None
    if os.name == "posix" and mode & OTHERS:
        raise Refusal.of("open-key-file", f"密钥文件 {path} 别人也能读", f"请运行 chmod 600 {path}")
    try:
        return _parsed(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refusal.of("bad-key-file", f"密钥文件 {path} 已损坏", "请换回另存的一份") from None


def _parsed(told: dict[str, Any]) -> Keyring:
    if (told["bianzhi"], told["version"]) != FORM:
        raise ValueError("another form")
    locks = {str(int(name)): base64.b64decode(key) for name, key in told["locks"].items()}
    ring = Keyring(base64.b64decode(told["index"]), locks, str(told["current"]))
    if ring.current not in locks or {len(key) for key in (ring.index, *locks.values())} != {BYTES}:
        raise ValueError("keys of another length")
    return ring


def write_new(path: Path, ring: Keyring) -> bool:
    """Write a new file; False where there is one already (another process was quicker)."""
    part = _part(path, ring)
    try:
        os.link(part, path)  # all or nothing, and never over another file
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True


def replace(path: Path, ring: Keyring) -> None:
    """Put new keys in the place of the old."""
    os.replace(_part(path, ring), path)


def _part(path: Path, ring: Keyring) -> Path:
    def plain(key: bytes) -> str:
        return base64.b64encode(key).decode()

    told = {
        "bianzhi": FORM[0], "version": FORM[1], "index": plain(ring.index),
        "locks": {name: plain(key) for name, key in ring.locks.items()}, "current": ring.current,
    }  # fmt: skip
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            json.dump(told, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise Refusal.of("bad-key-file", f"写不了密钥文件 {path}：{cause(error)}") from None
    return part
