"""What the invented units would tell in a survey: plausible, the same for the same seed.

Units go by their names and duties by their texts, as people fill in a questionnaire.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import polars as pl

from bianzhi.rules.diagnosis.told import (
    EXECUTION,
    OUTSIDE,
    OUTSIDE_KINDS,
    PROBLEMS,
    SERVED,
    WORKLOAD,
    Told,
)
from bianzhi.sample.world import District, Org, World

YEARS = 4
Amounts = dict[int, float]  # by year
# what is counted of a matter ({0}) and how much of it a person does in a year
WORK = (
    ("{0}受理办理", "件", 260), ("{0}巡查检查", "次", 90), ("{0}咨询服务", "人次", 600),
    ("{0}业务培训", "人次", 120), ("{0}信息采集报送", "条", 800), ("{0}资料归档", "卷", 150),
)  # fmt: skip
# institutions that are alike: word of the name -> what they do, what they serve, each a post
ALIKE = (
    ("幼儿园", ("保育教育", "班·学期", 0.3), ("幼儿", 9.0)),
    ("中学", ("教学班", "班·学期", 0.16), ("初中", 13.0)),
    ("小学", ("教学班", "班·学期", 0.12), ("小学", 17.0)),
    ("学校", ("教学班", "班·学期", 0.12), ("小学", 17.0)),
    ("医院", ("门急诊诊疗", "人次", 1500.0), ("床位", 0.62)),
    ("保健院", ("门急诊诊疗", "人次", 1500.0), ("床位", 0.62)),
    ("卫生", ("门诊和家庭医生签约服务", "人次", 900.0), ("常住人口", 700.0)),
)  # fmt: skip
RESIDENTS = (12_000, 48_000)  # of a town
HANDED_DOWN = "事权下放"  # what most units of towns complain of, and nobody else
REASONS = {
    "part": ("人手不足，只能覆盖重点", "部分业务由主管部门股室直接办理", "系统上线后线下环节减少"),
    "none": ("业务已由其他单位承担", "多年没有发生过此类业务", "所依据的文件已经废止"),
}
PART, NONE = 0.06, 0.015  # of duties: done in part, not done


@dataclass
class Work:
    """A matter of work by year."""

    item: str
    measure: str
    amounts: Amounts


@dataclass
class Served:
    """How many are served by year."""

    measure: str
    amounts: Amounts


@dataclass
class Said:
    """What one unit tells.

    Attributes:
        unit: Its name.
        duties: Text of a duty -> how it is done (a key of DONE), and why.
        work, served: By year.
        outside: People by kind of engagement.
        voices: ("problem" or "proposal", text).
        themes: The theme each voice was drawn from, in order: the truth of a grouping.
    """

    unit: str
    duties: dict[str, tuple[str, str]] = field(default_factory=dict)
    work: list[Work] = field(default_factory=list)
    served: list[Served] = field(default_factory=list)
    outside: dict[str, int] = field(default_factory=dict)
    voices: list[tuple[str, str]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)


def said(world: World) -> list[Said]:
    """What every living institution tells, in the order of the ledgers; duties the world planted as
    weakened are told as not done."""
    planted: list[dict[str, Any]] = world.planted
    gone = {
        (unit, text) for each in planted if each["kind"] == "duty_weakened"
        for unit, text in each["duties"]
    }  # fmt: skip
    return [
        _said(Random(f"{world.seed}/said/{district.code}/{org.key}"), district, org, gone)
        for district in world.districts
        for org in district.living if org.kind == "institution"
    ]  # fmt: skip


def frames(told: list[Said]) -> Told:
    """The same as the frames of a survey; units by name, duties by text, no answer to open."""
    work = [
        {"unit": each.unit, "item": one.item, "measure": one.measure, "year": year,
         "amount": amount, "answer": ""}
        for each in told for one in each.work for year, amount in one.amounts.items()
    ]  # fmt: skip
    served = [
        {"unit": each.unit, "measure": one.measure, "year": year, "amount": amount, "answer": ""}
        for each in told for one in each.served for year, amount in one.amounts.items()
    ]  # fmt: skip
    duties = [
        {"unit": each.unit, "duty": "", "text": text, "done": done, "reason": reason, "answer": ""}
        for each in told for text, (done, reason) in each.duties.items()
    ]  # fmt: skip
    outside = [
        {"unit": each.unit, "kind": kind, "people": float(people), "answer": ""}
        for each in told for kind, people in each.outside.items()
    ]  # fmt: skip
    voices = [
        {"unit": each.unit, "kind": kind, "text": text, "answer": ""}
        for each in told for kind, text in each.voices
    ]  # fmt: skip
    return Told(
        workload=pl.DataFrame(work, schema=WORKLOAD), served=pl.DataFrame(served, schema=SERVED),
        execution=pl.DataFrame(duties, schema=EXECUTION),
        outside=pl.DataFrame(outside, schema=OUTSIDE),
        problems=pl.DataFrame(voices, schema=PROBLEMS),
    )  # fmt: skip


def _said(chance: Random, district: District, org: Org, gone: set[tuple[str, str]]) -> Said:
    years = range(district.last - YEARS + 1, district.last + 1)
    actual = sum(person.org == org.key and person.left is None for person in district.people)
    said = Said(org.name, outside=_outside(chance, actual))
    for duty in org.duties:
        done = _done(chance)
        weak = (org.key, duty.text) in gone
        said.duties[duty.text] = ("none", chance.choice(REASONS["none"])) if weak else done
    _works(chance, org, max(1, actual), years, said)
    town = org.supervisor in district.orgs and district.orgs[org.supervisor].kind == "town"
    if town:  # all units of a town serve its residents
        people = Random(f"residents/{district.code}/{org.supervisor}")
        said.served = [Served("常住人口", course(people, people.randint(*RESIDENTS), years, 0.0))]
    said.voices, said.themes = _voices(chance, org, actual, said.outside, town=town)
    return said


def _done(chance: Random) -> tuple[str, str]:
    drawn = chance.random()
    done = "none" if drawn < NONE else "part" if drawn < NONE + PART else "full"
    return done, chance.choice(REASONS[done]) if done in REASONS else ""


def _works(chance: Random, org: Org, people: int, years: range, said: Said) -> None:
    alike = next((each for each in ALIKE if each[0] in org.name), None)
    if alike is not None:
        _, (item, measure, each), (served, share) = alike
        said.work.append(Work(item, measure, course(chance, each * people, years)))
        said.served.append(Served(served, course(chance, share * max(1, org.total), years)))
        return
    topics = list(dict.fromkeys(duty.topic for duty in org.duties))[:3] or [org.stem]
    for topic, (item, measure, each) in zip(topics, chance.sample(WORK, len(topics)), strict=True):
        amounts = course(chance, each * people / len(topics), years)
        said.work.append(Work(item.format(topic), measure, amounts))
    said.served.append(Served("服务对象", course(chance, 300.0 * people, years)))


def course(chance: Random, usual: float, years: range, slope: float | None = None) -> Amounts:
    """Amounts over years around what is usual, growing by ``slope`` a year (a share; a little,
    up or down, where none is given); whole from 10 on."""
    slope = chance.uniform(-0.03, 0.06) if slope is None else slope
    base = usual * chance.uniform(0.75, 1.3)
    found = {}
    for at, year in enumerate(years):
        amount = max(0.0, base * (1 + slope) ** at * chance.uniform(0.94, 1.06))
        found[year] = float(round(amount)) if amount >= 10 else round(amount, 1)
    return found


def _outside(chance: Random, actual: int) -> dict[str, int]:
    """People outside the establishment: many units have none, a few have many."""
    most = max(1, actual // 4)
    drawn = {"hired": 0.45, "dispatched": 0.25, "borrowed": 0.15, "lent": 0.25}
    return {
        kind: chance.randint(1, most if kind in ("hired", "dispatched") else min(2, most))
        if chance.random() < drawn[kind] else 0
        for kind in OUTSIDE_KINDS
    }  # fmt: skip


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    """theme, kind, text."""
    text = (files(__package__) / "words" / "voices.csv").read_text(encoding="utf-8")
    return tuple(
        (row["theme"], row["kind"], row["text"]) for row in csv.DictReader(text.splitlines())
    )


def _voices(
    chance: Random, org: Org, actual: int, outside: dict[str, int], *, town: bool
) -> tuple[list[tuple[str, str]], list[str]]:
    """One to three problems that may be true of the unit, and a proposal for one of them."""
    fits = [line for line in _lines() if _true(line[0], org, actual, outside)]
    problems = [line for line in fits if line[1] == "problem" and line[0] != HANDED_DOWN]
    chosen = chance.sample(problems, min(len(problems), chance.randint(1, 3)))
    if town and chance.random() < 0.75:
        handed = [line for line in fits if line[:2] == (HANDED_DOWN, "problem")]
        chosen = [*chosen[:2], chance.choice(handed)]
    themes = {line[0] for line in chosen}
    proposals = [line for line in fits if line[1] == "proposal" and line[0] in themes]
    chosen += chance.sample(proposals, min(1, len(proposals)))
    topic = org.duties[0].topic if org.duties else org.stem
    given = {"posts": org.total, "n": len(org.duties), "topic": topic, "lent": outside["lent"],
             "outside": outside["hired"] + outside["dispatched"]}  # fmt: skip
    return [(kind, text.format(**given)) for _, kind, text in chosen], [line[0] for line in chosen]


def _true(theme: str, org: Org, actual: int, outside: dict[str, int]) -> bool:
    """Whether a theme may be spoken of by the unit at all."""
    if theme == "借用":
        return outside["lent"] > 0
    if theme == "编外用人":
        return outside["hired"] + outside["dispatched"] > 0
    if theme == "空编":
        return actual < org.total
    return len(org.duties) > 1 if theme == "编制不足" else True
