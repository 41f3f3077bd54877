"""Logins, failures and lock-outs go into the log wherever they happen."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from bianzhi.office.access import log
from bianzhi.office.access.models import User
from bianzhi.office.access.sessions import begin


@receiver(user_logged_in)
def _logged_in(request: HttpRequest, user: User, **more: Any) -> None:
    begin(request, user)
    log.write("login", "登录", who=user.username, address=log.address_of(request))


@receiver(user_logged_out)
def _logged_out(request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        log.write("logout", "退出", who=user.username, address=log.address_of(request))


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **more: Any) -> None:
    name = str(credentials.get("username", ""))
    log.write("failed", "用户名或密码不对", who=name, address=log.address_of(request))


@receiver(user_locked_out)
def _locked(request: HttpRequest, username: str, **more: Any) -> None:
    log.write("locked", "多次失败，暂时锁定", who=str(username), address=log.address_of(request))
