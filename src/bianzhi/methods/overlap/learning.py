"""What an office's judgements teach: words that mislead weigh less, and where proposals begin.

Re-fitted from all judgements each time, so that taking one back takes back what it taught. Nothing
is hidden: each factor names the judgements it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bianzhi.methods.overlap.compare import compare
from bianzhi.methods.overlap.evaluation import best_threshold
from bianzhi.methods.overlap.lexicon import Lexicon, shipped
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.parsing import parse

PRIOR = 2.0  # judgements the shipped weights are worth: one word of an office moves them little
ENOUGH = 8  # judgements of each kind before the limit of proposals moves


@dataclass(frozen=True)
class Judgement:
    """A pair people looked at: ``overlap`` is what they said."""

    one: str
    other: str
    overlap: bool


@dataclass(frozen=True)
class Lesson:
    """What was learnt of a word: its factor, and in how many pairs it was right and wrong."""

    word: str
    factor: float
    confirmed: int
    dismissed: int


@dataclass(frozen=True)
class Learnt:
    """A model fitted to judgements, with its reasons.

    Attributes:
        model: To use from now on.
        lessons: Words whose weight changed, most changed first.
        limit: From which score on pairs are proposed, before and after.
    """

    model: Model
    lessons: tuple[Lesson, ...]
    limit: tuple[float, float]


def learn(
    judgements: Sequence[Judgement], lexicon: Lexicon | None = None, model: Model | None = None
) -> Learnt:
    """Fit the model to an office's judgements.

    A word that stands in both statements of dismissed pairs and seldom in confirmed ones loses
    weight: factor = (confirmed + PRIOR) / (confirmed + dismissed + PRIOR), never above 1. With
    ``ENOUGH`` judgements of each kind the limit of proposals moves to where F1 is best on them.
    """
    lexicon, model = lexicon or shipped(), model or shipped_model()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in judgements:
        for word in _common_words(each, lexicon):
            counts[word][0 if each.overlap else 1] += 1
    lessons = [
        Lesson(word, (yes + PRIOR) / (yes + no + PRIOR), yes, no)
        for word, (yes, no) in counts.items() if no
    ]  # fmt: skip
    lessons.sort(key=lambda lesson: (lesson.factor, lesson.word))
    taught = replace(model, factors={each.word: each.factor for each in lessons})
    limit = _limit(judgements, lexicon, taught)
    return Learnt(replace(taught, overlap=limit), tuple(lessons), (model.overlap, limit))


def _common_words(judged: Judgement, lexicon: Lexicon) -> set[str]:
    one, other = parse(judged.one, lexicon), parse(judged.other, lexicon)
    known = lexicon.roles
    return {
        word for word in (*one.objects, *one.actions)
        if word in known and word in (*other.objects, *other.actions)
    }  # fmt: skip


def _limit(judgements: Sequence[Judgement], lexicon: Lexicon, model: Model) -> float:
    truth = np.array([each.overlap for each in judgements], bool)
    if truth.sum() < ENOUGH or (~truth).sum() < ENOUGH:
        return model.overlap
    scores = [compare(each.one, each.other, lexicon, model).score for each in judgements]
    return best_threshold(np.array(scores), truth)


def explain(lesson: Lesson, judgements: Sequence[Judgement]) -> str:
    """Where a lesson comes from, in words."""
    against = [each for each in judgements if not each.overlap and lesson.word in each.one
               and lesson.word in each.other]  # fmt: skip
    shown = compare(against[0].one, against[0].other).texts if against else ("", "")
    return (
        f"“{lesson.word}”权重乘以 {lesson.factor:.2f}：确认 {lesson.confirmed} 对、"
        f"排除 {lesson.dismissed} 对，例如“{shown[0]}”与“{shown[1]}”"
    )
