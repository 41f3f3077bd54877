"""A district's history, told backwards from its last day so that it ends exactly there.

Each step notes how the body stood *after* a paper, then undoes it. Read forwards, the events give
the last day's posts by construction.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bianzhi.sample import vocabulary as words
from bianzhi.sample.identity import credit_code
from bianzhi.sample.world import District, Event, Org, Paper, Posts

KIND_WORDS = {
    "XZ": "行政编制", "XXZ": "行政编制", "ZFSX": "政法专项编制", "GJ": "机关工勤编制",
    "SC": "参公事业编制", "SY": "事业编制", "SZ": "周转事业编制", "KY": "员额控制数",
}  # fmt: skip
GONE = (
    ("养路费征稽所", "交通运输局"),
    ("蚕桑技术站", "农业农村局"),
    ("农业税征收所", "财政局"),
    ("小煤矿管理站", "应急管理局"),
    ("乡镇企业供销站", "科技和工业信息化局"),
    ("粮票管理所", "发展和改革局"),
    ("电影发行放映站", "委宣传部"),
    ("城市信用合作管理站", "财政局"),
    ("住房制度改革办公室", "住房和城乡建设局"),
    ("烟叶生产办公室", "农业农村局"),
    ("矿产资源补偿费征收站", "自然资源和规划局"),
    ("非机动车管理所", "交通运输局"),
    ("物资服务站", "商务局"),
    ("棉花检验站", "市场监督管理局"),
    ("文化稽查队", "文化广电旅游体育局"),
    ("劳务输出办公室", "人力资源和社会保障局"),
    ("社会集团购买力控制办公室", "财政局"),
)


@dataclass
class Standing:
    """How a body stands at the moment the telling has come to."""

    org: Org
    name: str
    supervisor: str
    rank: str
    funding: str
    welfare: str
    civil: bool
    posts: Posts
    chiefs: int
    deputies: int
    old: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.posts.values())

    @property
    def main(self) -> str:
        """The kind most of its posts are of."""
        return max(self.posts, key=lambda kind: self.posts[kind])


class Past:
    """Tells one district's history into ``district.events`` and ``district.papers``."""

    def __init__(self, chance: Random, district: District) -> None:
        self.chance, self.district = chance, district
        self.views = {org.key: self._view(org) for org in district.orgs.values()}
        self.names = {org.name for org in district.orgs.values()}
        self.extra = 0
        self.gone = list(GONE)
        self.heads = {o.stem: o.key for o in district.orgs.values() if o.kind == "department"}

    @staticmethod
    def _view(org: Org) -> Standing:
        known = {each.name: each.old for each in words.institutions()}
        suffixes = {stem: old.split("+") for stem, old, _ in words.TOWN_UNITS if old}
        old = known.get(org.stem, ())
        if org.sector == "乡镇事业":
            for stem, olds in suffixes.items():
                if org.stem.endswith(stem):
                    old = tuple(org.stem.removesuffix(stem) + each for each in olds)
        return Standing(
            org, org.name, org.supervisor, org.rank, org.funding, org.welfare, org.civil,
            dict(org.posts), org.chiefs, org.deputies, old,
        )  # fmt: skip

    # -- telling --------------------------------------------------------------------------------

    def tell(self) -> None:
        """From the last year back to the first, then how each body began."""
        first, last = self.district.first, self.district.last
        from bianzhi.sample import reforms

        for year in range(last, first - 1, -1):
            steps = reforms.steps(self, year)
            days = sorted(
                (date(year, 3, 20) + timedelta(self.chance.randrange(280)) for _ in steps),
                reverse=True,
            )
            for day, step in zip(days, steps, strict=True):
                step(day)
        for key in list(self.views):
            self._begin(key)
        # told backwards: of two papers of a day, the one told first came last
        self.district.events.sort(key=lambda event: (event.day, -event.paper))
        self.district.papers.sort(key=lambda paper: (paper.day, -paper.key))

    def _begin(self, key: str) -> None:
        view = self.views.pop(key)
        # heads before what belongs to them
        before = (9, 20) if view.org.supervisor == key else (1, 8)
        year = self.district.first - self.chance.randint(*before)
        day = date(year, self.chance.randint(1, 12), self.chance.randint(1, 28))
        paper = self.paper(day, f"关于设立{view.name}的通知", "通知", "编")
        view.org.founded = day
        self.note(paper, view, "设立", f"设立{view.name}，{posts_text(view.posts)}")

    def paper(self, day: date, title: str, kind: str, word: str = "编办") -> Paper:
        """A new document, numbered later."""
        made = Paper(
            len(self.district.papers) + 1, day, title, kind, word, self.district.name,
            self.chance.choice((1, 2, 2, 3, 4)) if kind != "三定" else self.chance.randint(5, 11),
        )  # fmt: skip
        self.district.papers.append(made)
        return made

    def note(self, paper: Paper, view: Standing, kind: str, summary: str, **more: object) -> Event:
        """An event as the body stands now, before it is undone."""
        event = Event(
            paper.key, paper.day, view.org.key, kind, view.name, view.supervisor, view.rank,
            view.funding, view.welfare, view.civil, dict(view.posts), view.chiefs, view.deputies,
            summary, duties=view.org.duties[0].text if view.org.duties else "",
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
        self.district.events.append(event)
        return event

    # -- choosing -------------------------------------------------------------------------------

    def institutions(self, least: int = 0) -> list[Standing]:
        """The institutions that stand now and have at least so many posts."""
        return [
            view
            for view in self.views.values()
            if view.org.kind == "institution" and view.total >= least
        ]

    def head_name(self, key: str) -> str:
        """How a supervising body is called now."""
        view = self.views.get(key)
        return view.name if view else self.district.orgs[key].name

    def ancestor(
        self, view: Standing, name: str, posts: Posts, day: date, into: list[str], part: int = 0
    ) -> Standing:
        """A body that ended on ``day``, alike the one that took it over."""
        self.extra += 1
        key = f"{self.district.code}{80000 + self.extra:05}"
        org = deepcopy(view.org)
        org.key, org.name, org.stem = key, name, name.removeprefix(self.district.name)
        org.posts, org.ended, org.successors = dict(posts), day, list(into)
        org.credit = credit_code("12" if org.kind == "institution" else "11", "410000", int(key))
        org.sections, org.plates = [], []
        org.duties = org.duties[part : part + 1] if part >= 0 else []
        org.pending = org.leader_reserve = org.other_reserve = 0
        if view.org.supervisor == view.org.key:
            org.supervisor = key
        self.district.orgs[key] = org
        self.names.add(name)
        total = sum(posts.values())
        standing = Standing(
            org, name, key if org.kind != "institution" else view.supervisor, view.rank,
            view.funding, view.welfare, view.civil, dict(posts), 1, 0 if total <= 5 else 1,
        )  # fmt: skip
        self.views[key] = standing
        return standing

    def fresh(self, name: str) -> bool:
        """Whether no body was ever called so."""
        return name not in self.names


def posts_text(posts: Posts) -> str:
    """核定事业编制12名；行政编制8名、机关工勤编制1名."""
    parts = [f"{KIND_WORDS[kind]}{n}名" for kind, n in posts.items() if n]
    return "核定" + "、".join(parts) if parts else "不核定编制"
