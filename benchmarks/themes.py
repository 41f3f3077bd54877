"""Problems in free text: how long n texts take to be put under their themes.

    python -m benchmarks.themes --texts 100000

Texts are those of the invented district, of as many seeds as it takes.
"""

from __future__ import annotations

from time import process_time

import polars as pl

from benchmarks.common import Line, arguments, peak_megabytes, show, timed
from bianzhi.methods.themes import themes
from bianzhi.sample.make import make_world
from bianzhi.sample.problems import class_of, problems


def invented(count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``count`` texts and the classes of the units that wrote them."""
    district = make_world().districts[0]
    texts: list[tuple[str, str, str, str]] = []
    classes: list[tuple[str, str, str]] = []
    seed = 0
    while len(texts) < count:
        seed += 1
        made = problems(district, seed)
        texts += [(f"{seed}/{each.unit}", each.kind, each.text, f"{seed}/{each.answer}")
                  for each in made.said]  # fmt: skip
        classes += [(f"{seed}/{org.key}", by, class_of(org, by)) for org in made.units
                    for by in ("sector", "supervisor")]  # fmt: skip
    return (
        pl.DataFrame(texts[:count], schema=("unit", "kind", "text", "answer"), orient="row"),
        pl.DataFrame(classes, schema=("unit", "by", "name"), orient="row"),
    )


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__, ("texts", 100_000, 2_000, "texts"))
    texts, classes = invented(given.texts)
    before = process_time()
    clock, found = timed(lambda: themes(texts, classes))
    busy = process_time() - before
    different = texts["text"].n_unique()
    what = f"{given.texts:,} 段（{different:,} 种）归入 {found.themes.height} 个主题"
    show(
        "共性、个性问题",
        [Line(what, f"处理器 {busy:.1f} 秒，墙钟 {clock:.1f} 秒", f"{peak_megabytes():,} MB")],
    )


if __name__ == "__main__":
    main()
