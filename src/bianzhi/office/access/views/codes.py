"""One-time codes: set up with a telephone, taken off, recovered."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from bianzhi.office.access import log
from bianzhi.office.access.enrolling import drop_codes
from bianzhi.office.access.models import RecoveryCode, User
from bianzhi.office.access.seals import seal, word
from bianzhi.office.access.views.account import me

RECOVERY_CODES = 8


@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Shows the code to scan; a first right one-time code switches it on."""
    user = me(request)
    if request.POST.get("off"):
        return _switch_off(request, user)
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return redirect("account")
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, name="动态码")
    if request.method == "POST":
        given = request.POST.get("code", "").strip()
        if given.isdecimal() and device.verify_token(given):
            return _switch_on(request, user, device)
        messages.error(request, "动态码不对：请核对手机时间，再输一次。")
    picture = segno.make(device.config_url, micro=False).svg_data_uri(scale=5, border=2)
    return render(request, "access/codes.html", {"picture": picture, "key": _grouped(device)})


@transaction.atomic
def _switch_on(request: HttpRequest, user: User, device: TOTPDevice) -> HttpResponse:
    device.confirmed = True
    device.save()
    words = [word(2) for _ in range(RECOVERY_CODES)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=seal(each)) for each in words)
    log.note(request, "account", "启用动态码")
    return render(request, "access/once.html", {
        "heading": "动态码已启用。恢复码", "lines": words, "back": "account",
        "hint": "手机不在身边时，一个恢复码可登录一次。只显示这一次，请抄下来收好。",
    })  # fmt: skip


def _switch_off(request: HttpRequest, user: User) -> HttpResponse:
    if not user.check_password(request.POST.get("password", "")):
        log.note(request, "failed", "停用动态码时密码不对")
        messages.error(request, "密码不对，动态码没有停用。")
        return redirect("account")
    drop_codes(user)
    log.note(request, "account", "停用动态码")
    messages.success(request, "动态码已停用。")
    return redirect("account")


def _grouped(device: TOTPDevice) -> str:
    """The key in groups of four, for typing where there is no camera."""
    from base64 import b32encode

    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
