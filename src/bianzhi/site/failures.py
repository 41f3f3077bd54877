"""What is told where an address leads nowhere, is asked in the wrong way, or the program fails.

People get a page, programs that ask under ``/api/`` a body of the API's own shape; both Chinese.
"""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views import defaults

from bianzhi.core.errors import Problem

API = "/api/"
NOTHING = Problem("not-found", "没有这个地址", "有哪些地址见 /api/openapi.json")
FAILED = Problem("failed", "程序出错，台账没有受影响", "请把地址和时间告诉系统管理员")
READ_ONLY = Problem("read-only", "接口只供读取", "请用 GET 方法；改动台账请用网页或命令")
NOT_A_PAGE = Problem(
    "not-a-page", "这个地址不是一页", "它只接收表单：请从首页重新进入，回到刚才那一步再做一次"
)
UNREADABLE = Problem(
    "unreadable-request",
    "这次提交收不下，没有办理",
    "多半是一次选的文件太多：请压成一个 zip，或分几批；仍不行请把地址和时间告诉系统管理员",
)
STALE = Problem(
    "stale-form",
    "这张表单已经失效，没有办理",
    "多半是登录已换过，或浏览器不接受 Cookie：请回到首页重新进入再填",
)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a host that is not ours, or a form beyond every limit."""
    if isinstance(exception, DisallowedHost):
        return defaults.bad_request(request, exception)
    if request.path.startswith(API):
        return _body(UNREADABLE, 400)
    return _page(request, UNREADABLE, 400)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if request.path.startswith(API):
        return _body(NOTHING, 404)
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _body(FAILED, 500) if request.path.startswith(API) else defaults.server_error(request)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that does not come from a page of this login."""
    return _page(request, STALE, 403)


def wrong_way(request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    """405; the methods that would do stay in the header."""
    if request.path.startswith(API):
        told = _body(READ_ONLY, 405)
    else:
        told = _page(request, NOT_A_PAGE, 405)
    told["Allow"] = answer["Allow"]
    return told


def _body(problem: Problem, status: int) -> HttpResponse:
    shown = {name: getattr(problem, name) for name in ("code", "what", "do", "field")}
    body = {"problems": [shown]}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _page(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    return render(request, "desk/refused.html", {"problems": [problem]}, status=status)
