"""The overlaps between departments, drawn: whose institutions and sections do the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import polars as pl

from bianzhi.files.drawing.network import network
from bianzhi.files.report.document import Block, Paragraph, Picture, say
from bianzhi.office.survey.diagnosed import key_of
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures

MOST = 16  # departments of a drawing; more cannot be read on paper
BASIS = "一对职责算一对；单位归其主管部门，内设机构归其所在部门"


def network_of(facts: Facts, figures: Figures) -> list[Block]:
    """A sentence on pairs inside and across departments, and the drawing."""
    pairs = _pairs(facts)
    across = pairs.filter(pl.col("one") != pl.col("two"))
    inside = pairs.filter(pl.col("one") == pl.col("two"))
    pieces = say(
        "交叉的职责{n}对，其中跨部门的{a}对，同一部门之内的{b}对。",
        n=figures.rows("pairs", "交叉的职责对数", pairs, BASIS),
        a=figures.rows("pairs.across", "跨部门交叉的对数", across, BASIS),
        b=figures.rows("pairs.inside", "同一部门之内交叉的对数", inside, BASIS),
    )  # fmt: skip
    return [Paragraph(pieces), _drawn(facts, figures, pairs)]


def _pairs(facts: Facts) -> pl.DataFrame:
    """unit, told, one, two (departments in order): a row a pair of duties."""
    rows = []
    seen = set()
    mine = facts.kept.filter(pl.col("kind") == "overlap").sort("unit", "about")
    for row in mine.iter_rows(named=True):
        key = key_of(row["unit"], row["kind"], row["about"])
        if key not in seen:
            seen.add(key)
            one, two = sorted(facts.department(row[side]) for side in ("unit", "other"))
            name = facts.full_name(row["other"])
            rows.append((row["unit"], f"{row['text']} ／ {name}：{row['other_text']}", one, two))
    schema = {"unit": pl.String, "told": pl.String, "one": pl.String, "two": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _drawn(facts: Facts, figures: Figures, pairs: pl.DataFrame) -> Picture:
    counts = Counter(pairs.select("one", "two").iter_rows())
    weight: Counter[str] = Counter()
    for (one, two), n in counts.items():
        weight[one] += n
        weight[two] += n
    chosen = sorted(weight, key=lambda key: (-weight[key], key))[:MOST]
    at = {key: place for place, key in enumerate(sorted(chosen, key=_spread(chosen)))}
    ties, told, shown = {}, {}, []
    for (one, two), n in sorted(counts.items()):
        if one in at and two in at:
            here = pairs.filter(pl.col("one") == one, pl.col("two") == two)
            title = f"{facts.words.name(one)}与{facts.words.name(two)}之间交叉的对数"
            figure = figures.rows(f"pairs:{one}|{two}", title, here, BASIS, "network")
            pair = (min(at[one], at[two]), max(at[one], at[two]))
            ties[pair], told[pair] = n, figure.text
            shown.append(figure)
    title = "部门之间的职责交叉" + ("（交叉最多的部门）" if len(weight) > MOST else "")
    names = [facts.short(key) for key in at]
    said = "部门之间交叉的职责对数，线越粗越多，圈是同一部门之内的"
    return Picture(title, network(names, ties, told), said, tuple(shown))


def _spread(chosen: list[str]) -> Callable[[str], tuple[int, int]]:
    """Those with many ties stand apart from each other: odd ones right, even ones left."""
    order = {key: place for place, key in enumerate(chosen)}
    return lambda key: (order[key] % 2, order[key])
