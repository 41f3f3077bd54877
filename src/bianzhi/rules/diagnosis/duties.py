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

    Schools, hospitals and the units of towns are left out: each does for its own place what its
    like does elsewhere, by right; so are pairs inside one class of peers.
    """
    lines = _lines(ground)
    if lines["owner"].n_unique() < 2:
        return none_seen()
    units, texts, duties = (lines[name].to_list() for name in ("unit", "text", "duty"))
    ours = set(ground.institutions["unit"])
    classes = dict(ground.classes.select("unit", "peers").iter_rows())
    least = ground.given.signs["overlap"]["least"]
    rows = []
    for pair in overlap.find(texts, lines["owner"].to_list()).pairs:
        said = pair.comparison
        one, other = units[pair.one], units[pair.other]
        by_right = one in classes and classes[one] == classes.get(other)
        if said.relation not in (SAME, PART) or said.score < least or by_right:
            continue
        for here, there in ((pair.one, pair.other), (pair.other, pair.one)):
            if units[here] in ours:
                rows.append((
                    units[here], f"{duties[here]}|{duties[there]}", min(said.score, 1.0), least,
                    texts[here], "、".join(said.matched), units[there], texts[there], said.why,
                ))  # fmt: skip
    schema = {"unit": pl.String, "about": pl.String, "score": pl.Float64, "least": pl.Float64,
              "text": pl.String, "phrase": pl.String, "other": pl.String, "other_text": pl.String,
              "why": pl.String}  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return signs(frame, "overlap", "{}", "why", numbers=("score", "least"))


def _lines(ground: Ground) -> pl.DataFrame:
    """unit, text, duty, owner: ordinary institutions' own duties and those of departments'
    sections; all sections are one owner, for they are not held against each other."""
    wide = sorted(ground.material.below("org_category", ground.given.departments))
    sections = ground.duties.filter(
        pl.col("home_category").is_in(wide), pl.col("unit") != pl.col("home")
    )
    ordinary = ground.institutions.filter("ordinary").select("unit")
    own = ground.own_duties.join(ordinary, on="unit", maintain_order="left")
    columns = ("unit", "text", "duty")
    return pl.concat([
        own.select(*columns, owner="unit"), sections.select(*columns, owner=pl.lit("")),
    ])  # fmt: skip
