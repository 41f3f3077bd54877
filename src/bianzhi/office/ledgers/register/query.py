"""What is asked of the register: which units, how grouped, how sorted; read from an address."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.office.checks.judging import seen, version
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register.figures import SHOWN, by_kind
from bianzhi.office.ledgers.register.names import bearing
from bianzhi.office.ledgers.register.table import ZERO, table
from bianzhi.rules.catalogue import RULES

# What units are filtered and grouped by, with the title people read.
FACETS = {
    "rank": "机构规格",
    "nature": "机构性质",
    "category": "机构类别",
    "welfare_class": "公益类别",
    "funding_form": "经费形式",
    "supervisor": "主管部门",
    "status": "状态",
}
NONE = "-"  # stands for: nothing registered
VACANT = "vacant"
FLAGS = {VACANT: "有空编", **{code: f"{code} {rule.title}" for code, rule in RULES.items()}}
# Which holders of posts: the register lists orgs and pools unless it is told otherwise.
ALL = "all"
CLASSES = {
    ALL: "含内设机构",
    "unit": "单位和内设机构",
    "org": "机构",
    "section": "内设机构",
    "pool": "资源库",
}
LEADS_OF = "leads"  # in an address: the leadership posts of the units asked for, not their posts
SUMS = (*SHOWN, "leads_approved", "leads_actual")
SORTS = ("name", *SUMS)


class Query(NamedTuple):
    """A question to the register.

    Attributes:
        sought: Words looked for, parted by blanks; all must be found.
        facets: Value by facet; ``NONE`` for units that have none.
        flag: One of ``FLAGS``, "" for all.
        cls: One of ``CLASSES``; "": orgs and pools, when something is sought sections too.
        kind: Figures of this kind of posts only, and units that have some; "" for all that count.
        group: A facet by which to group, "" for none.
        sort: One of ``SORTS``, "-" before it from large to small; "" for the order of the tree.
    """

    sought: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    flag: str = ""
    kind: str = ""
    group: str = ""
    sort: str = ""
    cls: str = ""

    def parts(self, **other: str) -> dict[str, str]:
        """The parts of an address that ask this, some of it otherwise."""
        given = {"q": self.sought, **dict(self.facets), "flag": self.flag, "kind": self.kind,
                 "group": self.group, "sort": self.sort, "cls": self.cls, **other}  # fmt: skip
        return {name: value for name, value in given.items() if value}

    def address(self, **other: str) -> str:
        """The same, written as an address."""
        return urlencode(self.parts(**other))

    @property
    def units(self) -> Query:
        """The same units in the order of the tree, whatever the grouping and sorting."""
        return self._replace(group="", sort="")

    @property
    def of_all(self) -> bool:
        """Whether nothing is asked of a unit but what class it is."""
        return not (self.sought or self.facets or self.flag)


def read(given: Mapping[str, str], words: Words) -> Query:
    """The question in an address.

    Raises:
        Refusal: It asks for what there is not.
    """
    kind, flag, group = given.get("kind", ""), given.get("flag", ""), given.get("group", "")
    sort, cls = given.get("sort", ""), given.get("cls", "")
    if kind:
        words.state.tree("quota_kind").get(kind)
    one_of("flag", flag, FLAGS)
    one_of("group", group, FACETS)
    one_of("cls", cls, CLASSES)
    one_of("sort", sort.removeprefix("-"), dict.fromkeys(SORTS))
    facets = tuple((name, given[name]) for name in FACETS if given.get(name))
    return Query(given.get("q", ""), facets, flag, kind, group, sort, cls)


def one_of(name: str, value: str, known: Mapping[str, object]) -> str:
    """The value, if it is "" or one of those known.

    Raises:
        Refusal: It is not.
    """
    if value and value not in known:
        raise Refusal.of(
            "bad-choice", f"地址里的“{name}={value}”不认识", f"可选的有：{'、'.join(known)}"
        )
    return value


def answer(words: Words, query: Query) -> pl.DataFrame:
    """The units asked for, in the order asked for, with the columns of ``table`` and ``group``."""
    return words.recent.get(("units", query, _version(query)), lambda: _answer(words, query))


def _version(query: Query) -> Hashable:
    """Which packs and answers the answer rests on, where it asks for findings."""
    return version() if query.flag and query.flag != VACANT else None


def _answer(words: Words, query: Query) -> pl.DataFrame:
    found = of_kind(words, query.kind) if query.kind else table(words)
    kept = [facet(name, value) for name, value in query.facets]
    kept += [bearing(words, each) for each in query.sought.split()]
    if query.flag:
        kept.append(flagged(words, query))
    if query.cls or not query.sought:
        kept.append(of_class(query.cls))
    found = found.filter(*kept)
    if query.sort:
        found = found.sort(query.sort.removeprefix("-"), descending=query.sort.startswith("-"),
                           nulls_last=True, maintain_order=True)  # fmt: skip
    if not query.group:
        return found
    value = pl.col(query.group).fill_null(NONE)
    order = {each: place for place, each in enumerate(in_order(words, query.group, found))}
    rank = value.replace_strict(order, return_dtype=pl.Int64, default=len(order))
    return found.with_columns(value.alias("group")).sort(rank, maintain_order=True)


def facet(name: str, value: str) -> pl.Expr:
    """Units whose facet has a value; ``NONE``: that have none."""
    return pl.col(name).is_null() if value == NONE else pl.col(name) == value


def of_class(cls: str) -> pl.Expr:
    """Units of one of ``CLASSES``; "": all but sections."""
    own = pl.col("cls")
    return {"": own != "section", ALL: pl.lit(True), "unit": own != "pool"}.get(cls, own == cls)


def flagged(words: Words, query: Query) -> pl.Expr:
    """Units with vacant posts, or with findings of a rule (of a kind of posts, if one is asked)."""
    if query.flag == VACANT:
        return pl.col("vacant") > 0
    found = seen(words).filter(pl.col("rule") == query.flag)
    if query.kind:
        found = found.filter(pl.col("about").is_in([*words.state.kinds_under(query.kind), ""]))
    return pl.col("key").is_in(found["unit"].implode())


def of_kind(words: Words, kind: str) -> pl.DataFrame:
    """The units that have posts of a kind or of one under it, with the figures of these alone."""
    kinds = words.state.kinds_under(kind)
    lines = by_kind(words).filter(pl.col("kind").is_in(kinds)).rename({"holder": "key"})
    sums = lines.group_by("key").agg(
        *(pl.col(name).sum() for name in SHOWN),
    )
    bare = table(words).drop(*SHOWN)
    found = bare.join(sums, on="key", maintain_order="left")
    return found.with_columns(pl.col(*SHOWN).fill_null(ZERO))


def in_order(words: Words, name: str, found: pl.DataFrame) -> list[str]:
    """The values of a facet as people list them: by the code tree, else by how many have them."""
    counts = found.group_by(pl.col(name).fill_null(NONE)).len().sort("len", name, descending=True)
    values = counts[name].to_list()
    if name in ("rank", "category"):
        tree = [code.code for code in words.state.tree(f"org_{name}")]
    elif name in words.state.trees:
        tree = [code.code for code in words.state.tree(name)]
    else:
        return [each for each in values if each != NONE] + [NONE] * (NONE in values)
    places = {code: place for place, code in enumerate(tree)}
    return sorted(values, key=lambda each: (each == NONE, places.get(each, len(places)), each))


def shown(words: Words, name: str, value: str) -> str:
    """A value of a facet as people read it."""
    return "未登记" if value == NONE else words.value("org", name, value)


def said(words: Words, query: Query) -> list[str]:
    """What is asked of the units, in words."""
    found = [f"查找“{query.sought}”"] if query.sought else []
    found += [f"{FACETS[name]} {shown(words, name, value)}" for name, value in query.facets]
    found += [FLAGS[query.flag]] if query.flag else []
    found += [CLASSES[query.cls]] if query.cls not in ("", ALL) else []
    return [*found, words.kind(query.kind)] if query.kind else found


def grouped(words: Words, query: Query) -> pl.DataFrame:
    """A row a group in order: group, units, the figures, leads_approved, leads_actual."""
    return words.recent.get(("groups", query, _version(query)), lambda: _grouped(words, query))


def _grouped(words: Words, query: Query) -> pl.DataFrame:
    found = answer(words, query).group_by("group", maintain_order=True)
    return found.agg(pl.len().alias("units"), *(pl.col(name).sum() for name in SUMS))


def summed(words: Words, query: Query) -> dict[str, Any]:
    """The figures of all units asked for."""
    return words.recent.get(("sum", query, _version(query)), lambda: _summed(words, query))


def _summed(words: Words, query: Query) -> dict[str, Any]:
    sums = answer(words, query).select(pl.col(name).sum() for name in SUMS)
    return sums.row(0, named=True)


def options(words: Words, name: str) -> list[tuple[str, str, int]]:
    """value, what people read, how many units: what a facet may be filtered by."""
    return words.kept.get(("options", name), lambda: _options(words, name))


def _options(words: Words, name: str) -> list[tuple[str, str, int]]:
    found = table(words).filter(pl.col("cls") != "section")
    counts = dict(found.group_by(pl.col(name).fill_null(NONE)).len().iter_rows())
    if len(counts) > MOST_OPTIONS:
        return []
    return [(value, shown(words, name, value), counts[value])
            for value in in_order(words, name, found)]  # fmt: skip


MOST_OPTIONS = 400  # beyond that a list to choose from helps nobody: one types the code
