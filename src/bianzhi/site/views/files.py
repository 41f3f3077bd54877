"""The two files a page needs beside itself. Read once, served from memory: they are a few kB."""

from __future__ import annotations

from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_FOLDER = files("bianzhi.site") / "static"
STYLE = (_FOLDER / "site.css").read_bytes()
ICON = (_FOLDER / "icon.svg").read_bytes()


@require_safe
@cache_control(max_age=3600)
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet."""
    return HttpResponse(STYLE, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(max_age=86400)
def icon(request: HttpRequest) -> HttpResponse:
    """The icon of the browser's tab."""
    return HttpResponse(ICON, content_type="image/svg+xml")
