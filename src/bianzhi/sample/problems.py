"""What the institutions of an invented district write under “问题与建议”, with the truth about it.

The wordings are those of clerks, written without the catalogue of ``methods.themes``; numbers,
politeness, context, slips of the pen and several problems in one answer are mixed in. Planted are
problems that a class of units shares and problems only one unit has.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import NamedTuple

from bianzhi.sample.world import District, Org

HELD, LEARN = "held", "learn"
NUMERALS = "一二三四五"
SHARED_SHARE, OWN_UNITS, SILENT, EMPTY, PROPOSALS = 0.75, 10, 0.06, 0.12, 0.2
SLIP = 0.08  # of the texts have a slip of the pen
SLIPS = (
    ("编制", "编治"), ("经费", "经废"), ("职称", "职秤"), ("待遇", "待预"), ("机关", "机管"),
    ("没有", "没油"), ("的", "得"), ("同志", "同治"), ("系统", "系通"), ("年", "念"),
)  # fmt: skip


class Said(NamedTuple):
    """What a unit wrote; ``themes`` are the true ones (codes, or topics no catalogue has)."""

    unit: str
    kind: str
    text: str
    answer: str
    themes: tuple[str, ...]


class Planted(NamedTuple):
    """A problem shared by the units of a class: ``by`` sector or supervisor."""

    theme: str
    by: str
    name: str


@dataclass(frozen=True)
class Problems:
    """All answers of a district.

    Attributes:
        said: In the order of the ledger.
        shared: Planted in classes.
        own: unit -> topic only that unit has.
        units: Every unit asked, also the silent.
    """

    said: tuple[Said, ...]
    shared: tuple[Planted, ...]
    own: dict[str, str]
    units: tuple[Org, ...]


@cache
def wordings(kept: str = HELD) -> dict[str, tuple[str, ...]]:
    """Wordings by theme and, of matters no catalogue has, by topic.

    Args:
        kept: HELD, the half the shipped catalogue has not learnt from; LEARN, the other.
    """
    found: dict[str, list[str]] = {}
    for row in (*_table("problems"), *_table("problems_other")):
        if row.get("set", kept) == kept:
            found.setdefault(row.get("theme") or row["topic"], []).append(row["text"])
    return {theme: tuple(texts) for theme, texts in found.items()}


@cache
def topics(kind: str) -> tuple[str, ...]:
    """Matters no catalogue has: “theme” said by several, “own” by one."""
    rows = _table("problems_other")
    return tuple(dict.fromkeys(row["topic"] for row in rows if row["kind"] == kind))


@cache
def phrases(role: str) -> tuple[str, ...]:
    """What stands around problems: before, after, well (all is well), empty."""
    return tuple(row["text"] for row in _table("problems_phrases") if row["role"] == role)


def _table(name: str) -> list[dict[str, str]]:
    text = (files("bianzhi.sample") / "words" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def problems(district: District, seed: int, kept: str = HELD) -> Problems:
    """The answers of all institutions of a district, the same for the same seed, in the wordings of
    one half (see :func:`wordings`)."""
    chance = Random(f"problems/{seed}")
    units = [org for org in district.living if org.kind == "institution"]
    themes = sorted(set(wordings()) - set(topics("theme")) - set(topics("own")))
    shared = _plant(chance, units, themes)
    speakers = [org for org in units if chance.random() >= SILENT]
    own = dict(zip((org.key for org in chance.sample(speakers, OWN_UNITS)),
                   chance.sample(topics("own"), OWN_UNITS), strict=True))  # fmt: skip
    told: dict[str, list[str]] = {
        org.key: _themes(chance, org, themes, shared, own) for org in speakers
    }
    for topic in topics("theme"):
        for org in chance.sample(speakers, 5):
            told[org.key].append(topic)
    said = [each for org in speakers for each in _answers(chance, org, told[org.key], kept)]
    return Problems(tuple(said), shared, own, tuple(units))


def class_of(org: Org, by: str) -> str:
    """The class of a unit, by sector or supervisor."""
    return org.sector if by == "sector" else org.supervisor


def _plant(chance: Random, units: Sequence[Org], themes: Sequence[str]) -> tuple[Planted, ...]:
    """Four problems, each shared by one class of at least seven units."""
    found: list[Planted] = []
    for by in ("sector", "supervisor"):
        names = [class_of(org, by) for org in units]
        large = sorted({name for name in names if 7 <= names.count(name) <= 40})
        used = {each.name for each in found}
        for name in chance.sample([each for each in large if each not in used], 2):
            theme = chance.choice([each for each in themes if each not in {p.theme for p in found}])
            found.append(Planted(theme, by, name))
    return tuple(found)


def _themes(
    chance: Random, org: Org, themes: Sequence[str], shared: Sequence[Planted], own: dict[str, str]
) -> list[str]:
    found = [each.theme for each in shared
             if class_of(org, each.by) == each.name and chance.random() < SHARED_SHARE]  # fmt: skip
    background = chance.sample(themes, chance.choice((0, 1, 1, 2)))
    planted = {each.theme for each in shared}
    found += [theme for theme in background if theme not in planted or chance.random() < 0.3]
    found += [own[org.key]] if org.key in own else []
    return list(dict.fromkeys(found))


def _answers(chance: Random, org: Org, themes: list[str], kept: str) -> list[Said]:
    """One or two answers of a unit."""
    if not themes:
        if chance.random() < 0.5:
            return [_said(org, 1, "problem", chance.choice(phrases("empty")), ())]
        return [_said(org, 1, "problem", chance.choice(phrases("well")) + "。", ())]
    chance.shuffle(themes)
    cut = len(themes) if len(themes) < 3 else 2
    found = []
    for number, part in enumerate((themes[:cut], themes[cut:]), 1):
        if part:
            kind = "proposal" if chance.random() < PROPOSALS else "problem"
            found.append(_said(org, number, kind, _text(chance, org, part, kept), tuple(part)))
    if chance.random() < EMPTY:
        found.append(_said(org, 3, "proposal", chance.choice(phrases("empty")), ()))
    return found


def _said(org: Org, number: int, kind: str, text: str, themes: tuple[str, ...]) -> Said:
    return Said(org.key, kind, text, f"{org.key}-{number}", themes)


def _text(chance: Random, org: Org, themes: Sequence[str], kept: str) -> str:
    """One text of several problems, as clerks write them: numbered, in sentences or in one go."""
    parts = [_worded(chance, wordings(kept)[theme], org) for theme in themes]
    if len(parts) > 1 and chance.random() < 0.2:
        parts.append(_filled(chance, chance.choice(phrases("well")), org))
    style = chance.choice(("number", "first", "stop", "run"))
    if style == "number":
        text = "".join(f"{n}.{part}；" for n, part in enumerate(parts, 1))
    elif style == "first":
        text = "；".join(f"{NUMERALS[n]}是{part}" for n, part in enumerate(parts)) + "。"
    else:
        text = ("。" if style == "stop" else "，").join(parts) + "。"
    if chance.random() < SLIP:
        text = _slip(chance, text)
    return text


def _worded(chance: Random, texts: Sequence[str], org: Org) -> str:
    text = _filled(chance, chance.choice(texts), org)
    if chance.random() < 0.35:
        text = _filled(chance, chance.choice(phrases("before")), org) + "，" + text
    if chance.random() < 0.35:
        text += "，" + chance.choice(phrases("after"))
    return text


def _filled(chance: Random, text: str, org: Org) -> str:
    duty = org.duties[0].topic if org.duties else "公共服务"
    return (
        text.replace("{n}", str(chance.randint(2, 9)))
        .replace("{y}", str(chance.randint(2008, 2019))).replace("{d}", duty)
    )  # fmt: skip


def _slip(chance: Random, text: str) -> str:
    there = [pair for pair in SLIPS if pair[0] in text]
    if not there:
        return text
    right, wrong = chance.choice(there)
    return text.replace(right, wrong, 1)
