"""The compiled way from statements to tokens: the same cuts as ``parsing``, without objects.

The lexicon is an open-addressing table of word digests; a statement is cut by the same dynamic
program as :func:`~bianzhi.methods.overlap.parsing.segmented`. Two words with one digest are
refused when the table is made, so a look-up cannot be wrong about a known word; an unknown string
that hits a digest by chance has odds of about 1 in 10^15 a look-up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numba as nb
import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.model import Model
from bianzhi.methods.overlap.parsing import _PARENTHESES, EXCEPT, UNKNOWN, cuts, normal
from bianzhi.methods.overlap.tokens import Tokens, group_names

_BASE = np.uint64(1_099_511_628_211)
_SEED = np.uint64(14_695_981_039_346_656_037)
_WORD, _BREAK = 1, 2  # kinds of characters: of a word, between clauses (others part words only)
_LONGEST = 512  # characters of a run without punctuation; longer ones are cut there


def compiled_tokens(texts: Sequence[str], lexicon: Lexicon, model: Model) -> Tokens:
    """Tokens as :func:`~bianzhi.methods.overlap.tokens.plain_tokens` makes them."""
    flat = [normal(text) for text in texts]
    codes = np.frombuffer("\n".join(flat).encode("utf-32-le"), np.uint32).astype(np.int64)
    lengths = np.fromiter(map(len, flat), np.int64, len(flat))
    documents = np.repeat(np.arange(len(flat)), lengths + 1)[: len(codes)]
    kinds = _kinds(codes)
    live = _live(flat, lengths, lexicon, len(codes), kinds)
    names = group_names(lexicon)
    weights = np.zeros(len(codes), np.float32)
    unknown = np.float32(model.role[UNKNOWN])
    digests, known, heavy, longest, widest = _table(lexicon, model)
    _weigh(codes, kinds, digests, known, heavy, longest, unknown, weights)
    weights *= live
    met = _meet(codes, kinds, live, digests, *_groups(lexicon, names), widest)
    keep = kinds != _WORD
    shown = np.where(keep, 0, codes)
    return Tokens(shown, documents, weights, documents[met[0]], met[1], names)


def _kinds(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    chinese = (codes >= 0x4E00) & (codes <= 0x9FFF)
    digit = (codes >= 48) & (codes <= 57)
    letter = ((codes >= 65) & (codes <= 90)) | ((codes >= 97) & (codes <= 122))
    kinds = np.where(chinese | digit | letter, _WORD, 0)
    breaks = np.isin(codes, [ord(each) for each in "，,；;：:\n"])
    return np.where(breaks, _BREAK, kinds).astype(np.int8)


def _live(
    flat: list[str], lengths: npt.NDArray[np.int64], lexicon: Lexicon, size: int,
    kinds: npt.NDArray[np.int8],
) -> npt.NDArray[np.float32]:  # fmt: skip
    """1 for each character, 0 in clauses that say what is not the holder's."""
    live = np.ones(size, np.float32)
    starts = np.concatenate([[0], np.cumsum(lengths + 1)])
    word = re.compile("|".join([*map(re.escape, sorted(lexicon.exceptions)), EXCEPT.pattern]))
    for number, text in enumerate(flat):
        if word.search(text) is None:
            continue
        for begin, end in cuts(text):
            clause = _PARENTHESES.sub("", text[begin:end])
            if word.search(clause):
                live[starts[number] + begin : starts[number] + end] = 0
            if EXCEPT.match(text[begin:end]):  # its first and last character part it from the rest
                kinds[[starts[number] + begin, starts[number] + end - 1]] = _BREAK
    return live


def _table(lexicon: Lexicon, model: Model) -> tuple[Any, ...]:
    """(digests, known, weights, longest word, longest word of a group)."""
    words = sorted(set(lexicon.roles) | set(lexicon.groups))
    size = 1 << max(4, (4 * len(words)).bit_length())
    digests = np.zeros(size, np.uint64)
    known = np.zeros(size, np.bool_)
    weights = np.zeros(size, np.float32)
    seen: dict[int, str] = {}
    for word in words:
        digest = word_digest(word)
        if seen.setdefault(digest, word) != word:
            raise ValueError(f"词语“{word}”与“{seen[digest]}”的摘要相同：请改写其中一个")
        slot = digest & (size - 1)
        while digests[slot]:
            slot = (slot + 1) & (size - 1)
        digests[slot] = digest
        role = lexicon.roles.get(word)
        if role is not None:
            known[slot] = True
            weights[slot] = model.role[role] * model.factors.get(word, 1.0)
    longest = max((len(word) for word in lexicon.roles), default=1)
    widest = max((len(word) for word in lexicon.groups), default=0)
    return digests, known, weights, longest, widest


def _groups(lexicon: Lexicon, names: tuple[str, ...]) -> tuple[Any, Any, Any]:
    """Digest -> groups, as sorted digests, starts and group numbers."""
    number = {name: at for at, name in enumerate(names)}
    found = sorted((word_digest(word), sorted(number[g] for g in groups))
                   for word, groups in lexicon.groups.items())  # fmt: skip
    digests = np.array([digest for digest, _ in found], np.uint64)
    starts = np.concatenate([[0], np.cumsum([len(g) for _, g in found])]).astype(np.int64)
    return digests, starts, np.array([g for _, groups in found for g in groups], np.int64)


def word_digest(word: str) -> int:
    """FNV-1a over code points."""
    digest = int(_SEED)
    for each in word:
        digest = ((digest ^ ord(each)) * int(_BASE)) & 0xFFFF_FFFF_FFFF_FFFF
    return digest or 1


@nb.njit(cache=True)
def _slot(digest, digests):
    slot = np.int64(digest & np.uint64(len(digests) - 1))
    while digests[slot] != 0:
        if digests[slot] == digest:
            return slot
        slot = (slot + 1) & (len(digests) - 1)
    return -1


@nb.njit(cache=True)
def _weigh(codes, kinds, digests, known, weights, longest, unknown, out):
    """Weigh each character of each run by the word the best cut puts it in."""
    base, seed = np.uint64(1_099_511_628_211), np.uint64(14_695_981_039_346_656_037)
    unknowns = np.zeros(_LONGEST + 1, np.int32)
    counts = np.zeros(_LONGEST + 1, np.int32)
    back = np.zeros(_LONGEST + 1, np.int32)
    heavy = np.zeros(_LONGEST + 1, np.float32)
    at = 0
    while at < len(codes):
        if kinds[at] != 1:
            at += 1
            continue
        end = at
        while end < len(codes) and kinds[end] == 1 and end - at < _LONGEST:
            end += 1
        size = end - at
        for i in range(1, size + 1):
            unknowns[i], counts[i] = size + 1, size + 1
        unknowns[0], counts[0] = 0, 0
        for start in range(size):
            digest = seed
            for stop in range(start + 1, min(start + longest, size) + 1):
                digest = (digest ^ np.uint64(codes[at + stop - 1])) * base
                slot = _slot(digest, digests)
                is_known = slot >= 0 and known[slot]
                if not is_known and stop > start + 1:
                    continue
                new_unknown = unknowns[start] + (0 if is_known else 1)
                new_count = counts[start] + 1
                if new_unknown < unknowns[stop] or (
                    new_unknown == unknowns[stop] and new_count < counts[stop]
                ):
                    unknowns[stop], counts[stop], back[stop] = new_unknown, new_count, start
                    heavy[stop] = weights[slot] if is_known else unknown
        stop = size
        while stop > 0:
            for i in range(back[stop], stop):
                out[at + i] = heavy[stop]
            stop = back[stop]
        at = end


@nb.njit(cache=True)
def _meet(codes, kinds, live, table, digests, starts, groups, widest):
    """(positions, groups): every occurrence of a word of the thesaurus."""
    base, seed = np.uint64(1_099_511_628_211), np.uint64(14_695_981_039_346_656_037)
    places = np.empty(1024, np.int64)
    found = np.empty(1024, np.int64)
    count = 0
    for at in range(len(codes)):
        if kinds[at] != 1 or live[at] == 0:
            continue
        digest = seed
        for stop in range(at, min(at + widest, len(codes))):
            if kinds[stop] != 1:
                break
            digest = (digest ^ np.uint64(codes[stop])) * base
            if _slot(digest, table) < 0:
                continue
            where = np.searchsorted(digests, digest)
            if where >= len(digests) or digests[where] != digest:
                continue
            for each in range(starts[where], starts[where + 1]):
                if count == len(places):
                    places = np.concatenate((places, np.empty_like(places)))
                    found = np.concatenate((found, np.empty_like(found)))
                places[count], found[count] = at, groups[each]
                count += 1
    return places[:count], found[:count]
