"""What a lexicon says of a text, worked out once: statements are met again in pair after pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from bianzhi.methods.overlap.lexicon import Lexicon

T = TypeVar("T")
MOST = 50_000  # texts a lexicon keeps; then it begins anew, so that a million do not fill memory


def once_a_text(make: Callable[[str, Lexicon], T]) -> Callable[[str, Lexicon], T]:
    """``make``, its results kept with the lexicon they are of; they must not be changed."""
    name = f"_{make.__qualname__}"

    @wraps(make)
    def kept(text: str, lexicon: Lexicon) -> T:
        found: dict[str, T] = vars(lexicon).setdefault(name, {})
        if text not in found:
            if len(found) >= MOST:
                found = vars(lexicon)[name] = {}
            found[text] = make(text, lexicon)
        return found[text]

    return kept
