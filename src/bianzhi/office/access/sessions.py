"""How long a login lasts, and what must be done before anything else."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bianzhi.office.access import log
from bianzhi.office.access.models import User

SINCE, SEEN, ROUND, CODE = "since", "seen", "round", "needs_code"
STEP = 60  # seconds: how exactly the last use is remembered, so that reading pages writes little


class Sessions:
    """Ends logins that lasted too long; asks for the code and for a new password first."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.answer(request)
        over = _over(request, user, int(time.time()))
        if over:
            log.note(request, "logout", over)
            logout(request)
            if not request.path.startswith(reverse("login")):
                return redirect(f"{reverse('login')}?over=1")
            return self.answer(request)
        first = _first(request, user)
        if first and request.path not in (reverse(first), reverse("logout")) and not _open(request):
            return redirect(first)
        return self.answer(request)


def begin(request: HttpRequest, user: User) -> None:
    """Remember when a login began (called by the signal of the login)."""
    request.session[SINCE] = request.session[SEEN] = int(time.time())
    request.session[ROUND] = user.session_round
    if user.totpdevice_set.filter(confirmed=True).exists():  # type: ignore[attr-defined]
        request.session[CODE] = True


def end_all(user: User) -> None:
    """End every login of a user, on all machines."""
    user.session_round += 1
    user.save(update_fields=["session_round"])


def _over(request: HttpRequest, user: User, now: int) -> str:
    """Why the login is over; "" while it is not."""
    since, seen = request.session.get(SINCE, 0), request.session.get(SEEN, 0)
    if request.session.get(ROUND) != user.session_round:
        return "登录已被作废"
    if now - since > settings.SESSION_LONGEST:
        return "登录超过最长时限"
    if now - seen > settings.SESSION_IDLE:
        return "长时间没有操作"
    if now - seen >= STEP:
        request.session[SEEN] = now
    return ""


def _first(request: HttpRequest, user: User) -> str:
    """The page a user must go through first, by its name."""
    if request.session.get(CODE):
        return "code"
    return "password" if user.must_change else ""


def _open(request: HttpRequest) -> bool:
    return request.path.startswith(f"/{settings.STATIC_URL.lstrip('/')}")
