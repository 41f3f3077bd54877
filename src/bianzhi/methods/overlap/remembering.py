"""What a lexicon says of a text, worked out once: statements are met again in pair after pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from bianzhi.methods.overlap.lexicon import Lexicon

if TYPE_CHECKING:
    from bianzhi.methods.overlap.parsing import Parsed

S = TypeVar("S")
T = TypeVar("T")
MOST = 50_000  # texts a lexicon keeps; then it begins anew, so that a million do not fill memory


def once_a_text(make: Callable[[str, Lexicon], T]) -> Callable[[str, Lexicon], T]:
    """``make``, its results kept with the lexicon they are of; they must not be changed."""
    return _once(make, lambda text: text)


def once_a_statement(make: Callable[[Parsed, Lexicon], T]) -> Callable[[Parsed, Lexicon], T]:
    """The same of a statement taken apart, which its text and the lexicon determine."""
    return _once(make, lambda parsed: parsed.text)


def _once(
    make: Callable[[S, Lexicon], T], text_of: Callable[[S], str]
) -> Callable[[S, Lexicon], T]:
    name = f"_{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(given: S, lexicon: Lexicon) -> T:
        text = text_of(given)
        found: dict[str, T] = vars(lexicon).setdefault(name, {})
        if text not in found:
            if len(found) >= MOST:
                found = vars(lexicon)[name] = {}
            found[text] = make(given, lexicon)
        return found[text]

    return kept
