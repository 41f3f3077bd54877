"""Which units a round asks: by department, by class of like units, by name, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.office.desk.words import Words
from bianzhi.rules.diagnosis import usual
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.material import Material

INSTITUTIONS, DEPARTMENTS = "institutions", "departments"
KINDS = {INSTITUTIONS: "事业单位", DEPARTMENTS: "机关"}


class Wish(NamedTuple):
    """What is asked for; "" does not restrict."""

    kind: str = INSTITUTIONS
    under: str = ""
    peers: str = ""
    welfare: str = ""
    sought: str = ""


def read(given: Mapping[str, str]) -> Wish:
    """The wish in an address.

    Raises:
        Refusal: It asks for a kind of unit there is not.
    """
    wish = Wish(given.get("kind", "") or INSTITUTIONS,
                *(given.get(name, "") for name in ("under", "peers", "welfare", "q")))  # fmt: skip
    if wish.kind not in KINDS:
        raise Refusal.of("bad-choice", f"地址里的“kind={wish.kind}”不认识",
                         f"可选的有：{'、'.join(KINDS)}")  # fmt: skip
    return wish


def candidates(words: Words) -> pl.DataFrame:
    """Every unit that may be asked: unit, name, kind, supervisor, peers, welfare."""
    return words.kept.get("survey-candidates", lambda: _candidates(words))


def _candidates(words: Words) -> pl.DataFrame:
    state = words.state
    material = Material(State(state.columns, state.on, state.known))
    given = usual()
    classes = Ground(material, given).classes.select("unit", "peers")
    kinds = {INSTITUTIONS: given.institutions, DEPARTMENTS: given.departments}
    found = pl.concat([
        material.orgs(categories).select(
            "unit", pl.col("name").fill_null(""), pl.lit(kind).alias("kind"),
            pl.coalesce("supervisor", "parent").alias("supervisor"),
            pl.col("welfare_class").alias("welfare"),
        )
        for kind, categories in kinds.items()
    ])  # fmt: skip
    return found.join(classes, on="unit", how="left").sort("supervisor", "unit", nulls_last=True)


def choose(words: Words, wish: Wish) -> pl.DataFrame:
    """The units a wish is for, as :func:`candidates` has them."""
    kept = [pl.col("kind") == wish.kind]
    kept += [pl.col(name) == value for name, value in
             (("supervisor", wish.under), ("peers", wish.peers), ("welfare", wish.welfare))
             if value]  # fmt: skip
    for word in wish.sought.split():
        kept.append(pl.col("name").str.contains(word, literal=True) | (pl.col("unit") == word))
    return candidates(words).filter(*kept)


def told(words: Words, wish: Wish, chosen: int, found: int) -> str:
    """How the units were chosen, in words."""
    parts = [KINDS[wish.kind]]
    if wish.under:
        parts.append(f"{words.name(wish.under)}所属")
    if wish.peers:
        parts.append(wish.peers)
    if wish.welfare:
        parts.append(words.code("welfare_class", wish.welfare))
    if wish.sought:
        parts.append(f"名称含“{wish.sought}”")
    how = "全部" if chosen == found else "其中手工选择"
    return f"{'，'.join(parts)}，{how} {chosen} 个单位"
