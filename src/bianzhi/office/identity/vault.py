"""Locking ID numbers, and finding a person by one without opening any.

AES-256-GCM with a fresh nonce for each value, bound to the person it belongs to; a keyed index
(HMAC-SHA-256) of the number, which without the key file says nothing about it.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bianzhi.core.errors import Refusal
from bianzhi.office.identity.keyring import Keyring

NONCE = 12
PERSON = "rn-"  # how a person key made from an ID number begins


@dataclass(frozen=True)
class Vault:
    """Locks and opens with the keys of a file."""

    ring: Keyring

    @cached_property
    def fingerprint(self) -> str:
        """Tells one index key from another; kept in the database to notice a wrong key file."""
        return self._keyed("fingerprint", "", 16).hex()

    def person_key(self, id_number: str) -> str:
        """The permanent key of a person: the same number always gives the same key."""
        return PERSON + base64.b32encode(self._keyed("person", id_number, 15)).decode().lower()

    def index(self, id_number: str) -> str:
        """What a number is looked up by."""
        return self._keyed("index", id_number, 32).hex()

    def lock(self, person: str, text: str) -> str:
        """A text as it is kept: ``key id : nonce and cipher text``."""
        nonce = secrets.token_bytes(NONCE)
        locked = self._current.encrypt(nonce, text.encode(), person.encode())
        return f"{self.ring.current}:{base64.b64encode(nonce + locked).decode()}"

    def open(self, person: str, kept: str) -> str:
        """The text again.

        Raises:
            Refusal: Its key is missing, or it was edited or moved to another person.
        """
        name, _, text = kept.partition(":")
        key = self.ring.locks.get(name)
        if key is None:
            raise Refusal.of(
                "no-key", f"缺少第 {name} 号密钥，打不开身份证号", "请放回更换密钥以前的密钥文件"
            )
        try:
            raw = base64.b64decode(text, validate=True)
            if base64.b64encode(raw).decode() != text:
                raise ValueError("not as it was written")  # bits that decoding leaves out
            return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], person.encode()).decode()
        except (InvalidTag, ValueError):
            raise Refusal.of(
                "cannot-open",
                "身份证号打不开：密文被改动过，或不是这个人的",
                "请重新录入，并查明原因",
            ) from None

    @cached_property
    def _current(self) -> AESGCM:
        return AESGCM(self.ring.locks[self.ring.current])

    def _keyed(self, use: str, text: str, size: int) -> bytes:
        return hmac.digest(self.ring.index, f"{use}\0{text}".encode(), "sha256")[:size]
