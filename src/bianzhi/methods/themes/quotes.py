"""Every complaint under its theme with what decided: first people, then words, then likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bianzhi.methods.themes.catalogue import WORD, Catalogue
from bianzhi.methods.themes.clustering import clusters, nearest, telling
from bianzhi.methods.themes.deciding import FOUND, NOTHING, OWN, UNSORTED, Decision, Taught, left
from bianzhi.methods.themes.matching import WORD_SCORE
from bianzhi.methods.themes.splitting import Complaint, complaints, says_nothing
from bianzhi.methods.themes.vectors import centres, common_words, cosines, vectors

BASES = {
    "moved": "经办人改归", "example": "照以往改归", "word": "词语", "pair": "词语搭配",
    "near": "说法相近", "found": "新主题", "split": "经办人拆分", "none": "未归类",
    "well": "说没有问题", "empty": "没有说问题",
}  # fmt: skip
UNLIKE = "没有一个主题的词，也不与哪个主题相近"
SURE = ("word", "pair", "split")  # a move out of these is of one theme of the complaint
EXAMPLES = 2_000  # complaints a theme is known by, evenly over all in order of their words


@dataclass(frozen=True)
class Likeness:
    """How alike complaints must be.

    Attributes:
        near: The least cosine with the mean of a theme's complaints to belong to it …
        ahead: … and how far the next theme must be behind.
        example: The least cosine with a complaint once moved, to go the same way.
        alike, joined: Of a complaint with the centre of a new theme; of the means of two.
        smallest: A new theme has at least so many quotes.
    """

    near: float = 0.16
    ahead: float = 0.03
    example: float = 0.5
    alike: float = 0.2
    joined: float = 0.4
    smallest: int = 3


class Quote(NamedTuple):
    """A complaint under a theme; ``row`` is its text's row, ``start`` and ``end`` its place."""

    row: int
    start: int
    end: int
    text: str
    theme: str
    basis: str
    score: float
    words: tuple[str, ...]
    why: str


def quotes(
    texts: Sequence[str], answers: Sequence[str], taught: Taught, like: Likeness
) -> tuple[list[Quote], dict[str, str]]:
    """All complaints of all texts, in order, and the titles of the new themes found.

    Args:
        texts, answers: n texts with the answers they come from.
        taught: The catalogue with what people decided.
        like: See there.
    """
    found = _by_words(texts, taught.catalogue)
    found = _by_likeness(found, taught.catalogue, like)
    found, titles = _by_company(found, taught.catalogue, like)
    found = [_made(quote, taught) for quote in found]
    found = _by_people(found, answers, taught, like)
    return [quote._replace(theme=taught.final(quote.theme)) for quote in found], titles


def _by_words(texts: Sequence[str], catalogue: Catalogue) -> list[Quote]:
    known: dict[str, list[Quote]] = {}
    found = []
    for row, text in enumerate(texts):
        if text not in known:
            known[text] = [each for one in complaints(text, catalogue)
                           for each in _worded(text, one, catalogue)]  # fmt: skip
        found += [each._replace(row=row) for each in known[text]]
    return found


def _worded(text: str, one: Complaint, catalogue: Catalogue) -> list[Quote]:
    said = text[one.start : one.end]
    none = Quote(0, one.start, one.end, said, UNSORTED, "none", 0.0, (), UNLIKE)
    if says_nothing(said, catalogue):
        return [none._replace(theme=NOTHING, basis="empty", why="只有客套话")]
    if one.denied:
        return [none._replace(theme=NOTHING, basis="well", why="这一句说的是没有问题")]
    if not one.shown:
        return [none]
    made = []
    for theme, each in one.shown.items():
        words = _words(text, each.spans)
        basis = WORD if each.score >= WORD_SCORE else "pair"
        why = f"{'有这个主题的词' if basis == WORD else '同一处有'}“{'、'.join(words)}”"
        made.append(none._replace(theme=theme, basis=basis, score=each.score, words=words, why=why))
    return made


def _words(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _by_people(
    found: list[Quote], answers: Sequence[str], taught: Taught, like: Likeness
) -> list[Quote]:
    """Moved ones, and those that resemble one moved."""
    if not taught.examples:
        return found
    nearby = _examples(found, taught, like.example)
    made = []
    for quote in found:
        key = (answers[quote.row], quote.text)
        own = taught.moved.get((*key, left(quote.theme)))
        if own is None and quote.basis not in SURE:
            own = taught.of_quote.get(key)
        same = nearby.get((quote.text, left(quote.theme)))
        if own:
            quote = quote._replace(theme=own.to, basis="moved", score=1.0, words=(),
                                   why=f"经办人改归，理由：{own.reason}")  # fmt: skip
        elif same:
            quote = _like(quote, *same, taught.catalogue)
        made.append(quote)
    return made


def _like(quote: Quote, each: Decision, score: float, catalogue: Catalogue) -> Quote:
    words = tuple(common_words(quote.text, each.quote, catalogue.framing))
    why = f"与改归过的“{each.quote}”相近（{score:.2f}），当时的理由：{each.reason}"
    return quote._replace(theme=each.to, basis="example", score=score, words=words, why=why)


def _examples(
    found: list[Quote], taught: Taught, least: float
) -> dict[tuple[str, str], tuple[Decision, float]]:
    """(complaint, theme) -> the move of the most similar complaint out of that theme."""
    wanted = {theme for _, theme in taught.examples}
    asked = sorted({(quote.text, left(quote.theme)) for quote in found
                    if left(quote.theme) in wanted})  # fmt: skip
    moves = sorted(taught.examples.items())
    texts = list(dict.fromkeys([*(text for text, _ in asked), *(key[0] for key, _ in moves)]))
    number = {text: at for at, text in enumerate(texts)}
    rows = vectors(texts, taught.catalogue)
    scores = cosines(rows, centres(rows, [np.array([number[key[0]]]) for key, _ in moves]))
    made = {}
    for text, theme in asked:
        if (text, theme) in taught.examples:
            made[text, theme] = (taught.examples[text, theme], 1.0)
            continue
        best = max(
            ((scores[number[text], at], -at) for at, (key, _) in enumerate(moves)
             if key[1] == theme), default=(0.0, 0),
        )  # fmt: skip
        if best[0] >= least:
            made[text, theme] = (moves[-best[1]][1], float(best[0]))
    return made


def _by_likeness(found: list[Quote], catalogue: Catalogue, like: Likeness) -> list[Quote]:
    """Uncovered complaints that resemble what a theme's covered ones say."""
    open_ = sorted({quote.text for quote in found if quote.theme == UNSORTED})
    if not open_:
        return found
    said: dict[str, set[str]] = {theme.code: set(theme.told()) for theme in catalogue.themes}
    for quote in found:
        if quote.theme in said:
            said[quote.theme].add(quote.text)
    codes = [code for code, texts in said.items() if texts]
    known = [_spread(sorted(said[code] - set(open_))) for code in codes]
    texts = [*open_, *sorted({text for each in known for text in each})]
    number = {text: at for at, text in enumerate(texts)}
    rows = vectors(texts, catalogue)
    groups = [np.array([number[text] for text in each], np.int64) for each in known]
    best, score, second = nearest(rows, groups)
    near: dict[str, Quote] = {}
    for at, text in enumerate(open_):
        if score[at] >= like.near and score[at] - second[at] >= like.ahead:
            near[text] = _near(text, codes[best[at]], float(score[at]), known[best[at]], catalogue)
    return [_taken(quote, near.get(quote.text)) for quote in found]


def _spread(texts: list[str]) -> list[str]:
    step = max(1, -(-len(texts) // EXAMPLES))
    return texts[::step]


def _near(text: str, code: str, score: float, known: list[str], catalogue: Catalogue) -> Quote:
    counts = Counter(
        run for other in known[:200] for run in common_words(text, other, catalogue.framing, 2)
        if len(run) > 1
    )  # fmt: skip
    words = tuple(sorted(counts, key=lambda run: (-counts[run] * len(run), run))[:3])
    why = f"与“{catalogue.by_code[code].title}”的说法相近（{score:.2f}）"
    return Quote(0, 0, 0, text, code, "near", score, words, why)


def _taken(quote: Quote, decided: Quote | None) -> Quote:
    """The quote as decided for its words, unless it is sorted already."""
    if decided is None or quote.theme != UNSORTED:
        return quote
    return decided._replace(row=quote.row, start=quote.start, end=quote.end)


def _by_company(
    found: list[Quote], catalogue: Catalogue, like: Likeness
) -> tuple[list[Quote], dict[str, str]]:
    """New themes among what is left."""
    times = Counter(quote.text for quote in found if quote.theme == UNSORTED)
    texts = sorted(times)
    groups = clusters(vectors(texts, catalogue), texts, like.alike, like.joined)
    groups = [each for each in groups
              if sum(times[texts[at]] for at in each.members) >= like.smallest]  # fmt: skip
    if not groups:
        return found, {}
    outside = _spread(sorted({quote.text for quote in found}))
    titles: dict[str, str] = {}
    made: dict[str, Quote] = {}
    for group in groups:
        inside = [texts[at] for at in group.members]
        words = telling(inside, outside, catalogue)
        if not words:
            continue
        code = FOUND + "、".join(words)
        titles[code] = "、".join(words)
        made |= {text: _found(text, code, inside[0], words, catalogue) for text in inside}
    return [_taken(quote, made.get(quote.text)) for quote in found], titles


def _found(text: str, code: str, centre: str, words: Sequence[str], catalogue: Catalogue) -> Quote:
    met = [word for word in words if word in text]
    met = met or common_words(text, centre, catalogue.framing)
    why = "几家都这样说的新主题，最典型的一句" if text == centre else f"与“{centre}”说法相近"
    return Quote(0, 0, 0, text, code, "found", 1.0, tuple(met), why)


def _made(quote: Quote, taught: Taught) -> Quote:
    """Under the theme people have split off, where it has one of its words."""
    for each in taught.splits:
        met = tuple(word for word in each.words if word and word in quote.text)
        if quote.theme == each.theme and met:
            why = f"有“{'、'.join(met)}”，经办人拆出，理由：{each.reason}"
            quote = quote._replace(theme=f"{OWN}{each.no}", basis="split", words=met, why=why)
    return quote
