"""机构图: the organisation chart of a day, opened branch by branch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bianzhi.core.facts import HOLDERS
from bianzhi.core.quantity import quantity
from bianzhi.office.desk.asking import Asked, asked, need
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.templatetags.pages import address
from bianzhi.office.ledgers.reading.sight import seen
from bianzhi.office.ledgers.reading.tree import FIGURES, Tree, tree_of

SHOWN = 150  # rows opened at first
BRANCH = 300  # rows of one branch opened later; the rest is found by searching
PRINTED = 3000  # rows of the form for printing
FOUND = 50  # units found by a search
DRAWN = 60  # boxes of the picture at first
MUCH = 0.2  # a share of vacant posts from which a box is dark: a shade, not a rule
Node = dict[str, Any]


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The chart from its top or from a unit, or the branches that lead to what is sought."""
    view = asked(request)
    tree = tree_of(view.words)
    sought, whole = view.others.get("q", ""), view.others.get("all") == "1"
    top = -1 if sought else root(view, tree)
    if top is None:
        return page(request, "ledgers/chart_absent", view, code=view.others["root"])
    found = matches(tree, sought) if sought else []
    opens = opened(tree, top, found, PRINTED if whole else SHOWN)
    rows = list(lines(view, tree, top, opens, set(found))) if found or not sought else []
    drawn = view.others.get("picture") == "1"
    return page(
        request, "ledgers/chart", view,
        rows=rows, total=total(tree, top), root=view.others.get("root", ""),
        above=[node(view, tree, row) for row in reversed(list(tree.above(top)))],
        sought=sought, found=len(found), most=FOUND, whole=whole, drawn=drawn,
        picture=drawing(view, tree, top) if drawn else None,
        units=tree.frame.height if top < 0 else int(tree.sizes[top]) + 1,
    )  # fmt: skip


@require_safe
def below(request: HttpRequest) -> HttpResponse:
    """What stands directly below a unit: rows for the list, or boxes for the picture."""
    view = asked(request)
    tree = tree_of(view.words)
    key = need("单位代码", request.GET.get("key"))
    row = place(view, tree, key)
    if row is None:
        raise Http404(f"{view.day} 没有代码为“{key}”的在册机构")
    if view.others.get("form") == "json":
        boxes = [box(view, tree, each, lambda _: False) for each in tree.below(row)[:BRANCH]]
        return JsonResponse({"children": boxes})
    rows = list(branch(view, tree, row, set(), set()))[:BRANCH]
    left = len(tree.below(row)) - len(rows)
    return render(request, "ledgers/chart_below.html", {"asked": view, "rows": rows, "left": left})


def place(view: Asked, tree: Tree, key: str) -> int | None:
    """The row of a unit the user may see; None where it is not in being on the day."""
    if view.words.classes.get(key) not in HOLDERS:
        raise Http404(f"没有代码为“{key}”的机构")
    seen(view, key)
    return tree.find(key)


def root(view: Asked, tree: Tree) -> int | None:
    """The row the chart starts at; -1 for the top, None for a unit not in being on the day."""
    key = view.others.get("root", "")
    return place(view, tree, key) if key else -1


def matches(tree: Tree, sought: str) -> list[int]:
    """The rows whose name or code contains what is sought, so many as can be shown."""
    has = [pl.col(name).str.contains(sought, literal=True).fill_null(False)
           for name in ("key", "name")]  # fmt: skip
    return tree.frame.select(pl.any_horizontal(has).arg_true()).to_series().head(FOUND).to_list()


def opened(tree: Tree, top: int, found: list[int], most: int) -> set[int]:
    """The rows whose branches stand open: those above what was found, else the first levels as far
    as the page reaches."""
    if found:
        return {above for row in found for above in tree.above(row)} | {top}
    opens, level, count = {top}, [top], len(tree.below(top))
    while level:
        below = [row for at in level for row in tree.below(at)]
        count += sum(len(tree.below(row)) for row in below)
        if count > most:
            break
        opens.update(below)
        level = below
    return opens


def lines(view: Asked, tree: Tree, top: int, opens: set[int], found: set[int]) -> Iterator[Node]:
    """The rows of the open branches, in order, each with how many branches end after it."""
    keep = found | opens if found else None
    rows = list(branch(view, tree, top, opens, found, keep))
    if top >= 0:
        yield {
            **node(view, tree, top),
            "opens": bool(rows),
            "ends": (),
            "lazy": False,
            "hit": False,
        }
        if rows:
            rows[-1]["ends"] = (*rows[-1]["ends"], 1)
    yield from rows


def branch(
    view: Asked, tree: Tree, row: int, opens: set[int], found: set[int],
    keep: set[int] | None = None,
) -> Iterator[Node]:  # fmt: skip
    """The rows below a row; open ones followed by theirs."""
    for each in tree.below(row):
        if keep is not None and each not in keep:
            continue
        size = len(tree.below(each))
        line = {**node(view, tree, each), "opens": False, "ends": (), "hit": each in found}
        inner = list(branch(view, tree, each, opens, found, keep)) if each in opens else []
        line["lazy"] = bool(size) and not inner
        line["opens"] = bool(inner)
        yield line
        if inner:
            inner[-1]["ends"] = (*inner[-1]["ends"], 1)
        yield from inner


def node(view: Asked, tree: Tree, row: int) -> Node:
    """A unit with the figures of itself and all below it."""
    key, cls, name, rank = tree.frame.row(row)[:4]
    approved, actual, pending, reserved = (int(tree.sums[figure][row]) for figure in FIGURES)
    vacant = approved - actual - pending - reserved
    return {
        "key": key, "name": name or key, "cls": cls, "size": int(tree.sizes[row]),
        "rank": view.words.code("org_rank", rank) if rank else "",
        "approved": quantity(approved), "actual": quantity(actual), "vacant": quantity(vacant),
        "gross": quantity(approved - actual), "shade": shade(approved, vacant),
        "href": address(view, "unit", code=key),
        "below": address(view, "below", key=key), "chart": address(view, "chart", root=key),
    }  # fmt: skip


def shade(approved: int, vacant: int) -> str:
    """How full a unit is, as a colour: over, full, some or much vacant, no posts."""
    if vacant < 0:
        return "over"
    if not approved:
        return "nil"
    return "full" if not vacant else "much" if vacant >= MUCH * approved else "some"


def total(tree: Tree, top: int) -> dict[str, Any]:
    """The figures of everything shown together."""
    rows = list(tree.below()) if top < 0 else [top]
    sums = {name: sum(int(tree.sums[name][row]) for row in rows) for name in FIGURES}
    vacant = sums["approved"] - sums["actual"] - sums["pending"] - sums["reserved"]
    sums |= {"vacant": vacant, "gross": sums["approved"] - sums["actual"]}
    return {name: quantity(value) for name, value in sums.items()}


def drawing(view: Asked, tree: Tree, top: int) -> Node:
    """The boxes of the picture: the open levels inside each other."""
    opens = opened(tree, top, [], DRAWN)
    if top >= 0:
        return box(view, tree, top, opens.__contains__)
    boxes = [box(view, tree, row, opens.__contains__) for row in tree.below()[:BRANCH]]
    return {"name": "全部机构", "shade": "nil", "children": boxes, "more": False}


def box(view: Asked, tree: Tree, row: int, opens: Callable[[int], bool]) -> Node:
    """One box; ``more`` where its branch is fetched when opened."""
    line = node(view, tree, row)
    inner = tree.below(row)
    shown = [box(view, tree, each, opens) for each in inner[:BRANCH]] if opens(row) else []
    return {
        "key": line["key"], "name": line["name"], "shade": line["shade"], "href": line["href"],
        "below": line["below"], "more": bool(inner) and not shown, "children": shown,
        **{name: float(line[name]) for name in ("approved", "actual", "vacant")},
    }  # fmt: skip
