"""A district as it is on its last day: every body with posts, leaders, sections and duties."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bianzhi.sample import vocabulary as words
from bianzhi.sample.identity import credit_code
from bianzhi.sample.sizes import institution_sizes, leaders
from bianzhi.sample.world import District, Duty, Org, Section

SCHOOL_SHARE, CLINIC_SHARE, TOWN_SHARE = 0.14, 0.06, 0.20
INSIDE = ("综合科", "业务科", "技术服务科", "财务资产科", "监测评估科", "信息档案科", "宣传培训科")
SCHOOL = ("教务处", "总务处", "德育处", "办公室", "教科室")
MEDICAL = ("办公室", "医务科", "公共卫生科", "护理部", "财务科", "药剂科", "医保科", "院感科")
INSIDE_OF = {
    "小学": SCHOOL, "初中": SCHOOL, "幼儿园": ("保教科", "后勤科"), "医院": MEDICAL,
    "卫生院": MEDICAL[:4],
}  # fmt: skip
HOSPITALS = (("人民医院", 150, 200), ("中医院", 70, 110), ("妇幼保健院", 36, 60))
ORGAN_PREFIX = {"16": "13"}
# these stand a rank above their like
HIGH = {"人民医院", "融媒体中心", "公路事业发展中心", "机关事务服务中心", "社会保险服务中心"}


class Planner:
    """Builds the bodies of one district.

    Args:
        chance: Where all chance comes from.
        district: Is filled; ``code`` goes before every key.
        units: How many institutions.
    """

    def __init__(self, chance: Random, district: District, units: int) -> None:
        self.chance, self.district, self.units = chance, district, units
        self.made = 0
        self.departments: dict[str, Org] = {}

    def fill(self) -> None:
        """All bodies, in the order of the ledger: each department, then what belongs to it."""
        self._departments()
        towns, zone = self._towns(), self._zone()
        institutions = list(self._institutions(towns, zone))
        self._give_sizes(institutions)
        for head in [*self.departments.values(), *towns, zone]:
            self.district.orgs[head.key] = head
            for org in institutions:
                if org.supervisor == head.key:
                    self.district.orgs[org.key] = org

    def key(self) -> str:
        """The next key."""
        self.made += 1
        return f"{self.district.code}{self.made:05}"

    def org(self, stem: str, kind: str, sector: str, supervisor: str = "", **more: object) -> Org:
        """A body with what all have in common."""
        key = self.key()
        given: dict[str, object] = {
            "rank": "7", "nature": "事业单位", "category": "49", "welfare": "1",
            "funding": "full", "civil": False, "posts": {}, "chiefs": 1, "deputies": 0,
        } | more  # fmt: skip
        prefix = ORGAN_PREFIX.get(str(given["category"]), "11") if kind != "institution" else "12"
        return Org(
            key=key, area=self.district.name, stem=stem, name=self.district.name + stem, kind=kind,
            sector=sector, supervisor=supervisor or key,
            credit=credit_code(prefix, "410000", int(key)), **given,  # type: ignore[arg-type]
        )  # fmt: skip

    # -- organs ---------------------------------------------------------------------------------

    def _departments(self) -> None:
        for kind in words.departments():
            posts = {kind.kind: self.chance.randint(kind.low, kind.high)}
            if kind.support:
                posts["GJ"] = kind.support
            org = self.org(
                kind.name, "department", "机关", rank="6", category=kind.category, welfare="",
                nature="群众团体" if kind.category == "16" else "党政机关", posts=posts, chiefs=1,
                deputies=2 if sum(posts.values()) < 16 else self.chance.choice((3, 3, 4)),
            )  # fmt: skip
            org.duties = [Duty(text, f"负责全区{text}工作") for text in kind.duties]
            org.duties.append(Duty("交办", "完成上级交办的其他任务"))
            self._sections(org, list(kind.sections), "7")
            self.departments[kind.name] = org

    def _towns(self) -> list[Org]:
        count = max(3, min(len(words.TOWNS), round(self.units / 17)))
        return [self._town(stem) for stem in words.TOWNS[:count]]

    def _town(self, stem: str) -> Org:
        ending = "办事处" if stem.endswith("街道") else "人民政府"
        org = self.org(
            stem + ending, "town", "街道" if stem.endswith("街道") else "乡镇", rank="6",
            category="12X", welfare="", nature="党政机关",
            posts={"XXZ": self.chance.randint(22, 34), "GJ": self.chance.randint(0, 2)},
            chiefs=2, deputies=self.chance.randint(6, 8),
        )  # fmt: skip
        org.posts = {kind: n for kind, n in org.posts.items() if n}
        named = (
            "党政综合办公室",
            "党建工作办公室",
            "经济发展办公室",
            "社会事务办公室",
            "平安法治办公室",
        )
        org.duties = [
            Duty(text, f"负责本辖区{text}")
            for text in ("基层党建", "公共服务", "经济发展服务", "平安建设", "人居环境整治")
        ]
        self._sections(org, list(named), "7")
        return org

    def _zone(self) -> Org:
        org = self.org(
            "经济技术开发区管理委员会", "zone", "开发区", rank="5F", category="12K", welfare="",
            nature="派出机构", posts={"XZ": 16, "SY": self.chance.randint(18, 26)}, chiefs=1,
            deputies=3,
        )  # fmt: skip
        org.duties = [
            Duty(text, f"负责开发区{text}工作")
            for text in ("招商引资", "企业服务", "基础设施建设", "安全生产和环境保护", "财政收支")
        ]
        self._sections(org, ["党政办公室", "经济发展局", "招商服务局", "规划建设局", "财政局"], "7")
        return org

    # -- institutions ---------------------------------------------------------------------------

    def _institutions(self, towns: list[Org], zone: Org) -> Iterator[Org]:
        schools, clinics = round(self.units * SCHOOL_SHARE), round(self.units * CLINIC_SHARE)
        singles = list(words.institutions())
        self.chance.shuffle(singles)
        singles = singles[: max(0, self.units - schools - clinics - round(self.units * TOWN_SHARE))]
        own = [self._single(kind) for kind in sorted(singles, key=words.institutions().index)]
        rest = self.units - schools - clinics - len(own)
        yield from own
        yield from self._zone_units(zone, min(2, rest))
        yield from self._town_units(towns, max(0, rest - 2))
        yield from self._schools(towns, schools)
        yield from self._clinics(towns, clinics)

    def _single(self, kind: words.Institution) -> Org:
        civil = kind.welfare == "A" or self.chance.random() < 0.05
        head = self.departments[kind.department]
        org = self.org(
            kind.name, "institution", "综合", head.key, welfare=kind.welfare,
            funding=kind.funding, civil=civil, category="41" if civil else "49",
            posts={"SC" if civil else "SY": kind.size},
            rank="6" if kind.name in HIGH else "7",
        )  # fmt: skip
        self._duties(org, kind.objects)
        return org

    def _zone_units(self, zone: Org, count: int) -> Iterator[Org]:
        both = (
            ("经济技术开发区企业服务中心", ("企业诉求", "企业开办", "用工对接")),
            ("经济技术开发区建设服务中心", ("园区道路管网", "工程质量", "绿化保洁")),
        )
        for stem, objects in both[:count]:
            org = self.org(stem, "institution", "开发区", zone.key, posts={"SY": 2})
            self._duties(org, objects)
            yield org

    def _town_units(self, towns: list[Org], count: int) -> Iterator[Org]:
        for number in range(count):
            round_, place = divmod(number, len(towns))
            town = towns[place]
            kinds = words.TOWN_UNITS
            stem, _, objects = kinds[round_ % len(kinds)]
            batch = round_ // len(kinds)
            called = (
                self._town_stem(town) + stem + (f"{words.numeral(batch + 1)}部" if batch else "")
            )
            org = self.org(called, "institution", "乡镇事业", town.key, posts={"SY": 2})
            self._duties(org, objects.split(";"))
            yield org

    @staticmethod
    def _town_stem(town: Org) -> str:
        return town.stem.removesuffix("人民政府").removesuffix("办事处")

    def _schools(self, towns: list[Org], count: int) -> Iterator[Org]:
        for number in range(count):
            pattern, stage = words.SCHOOLS[number % len(words.SCHOOLS)]
            batch = number // len(words.SCHOOLS)
            town = self._town_stem(towns[batch % len(towns)])
            stem = pattern.format(n=words.numeral(batch + 1), t=town)
            if batch >= len(towns) and "{t}" in pattern:
                stem = stem.replace(town, f"{town}第{words.numeral(batch // len(towns) + 1)}")
            low, high = {"小学": (28, 72), "初中": (40, 96), "幼儿园": (12, 26)}[stage]
            size = self.chance.randint(low, high)
            org = self.org(
                stem, "institution", stage, self.departments["教育局"].key, rank="8",
                posts={"SY": size} | ({"SZ": 3} if batch == 1 else {}),
            )  # fmt: skip
            org.chiefs, org.deputies = leaders(self.chance, size)
            self._duties(org, (f"{stage}教育教学", "学生安全和健康", "校园文化和家校共育"))
            self._own_sections(org)
            yield org

    def _clinics(self, towns: list[Org], count: int) -> Iterator[Org]:
        head = self.departments["卫生健康局"].key
        for number in range(count):
            if number < len(HOSPITALS):
                stem, low, high = HOSPITALS[number]
            else:
                place = number - len(HOSPITALS)
                town = self._town_stem(towns[place % len(towns)])
                stem = words.CLINICS[town.endswith("街道")][0].format(t=town)
                low, high = 14, 32
                if place >= len(towns):
                    stem = stem.replace("卫生", f"第{words.numeral(place // len(towns) + 1)}卫生")
            size = self.chance.randint(low, high)
            org = self.org(
                stem, "institution", "医院" if number < 3 else "卫生院", head,
                rank="6" if number == 0 else "6F" if number < 3 else "7",
                welfare="2" if number < 2 else "1", funding="partial" if number < 2 else "full",
                posts={"SY": size} | ({"KY": size // 3} if number < 2 else {}),
            )  # fmt: skip
            org.chiefs, org.deputies = leaders(self.chance, size)
            self._duties(
                org, ("基本医疗服务", "公共卫生和健康管理", "家庭医生签约", "医疗质量安全")
            )
            self._own_sections(org)
            yield org

    # -- shared ---------------------------------------------------------------------------------

    def _give_sizes(self, institutions: list[Org]) -> None:
        plain = [org for org in institutions if next(iter(org.posts.values())) <= 4]
        wanted = {
            org.key: next(iter(org.posts.values())) + self.chance.random() * 2.2 for org in plain
        }
        sizes = institution_sizes(self.chance, len(plain))
        for org, size in zip(sorted(plain, key=lambda o: wanted[o.key]), sizes, strict=True):
            (kind,) = org.posts
            org.posts = {kind: size}
            org.chiefs, org.deputies = leaders(self.chance, size)
            if org.rank == "7" and size >= 14 and self.chance.random() < 0.6:
                org.rank = "6F"
            self._own_sections(org)

    def _own_sections(self, org: Org) -> None:
        named = INSIDE_OF.get(org.sector, INSIDE)
        count = 0 if org.total < 15 else min(len(named), 2 + org.total // 18)
        self._sections(org, list(named[:count]), "7" if org.rank in ("6", "5F") else "")

    def _sections(self, org: Org, named: list[str], level: str) -> None:
        if not named:
            return
        each = (org.total - org.chiefs - org.deputies) // len(named)
        own = org.duties
        for number, name in enumerate(named):
            chiefs, deputies = (1, 1 if each >= 5 else 0) if level else (0, 0)
            duties = [duty.text for duty in own[number :: len(named)]] if number else [
                "负责文电、会务、机要、档案、财务和后勤等机关日常运转工作"
            ]  # fmt: skip
            posts = each if org.kind == "department" and each > 0 else None
            org.sections.append(Section(name, posts, chiefs, deputies, level, duties))

    def _duties(self, org: Org, objects: tuple[str, ...] | list[str]) -> None:
        where = "本辖区" if org.sector == "乡镇事业" else "全区"
        for thing, phrase in zip(
            objects, self.chance.sample(words.PHRASES, len(objects)), strict=True
        ):
            org.duties.append(Duty(thing, phrase.format(thing, where)))
        org.duties.append(Duty("交办", "完成主管部门交办的其他任务"))
