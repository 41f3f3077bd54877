"""A lexicon as arrays, for kernels: an open-addressing table of word digests, and what words name.

Two words with one digest are refused when the table is made, so a look-up cannot be wrong about a
known word; an unknown string that hits a digest by chance has odds of about 1 in 10^15 a look-up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.composed import rules
from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.model import Model
from bianzhi.methods.overlap.remembering import once_a_lexicon
from bianzhi.methods.overlap.tokens import Ints, node_names

BASE = np.uint64(1_099_511_628_211)
SEED = np.uint64(14_695_981_039_346_656_037)


class Tables(NamedTuple):
    """What a lexicon says, as arrays.

    Attributes:
        names: Matters and fields by number.
        slots: Word -> its slot in the table.
        digests: (slots,) of words, 0 where a slot is empty; their number is a power of two.
        roles: (slots,) words a text is cut into: the number of their role, else −1.
        joints: (slots,) a bit set for each place within a word where a name may begin or end.
        named: Slot -> matters the word is a name of: (slots + 1,) starts, numbers.
        above: Matter -> the wider matters: starts, numbers.
        rules: Matter -> rules (starts); each rule's parts (starts, numbers); what each means.
    """

    names: tuple[str, ...]
    slots: Mapping[str, int]
    digests: npt.NDArray[np.uint64]
    roles: npt.NDArray[np.int8]
    joints: npt.NDArray[np.int64]
    named: tuple[Ints, Ints]
    above: tuple[Ints, Ints]
    rules: tuple[Ints, Ints, Ints, Ints]

    def weights(self, lexicon: Lexicon, model: Model) -> npt.NDArray[np.float32]:
        """(slots,) What each character of a word weighs."""
        of_role = np.array([*(model.role[role] for role in _roles(lexicon)), 0.0], np.float32)
        found = of_role[self.roles]
        for word, factor in model.factors.items():
            if word in self.slots:
                found[self.slots[word]] *= np.float32(factor)
        return found


@once_a_lexicon
def tables(lexicon: Lexicon) -> Tables:
    """The tables of a lexicon.

    Raises:
        ValueError: Two of its words have one digest.
    """
    names = node_names(lexicon)
    numbers = {name: at for at, name in enumerate(names)}
    slots, digests = _table(sorted(lexicon.roles.keys() | lexicon.names.keys()))
    role = {name: at for at, name in enumerate(_roles(lexicon))}
    roles = np.full(len(digests), -1, np.int8)
    joints = np.zeros(len(digests), np.int64)
    named: list[list[int]] = [[] for _ in digests]
    for word, slot in slots.items():
        roles[slot] = role[lexicon.roles[word]] if word in lexicon.roles else -1
        joints[slot] = sum(1 << joint for joint in lexicon.splits.get(word, ()))
        named[slot] = sorted(numbers[each] for each in lexicon.names.get(word, ()))
    fields = lexicon.fields
    wider = [[numbers[each] for each in lexicon.above.get(name, ()) if each not in fields]
             for name in names]  # fmt: skip
    return Tables(names, slots, digests, roles, joints, compressed(named), compressed(wider),
                  _rules(numbers, lexicon))  # fmt: skip


def _roles(lexicon: Lexicon) -> list[str]:
    return sorted(set(lexicon.roles.values()))


def _table(words: Collection[str]) -> tuple[dict[str, int], npt.NDArray[np.uint64]]:
    size = 1 << max(4, (4 * len(words)).bit_length())
    digests = np.zeros(size, np.uint64)
    slots: dict[str, int] = {}
    seen: dict[int, str] = {}
    for word in words:
        digest = word_digest(word)
        if seen.setdefault(digest, word) != word:
            raise ValueError(f"词语“{word}”与“{seen[digest]}”的摘要相同：请改写其中一个")
        slot = digest & (size - 1)
        while digests[slot]:
            slot = (slot + 1) & (size - 1)
        digests[slot] = digest
        slots[word] = slot
    return slots, digests


def _rules(numbers: Mapping[str, int], lexicon: Lexicon) -> tuple[Ints, Ints, Ints, Ints]:
    kept = rules(lexicon)
    each = [rule for name in numbers for rule in kept.get(name, ())]
    starts = _starts([kept.get(name, ()) for name in numbers])
    parts = compressed([sorted(numbers[part] for part in rule.parts) for rule in each])
    return starts, *parts, np.array([numbers[rule.matter] for rule in each], np.int64)


def compressed(lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists of numbers one after the other: where each begins, and all of them."""
    return _starts(lists), np.array([each for some in lists for each in some], np.int64)


def _starts(lists: Sequence[Sequence[Any]]) -> Ints:
    return np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.int64)


def word_digest(word: str) -> int:
    """FNV-1a over code points."""
    digest = int(SEED)
    for each in word:
        digest = ((digest ^ ord(each)) * int(BASE)) & 0xFFFF_FFFF_FFFF_FFFF
    return digest or 1
