"""Statements of duty made up for the benchmarks, of two kinds.

``patterned`` fills a pattern with a thousand names of the thesaurus. Its vocabulary is small: the
pieces of a statement are in many others, so lists are long however rare the piece; hardly any two
are alike (three of 100,000).

``varied`` draws from what large collections of texts are known to be like: words by Zipf's law (the
r-th most common has a share ∝ 1/(r + 2.7), Mandelbrot 1953) out of 30,000, half of which are in no
thesaurus; each statement is about one of 3,000 fields, whose words it takes most of its own from,
so that a matter is done in many places in other words; lengths are log-normal, 9 to 200
characters. How near it comes to real duties is in the README of this folder.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap import shipped
from bianzhi.methods.overlap.lexicon import background_texts

WORDS, FIELDS = 30_000, 3_000
KNOWN = 15_000  # of the words, those that are names of the thesaurus
FEW = 60  # every so many-th name makes the small vocabulary
OF_A_FIELD = 30  # words of a field of its own
OWN = 0.75  # share of a statement's words that are its field's
MATTERS, MOST = 40, 200  # words and characters of a statement at most
BLOCK = 20_000  # statements drawn at a time
PLACES = ("", "全区", "全市", "辖区内", "城区", "农村", "本行业")
HEADS = ("负责", "承担", "组织实施", "协助做好", "具体负责", "牵头开展")
TAILS = ("", "工作", "的具体工作", "的技术服务", "的事务性工作", "，完成交办的其他任务")
Ints = npt.NDArray[np.int64]


def patterned(count: int, seed: int) -> list[str]:
    """Statements of a small vocabulary: many near neighbours, the hard case for pruning."""
    draw = random.Random(seed)
    matters, doings = sorted(shipped().names)[::FEW], sorted(shipped().actions)

    def one() -> str:
        what = "、".join(draw.sample(matters, draw.randint(1, 3)))
        how = "和".join(draw.sample(doings, draw.randint(1, 2)))
        return f"{draw.choice(HEADS)}{draw.choice(PLACES)}{what}的{how}{draw.choice(TAILS)}"

    return [one() for _ in range(count)]


def varied(count: int, seed: int) -> list[str]:
    """Statements of a large vocabulary, 9 to 200 characters, no two alike."""
    draw = np.random.default_rng(seed)
    words, fields, doings = _words(draw), _fields(draw), sorted(shipped().actions)
    made: dict[str, None] = {}
    while len(made) < count:
        about = fields[_zipf(draw, FIELDS, BLOCK)]
        own = np.take_along_axis(about, _zipf(draw, OF_A_FIELD, (BLOCK, MATTERS)), axis=1)
        near = draw.random((BLOCK, MATTERS)) < OWN
        matters = np.where(near, own, _zipf(draw, WORDS, (BLOCK, MATTERS))).tolist()
        length = draw.lognormal(2.7, 0.5, BLOCK).tolist()
        rolls = draw.integers(0, 1 << 30, (BLOCK, MATTERS + 3)).tolist()
        for each in zip(matters, length, rolls, strict=True):
            made[_one(words, doings, *each)] = None
    return list(made)[:count]


def _one(
    words: Sequence[str], doings: Sequence[str], matters: list[int], length: float, rolls: list[int]
) -> str:
    """A head, clauses of matters and what is done with them until it is long enough, a tail."""
    *rolls, head, place, tail = rolls
    text = HEADS[head % len(HEADS)] + PLACES[place % len(PLACES)]
    for matter, roll in zip(matters, rolls, strict=True):
        text += words[matter]
        if roll % 3 == 0:  # two words in a row are one matter: 河道 + 水位
            continue
        if len(text) >= length:
            break
        text += "、" if roll % 5 < 3 else f"{doings[roll % len(doings)]}，"
    text += f"的{doings[head // 7 % len(doings)]}"
    return text[: MOST - 12] + TAILS[tail % len(TAILS)]


def _zipf(draw: np.random.Generator, among: int, count: int | tuple[int, int]) -> Ints:
    """Ranks from 0 by Zipf's law with Mandelbrot's shift."""
    shares = np.cumsum(1 / (np.arange(among) + 2.7))
    return np.searchsorted(shares / shares[-1], draw.random(count))


def _words(draw: np.random.Generator) -> list[str]:
    """The words of the thesaurus and of two to four of the characters of real duties, as common
    as they are there; the most common words are a mixture of both."""
    counts = Counter("".join(background_texts() + sorted(shipped().names)))
    signs = [sign for sign in sorted(counts) if "一" <= sign <= "龥"]
    share = np.array([counts[sign] for sign in signs], float) ** 0.75
    made = dict.fromkeys(draw.permutation(sorted(shipped().names))[:KNOWN].tolist())
    while len(made) < WORDS:
        length = int(draw.choice([2, 3, 4], p=[0.75, 0.15, 0.1]))
        made["".join(draw.choice(signs, length, p=share / share.sum()))] = None
    found = list(made)
    draw.shuffle(found)
    return found


def _fields(draw: np.random.Generator) -> Ints:
    """(FIELDS, OF_A_FIELD) words: the common ones are in many fields."""
    return _zipf(draw, WORDS, FIELDS * OF_A_FIELD).reshape(FIELDS, OF_A_FIELD)
