"""Users: the administrator makes, changes, closes and resets them, and sees nothing else."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bianzhi.core.errors import Refusal
from bianzhi.office.access import enrolling
from bianzhi.office.access.log import address_of, name_of
from bianzhi.office.access.models import User
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import ACTIONS, ROLES, USERS


@require_http_methods(["GET", "POST"])
def users(request: HttpRequest) -> HttpResponse:
    """All users, and a form for a new one."""
    need(request.user, USERS)
    given = {name: request.POST.get(name, "") for name in ("username", "name", "role", "unit")}
    problems: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            user, password = enrolling.enroll(**given, **_by(request))
        except Refusal as refusal:
            problems = refusal.problems
        else:
            return _once(request, user, password)
    return render(request, "access/users.html", {
        "users": User.objects.order_by("username"), "roles": ROLES.values(), "given": given,
        "problems": problems, "actions": ACTIONS,
    }, status=400 if problems else 200)  # fmt: skip


@require_http_methods(["GET", "POST"])
def user(request: HttpRequest) -> HttpResponse:
    """One user."""
    need(request.user, USERS)
    found = User.objects.filter(username=request.GET.get("name", "").replace("\0", "")).first()
    if found is None:
        raise Http404("没有这个用户")
    problems: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            done = _act(request, found)
        except Refusal as refusal:
            problems = refusal.problems
            found.refresh_from_db()
        else:
            return done or redirect(f"{reverse('user')}?name={found.username}")
    return render(
        request, "access/user.html", {"one": found, "roles": ROLES.values(), "problems": problems},
        status=400 if problems else 200,
    )  # fmt: skip


def _act(request: HttpRequest, found: User) -> HttpResponse | None:
    do = request.POST.get("do")
    by = _by(request)
    if do == "reset":
        return _once(request, found, enrolling.reset(found, **by))
    if do in ("close", "open"):
        enrolling.set_active(found, do == "open", **by)
    elif do == "change":
        role, unit = request.POST.get("role", ""), request.POST.get("unit", "")
        enrolling.change(found, role=role, unit=unit, **by)
    messages.success(request, "已办理。")
    return None


def _once(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return render(request, "access/once.html", {
        "heading": f"{user.name}（{user.username}）的初始密码", "lines": [password],
        "hint": "只显示这一次，请当面交给本人；首次登录必须改密码。", "back": "users",
    })  # fmt: skip


def _by(request: HttpRequest) -> dict[str, str]:
    return {"by": name_of(request.user), "address": address_of(request)}
