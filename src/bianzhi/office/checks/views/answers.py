"""One finding: what it is, what was said to it; and what went away."""

from __future__ import annotations

from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bianzhi.office.access import log
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import ANSWER, POST
from bianzhi.office.checks import answering, following
from bianzhi.office.checks.judging import judged, seen
from bianzhi.office.checks.models import KINDS, Answer
from bianzhi.office.checks.views.findings import rows
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.today import today
from bianzhi.rules.finding import Finding

KEY = ("rule", "name", "unit", "about")


def _key(given: dict[str, str]) -> tuple[str, str, str, str]:
    rule, name, unit, about = (given.get(each, "") for each in KEY)
    return rule, name, unit, about


def _there(view: Asked, key: tuple[str, str, str, str]) -> list[Finding]:
    """The findings of a key that the user may see: one, or none."""
    frame = seen(view.words).filter(
        pl.all_horizontal(pl.col(each) == value for each, value in zip(KEY, key, strict=True))
    )
    names = [name for name in Finding._fields if name not in ("on", "known")]
    return [
        Finding(**row, on=view.on, known=view.state.known)
        for row in frame.select(names).iter_rows(named=True)
    ]


@require_safe
def finding(request: HttpRequest) -> HttpResponse:
    """The page of one finding; also when it is gone, for those who may see the unit."""
    view = asked(request)
    key = _key(view.others)
    there = _there(view, key)
    _need_sight(view, key)
    said = Answer.objects.filter(**dict(zip(KEY, key, strict=True)))
    if not there and not said:
        raise Http404("当日没有这条发现，也没有对它的答复")
    frame = following.standings(seen(view.words), today()).filter(
        pl.all_horizontal(pl.col(each) == value for each, value in zip(KEY, key, strict=True))
    )
    entry = next((each for each in judged(view.words).entries if each.key == key[:2]), None)
    return page(
        request, "checks/finding", view,
        key=dict(zip(KEY, key, strict=True)),
        finding=rows(frame.with_columns(unit_name=pl.lit("")))[0] if there else None,
        said=[(each, KINDS[each.kind]) for each in reversed(said)],
        last=said.last(), entry=entry, kinds=KINDS,
        due=answering.deadline(entry, today()),
        may_answer=may(request.user, ANSWER), may_except=may(request.user, POST),
    )  # fmt: skip


def _need_sight(view: Asked, key: tuple[str, str, str, str]) -> None:
    """A confined user sees nothing of other units, not even that they were answered."""
    if view.state.inside is not None and key[2] not in view.state.inside:
        raise Http404("当日没有这条发现，也没有对它的答复")


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Keep an answer."""
    need(request.user, ANSWER)
    view = asked(request)
    given = {name: request.POST[name] for name in request.POST}
    key = _key(given)
    _need_sight(view, key)
    kept = answering.answer(answering.found_of(_there(view, key), key), given, request.user)
    log.note(request, "check", f"{key[0]}：{following.described(kept)}", subject=key[2])
    following.follow(set(judged(view.words).frame.select(KEY).iter_rows()), kept.on)
    messages.success(request, f"已记下：{following.described(kept)}")
    parts = {name: value for name, value in zip(KEY, key, strict=True) if value}
    return redirect(f"{reverse('finding')}?{urlencode({**view.carried, **parts})}")


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Answered findings that are not there on the day."""
    view = asked(request)
    present = set(judged(view.words).frame.select(KEY).iter_rows())
    inside = view.state.inside
    listed = [
        {"answer": answer, "kind": KINDS[answer.kind], "followed": followed,
         "key": dict(zip(KEY, answer.key, strict=True))}
        for answer, followed in following.gone(present)
        if inside is None or answer.unit in inside
    ]  # fmt: skip
    return page(request, "checks/gone", view, listed=listed)
