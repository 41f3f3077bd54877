"""What the duties say: administrative powers held by institutions, overlaps, matters that ended."""

from __future__ import annotations

import polars as pl

from bianzhi.core.days import day_text
from bianzhi.methods import overlap
from bianzhi.methods.overlap.compare import PART, SAME
from bianzhi.methods.overlap.sides import ADMINISTRATIVE
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.signs import none_seen, signs

OTHER = "其他"  # the kind of power that is no one of the eight named


def mixed(ground: Ground) -> pl.DataFrame:
    """政事不分: an institution's own duty whose words are an administrative power's."""
    other = ground.given.signs["mixed"]["other"]
    rows = []
    sides = {text: overlap.side_of(text) for text in ground.own_duties["text"].unique()}
    for unit, text, duty in ground.own_duties.select("unit", "text", "duty").iter_rows():
        side = sides[text]
        if side.side == ADMINISTRATIVE and side.sure:
            score = other if side.kind == OTHER else 1.0
            rows.append((unit, duty, score, text, side.phrase, side.why))
    schema = {"unit": pl.String, "about": pl.String, "score": pl.Float64, "text": pl.String,
              "phrase": pl.String, "why": pl.String}  # fmt: skip
    return signs(pl.DataFrame(rows, schema=schema, orient="row"), "mixed", "{}", "why")


def extinct(ground: Ground) -> pl.DataFrame:
    """职能消亡: a duty about a matter that was abolished before the day."""
    rows = []
    for unit, text, duty in ground.own_duties.select("unit", "text", "duty").iter_rows():
        for each in ground.given.ended:
            word = next((word for word in each.words if word in text), None)
            if word is not None and each.day <= ground.material.on:
                paper = f"《{each.title}》{each.doc_no}（{each.grade}）"
                rows.append((unit, duty, 1.0, text, word, day_text(each.day), paper))
                break
    schema = {"unit": pl.String, "about": pl.String, "score": pl.Float64, "text": pl.String,
              "phrase": pl.String, "day": pl.String, "grounds": pl.String}  # fmt: skip
    return signs(
        pl.DataFrame(rows, schema=schema, orient="row"), "extinct",
        "“{}”已于 {} 取消，职责仍写着", "phrase", "day",
    )  # fmt: skip


def overlapping(ground: Ground) -> pl.DataFrame:
    """职能交叉重叠: pairs between institutions, and between one and a department's section.

    Schools, hospitals, and what towns lead or are made of are left out: each does for its own place
    what its like does elsewhere, by right; so are pairs inside one class of peers. A section of the
    department that leads an institution speaks of its matters by right too: only where both do the
    same with them do they overlap.
    """
    lines = _lines(ground)
    if lines["owner"].n_unique() < 2:
        return none_seen()
    texts, owners = lines["text"].to_list(), lines["owner"].to_list()
    ours = set(ground.institutions["unit"])
    least = ground.given.signs["overlap"]["least"]
    rows = []
    for pair in overlap.find(texts, owners, institutions=ours).pairs:
        said = pair.comparison
        if said.relation in (SAME, PART) and said.score >= least and not _by_right(lines, pair):
            rows += _seen(lines, pair, least)
    schema = {"unit": pl.String, "about": pl.String, "score": pl.Float64, "least": pl.Float64,
              "text": pl.String, "phrase": pl.String, "other": pl.String, "other_text": pl.String,
              "relation": pl.String, "why": pl.String}  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return signs(frame, "overlap", "{}：{}", "relation", "why", numbers=("score", "least"))


def _by_right(lines: pl.DataFrame, pair: overlap.Pair) -> bool:
    """Whether both are of one class of peers, or one is a section of the department that leads the
    other and does not do the same."""
    one, other = (lines.row(at, named=True) for at in (pair.one, pair.other))
    if one["peers"] is not None and one["peers"] == other["peers"]:
        return True
    led = one["leader"] == other["leader"] and "" in (one["owner"], other["owner"])
    return led and one["text"] != other["text"] and not pair.comparison.doing


def _seen(lines: pl.DataFrame, pair: overlap.Pair, least: float) -> list[tuple[object, ...]]:
    """A pair as each institution in it sees it: its own duty first, the words that matched in
    either, and which of the two is wider."""
    said = pair.comparison
    rows: list[tuple[object, ...]] = []
    both = [lines.row(at, named=True) for at in (pair.one, pair.other)]
    for me in (0, 1):
        here, there = both[me], both[1 - me]
        if not here["owner"]:
            continue
        words = dict.fromkeys((*said.marked(me), *said.marked(1 - me)))
        rows.append((
            here["unit"], f"{here['duty']}|{there['duty']}", min(said.score, 1.0), least,
            here["text"], "、".join(words), there["unit"], there["text"],
            overlap.CLASSES[said.relation], _why(said, me),
        ))  # fmt: skip
    return rows


def _why(said: overlap.Comparison, me: int) -> str:
    share = f"本单位这一条的 {said.covered[me]:.0%}、对方的 {said.covered[1 - me]:.0%} 对得上"
    if said.wider is None:
        return f"{said.why}（{share}）"
    wider, narrower = ("本单位", "对方") if said.wider == me else ("对方", "本单位")
    words = "、".join(said.matched[:4])
    return f"{wider}的一项范围更宽，包含{narrower}的“{words}”（{share}）"


def _lines(ground: Ground) -> pl.DataFrame:
    """unit, text, duty, owner, leader, peers: ordinary institutions' own duties and those of
    departments' sections; all sections are one owner, "", for they are not held against each other.
    ``leader``: the department that leads an institution, or that a section is in."""
    wide = sorted(ground.material.below("org_category", ground.given.departments))
    sections = ground.duties.filter(
        pl.col("home_category").is_in(wide),
        pl.col("unit") != pl.col("home"),
        ~pl.col("home").is_in(ground.towns["unit"].implode()),
    )
    ordinary = ground.institutions.filter("ordinary").select("unit", leader="supervisor")
    own = ground.own_duties.join(ordinary, on="unit", maintain_order="left")
    peers = ground.classes.select("unit", "peers")
    columns = ("unit", "text", "duty", "leader")
    return pl.concat([
        own.select(*columns, owner="unit"),
        sections.with_columns(leader="home").select(*columns, owner=pl.lit("")),
    ]).join(peers, on="unit", how="left", maintain_order="left")  # fmt: skip
