"""Two days compared, every post of the difference explained by a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_date, day_number, day_text
from bianzhi.core.diff import Difference, unexplained
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import HOLDERS
from bianzhi.core.state import State
from bianzhi.office.desk.asking import Asked, asked, day_of, number_of
from bianzhi.office.desk.held import held
from bianzhi.office.desk.sheets import wanted
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.reading import differences as read
from bianzhi.office.ledgers.reading.movers import staff
from bianzhi.office.ledgers.reading.sheets import Sheet, download
from bianzhi.office.ledgers.reading.sight import seen

KEPT = 10_000  # rows of a table that is kept for the next page or the workbook
MOST = 60  # rows of each table on the page; the workbook has them all
Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Sides:
    """What is compared: two days, two numbers of changes, and the units in question.

    Attributes:
        days, known: The earlier and the later.
        unit: The unit compared, "" for everything the user may see.
        below: Whether all below the unit are compared too.
        units: The keys in question; None for the whole area.
    """

    days: tuple[int, int]
    known: tuple[int, int]
    unit: str
    below: bool
    words: tuple[Words, Words]
    units: frozenset[str] | None

    @property
    def states(self) -> tuple[State, State]:
        """The two states, of the whole area: see ``read.difference``."""
        return self.words[0].state, self.words[1].state

    @property
    def basis(self) -> str:
        """口径 in words."""
        told = [f"{day_text(day)}（截至第 {no} 号变更）"
                for day, no in zip(self.days, self.known, strict=True)]  # fmt: skip
        scope = "全部" if not self.unit else self.unit + ("及其下级" if self.below else "")
        return f"{' 与 '.join(told)} 对比，范围：{scope}"


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The difference from one day to another; from the start of the year if none is given."""
    view = asked(request)
    sides = chosen(view)
    found = kept(sides, "difference", lambda: read.difference(*sides.states, sides.units))
    tables = all_tables(sides, found)
    if wanted(request):
        return download(f"两日对比 {' '.join(map(day_text, sides.days))}", sheets(sides, tables))
    cuts = {name: rows[:MOST] for name, rows in tables.items()}
    left = {f"{name}_left": max(0, len(rows) - MOST) for name, rows in tables.items()}
    return page(
        request, "ledgers/compare", view, **cuts, **left,
        before=day_text(sides.days[0]), after=day_text(sides.days[1]),
        known_before=sides.known[0], known_after=sides.known[1],
        unit=sides.unit, below=sides.below,
        total=read.total(row for row in tables["kinds"] if sides.words[1].counts(row["key"])),
        unexplained=unexplained(found).height,
    )  # fmt: skip


def kept(sides: Sides, what: str, make: Callable[[], T]) -> T:
    """What was made of the two states lately, or made now: people go back and forth, and export
    what they saw."""
    words = sides.words[1]
    return words.recent.get((what, sides.days, sides.known, sides.units), make)


def all_tables(sides: Sides, found: Difference) -> dict[str, list[Row]]:
    """The tables, kept where they are small: those of a nation's year would fill the memory."""
    if max(found.figures.height, found.postings.height, found.facts.height) > KEPT:
        return read_all(sides, found)
    return kept(sides, "tables", lambda: read_all(sides, found))


def chosen(view: Asked) -> Sides:
    """What the address asks to compare."""
    known = view.state.known
    new_year = day_number(day_date(view.on).replace(month=1, day=1))
    days = [day_of(view.others.get(name, ""), default)
            for name, default in (("before", new_year), ("after", view.on))]  # fmt: skip
    changes = [number_of(view.others.get(name, ""), known)
               for name in ("known_before", "known_after")]  # fmt: skip
    unit, below = view.others.get("unit", ""), view.others.get("below") == "1"
    both = [(day, no) for day, no in zip(days, changes, strict=True)]
    words = [held().state(day, no) for day, no in both]
    units = in_question(view, unit, below, both)
    return Sides(
        (days[0], days[1]), (changes[0], changes[1]), unit, below, (words[0], words[1]), units
    )


def in_question(
    view: Asked, unit: str, below: bool, both: list[tuple[int, int]]
) -> frozenset[str] | None:
    """The keys compared: a unit, with all that stood below it on either day, or everything the user
    may see. What one may not see on the day of the page, one may not compare either."""
    if unit and view.words.classes.get(unit) not in HOLDERS:
        raise Refusal.of("unknown-unit", f"没有代码为“{unit}”的机构", "请核对代码")
    if unit:
        seen(view, unit)
    if unit and not below:
        return frozenset({unit})
    scope = unit or view.state.scope
    if scope is None:
        return None
    insides = [held().state(day, no, scope).state.inside for day, no in both]
    keys = {key for inside in insides if inside is not None for key in inside}
    seeable = view.state.inside
    return frozenset(keys if seeable is None else keys & set(seeable))


def read_all(sides: Sides, found: Difference) -> dict[str, list[Row]]:
    """The tables of the comparison, whole."""
    words, (before, after) = sides.words[1], sides.states
    return {
        "kinds": [{**row, "name": words.kind(row["key"])}
                  for row in read.summed(words, before, after, sides.units, "kind")],
        "holders": read.summed(words, before, after, sides.units, "holder"),
        "figures": read.figures(words, found),
        "postings": read.postings(words, found),
        "facts": read.facts(words, found),
        "links": read.links(words, found),
        "staff": staff(words, before, after, sides.units),
    }  # fmt: skip


FIGURES = (*(f"{figure}{part}" for figure in ("核定", "实有", "空编")
             for part in ("前", "后", "增减")), "待上编增减", "预留增减")  # fmt: skip
ACCOUNT = ("代码", "单位", "种类", "经费")
HEADINGS = {
    "按种类": ("种类", *FIGURES),
    "按单位": ("代码", "单位", *FIGURES),
    "逐账户": (*ACCOUNT, *FIGURES),
    "核定增减的依据": (*ACCOUNT, "生效日期", "事项", "增减", "文号", "标题", "条款、出处", "变更"),
    "机构、职责的变化": ("代码", "名称", "事项", "前", "后", "文号", "变更"),
    "人员进出": ("姓名", "方式", "原单位", "现单位", "原编制", "现编制", "依据"),
}


def sheets(sides: Sides, tables: dict[str, list[Row]]) -> Iterator[Sheet]:
    """The tables as sheets of a workbook."""
    for title, rows in zip(HEADINGS, cells(sides.words[1].name, tables), strict=True):
        yield Sheet(title, HEADINGS[title], rows, sides.basis)


def cells(name: Callable[[str], str], tables: dict[str, list[Row]]) -> Iterator[list[list[Any]]]:
    """The rows of each sheet, in the order of the headings."""
    yield [[row["name"], *numbers(row)] for row in tables["kinds"]]
    yield [[row["key"], name(row["key"]), *numbers(row)] for row in tables["holders"]]
    yield [[*account(name, row), *numbers(row)] for row in tables["figures"]]
    yield [
        [*account(name, row), row["day"].isoformat(), row["verb"], row["delta"], row["doc_no"],
         row["title"], row["source"], row["no"]]
        for row in tables["postings"]
    ]  # fmt: skip
    yield [
        [row["key"], row["duty"] or name(row["key"]), row["title"], row["before"], row["after"],
         row["doc_no"], row["no"]]
        for row in tables["facts"]
    ]  # fmt: skip
    yield [
        [row["name"], row["way"], name(row["before"] or ""), name(row["after"] or ""),
         row["kind_before"], row["kind_after"], row["paper"].label if row["paper"] else ""]
        for row in tables["staff"]
    ]  # fmt: skip


def account(name: Callable[[str], str], row: Row) -> list[str]:
    """The cells that say which account a row is about."""
    return [row["holder"], name(row["holder"]), row["kind_name"], row["funding_name"]]


def numbers(row: Row) -> Iterator[Any]:
    """Before, after and change of each figure of a row."""
    for each in row["full"]:
        yield from (each["before"], each["after"], each["change"]) if each else ("", "", "")
    yield from (row[name]["change"] if row[name] else "" for name in ("pending", "reserved"))
