"""Logging in: the password, then the one-time code where one is set up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bianzhi.office.access import log
from bianzhi.office.access.models import RecoveryCode, User
from bianzhi.office.access.rights import may
from bianzhi.office.access.roles import READ, USERS
from bianzhi.office.access.seals import seal
from bianzhi.office.access.sessions import CODE


class Login(LoginView):
    """The login page."""

    template_name = "access/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether there is anybody who could log in, and whether a login has just ended."""
        return super().get_context_data(
            nobody=not User.objects.exists(), over="over" in self.request.GET, **kwargs
        )

    def get_default_redirect_url(self) -> str:
        """Where the user's role has something to see."""
        return start(self.request.user)


def start(user: Any) -> str:
    """The first page of a user."""
    if may(user, READ):
        return reverse("home")
    return reverse("users") if may(user, USERS) else reverse("account")


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the one-time code, or for a recovery code."""
    user = request.user
    if not isinstance(user, User) or not request.session.get(CODE):
        return redirect(start(user))
    if request.method == "POST":
        given = request.POST.get("code", "").strip()
        if _fits(user, given):
            del request.session[CODE]
            request.session.cycle_key()
            return redirect(start(user))
        log.note(request, "failed", "动态码不对")
        messages.error(request, "动态码不对，或刚用过；连续输错要等一会儿再试。")
    return render(request, "access/code.html")


def _fits(user: User, given: str) -> bool:
    """Whether a code is right; a recovery code is spent by it."""
    for device in user.totpdevice_set.filter(confirmed=True):  # type: ignore[attr-defined]
        if given.isdecimal() and device.verify_is_allowed()[0] and device.verify_token(given):
            return True
    spent, _ = RecoveryCode.objects.filter(user=user, digest=seal(given)).delete()
    return bool(spent)
