"""Files as answers: to be saved, or a PDF to be read in the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANYTHING = "application/octet-stream"


def saved(data: bytes, name: str, content_type: str = ANYTHING) -> HttpResponse:
    """A file the browser saves under a name; it neither shows nor runs it.

    Args:
        data: The content.
        name: The name with its ending; a slash in it would be a folder and is written full width.
        content_type: What it is; what people handed in stays "anything".
    """
    return _answer(data, name, content_type, "attachment")


def shown(data: bytes, name: str) -> HttpResponse:
    """A PDF to be read in the browser."""
    return _answer(data, name, "application/pdf", "inline")


def _answer(data: bytes, name: str, content_type: str, how: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name.replace('/', '／'))}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
