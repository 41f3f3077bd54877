"""The people of a district, year by year: hired, moved with reforms, promoted, retired."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from bianzhi.sample.identity import AREAS, person_number
from bianzhi.sample.names import person_name
from bianzhi.sample.world import District, Event, Org, Person, Placed, Posts

NATIONS = ("汉族",) * 94 + ("回族",) * 3 + ("满族", "蒙古族", "土家族")
EDUCATION = ("博士研究生", "硕士研究生", "大学本科", "大学专科", "中专")
RETIRE = {True: 60, False: 55}
ENTRIES = {
    "organ": ("考录", "考录", "考录", "选调", "军转安置", "调任"),
    "institution": ("公开招聘",) * 6 + ("人才引进", "退役士兵安置", "政策性安置", "调入"),
}
LEAVES = ("调出", "调出", "辞职", "死亡")
LEADERS = ("单位正职", "单位副职")


class Staffing:
    """Runs a district's years forward and keeps the rosters asked for.

    Args:
        chance: Where all chance comes from.
        district: With its events; is given ``people`` and ``rosters``.
        years: Whose last day's rosters are kept.
        over: How many people above the posts a body ends with, by key.
    """

    def __init__(
        self, chance: Random, district: District, years: set[int], over: dict[str, int]
    ) -> None:
        self.chance, self.district, self.years, self.over = chance, district, years, over
        self.posts: dict[str, Posts] = {}
        self.names: dict[str, str] = {}
        self.on: dict[str, list[Person]] = defaultdict(list)
        self.rate: dict[str, float] = {}
        self.numbers: set[str] = set()

    def run(self) -> None:
        """All years."""
        events, first = self.district.events, self.district.first
        place = 0
        while place < len(events) and events[place].day.year < first:
            self._set(events[place])
            place += 1
        self._fill(first - 1, everywhere=True)
        for year in range(first, self.district.last + 1):
            while place < len(events) and events[place].day.year == year:
                self._happens(events[place])
                place += 1
            self._leave(year)
            self._fill(year)
            self._lead()
            if year in self.years:
                self.district.rosters[year] = self._snapshot()

    # -- what papers do ---------------------------------------------------------------------------

    def _set(self, event: Event) -> None:
        self.posts[event.org] = dict(event.posts)
        self.names[event.org] = event.name
        if event.org not in self.rate:
            self.rate[event.org] = min(1.0, self.chance.triangular(0.72, 1.08, 0.96))

    def _happens(self, event: Event) -> None:
        self._set(event)
        if event.kind == "撤销":
            people, self.on[event.org] = self.on[event.org], []
            for person in people:
                self._home(person, event)
        elif event.kind == "划出" and event.partners:
            for _ in range(max(0, len(self.on[event.org]) - sum(event.posts.values()))):
                self._move(self._follower(event.org), event.partners[0], event.day, "转隶")

    def _home(self, person: Person, event: Event) -> None:
        if event.partners:
            target = event.partners[0]
        else:
            target = self._room(person.kind, event.supervisor) or event.supervisor
        kinds = self.posts.get(target, {})
        if not kinds or (person.kind not in kinds and target in (event.supervisor,)):
            self._out(person, event.day, "政策性安置划出")
            return
        person.org = ""
        if person.kind not in kinds:
            person.kind = max(kinds, key=lambda kind: kinds[kind])
        person.leader = ""
        self._move(person, target, event.day, "转隶")

    def _follower(self, key: str) -> Person:
        ordinary = [each for each in self.on[key] if not each.leader] or self.on[key]
        return self.chance.choice(ordinary)

    def _move(self, person: Person, target: str, day: date, entry: str) -> None:
        if person.org:
            self.on[person.org].remove(person)
        person.org, person.entered, person.entry = target, day, entry
        person.section = self._section(target)
        self.on[target].append(person)

    def _room(self, kind: str, supervisor: str) -> str:
        for key, posts in self.posts.items():
            org = self.district.orgs[key]
            if org.supervisor == supervisor and posts.get(kind, 0) > len(self.on[key]):
                return key
        return ""

    # -- the year's end ---------------------------------------------------------------------------

    def _leave(self, year: int) -> None:
        day = date(year, 12, 31)
        for key in list(self.on):
            for person in list(self.on[key]):
                if year - person.born.year >= RETIRE[person.man]:
                    born = person.born
                    self._out(person, min(day, date(year, born.month, 28)), "退休")
                elif self.chance.random() < 0.008:
                    when = date(year, 1, 1) + timedelta(self.chance.randrange(360))
                    self._out(
                        person,
                        max(when, person.entered),
                        self.chance.choice(("调出", "调出", "辞职", "死亡")),
                    )

    def _out(self, person: Person, day: date, why: str) -> None:
        if person.org and person in self.on[person.org]:
            self.on[person.org].remove(person)
        person.left, person.why, person.leader = day, why, ""

    def _fill(self, year: int, everywhere: bool = False) -> None:
        last = year == self.district.last
        for key, posts in self.posts.items():
            held: dict[str, int] = defaultdict(int)
            for person in self.on[key]:
                held[person.kind] += 1
            for kind, approved in posts.items():
                target = int(approved * self.rate[key] + 0.5)
                if kind == "GJ" and not everywhere:
                    target = 0  # 工勤编制 is no longer filled
                wanted = target - held[kind]
                if last and key in self.over and kind == max(posts, key=lambda k: posts[k]):
                    wanted = approved + self.over[key] - held[kind]
                    wanted = self._thin(key, kind, wanted)
                elif not everywhere and wanted > 0:
                    wanted = max(1, round(wanted * 0.7))
                for _ in range(max(0, wanted)):
                    self._hire(self.district.orgs[key], kind, year, everywhere)
                if last and key not in self.over:
                    self._thin(key, kind, approved - max(held[kind], held[kind] + max(wanted, 0)))

    def _thin(self, key: str, kind: str, room: int) -> int:
        """On the last day only planned bodies are over their posts: others' surplus has left."""
        for _ in range(max(0, -room)):
            surplus = [each for each in self.on[key] if each.kind == kind]
            person = self.chance.choice([each for each in surplus if not each.leader] or surplus)
            self._out(person, date(self.district.last, 11, 30), "调出")
        return room

    def _hire(self, org: Org, kind: str, year: int, opening: bool) -> None:
        chance = self.chance
        organ = org.kind != "institution"
        man = chance.random() < (
            0.34 if org.sector in ("幼儿园", "小学", "医院", "卫生院") else 0.58
        )
        age = chance.randint(22, RETIRE[man] - 2) if opening else int(chance.triangular(22, 40, 25))
        born = date(year - age, 1, 1) + timedelta(chance.randrange(365))
        entered = date(year, chance.randint(1, 12), chance.randint(1, 28))
        joined = entered
        if opening:
            joined = date(born.year + chance.randint(18, 23), chance.choice((7, 8, 9, 12)), 1)
            joined = min(joined, date(year, 12, 1))
            entered = date(chance.randint(joined.year, year), joined.month, 1)
        elif age > 28:
            joined = date(born.year + chance.randint(21, 26), 8, 1)
        person = Person(
            len(self.district.people) + 1, person_name(chance, man), man, self._number(born, man),
            born, joined, chance.choice(NATIONS), self._education(born),
            self._party(organ, year - born.year),
            chance.choice(ENTRIES["organ" if organ else "institution"]), entered, org.key, kind,
            self._post(org), self._section(org.key),
        )  # fmt: skip
        self.district.people.append(person)
        self.on[org.key].append(person)

    def _number(self, born: date, man: bool) -> str:
        while True:
            area = AREAS[0] if self.chance.random() < 0.8 else self.chance.choice(AREAS)
            order = self.chance.randrange(1 if man else 2, 1000, 2)
            number = person_number(area, born, order)
            if number not in self.numbers:
                self.numbers.add(number)
                return number

    def _education(self, born: date) -> str:
        weights = (1, 4, 30, 45, 20) if born.year < 1970 else (1, 8, 60, 28, 3)
        if born.year > 1985:
            weights = (1, 22, 70, 7, 0)
        return self.chance.choices(EDUCATION, weights)[0]

    def _party(self, organ: bool, age: int) -> str:
        if self.chance.random() < (0.8 if organ else 0.4):
            return "中共党员"
        return self.chance.choice(("群众", "共青团员")) if age < 28 else "群众"

    def _post(self, org: Org) -> str:
        if org.kind != "institution" or org.civil:
            return ""
        skilled = org.sector in ("幼儿园", "小学", "初中", "医院", "卫生院")
        weights = (8, 88, 4) if skilled else (58, 30, 12)
        return self.chance.choices(("管理", "专业技术", "工勤技能"), weights)[0]

    def _section(self, key: str) -> str:
        sections = self.district.orgs[key].sections
        return self.chance.choice(sections).name if sections else ""

    # -- leaders and rosters ----------------------------------------------------------------------

    def _lead(self) -> None:
        for key, people in self.on.items():
            org = self.district.orgs[key]
            for title, slots in zip(LEADERS, (org.chiefs, org.deputies), strict=True):
                have = sum(1 for each in people if each.leader == title)
                if have < slots and self.chance.random() < 0.85:
                    self._promote(people, title, slots - have)
            if any(section.chiefs for section in org.sections):
                self._lead_sections(org, people)

    def _lead_sections(self, org: Org, people: list[Person]) -> None:
        inside: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            inside[person.section].append(person)
        for section in org.sections:
            staff = inside[section.name]
            for title, slots in (("内设正职", section.chiefs), ("内设副职", section.deputies)):
                have = sum(1 for each in staff if each.leader == title)
                free = [each for each in staff if not each.leader]
                if have < slots and free and self.chance.random() < 0.8:
                    min(free, key=lambda each: each.joined).leader = title

    def _promote(self, people: list[Person], title: str, count: int) -> None:
        free = [each for each in people if not each.leader.startswith("单位") and each.kind != "GJ"]
        free.sort(key=lambda each: each.joined)
        for person in free[len(free) // 4 :][:count]:
            person.leader, person.section = title, ""

    def _snapshot(self) -> list[Placed]:
        return [
            Placed(
                person,
                key,
                self.names[key],
                person.kind,
                person.section,
                person.leader,
                person.entered,
                person.entry,
            )
            for key, people in self.on.items()
            for person in people
        ]
