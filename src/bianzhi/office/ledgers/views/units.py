"""The register of units: filtered, searched, grouped, sorted, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.facts import FIELDS
from bianzhi.files.layouts import layout
from bianzhi.office.checks.judging import badges
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import AS, Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import FIGURES, page, part
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register import names, query
from bianzhi.office.ledgers.register.figures import by_kind
from bianzhi.office.ledgers.register.layouts import MOST, OFFICIAL, filled
from bianzhi.office.ledgers.register.query import CLASSES, FACETS, FLAGS, LEADS_OF, SUMS, Query

LINES = 100
GROUPS = 200  # groups in the table of subtotals; all stand in the list and the workbook
FORMER = 50  # units no more that a search shows
ABOUT = ("rank", "category", "welfare_class", "funding_form", "supervisor")
HEADS = {**FIGURES, "leads_approved": "职数", "leads_actual": "在任"}
LEADS = {LEADS_OF: "1"}
Row = dict[str, Any]


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units asked for."""
    view = asked(request)
    words, wish = view.words, query.read(view.others, view.words)
    found = query.answer(words, wish)
    form = request.GET.get(AS, "")
    if form in OFFICIAL:
        sheets.refuse_more(found.height, MOST)
        content = filled(words, wish, form, sheets.basis(view))
        return sheets.handed_over(content, layout(form).title, view)
    if sheets.wanted(request):
        sheets.refuse_more(found.height, MOST)
        return exported(view, wish, found)
    cut = part(request, view, found.height, LINES)
    shown = found[cut.start : cut.end]
    sums = query.grouped(words, wish) if wish.group else pl.DataFrame()
    here = sums.filter(pl.col("group").is_in(shown["group"].implode())) if wish.group else sums
    groups = {row["group"]: row for row in told(words, wish, here)}
    return page(
        request, "ledgers/units", view,
        wish=wish, part=cut, groups=told(words, wish, sums.head(GROUPS)),
        groups_total=sums.height, total=query.summed(words, wish),
        where=grounds(wish), leads=grounds(wish, **LEADS),
        lines=list(lines(words, shown, groups)),
        facets=[
            {"name": name, "title": title, "value": dict(wish.facets).get(name, ""),
             "options": query.options(words, name)}
            for name, title in FACETS.items()
        ],
        official=[(each.button, wish.units.parts(**{AS: name}))
                  for name, each in OFFICIAL.items()],
        flags=FLAGS, classes=CLASSES, kinds=kinds(words),
        heads=[head(view, wish, name) for name in SUMS],
        by_name=head(view, wish, "name"),
        gone=view.words.recent.get(
            ("gone", wish.sought), lambda: gone(view, wish.sought)
        ) if wish.sought else [],
        former=view.words.recent.get(
            ("former", wish.units), lambda: former(view, wish.sought, found)
        ) if wish.sought else [],
    )  # fmt: skip


def lines(words: Words, found: pl.DataFrame, groups: dict[str, Row]) -> Iterator[Row]:
    """The rows of a page; the first row of a group carries the group."""
    above = words.names_of(found["supervisor"].fill_null("")).to_list()
    marks, last = badges(words), None
    for row, supervisor in zip(found.iter_rows(named=True), above, strict=True):
        row["names"] = [*(_name(words, row, name) for name in ABOUT[:-1]), supervisor]
        row["depth"] = min(row["depth"], 3)
        row["badges"] = marks.get(row["key"], ())
        if (group := row.get("group")) != last:
            last, row["begins"] = group, groups.get(group or "")
        yield row


def _name(words: Words, row: Row, field: str) -> str:
    return words.value("org", field, row[field]) if row[field] else ""


def told(words: Words, wish: Query, sums: pl.DataFrame) -> list[Row]:
    """Groups with their subtotals and where each leads."""
    found = []
    for row in sums.iter_rows(named=True):
        of = {wish.group: row["group"]}
        found.append(
            {**row, "name": query.shown(words, wish.group, row["group"]),
             "address": wish.address(**of, group=""),
             "where": grounds(wish, **of), "leads": grounds(wish, **of, **LEADS)}
        )  # fmt: skip
    return found


def grounds(wish: Query, **other: str) -> dict[str, str]:
    """What opens the grounds of a sum over the units asked for."""
    return wish.units.parts(**other)


def kinds(words: Words) -> list[tuple[str, str]]:
    """Code and name of every kind in use."""
    used = words.kept.get("kinds", lambda: sorted(by_kind(words)["kind"].unique(), key=words.place))
    return [(kind, words.kind(kind)) for kind in used]


def head(view: Asked, wish: Query, name: str) -> Row:
    """The head of a column: what a press on it sorts by."""
    first, other = (name, f"-{name}") if name == "name" else (f"-{name}", name)
    turned = other if wish.sort == first else first
    state = {name: "ascending", f"-{name}": "descending"}.get(wish.sort, "")
    query = wish.address(sort=turned)
    carried = "".join(f"&{key}={value}" for key, value in view.carried.items())
    return {"title": HEADS.get(name, "机构"), "address": f"?{query}{carried}", "sorted": state}


def former(view: Asked, sought: str, found: pl.DataFrame) -> list[Row]:
    """Units found that are called otherwise now: by which name they were found."""
    hits = names.matching(view.words, sought.split()[0])
    hits = hits.filter(pl.col("field") == "name")
    now = found.select("key", now="name")
    old = hits.join(now, on="key").filter(pl.col("value") != pl.col("now"))
    rows = old.sort("day", "no").unique("key", keep="last", maintain_order=True).head(FORMER)
    return rows.select("key", "value", "now").to_dicts()


def gone(view: Asked, sought: str) -> list[Row]:
    """Units that bear or bore a name like this and are not in being on the day."""
    hits = names.absent(view.words, sought.split()[0]).sort("day", "no")
    hits = hits.unique("key", keep="last", maintain_order=True)
    if view.state.inside is not None:
        hits = hits.filter(pl.col("key").is_in(view.state.inside.implode()))
    return hits.head(FORMER).select("key", "value").to_dicts()


def exported(view: Asked, wish: Query, found: pl.DataFrame) -> HttpResponse:
    """The same units as a workbook, under the same heads."""
    columns = [Column("代码", 16), Column("机构", 36)]
    columns += [Column(FIELDS["org"][name].title, 16) for name in ABOUT]
    columns += [Column(HEADS[name], 9) for name in SUMS]
    title = "机构名册" + (f"（{view.words.kind(wish.kind)}）" if wish.kind else "")
    if wish.group:
        columns.insert(0, Column(FACETS[wish.group], 16))
    return sheets.workbook(view, title, columns, cells(view, wish, found), found.height + 1)


def cells(view: Asked, wish: Query, found: pl.DataFrame) -> Iterator[list[Any]]:
    """The cells of the workbook, the sum last; a subtotal after each group."""
    words = view.words
    sums = query.grouped(words, wish) if wish.group else pl.DataFrame()
    groups = {row["group"]: row for row in told(words, wish, sums)}
    above = words.names_of(found["supervisor"].fill_null("")).to_list()
    blank = [""] * len(ABOUT)
    last = None
    for row, supervisor in zip(found.iter_rows(named=True), above, strict=True):
        group = row.get("group")
        if last is not None and group != last:
            yield _subtotal(groups[last], blank)
        last = group
        about = [*(_name(words, row, name) for name in ABOUT[:-1]), supervisor]
        lead = [groups[group]["name"]] if group is not None else []
        yield [*lead, row["key"], row["name"], *about, *(row[name] for name in SUMS)]
    if last is not None:
        yield _subtotal(groups[last], blank)
    total = query.summed(words, wish)
    lead = [""] if wish.group else []
    yield [*lead, "合计", f"{found.height} 个", *blank, *(total[name] for name in SUMS)]


def _subtotal(group: Row, blank: list[str]) -> list[Any]:
    sums = [group[name] for name in SUMS]
    return [group["name"], "小计", f"{group['units']} 个", *blank, *sums]
