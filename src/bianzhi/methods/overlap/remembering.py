"""What a lexicon says of a text, worked out once: statements are met again in pair after pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from bianzhi.methods.overlap.lexicon import Lexicon

if TYPE_CHECKING:
    from bianzhi.methods.overlap.parsing import Parsed

S = TypeVar("S")
T = TypeVar("T")
P = ParamSpec("P")
MOST = 50_000  # texts a lexicon keeps; then it begins anew, so that a million do not fill memory


def once_a_text(
    make: Callable[Concatenate[str, Lexicon, P], T],
) -> Callable[Concatenate[str, Lexicon, P], T]:
    """``make``, its results kept with the lexicon they are of; they must not be changed."""
    return _once(make, lambda text: text)


def once_a_statement(
    make: Callable[Concatenate[Parsed, Lexicon, P], T],
) -> Callable[Concatenate[Parsed, Lexicon, P], T]:
    """The same of a statement taken apart, which its text and the lexicon determine."""
    return _once(make, lambda parsed: parsed.text)


def once_a_lexicon(make: Callable[[Lexicon], T]) -> Callable[[Lexicon], T]:
    """What follows from a lexicon alone, kept with it."""
    name = f"_{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(lexicon: Lexicon) -> T:
        if name not in vars(lexicon):
            vars(lexicon)[name] = make(lexicon)
        found: T = vars(lexicon)[name]
        return found

    return kept


def _once(
    make: Callable[Concatenate[S, Lexicon, P], T], text_of: Callable[[S], str]
) -> Callable[Concatenate[S, Lexicon, P], T]:
    name = f"_{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(given: S, lexicon: Lexicon, /, *more: P.args, **named: P.kwargs) -> T:
        key = (text_of(given), *more)
        found: dict[tuple[object, ...], T] = vars(lexicon).setdefault(name, {})
        if key not in found:
            if len(found) >= MOST:
                found = vars(lexicon)[name] = {}
            found[key] = make(given, lexicon, *more, **named)
        return found[key]

    return kept
