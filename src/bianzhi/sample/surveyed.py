"""What the units of a made district tell in a survey, with what is really so of their work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import polars as pl

from bianzhi.rules.diagnosis.told import EXECUTION, OUTSIDE, SERVED, WORKLOAD, Told
from bianzhi.sample.troubles import Troubles
from bianzhi.sample.world import District, Org

YEARS = (2021, 2022, 2023, 2024, 2025)
NOISE = 0.12  # how far a figure lies from what was meant, as a rule
MEASURES = ("件", "人次", "批次", "期")
OTHERS = "交办"  # 其他任务: nobody counts them
SERVES = {"小学": ("小学", 19.0), "初中": ("初中", 13.5), "幼儿园": ("幼儿", 8.0)}

Course = Callable[[Random], list[float | None]]
Rows = list[tuple[Any, ...]]


@dataclass
class Answers:
    """The answers, and the truth about them.

    Attributes:
        told: The frames as the diagnosis takes them.
        weakened: Units whose work, a post, fell by 40 % or more over the years taken all its items
            together, or most of whose duties are not done.
        duties: (unit, text) of single duties that are no longer done.
        thin: Units that do a quarter of what their like do.
        outside: Units with half as many people from outside as in post, or more.
        alike: Units that only look weakened, by why: dip, renamed, missing, noisy, mild, one,
            half_year, cut.
    """

    told: Told
    weakened: set[str] = field(default_factory=set)
    duties: set[tuple[str, str]] = field(default_factory=set)
    thin: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    alike: dict[str, set[str]] = field(default_factory=dict)


def answers(
    district: District, planted: list[dict[str, Any]], troubles: Troubles, seed: int
) -> Answers:  # fmt: skip
    """Answers of all institutions with people, but for one in twenty that gave none.

    Args:
        planted: What the world itself planted: its weakened duties are told as not done.
        troubles: As :func:`bianzhi.sample.troubles.trouble` made them for this district.
        seed: The same seed gives the same answers.
    """
    return _Telling(district, planted, troubles, Random(f"answers/{seed}")).made()


class _Telling:
    def __init__(
        self, district: District, planted: list[dict[str, Any]], troubles: Troubles, chance: Random
    ) -> None:
        self.district, self.troubles, self.chance = district, troubles, chance
        self.found = Answers(Told())
        self.rows: dict[str, Rows] = {"workload": [], "execution": [], "outside": [], "served": []}
        self.gone = {
            (unit, text) for each in planted if each["kind"] == "duty_weakened"
            for unit, text in each["duties"]
        }  # fmt: skip

    def made(self) -> Answers:
        empty = self.troubles.shell | self.troubles.near
        units = [
            org for org in self.district.living
            if org.kind == "institution" and org.key not in empty and org.total > 0
        ]  # fmt: skip
        courses = self._courses([org for org in units if org.sector == "综合"])
        lost = {unit for unit, _ in self.gone}
        for org in units:
            if org.key in courses or org.key in lost or self.chance.random() > 0.05:
                self._work(org, courses.get(org.key, ""))
                self._duties(org, courses.get(org.key, ""))
                self._outside(org)
                self._served(org)
        self._served_towns()
        schemas = {"workload": WORKLOAD, "execution": EXECUTION, "outside": OUTSIDE,
                   "served": SERVED}  # fmt: skip
        self.found.told = Told(**{
            name: pl.DataFrame(self.rows[name], schema=schema, orient="row")
            for name, schema in schemas.items()
        })  # fmt: skip
        return self.found

    def _courses(self, units: list[Org]) -> dict[str, str]:
        """What happens to which unit; ten have weakened, four more by what they do not do."""
        bodies = {unit for unit, _ in self.gone} | set(self.troubles.cut)
        free = [org for org in units if org.key not in bodies and len(_topics(org)) >= 3]
        wanted = ["fall"] * 6 + ["step"] * 4 + ["undone"] * 4 + [
            each for each in ("dip", "renamed", "missing", "noisy", "mild", "one", "half_year")
            for _ in range(4)
        ]  # fmt: skip
        chosen = self.chance.sample(free, min(len(free), len(wanted)))
        courses = {org.key: why for org, why in zip(chosen, wanted, strict=False)}
        courses |= dict.fromkeys(sorted(self.troubles.cut), "cut")
        for unit, why in courses.items():
            if why in ("fall", "step", "undone"):
                self.found.weakened.add(unit)
            else:
                self.found.alike.setdefault(why, set()).add(unit)
        return courses

    # -- 业务量 ------------------------------------------------------------------------------

    def _work(self, org: Org, why: str) -> None:
        thin = org.sector == "乡镇事业" and self.chance.random() < 0.08
        if thin:
            self.found.thin.add(org.key)
        lost = next((text for unit, text in self.gone if unit == org.key), "")
        for place, duty in enumerate(each for each in org.duties if each.topic != OTHERS):
            if place == 3 and duty.text != lost:
                continue
            course = _paths(why if place == 0 or why != "one" else "")
            amount = org.total * self.chance.uniform(20, 200)
            if org.sector == "乡镇事业":  # like units do a matter to a like extent
                amount = org.total * (10 + 7 * place) * self.chance.uniform(0.85, 1.2)
                amount *= 0.25 if thin else 1
            if duty.text == lost:
                course = _lost
            self._item(org, duty.topic, MEASURES[place % 4], amount, course, why)

    def _item(
        self, org: Org, item: str, measure: str, amount: float, course: Course, why: str
    ) -> None:
        path = course(self.chance)
        noise = 0.25 if why == "noisy" else NOISE
        told = [
            None if share is None else round(amount * share * self.chance.lognormvariate(0, noise))
            for share in path
        ]
        turn = self.chance.choice((2, 3)) if why == "renamed" else None
        for place, (year, figure) in enumerate(zip(YEARS, told, strict=True)):
            name = f"新{item}" if turn is not None and place >= turn else item
            if figure is not None:
                self._say("workload", org, name, measure, year, float(figure))
        if why == "half_year":
            self._say("workload", org, item, measure, 2026, round(amount * 0.45))

    # -- 履行、编外、服务 ---------------------------------------------------------------------

    def _duties(self, org: Org, why: str) -> None:
        for place, duty in enumerate(org.duties):
            done, reason = "full", ""
            if (org.key, duty.text) in self.gone:
                self.found.duties.add((org.key, duty.text))
                done, reason = "none", "多年没有这项业务"
            elif why == "undone" and duty.topic != OTHERS:
                done, reason = self.chance.choice((("none", "没有人手"), ("none", "已由平台代办")))
            elif not why and place == 0 and self.chance.random() < 0.1:
                done, reason = "part", "经费不足"
            self._say("execution", org, f"{org.key}d{place}", duty.text, done, reason)

    def _outside(self, org: Org) -> None:
        counts = self.troubles.counts[YEARS[-1]]
        people = sum(min(posts, counts[org.key, kind]) for kind, posts in org.posts.items())
        heavy = people > 1 and self.chance.random() < 0.06
        share = self.chance.uniform(0.7, 1.5) if heavy else self.chance.uniform(0, 0.35)
        hired = round(people * share)
        if hired and hired >= 0.5 * people:
            self.found.outside.add(org.key)
        if hired:
            self._say("outside", org, self.chance.choice(("hired", "dispatched")), float(hired))

    def _served(self, org: Org) -> None:
        measure, each = SERVES.get(org.sector, ("", 0.0))
        if measure:
            amount = org.total * each * self.chance.uniform(0.8, 1.25)
            self._say("served", org, measure, 2025, float(round(amount)))

    def _served_towns(self) -> None:
        """Residents of every town, told by each of its institutions alike."""
        people: dict[str, float] = {}
        for org in self.district.living:
            if org.sector in ("乡镇事业", "卫生院"):
                home = org.supervisor if org.sector == "乡镇事业" else org.key
                people.setdefault(home, float(round(self.chance.uniform(12_000, 60_000))))
                self._say("served", org, "常住人口", 2025, people[home])

    def _say(self, name: str, org: Org, *values: Any) -> None:
        self.rows[name].append((org.key, *values, f"answer-{org.key}"))


def _topics(org: Org) -> list[str]:
    return [duty.topic for duty in org.duties if duty.topic != OTHERS]


def _steady(chance: Random) -> list[float | None]:
    growth = chance.uniform(-0.02, 0.08)
    return [(1 + growth) ** place for place in range(len(YEARS))]


def _fall(chance: Random) -> list[float | None]:
    lost = chance.uniform(0.4, 0.9)
    return [1 - lost * place / 4 for place in range(len(YEARS))]


def _step(chance: Random) -> list[float | None]:
    lost = chance.uniform(0.4, 0.95)
    return [1.0, 1.0, 1.0 if chance.random() < 0.5 else 1 - lost, 1 - lost, 1 - lost]


def _mild(chance: Random) -> list[float | None]:
    lost = chance.uniform(0.1, 0.25)
    return [1 - lost * place / 4 for place in range(len(YEARS))]


def _dip(chance: Random) -> list[float | None]:
    path: list[float | None] = [1.0] * len(YEARS)
    path[chance.randrange(len(YEARS))] = chance.uniform(0.2, 0.5)
    return path


def _missing(chance: Random) -> list[float | None]:
    path = _steady(chance)
    for place in chance.sample(range(len(YEARS)), 2):
        path[place] = None
    return path


def _cut(chance: Random) -> list[float | None]:
    """Half of it from the year after the posts were halved at the end of 2024."""
    return [1.0, 1.0, 1.0, 0.5, 0.5]


def _lost(chance: Random) -> list[float | None]:
    return [0.05, 0.02, 0.0, 0.0, 0.0]


def _paths(why: str) -> Course:
    courses: dict[str, Course] = {
        "fall": _fall, "one": _fall, "step": _step, "mild": _mild, "dip": _dip,
        "missing": _missing, "cut": _cut,
    }  # fmt: skip
    return courses.get(why, _steady)
