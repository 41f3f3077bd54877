"""Problems in free text with the truth about them, read by the method and scored."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import polars as pl

from bianzhi.methods.themes import FOUND, NOTHING, UNSORTED, Themes, themes
from bianzhi.sample.make import make_world
from bianzhi.sample.problems import HELD, Problems, class_of, problems, topics
from bianzhi.sample.world import District

TEXTS = ("unit", "kind", "text", "answer")


class Read(NamedTuple):
    """What was planted and what was found."""

    planted: Problems
    found: Themes


class Score(NamedTuple):
    """Of (answer, theme): found and true, found, true."""

    both: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.both / self.found

    @property
    def recall(self) -> float:
        return self.both / self.true

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.found + self.true)


def said(*rows: tuple[str, str]) -> pl.DataFrame:
    """Texts from (unit, text), each an answer of its own."""
    full = [(unit, "problem", text, f"a{at}") for at, (unit, text) in enumerate(rows)]
    return pl.DataFrame(full, schema=dict.fromkeys(TEXTS, pl.String), orient="row")


def one_class(*units: str) -> pl.DataFrame:
    """All units in one class."""
    return pl.DataFrame({"unit": units, "name": ["事业"] * len(units)})


@cache
def district(seed: int) -> District:
    """The sample district of a seed."""
    return make_world(seed=seed).districts[0]


@cache
def read(seed: int, kept: str = HELD) -> Read:
    """The answers of the sample district of a seed, by sector and supervisor."""
    planted = problems(district(seed), seed, kept)
    texts = pl.DataFrame([each[:4] for each in planted.said], schema=TEXTS, orient="row")
    classes = pl.DataFrame(
        [(org.key, by, class_of(org, by)) for org in planted.units
         for by in ("sector", "supervisor")], schema=("unit", "by", "name"), orient="row",
    )  # fmt: skip
    return Read(planted, themes(texts, classes))


def score(got: Read) -> Score:
    """How well quotes are themed; a new theme counts as the topic most of its answers have, and
    what only one unit has is left out: it has no theme."""
    own = set(topics("own"))
    true = {each.answer: set(each.themes) - own for each in got.planted.said}
    rows = got.found.quotes.filter(~pl.col("theme").is_in([UNSORTED, NOTHING]))
    names = _names(rows, true)
    found: dict[str, set[str]] = defaultdict(set)
    for answer, theme in rows.select("answer", "theme").iter_rows():
        found[answer].add(names.get(theme, theme))
    both = sum(len(themes & found[answer]) for answer, themes in true.items())
    return Score(both, sum(map(len, found.values())), sum(map(len, true.values())))


def shared_found(got: Read) -> set[tuple[str, str, str]]:
    """(theme, by, name) called shared; a new theme as in :func:`score`."""
    true = {each.answer: set(each.themes) for each in got.planted.said}
    names = _names(got.found.quotes, true)
    return {
        (names.get(theme, theme), by, name)
        for theme, by, name in got.found.common.select("theme", "by", "name").iter_rows()
    }


def false_shared(got: Read) -> set[tuple[str, str, str]]:
    """Called shared though neither planted there nor in a class that makes up most of this one."""
    given: dict[str, set[str]] = {
        each.theme: _units(got, each.by, each.name) for each in got.planted.shared
    }
    return {
        (theme, by, name) for theme, by, name in shared_found(got)
        if 2 * len((units := _units(got, by, name)) & given.get(theme, set())) < len(units)
    }  # fmt: skip


def _units(got: Read, by: str, name: str) -> set[str]:
    return {org.key for org in got.planted.units if class_of(org, by) == name}


def _names(rows: pl.DataFrame, true: dict[str, set[str]]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for answer, theme in rows.select("answer", "theme").iter_rows():
        if theme.startswith(FOUND):
            votes[theme].update(sorted(true[answer]))
    return {theme: count.most_common(1)[0][0] for theme, count in votes.items() if count}
