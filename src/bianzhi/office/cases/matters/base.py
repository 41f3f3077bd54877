"""What a type of matter is: its form, what it must state, who decides, what it posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bianzhi.core.acts import Act
from bianzhi.core.acts.claims import Hold
from bianzhi.core.acts.posts import Fix
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.ledger import GRANTED
from bianzhi.core.quantity import parse_quantity
from bianzhi.files.official import Item, Table
from bianzhi.office.cases.flow import BOARD
from bianzhi.office.cases.wording import Wording

UNIT, UNITS, POOL, TEXT, LONG = "unit", "units", "pool", "text", "long"
QUOTA, FUNDING, NUMBER, DAY = "quota", "funding", "number", "day"
CHOICE, CODE, POSTS, SHARES = "choice", "code", "posts", "shares"
SECTION, DUTY = "section", "duties"
WIDGETS = (UNIT, UNITS, POOL, TEXT, LONG, QUOTA, FUNDING, NUMBER, DAY, CHOICE, CODE, POSTS, SHARES,
           SECTION, DUTY)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One thing a form asks.

    Attributes:
        name: Its name.
        title: What people read.
        widget: How it is asked, one of ``WIDGETS``.
        required: Whether the matter cannot be submitted without it.
        hint: What to write, in a few words.
        choices: For ``choice``: the values; for ``code``: the name of the code tree, alone.
        demanded: The rule that demands it, for the message when it is missing.
    """

    name: str
    title: str
    widget: str = TEXT
    required: bool = True
    hint: str = ""
    choices: tuple[str, ...] = ()
    demanded: str = ""


@dataclass(frozen=True)
class Given:
    """What a form says: texts by name; lists where the field holds several."""

    values: Mapping[str, Any]
    key: str = ""  # the matter's own key, for what it sets up and holds
    tickets: tuple[str, ...] = ()  # 用编号码 given out with the paper
    until: int | None = None  # the last day of those tickets

    def text(self, name: str) -> str:
        """A text, "" where nothing was written."""
        value = self.values.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def keys(self, name: str) -> tuple[str, ...]:
        """A list, each value once, in the order written."""
        value = self.values.get(name) or ()
        parts = value.replace("，", ",").split(",") if isinstance(value, str) else value
        return tuple(dict.fromkeys(each.strip() for each in parts if str(each).strip()))

    def lines(self, name: str) -> tuple[str, ...]:
        """A long text line by line, empty ones left out."""
        return tuple(each.strip() for each in self.text(name).splitlines() if each.strip())

    def number(self, name: str) -> int:
        """A number of posts, in ten-thousandths."""
        return parse_quantity(self.text(name))

    def posts(self, name: str) -> list[tuple[str, str, int]]:
        """Kind, funding form and number of each line of a table of posts."""
        found = []
        for line in self.values.get(name) or ():
            kind, funding, n = (str(part).strip() for part in line)
            if kind or n:
                found.append((kind, funding, parse_quantity(n)))
        return found


Acts = Callable[[Given], Iterable[Act]]
Says = Callable[[Given, Wording], Iterable[Item | Table]]


@dataclass(frozen=True)
class Matter:
    """A type of matter.

    Attributes:
        code: What the record of matters keeps.
        title: What people read.
        meaning: What it is for, one sentence.
        fields: What its form asks, beside what every 请示 has.
        acts: What it does to the ledger once decided; nothing where the paper alone is the fact.
        holds: Posts it needs until then: (unit, kind, funding, n) each.
        levels: Who decides, in order (domain §4.3); an office head may add a level to one matter.
        paper: Kind of the paper that is issued.
        head: Letterhead of its own, where the office has set one; else that of who decides.
        settles: The number the decision may lower, never raise (VU-06).
        numbers: How many 用编号码 are given out with the paper.
        says: What the paper says where its acts do not say it: clauses, and tables to attach.
        subject: What the title of the paper says: ``关于{subject}的批复``.
        check: Further problems of what the form says.
    """

    code: str
    title: str
    meaning: str
    fields: tuple[Field, ...]
    acts: Acts
    subject: Callable[[Given, Callable[[str], str]], str]
    holds: Callable[[Given], Iterable[tuple[str, str, str, int]]] = field(default=lambda given: ())
    levels: tuple[str, ...] = (BOARD,)
    paper: str = "批复"
    check: Callable[[Given], Iterable[Problem]] = field(default=lambda given: ())
    says: Says | None = None
    head: str = ""
    settles: str = ""
    numbers: Callable[[Given], int] = field(default=lambda given: 0)

    def need(self, given: Given) -> None:
        """Go on only if the form says all it must.

        Raises:
            Refusal: Every missing or wrong part, by its field.
        """
        refuse_if(self._problems(given))
        list(self.acts(given))

    def _problems(self, given: Given) -> Iterator[Problem]:
        for each in self.fields:
            if each.required and not given.values.get(each.name):
                why = f"（{each.demanded}）" if each.demanded else ""
                yield Problem("missing", f"缺少{each.title}{why}", "请补填", field=each.name)
            elif each.widget == NUMBER and given.text(each.name):
                yield from _number(given, each)
            elif each.widget == POSTS:
                yield from _posts(given, each)
        yield from self.check(given)

    def hold_acts(self, given: Given, name: str) -> list[Hold]:
        """What accepting it locks."""
        return [
            Hold(matter=given.key, org=org, kind=kind, funding=funding, n=n, name=name)
            for org, kind, funding, n in self.holds(given)
        ]


def _number(given: Given, asked: Field) -> Iterator[Problem]:
    try:
        n = given.number(asked.name)
    except Refusal as refusal:
        yield Problem("bad-quantity", f"{asked.title}：{refusal.problems[0].what}", "请写数字",
                      field=asked.name)  # fmt: skip
        return
    if n <= 0:
        yield Problem("bad-quantity", f"{asked.title}应大于零", "请核对", field=asked.name)


def _posts(given: Given, asked: Field) -> Iterator[Problem]:
    try:
        lines = given.posts(asked.name)
    except Refusal as refusal:
        yield Problem("bad-quantity", f"{asked.title}：{refusal.problems[0].what}", "请写数字",
                      field=asked.name)  # fmt: skip
        return
    for kind, _, n in lines:
        if not kind or n < 0:
            yield Problem("bad-line", f"{asked.title}有一行缺种类或数量小于零", "请补齐或删去",
                          field=asked.name)  # fmt: skip


def fixed(given: Given, org: str, source: str, *names: str) -> Iterator[Fix]:
    """核定 for each line of tables of posts; what a unit gains comes from, and what it loses goes
    to, ``source``."""
    for name in names:
        for kind, funding, n in given.posts(name):
            yield Fix(org=org, kind=kind, funding=funding, n=n, from_=source or GRANTED)


# What several forms ask, in the same words (domain §4.7)
REASON = Field("reason", "理由和依据", LONG, demanded="请示须写明理由和依据")
SOURCE = Field(
    "source", "编制来源（去向）", POOL, required=False, hint="不选为上级；减下来的也回到这里"
)
POSTS_AFTER = Field("posts", "核定编制", POSTS, hint="办理以后各种编制各多少", required=False)
LEADERS_AFTER = Field(
    "leaders", "核定领导职数", POSTS, hint="办理以后各种职数各多少", required=False
)
DUTIES = Field("duties_to", "职责去向", LONG, demanded="撤并须写明职责去向")
PEOPLE = Field("people_to", "编制和人员去向", LONG, demanded="撤并须写明编制、人员如何处理")
ASSETS = Field("assets_to", "资产和债权债务处理", LONG, demanded="撤并须写明资产、债权债务")
