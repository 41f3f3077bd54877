"""The compiled way from statements to tokens: the same cuts as ``parsing``, without objects.

The lexicon is a table of word digests (:mod:`.tables`); a statement is cut by the same dynamic
program as :func:`~bianzhi.methods.overlap.parsing.segmented`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numba as nb
import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.model import Model
from bianzhi.methods.overlap.parsing import EXCEPT, UNKNOWN, cuts, normal, says_not
from bianzhi.methods.overlap.tables import tables
from bianzhi.methods.overlap.tokens import Tokens

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
    weights = np.zeros(len(codes), np.float32)
    unknown = np.float32(model.role[UNKNOWN])
    edges = np.zeros(len(codes) + 1, np.bool_)
    told = tables(lexicon)
    heavy = told.weights(lexicon, model)
    _weigh(codes, kinds, told.digests, told.roles, told.joints, heavy, lexicon.longest_word,
           unknown, weights, edges)  # fmt: skip
    weights *= live
    places, spoken = _meet(
        codes, kinds, live, edges, told.digests, *told.named, lexicon.longest_name
    )
    clauses = np.cumsum(kinds == _BREAK)[places]
    at, matters = _mean(clauses, spoken, *told.above, *told.rules)
    shown = np.where(kinds != _WORD, 0, codes)
    return Tokens(shown, documents, weights, documents[places[at]], matters, told.names)


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
            clause = text[begin:end]
            if says_not(clause, lexicon) or EXCEPT.match(clause):
                live[starts[number] + begin : starts[number] + end] = 0
            if EXCEPT.match(clause):  # its first and last character part it from the rest
                kinds[[starts[number] + begin, starts[number] + end - 1]] = _BREAK
    return live


@nb.njit(cache=True)
def _slot(digest, digests):
    slot = np.int64(digest & np.uint64(len(digests) - 1))
    while digests[slot] != 0:
        if digests[slot] == digest:
            return slot
        slot = (slot + 1) & (len(digests) - 1)
    return -1


@nb.njit(cache=True)
def _weigh(codes, kinds, digests, roles, joints, weights, longest, unknown, out, edges):
    """Weigh each character of each run by the word the best cut puts it in, and tell where these
    words begin and end."""
    base, seed = np.uint64(1_099_511_628_211), np.uint64(14_695_981_039_346_656_037)
    unknowns = np.zeros(_LONGEST + 1, np.int32)
    counts = np.zeros(_LONGEST + 1, np.int32)
    back = np.zeros(_LONGEST + 1, np.int32)
    heavy = np.zeros(_LONGEST + 1, np.float32)
    inner = np.zeros(_LONGEST + 1, np.int64)
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
                is_known = slot >= 0 and roles[slot] >= 0
                if not is_known and stop > start + 1:
                    continue
                new_unknown = unknowns[start] + (0 if is_known else 1)
                new_count = counts[start] + 1
                if new_unknown < unknowns[stop] or (
                    new_unknown == unknowns[stop] and new_count < counts[stop]
                ):
                    unknowns[stop], counts[stop], back[stop] = new_unknown, new_count, start
                    heavy[stop] = weights[slot] if is_known else unknown
                    inner[stop] = joints[slot] if is_known else 0
        stop = size
        while stop > 0:
            edges[at + stop] = True
            for i in range(back[stop], stop):
                out[at + i] = heavy[stop]
                if inner[stop] >> (i - back[stop]) & 1:
                    edges[at + i] = True
            stop = back[stop]
        edges[at] = True
        at = end


@nb.njit(cache=True)
def _meet(codes, kinds, live, edges, digests, starts, matters, longest):
    """(positions, matters): every name of the thesaurus that begins and ends where words do."""
    base, seed = np.uint64(1_099_511_628_211), np.uint64(14_695_981_039_346_656_037)
    places = np.empty(1024, np.int64)
    found = np.empty(1024, np.int64)
    count = 0
    for at in range(len(codes)):
        if kinds[at] != 1 or live[at] == 0 or not edges[at]:
            continue
        digest = seed
        for stop in range(at, min(at + longest, len(codes))):
            if kinds[stop] != 1:
                break
            digest = (digest ^ np.uint64(codes[stop])) * base
            where = _slot(digest, digests) if edges[stop + 1] else -1
            for each in range(starts[where], starts[where + 1]) if where >= 0 else range(0):
                if count == len(places):
                    places = np.concatenate((places, np.empty_like(places)))
                    found = np.concatenate((found, np.empty_like(found)))
                places[count], found[count] = at, matters[each]
                count += 1
    return places[:count], found[:count]


@nb.njit(cache=True)
def _mean(clauses, spoken, above, wider, rules, starts, parts, meant):
    """(numbers of places, matters): what is named, and what a clause means by naming all parts of
    it. Places of a clause follow each other; its matters stand at its first."""
    places, found = [np.int64(0)][:0], [np.int64(0)][:0]
    told = np.full(len(above) - 1, -1, np.int64)  # the clause that spoke of a node last
    said = np.full(len(above) - 1, -1, np.int64)  # and that was found to mean it
    here = np.empty(len(above) - 1, np.int64)
    first = 0
    while first < len(spoken):
        last, size = first, 0
        while last < len(spoken) and clauses[last] == clauses[first]:
            node = spoken[last]
            if said[node] != first:
                said[node] = first
                places.append(first)
                found.append(node)
            for step in range(above[node] - 1, above[node + 1]):
                each = node if step < above[node] else wider[step]
                if told[each] != first:
                    told[each], here[size], size = first, each, size + 1
            last += 1
        for each in here[:size]:
            for rule in range(rules[each], rules[each + 1]):
                whole = said[meant[rule]] != first
                for part in range(starts[rule], starts[rule + 1]):
                    whole = whole and told[parts[part]] == first
                if whole:
                    said[meant[rule]] = first
                    places.append(first)
                    found.append(meant[rule])
        first = last
    return np.array(places, np.int64), np.array(found, np.int64)
