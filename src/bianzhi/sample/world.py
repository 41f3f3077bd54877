"""What an invented district is made of: bodies, posts, documents, people. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Posts = dict[str, int]  # posts by quota kind (codes of kinds.toml)


@dataclass
class Section:
    """An 内设机构 with its leadership posts; ``posts`` None where none were set for it."""

    name: str
    posts: int | None
    chiefs: int
    deputies: int
    level: str
    duties: list[str] = field(default_factory=list)


@dataclass
class Duty:
    """One duty statement of a body; ``topic`` says what it is about, whatever the words."""

    topic: str
    text: str


@dataclass
class Org:
    """A body at its last day: alive at the end, or as it was when it went."""

    key: str
    area: str
    stem: str  # its name without the district
    name: str
    kind: str  # department, town, zone, institution
    sector: str
    supervisor: str  # key of its 主管部门; its own for departments
    rank: str
    nature: str
    category: str
    welfare: str
    funding: str
    civil: bool
    credit: str
    posts: Posts
    chiefs: int
    deputies: int
    sections: list[Section] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    founded: date | None = None
    ended: date | None = None
    successors: list[str] = field(default_factory=list)
    plates: list[str] = field(default_factory=list)
    pending: int = 0
    leader_reserve: int = 0
    other_reserve: int = 0
    turnover_in_remarks: int = 0

    @property
    def total(self) -> int:
        """All its posts."""
        return sum(self.posts.values())

    @property
    def serves(self) -> str:
        """Whom it works for: the whole district, one town, or its own pupils and patients. Those
        who serve others do the same for them without an overlap."""
        if self.sector == "综合":
            return self.area
        return self.supervisor if self.sector == "乡镇事业" else self.key


@dataclass
class Paper:
    """A document of the board or its office. ``number`` is set when all papers are known."""

    key: int
    day: date
    title: str
    kind: str  # 批复, 通知, 三定
    word: str  # 编 (of the board) or 编办 (of its office)
    area: str
    pages: int = 2
    number: str = ""
    issuer: str = ""
    summary: str = ""


@dataclass
class Event:
    """One line of the 沿革表: what a paper did to a body, and how the body stood afterwards."""

    paper: int
    day: date
    org: str
    kind: str
    name: str
    supervisor: str
    rank: str
    funding: str
    welfare: str
    civil: bool
    posts: Posts
    chiefs: int
    deputies: int
    summary: str
    partners: list[str] = field(default_factory=list)  # keys: merged from, moved to or from
    partner_names: list[str] = field(default_factory=list)
    moved: int = 0
    duties: str = ""
    note: str = ""


@dataclass
class Person:
    """A person on the books. Dates are days; ``left`` None while on a post."""

    key: int
    name: str
    man: bool
    number: str
    born: date
    joined: date
    nation: str
    education: str
    party: str
    entry: str
    entered: date  # into the present body
    org: str
    kind: str  # quota kind
    post: str = ""  # 管理, 专业技术, 工勤技能; "" for organs
    section: str = ""
    leader: str = ""  # 单位正职, 单位副职, 内设正职, 内设副职
    left: date | None = None
    why: str = ""
    paper: str = ""


@dataclass
class Placed:
    """How a person stood at the end of a year."""

    person: Person
    org: str
    org_name: str
    kind: str
    section: str
    leader: str
    entered: date
    entry: str


@dataclass
class District:
    """One district: every body that ever was, papers and events in order of day."""

    name: str
    code: str
    short: str
    first: int
    last: int
    orgs: dict[str, Org]
    papers: list[Paper] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    rosters: dict[int, list[Placed]] = field(default_factory=dict)

    @property
    def living(self) -> list[Org]:
        """The bodies of the last day, in the order of the ledger."""
        return [org for org in self.orgs.values() if org.ended is None]


@dataclass
class World:
    """All of it, with what was planted on purpose."""

    districts: list[District]
    seed: int
    mess: int
    planted: list[dict[str, object]] = field(default_factory=list)
