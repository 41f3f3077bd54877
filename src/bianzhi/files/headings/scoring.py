"""How well a heading path fits a field, between 0 and 1, and why."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from bianzhi.files.headings.fields import FieldDef
from bianzhi.files.headings.text import heading_text

LEAST = 0.5  # below this a column is left unknown rather than guessed


def score(path: tuple[str, ...], field: FieldDef) -> tuple[float, str]:
    """(score, how it was understood)."""
    said = tuple(text for each in path if (text := heading_text(each)))
    if not said:
        return 0.0, ""
    whole = "".join(said)
    if any(word in whole for word in field.avoid):
        return 0.0, ""
    leaf, context = said[-1], said[:-1]
    best, why = _by_words(leaf, whole, field, plain=not field.under)
    if not field.under:
        return best - 0.02 * len(context), why
    if not context and leaf in field.under and leaf in field.words:
        return 0.9, f"“{leaf}”就是“{field.title}”"
    placed, rest = _placed(context, leaf, field.under)
    if not placed:
        return 0.0, ""
    if rest != leaf and rest:
        again, also = _by_words(rest, rest, field, plain=False)
        best, why = max((best, why), (again * 0.97, also))
    return best * placed, f"在“{'/'.join(path[:-1]) or path[-1]}”之下，{why}"


def _placed(context: tuple[str, ...], leaf: str, under: tuple[str, ...]) -> tuple[float, str]:
    """How surely the column stands under the group, and what the leaf says besides the group."""
    for word in under:
        if word in context:
            return 1.0, leaf
    for word in under:
        if any(word in each for each in context):
            return 0.95, leaf
    for word in sorted(under, key=len, reverse=True):
        if word in leaf and word != leaf:
            return 0.93, leaf.replace(word, "", 1)
    return 0.0, leaf


def _by_words(leaf: str, whole: str, field: FieldDef, *, plain: bool) -> tuple[float, str]:
    if leaf in field.words:
        return 1.0, f"“{leaf}”就是“{field.title}”"
    if plain and whole in field.words:
        return 0.98, f"“{whole}”就是“{field.title}”"
    return _loosely(leaf, field.words)


@lru_cache(maxsize=50_000)
def _loosely(leaf: str, words: tuple[str, ...]) -> tuple[float, str]:
    best, why = 0.0, ""
    for word in words:
        if len(word) < 2 or len(leaf) < 2:
            continue
        if word in leaf:
            found = 0.55 + 0.4 * len(word) / len(leaf)
        elif leaf in word:
            found = 0.5 + 0.35 * len(leaf) / len(word)
        else:
            alike = SequenceMatcher(None, leaf, word).ratio()
            found = alike * 0.85 if alike >= 0.66 else 0.0
        if found > best:
            best, why = found, f"“{leaf}”近似“{word}”"
    return best, why
