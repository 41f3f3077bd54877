"""The grounds of a number of one holder: the postings and uses behind it, each with its
document."""

from __future__ import annotations

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.showing import page, part
from bianzhi.office.desk.words import is_counter
from bianzhi.office.ledgers.reading import booked
from bianzhi.office.ledgers.register.figures import meant
from bianzhi.office.ledgers.views.entry_sheet import entry_sheet
from bianzhi.office.ledgers.views.sums import of_many


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The entries behind a holder's posts; without a holder, those behind a sum over the units of
    a question to the register.

    ``kind`` may be a group, such as all leadership posts; without one, all kinds that count.
    """
    view = asked(request)
    kind, holder = request.GET.get("kind", ""), request.GET.get("holder", "")
    if kind and view.state.tree("quota_kind").find(kind) is None:
        raise Http404(f"没有代码为“{kind}”的编制种类")
    if not holder:
        return of_many(request, view)
    if not (holder in view.words.classes and view.may_see(holder)):
        raise Http404(f"没有代码为“{holder}”的机构")
    return of_holder(request, view, holder, kind)


def of_holder(request: HttpRequest, view: Asked, holder: str, kind: str) -> HttpResponse:
    """The entries of one holder."""
    funding = request.GET.get("funding")
    found = chosen(view, holder, kind, funding)
    postings = booked.booked(view, found)
    due = postings.filter(pl.col("day") <= view.on)
    title = view.words.kind(kind) if kind else "编制合计"
    if sheets.wanted(request):
        return entry_sheet(view, f"{view.words.name(holder)} {title} 分录", due)
    cut = part(request, view, due.height)
    return page(
        request, "ledgers/entries", view,
        kind=kind, kind_name=title, holder=holder, holder_name=view.words.name(holder),
        counter=is_counter(holder),
        funding=funding, funding_name=view.words.funding(funding),
        figures=booked.summed(view, found),
        postings=booked.told(view, due[cut.start : cut.end]), part=cut,
        ahead=booked.told(view, postings.filter(pl.col("day") > view.on)),
        uses=booked.told_uses(view, booked.used(view, found)),
        many=found.height > 1, kinds_differ=found["kind"].n_unique() > 1,
    )  # fmt: skip


def chosen(view: Asked, holder: str, kind: str, funding: str | None) -> pl.DataFrame:
    """The accounts asked for; without a funding form, of all."""
    here = (pl.col("holder") == holder) & pl.col("kind").is_in(meant(view.words, kind))
    return booked.accounts(view, here if funding is None else here & (pl.col("funding") == funding))
