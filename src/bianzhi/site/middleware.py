"""What every answer carries, and how a refusal becomes a page in words."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bianzhi.core.errors import Refusal
from bianzhi.site.failures import wrong_way

# Nothing from outside, nothing inline: what the page needs lies beside it. The style sheet of the
# components holds its small pictures as data.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
NOT_FOUND = frozenset({"unknown-unit", "unknown-change"})


class Strict:
    """The content security policy on every answer; refusals as pages."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = wrong_way(request, response)
        response["Content-Security-Policy"] = POLICY
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that says what is wrong and what to do; anything else is for Django."""
        if not isinstance(exception, Refusal):
            return None
        codes = {problem.code for problem in exception.problems}
        status = 404 if codes <= NOT_FOUND else 400
        return render(request, "desk/refused.html", {"problems": exception.problems}, status=status)
