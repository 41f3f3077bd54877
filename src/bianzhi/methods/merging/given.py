"""What a merger plan is made from: institutions, rules and weights, all data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class MergingError(ValueError):
    """The institutions or rules contradict each other; the message says which and how."""


@dataclass(frozen=True)
class Institution:
    """One institution before the reform.

    Attributes:
        key, name: Its permanent key, and what people call it.
        department: Its 主管部门.
        posts: Approved posts (whole), ``full`` of them fully funded (财政全额).
        need: Posts its work takes, by norm or workload; ``posts`` where not known.
        people: People on the posts.
        leaders: Approved leadership posts.
        rank: 规格 as a number, 1 the highest.
        welfare: 公益类别.
        functions: What it does, as keys of matters.
        excluded: Stands outside all ratios (schools, hospitals).
        protected: May be neither merged nor abolished.
        administrative: Holds nothing but administrative powers (R10: they go back).
        empty: No staff, or task ended (R6): may be abolished outright.
        leavers: People expected to leave in year 1, 2, …
        keeps_name: Its name must live on (a status, a licence, a law hangs on it): merged into
            another, or given back, it stays as a plate there (加挂牌子, R17).
        plates: Plates it carries already; they go with it.
    """

    key: str
    department: str
    posts: int
    name: str = ""
    need: float | None = None
    people: int | None = None
    full: int | None = None
    leaders: int = 1
    rank: int = 1
    welfare: str = ""
    functions: frozenset[str] = frozenset()
    excluded: bool = False
    protected: bool = False
    administrative: bool = False
    empty: bool = False
    leavers: tuple[float, ...] = ()
    keeps_name: bool = False
    plates: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or self.key

    @property
    def headcount(self) -> int:
        """People, as many as posts where not known."""
        return self.posts if self.people is None else self.people

    @property
    def fully_funded(self) -> int:
        """Fully funded posts, all where not known."""
        return self.posts if self.full is None else self.full

    @property
    def needed(self) -> float:
        """Posts needed, those approved where not known."""
        return float(self.posts) if self.need is None else self.need


@dataclass(frozen=True)
class Creation:
    """A new institution somebody asks for: its posts and leaders, and what it is worth."""

    key: str
    department: str
    posts: int
    worth: float
    leaders: int = 1
    full: int | None = None


@dataclass(frozen=True)
class Rules:
    """Hard rules. Each ratio is the share to be cut (0.25 = a quarter less), None where none is
    set, with its own denominator: institutions, posts, fully funded posts and leadership posts
    of those not excluded.

    Attributes:
        count_ratio, count_cap: 双控 (R13): both hold.
        posts_ratio, full_ratio, leaders_ratio: The other three ratios.
        department_cap: Most institutions a department may keep (R3); ``department_caps`` by name.
        least_posts: A merged or kept institution below it costs (see ``Weights.small``).
        group_limit: Most institutions merged into one.
        must_join, must_not_join: Sets of keys that end in one, and pairs that do not.
        joint_functions: Functions that one institution holds for the whole area (R9): their
            holders may be merged across departments.
        kept_functions: Functions of which no holder may be lost: not all abolished.
        plate_limit: Most plates one institution may carry beside its own name (R17).
        return_powers: Administrative institutions are abolished, powers going back (R10).
        one_out_one_in: No more created than removed (R1).
        ladder: (posts up to, leadership posts) ascending; the last holds beyond.
        economy: Share of the need saved by each institution that joins another.
    """

    count_ratio: float | None = None
    count_cap: int | None = None
    posts_ratio: float | None = None
    full_ratio: float | None = None
    leaders_ratio: float | None = None
    department_cap: int | None = None
    department_caps: Mapping[str, int] = field(default_factory=dict)
    least_posts: int = 0
    group_limit: int = 5
    must_join: tuple[frozenset[str], ...] = ()
    must_not_join: frozenset[frozenset[str]] = frozenset()
    joint_functions: frozenset[str] = frozenset()
    kept_functions: frozenset[str] = frozenset()
    plate_limit: int | None = None
    return_powers: bool = False
    one_out_one_in: bool = False
    ladder: tuple[tuple[int, int], ...] = ((10, 2), (50, 3), (100, 4), (200, 5), (400, 6), (600, 7))
    economy: float = 0.05

    def cap_of(self, department: str) -> int | None:
        """How many institutions a department may keep."""
        return self.department_caps.get(department, self.department_cap)

    def leaders_for(self, posts: int) -> int:
        """Leadership posts by the ladder; bounds are inclusive (以下含本数)."""
        for limit, leaders in self.ladder:
            if posts <= limit:
                return leaders
        return self.ladder[-1][1] if self.ladder else 0


@dataclass(frozen=True)
class Weights:
    """What counts how much. Policy, not mathematics: show how the plan moves with them.

    Attributes:
        institution: Cost of each institution kept (its fixed leadership, seal, accounts).
        small: Cost of an institution far below ``least_posts``, in proportion.
        overlap: Gain of each unit of overlap joined under one roof.
        friction: Cost of each unit of distance between two institutions merged.
        distance: Distance of two without one given; ``rank`` and ``welfare`` are added where
            these differ.
        absorb: Cost of each person above the new posts.
        disturb: Cost of each person whose institution changes.
        plate: Cost of each name that becomes a plate: a name more to answer to.
    """

    institution: float = 2.0
    small: float = 2.0
    overlap: float = 1.5
    friction: float = 0.3
    distance: float = 1.0
    rank: float = 0.5
    welfare: float = 0.5
    absorb: float = 0.05
    disturb: float = 0.01
    plate: float = 0.1
