"""Links that keep the day, numbers that open their grounds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bianzhi.core.days import day_text
from bianzhi.core.facts import HOLDERS
from bianzhi.core.values import show_value
from bianzhi.office.access.models import User
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.words import Paper, is_counter

register = template.Library()


def address(asked: Asked, view: str, **parts: object) -> str:
    """The address of a page, seen from the same viewpoint."""
    given = {name: str(value) for name, value in parts.items() if value not in (None, "")}
    query = urlencode({**asked.carried, **given})
    return _path(view) + (f"?{query}" if query else "")


@cache
def _path(view: str) -> str:
    """Where a route leads: a page asks a thousand times."""
    return reverse(view)


@register.simple_tag(takes_context=True)
def link(context: Context, view: str, **parts: object) -> str:
    """``{% link "unit" code=key %}``."""
    return address(context["asked"], view, **parts)


@register.simple_tag(takes_context=True)
def link_where(context: Context, view: str, where: dict[str, str]) -> str:
    """The same where the parts are only known by name: ``{% link_where "units" row.where %}``."""
    return address(context["asked"], view, **where)


@register.simple_tag(takes_context=True)
def figure(context: Context, value: Decimal | None, view: str = "entries", **parts: object) -> str:
    """A number that opens its grounds; nothing where there is no number."""
    if value is None:
        return ""
    look = "zero" if value == 0 else "minus" if value < 0 else "n"
    href = address(context["asked"], view, **parts)
    return format_html('<a class="{}" href="{}">{}</a>', look, href, number(value))


@register.simple_tag(takes_context=True)
def cells(context: Context, row: Any, *names: str, **parts: object) -> str:
    """The cells of some figures of a row, all opening the same grounds; one tag for a whole row,
    because a page has hundreds of rows."""
    href = escape(address(context["asked"], "entries", **parts))
    values = ((name, row[name] if isinstance(row, dict) else getattr(row, name)) for name in names)
    return mark_safe("".join(_cell(value, name, href) for name, value in values))  # noqa: S308


@register.simple_tag(takes_context=True)
def sums(context: Context, row: Any, where: dict[str, str], *names: str) -> str:
    """The same where the parts of the address are only known by name."""
    return cells(context, row, *names, **where)


def _cell(value: Decimal | None, name: str, href: str) -> str:
    if value is None:
        return '<td class="r">'
    look = "zero" if value == 0 else "minus" if value < 0 else "n"
    strong = " strong" if name == "vacant" else ""
    return f'<td class="r{strong}"><a class="{look}" href="{href}">{number(value)}</a>'


@register.simple_tag(takes_context=True)
def thing(context: Context, key: str | None, bare: bool = False) -> str:
    """A unit with its code, as a link to its page; what the user may not open, and other things,
    by name."""
    if not key:
        return ""
    words = context["asked"].words
    name = words.name(key)
    if words.classes.get(key) not in HOLDERS or is_counter(key):
        return str(name)
    shown = not bare and name != key
    code = format_html(' <span class="code">{}</span>', key) if shown else SafeString("")
    if not context["asked"].may_see(key):
        return format_html("{}{}", name, code)
    href = address(context["asked"], "unit", code=key)
    return format_html('<a href="{}">{}</a>{}', href, name, code)


@register.simple_tag(takes_context=True)
def grounds(context: Context, paper: Paper | None) -> str:
    """The document behind something, as a link to its change."""
    if paper is None:
        return ""
    href = address(context["asked"], "change", no=paper.no)
    flag = format_html(' <span class="flag">{}</span>', paper.flag) if paper.flag else ""
    look = "" if paper.label.startswith("《") else "doc"  # a 文号 is not broken, a long title is
    return format_html(
        '<a class="{}" href="{}" title="{}">{}</a>{}', look, href, paper.title, paper.label, flag
    )


@register.simple_tag(takes_context=True)
def who(context: Context, username: str) -> SafeString:
    """The name of who did something, with the user name under the pointer; a user name nobody has
    (the command line, somebody long gone) as it is."""
    request = context["request"]
    if not hasattr(request, "names_of_users"):
        request.names_of_users = dict(User.objects.values_list("username", "name"))
    name = request.names_of_users.get(username)
    return format_html('<span title="{}">{}</span>', username, name) if name else escape(username)


@register.filter
def number(value: Any) -> str:
    """A quantity without trailing zeros, its minus a real one."""
    return show_value(value).replace("-", "−")


@register.filter
def signed(value: Any) -> str:
    """A movement with its sign; nothing where there is none."""
    return "" if not isinstance(value, Decimal) else ("+" if value > 0 else "") + number(value)


@register.filter
def day(value: Any) -> str:
    """A day as it is written, from its number or date; nothing where there is none."""
    if isinstance(value, date):
        return value.isoformat()
    return day_text(value) if isinstance(value, int) else ""
