"""The requests of a year as changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from bianzhi.files.open_budget import exchange
from bianzhi.files.open_budget.balances import Balances
from bianzhi.files.open_budget.exchange import number
from bianzhi.files.open_budget.requests import Request, Standing
from bianzhi.files.open_budget.rows import POSTS
from bianzhi.files.open_budget.years import Year

GRANTED, ABOLISHED, CONVERTED = "上级", "核销", "置换"
COUNTERS = {
    Standing.CUT: (ABOLISHED, "核减：各行合计 {total}，转入核销"),
    Standing.CONVERSION: (CONVERTED, "临时用工与编制置换：各行合计 {total}，另一边未公布"),
    Standing.OFF_BY_ONE: (GRANTED, "各行合计 {total}，应为 0：公布数差一个，差额暂记上级"),
    Standing.UNEXPLAINED: (GRANTED, "各行合计 {total}，应为 0：来去不符，差额暂记上级"),
}
IN_DOUBT = (Standing.OFF_BY_ONE, Standing.UNEXPLAINED)


def transfers(year: Year, balances: Balances) -> Iterator[str]:
    """The changes of a year's requests, in an order in which no balance falls below zero.

    Requests of one day are printed by section, so the one that draws posts may stand before the
    one that brings them: within a day those that can be made go first, else as printed.
    """
    dated = sorted(year.requests, key=attrgetter("approved_on"))
    for _, group in groupby(dated, key=attrgetter("approved_on")):
        waiting = list(group)
        while waiting:
            possible = (r for r in waiting if not balances.short(POSTS, r.moves))
            request = next(possible, waiting[0])
            waiting.remove(request)
            yield from _corrections(request, year, balances)
            yield from _transfer(request, year, balances)


def _transfer(request: Request, year: Year, balances: Balances) -> Iterator[str]:
    row = request.lines[0].row
    legs = [exchange.leg(x.programme, x.delta, x.row.cell("posts_delta")) for x in request.lines]
    note = f"{request.nature.value}；{row.values['request_type_name']} {row.values['committee_no']}"
    if request.standing in COUNTERS:
        holder, why = COUNTERS[request.standing]
        why = why.format(total=number(request.total))
        legs.append(exchange.leg(holder, -request.total, why))
        note += f"；{why}"
    for holder, n in request.moves.items():
        balances.add(holder, POSTS, n)
    kind = "unverified" if request.standing in IN_DOUBT else "regular"
    digest = year.digests[row.file]
    grounds = exchange.document(request.title, request.doc_no, request.approved_on, digest=digest)
    yield exchange.change(grounds, kind, note)
    place = f"{row.file} 第 {row.number} 行起 {len(request.lines)} 行"
    yield exchange.act("调剂", place, kind=POSTS, legs=legs)


def _corrections(request: Request, year: Year, balances: Balances) -> Iterator[str]:
    """Half posts lost in print, given back under their own flag where a request takes too many.

    The opening 3.5 and the request for 4 of a programme that is wound up are both published, but
    the record cannot hold -0.5. The correction has no document: it stays flagged, and it is not
    one of the published changes.
    """
    for holder, missing in sorted(balances.short(POSTS, request.moves).items()):
        allowed = year.allowance[holder]
        why = f"{request.doc_no} 使 {holder} 降到 -{number(missing)}，取整允许 {number(allowed)}"
        if missing > allowed:
            line = next(x for x in request.lines if x.programme == holder)
            line.row.refuse("posts_delta", "below-zero", why, "请核对该项目的编制和批准日期")
        balances.add(holder, POSTS, missing)
        yield exchange.change(None, "unverified", f"取整更正：{why}")
        on = request.approved_on.isoformat()
        yield exchange.act("下达", why, to=holder, kind=POSTS, n=number(missing), on=on)
