"""Random words that let somebody in, and the digests they are kept as."""

from __future__ import annotations

import secrets
from hashlib import sha256

# Without letters and digits that are taken for one another when read out.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def word(groups: int = 3, size: int = 5) -> str:
    """A random word to copy down: ``k3m7p-x9abc-…``; about five bits a character."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(size)) for _ in range(groups))


def seal(text: str) -> str:
    """The digest of a random word: it has too many bits to be guessed from it."""
    return sha256(text.strip().lower().encode()).hexdigest()
