"""Free-text problems under their themes, with what is shared and what is one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from bianzhi.methods.themes.catalogue import Catalogue, shipped
from bianzhi.methods.themes.deciding import NOTHING, OWN, UNSORTED, Decision, teach
from bianzhi.methods.themes.errors import ThemeError
from bianzhi.methods.themes.quotes import BASES, Likeness, quotes
from bianzhi.methods.themes.sharing import OWN as OWN_STANDING
from bianzhi.methods.themes.sharing import Limits, shared, standings

TEXTS = ("unit", "kind", "text", "answer")
CLASSES = ("unit", "by", "name")
ORIGINS = {"shipped": "目录", "own": "本办公室", "found": "新发现", "": ""}
QUOTES: dict[str, Any] = {
    "unit": pl.String, "kind": pl.String, "answer": pl.String, "text": pl.String,
    "start": pl.Int64, "end": pl.Int64, "quote": pl.String, "theme": pl.String, "title": pl.String,
    "basis": pl.String, "score": pl.Float64, "words": pl.List(pl.String), "why": pl.String,
}  # fmt: skip
THEMES: dict[str, Any] = {
    "theme": pl.String, "title": pl.String, "about": pl.String, "origin": pl.String,
    "quotes": pl.Int64, "units": pl.Int64, "share": pl.Float64, "words": pl.List(pl.String),
    "source": pl.String, "grade": pl.String,
}  # fmt: skip
MOST_WORDS = 5


@dataclass(frozen=True)
class Themes:
    """What :func:`themes` found.

    Attributes:
        quotes: A row a complaint and theme, as :data:`QUOTES`; what fits no theme is ``unsorted``,
            what says nothing or that all is well ``nothing``: no word is lost.
        themes: A row a theme met, as :data:`THEMES`, most units first; ``share`` of units asked.
        shared: Every theme and class tested, as ``sharing.SHARED``.
        standings: A row a unit and theme, as ``sharing.STANDING``.
        asked: How many units were asked.
        catalogue: The themes there are, met or not, with those of the office.
        limits, likeness: As given.
    """

    quotes: pl.DataFrame
    themes: pl.DataFrame
    shared: pl.DataFrame
    standings: pl.DataFrame
    asked: int
    catalogue: Catalogue
    limits: Limits
    likeness: Likeness

    def to_frame(self) -> pl.DataFrame:
        """Every quote with its theme, what decided, and what it is to its unit: standing, by, name
        and sentence as in ``standings``; what fits no theme is its unit's own."""
        told = self.standings.select("unit", "theme", "standing", "by", "name", "sentence")
        every = self.quotes.join(told, on=["unit", "theme"], how="left", maintain_order="left")
        alone = pl.when(theme=UNSORTED)
        return every.with_columns(
            standing=alone.then(pl.lit(OWN_STANDING)).otherwise("standing"),
            sentence=alone.then(pl.lit("不合哪个主题，别家没有这样说")).otherwise("sentence"),
        )

    @property
    def common(self) -> pl.DataFrame:
        """What classes share, the surest first."""
        return self.shared.filter("shared")

    @property
    def own(self) -> pl.DataFrame:
        """Quotes of problems that are their unit's own: of themes hardly anybody else speaks of,
        and those no theme fits."""
        return self.to_frame().filter(standing=OWN_STANDING)

    def summary(self) -> str:
        """In a few lines."""
        left = self.quotes.filter(theme=UNSORTED).height
        nothing = self.quotes.filter(theme=NOTHING).height
        heads = [
            f"{self.asked} 家单位，{self.quotes['answer'].n_unique()} 份答卷，"
            f"{self.quotes.height} 条：{self.themes.height} 个主题，未归类 {left} 条，"
            f"没有说问题 {nothing} 条。"
        ]
        for row in self.themes.head(8).iter_rows(named=True):
            told = f"{row['units']} 家（{row['share']:.0%}），{row['quotes']} 条"
            heads.append(f"{row['title']}：{told}")
        heads += [f"共性：{sentence}。" for sentence in self.common["sentence"].head(8)]
        return "\n".join(heads)


def themes(
    texts: pl.DataFrame,
    classes: pl.DataFrame,
    *,
    catalogue: Catalogue | None = None,
    decisions: Sequence[Decision] = (),
    limits: Limits | None = None,
    likeness: Likeness | None = None,
) -> Themes:
    """Group problems in free text by theme, and tell the shared from the own.

    Args:
        texts: unit, kind (problem, proposal), text, answer (the key of the answer).
        classes: unit, by (what classes are made by), name; every unit asked, also the silent.
            A frame without ``by`` is one way of classing.
        catalogue: The shipped one where not given.
        decisions: What people decided before.
        limits, likeness: See there.

    Raises:
        ThemeError: A column is missing, a unit has two classes of one kind, a decision is wrong.
    """
    texts, classes = _texts(texts), _classes(classes)
    taught = teach(decisions, catalogue or shipped())
    like, limits = likeness or Likeness(), limits or Limits()
    found, new = quotes(texts["text"].to_list(), texts["answer"].to_list(), taught, like)
    titles = {code: theme.title for code, theme in taught.catalogue.by_code.items()} | new
    titles |= {UNSORTED: BASES["none"], NOTHING: BASES["empty"]}
    rows = pl.DataFrame([tuple(each) for each in found], schema=_FOUND, orient="row")
    every = texts.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64)).join(
        rows, on="row", maintain_order="right"
    ).with_columns(pl.col("theme").replace_strict(titles, return_dtype=pl.String).alias("title")
    ).select(*QUOTES)  # fmt: skip
    said = every.filter(~pl.col("theme").is_in([UNSORTED, NOTHING])).select("unit", "theme")
    said = said.unique(maintain_order=True).join(classes.select("unit").unique(), on="unit")
    tested = shared(said, classes, titles, limits)
    asked = classes["unit"].n_unique()
    return Themes(
        every, _themes(every, said, asked, taught.catalogue), tested,
        standings(said, classes, tested, titles, limits), asked, taught.catalogue, limits, like,
    )  # fmt: skip


_FOUND: dict[str, Any] = {"row": pl.Int64} | {
    name: QUOTES[name]
    for name in ("start", "end", "quote", "theme", "basis", "score", "words", "why")
}


def _texts(texts: pl.DataFrame) -> pl.DataFrame:
    _need(texts, TEXTS, "问题")
    return texts.select(pl.col(name).cast(pl.String).fill_null("") for name in TEXTS)


def _classes(classes: pl.DataFrame) -> pl.DataFrame:
    if "by" not in classes.columns:
        classes = classes.with_columns(pl.lit("").alias("by"))
    _need(classes, CLASSES, "分类")
    known = classes.select(pl.col(name).cast(pl.String) for name in CLASSES).drop_nulls().unique()
    twice = known.group_by("unit", "by").len().filter(pl.col("len") > 1).sort("unit", "by")
    if twice.height:
        unit, by, _ = twice.row(0)
        raise ThemeError(f"单位“{unit}”按“{by or '分类'}”有两个类别；每个单位每种分法只能属于一类")
    return known


def _need(frame: pl.DataFrame, names: Sequence[str], what: str) -> None:
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise ThemeError(f"{what}表缺 {'、'.join(missing)} 列；应有 {'、'.join(names)}")


def _themes(
    every: pl.DataFrame, said: pl.DataFrame, asked: int, catalogue: Catalogue
) -> pl.DataFrame:
    units = dict(said.group_by("theme").len().iter_rows())
    met = every.filter(~pl.col("theme").is_in([UNSORTED, NOTHING]))
    words = _words(met)
    rows = []
    for theme, title, count in met.group_by("theme", "title").len().iter_rows():
        known = catalogue.by_code.get(theme)
        origin = "found" if known is None else "own" if theme.startswith(OWN) else "shipped"
        told = (known.about, known.source, known.grade) if known else ("", "", "")
        said_by = units.get(theme, 0)
        rows.append((theme, title, told[0], origin, count, said_by, said_by / max(asked, 1),
                     words.get(theme, []), *told[1:]))  # fmt: skip
    return pl.DataFrame(rows, schema=THEMES, orient="row").sort(
        "units", "quotes", "theme", descending=[True, True, False]
    )


def _words(met: pl.DataFrame) -> Mapping[str, list[str]]:
    """The words that decided most often, of each theme."""
    counts = met.select("theme", "words").explode("words").drop_nulls().group_by(
        "theme", "words"
    ).len().sort("theme", "len", "words", descending=[False, True, False])  # fmt: skip
    top = counts.group_by("theme", maintain_order=True).agg(pl.col("words").head(MOST_WORDS))
    return dict(top.iter_rows())
