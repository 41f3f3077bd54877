"""What stands around every page: the list of jobs and the quick choices of a day."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context

from bianzhi.office.access.rights import reach
from bianzhi.office.desk.asking import AS, Asked
from bianzhi.office.desk.navigation import navigation
from bianzhi.office.desk.notices import Notice, notices
from bianzhi.office.desk.picks import Pick, picks

register = template.Library()


@register.inclusion_tag("desk/parts/navigation.html", takes_context=True)
def jobs(context: Context) -> dict[str, Any]:
    """The jobs the user may choose from, the one at hand marked."""
    request: HttpRequest | None = context.get("request")
    asked: Asked | None = context.get("asked")
    match = request.resolver_match if request is not None else None
    here = str(match.view_name) if match is not None else ""
    user = request.user if request is not None else context.get("user")
    return {
        "groups": list(navigation(user, here)) if user is not None else [],
        "query": "?" + urlencode(asked.carried) if asked is not None and asked.carried else "",
    }


@register.simple_tag(takes_context=True)
def quick_days(context: Context) -> list[tuple[str, list[Pick]]]:
    """Days people often look at, in groups."""
    return picks(context["asked"], confined=reach(context["user"]) is not None)


@register.simple_tag(takes_context=True)
def waiting(context: Context) -> list[Notice]:
    """What waits for the user."""
    return notices(context["user"])


@register.simple_tag
def same_page(asked: Asked) -> str:
    """The address of this page today, with everything known."""
    return "?" + urlencode(asked.others)


@register.simple_tag
def in_excel(asked: Asked) -> str:
    """The address of this page as a workbook."""
    return "?" + urlencode({**asked.same, AS: "xlsx"})
