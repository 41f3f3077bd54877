"""One's own account: password, logins, tokens for programs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bianzhi.office.access import log
from bianzhi.office.access.models import Token, User
from bianzhi.office.access.seals import seal, word
from bianzhi.office.access.sessions import ROUND, end_all
from bianzhi.office.access.views.login import start


def me(request: HttpRequest) -> User:
    """The user of a request (the middleware lets nobody else in)."""
    if not isinstance(request.user, User):
        raise TypeError("a page of an account without a user")
    return request.user


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The account page."""
    user = me(request)
    devices = user.totpdevice_set.filter(confirmed=True)  # type: ignore[attr-defined]
    return render(request, "access/account.html", {
        "has_codes": devices.exists(),
        "recovery": user.recovery_codes.count(),
        "tokens": user.tokens.filter(revoked_at=None).order_by("-made_at"),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Another password; other logins of the user end with it."""
    user = me(request)
    form = PasswordChangeForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        user.must_change = False
        user.save(update_fields=["must_change"])
        end_all(user)
        update_session_auth_hash(request, user)
        request.session[ROUND] = user.session_round
        log.note(request, "account", "修改密码")
        messages.success(request, "密码已修改；其他地方的登录已全部退出。")
        return redirect(start(user))
    return render(request, "access/password.html", {"form": form})


@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Log out on every machine, this one too."""
    log.note(request, "account", "在所有地方退出")
    end_all(me(request))
    return redirect("login")


@require_POST
def tokens(request: HttpRequest) -> HttpResponse:
    """Issue a token for a program, or revoke one."""
    user = me(request)
    revoked = request.POST.get("revoke", "")
    if revoked:
        number = int(revoked) if revoked.isdecimal() and len(revoked) < 18 else 0
        if user.tokens.filter(pk=number, revoked_at=None).update(revoked_at=timezone.now()):
            log.note(request, "account", "作废接口令牌")
            messages.success(request, "令牌已作废，用它的程序即刻进不来。")
        return redirect("account")
    title = request.POST.get("title", "").replace("\0", "").strip()[:80]
    if not title:
        messages.error(request, "请写明令牌给哪个程序用。")
        return redirect("account")
    secret = word(6)
    Token.objects.create(user=user, title=title, digest=seal(secret), made_at=timezone.now())
    log.note(request, "account", f"签发接口令牌：{title}")
    return render(request, "access/once.html", {
        "heading": "接口令牌", "lines": [secret],
        "hint": "只显示这一次，请抄进程序的设置；丢失了就作废重签。", "back": "account",
    })  # fmt: skip
