"""The API as a whole: routes, who may in, and refusals as Chinese bodies."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from bianzhi import __version__
from bianzhi.api import changes, people, units
from bianzhi.api.entry import ByLogin, ByToken
from bianzhi.core.errors import Problem, Refusal

ABOUT = (
    "编制台账的只读接口：与网页同一本台账、同样的权限。每个答复带口径（日期和截至第几号变更）；"
    "数量是精确小数的文字。用“我的账号”里签发的令牌，或浏览器的登录。"
)
NOT_FOUND = frozenset({"unknown-unit", "unknown-change"})


class Plain(JSONRenderer):
    """Chinese as Chinese, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}


# no page of descriptions: the usual ones fetch their scripts from outside
api = NinjaAPI(
    title="编制台账接口", version=__version__, description=ABOUT, docs_url=None,
    auth=[ByToken(), ByLogin()], renderer=Plain(), urls_namespace="api",
)  # fmt: skip
api.add_router("", units.router)
api.add_router("", changes.router)
api.add_router("", people.router)


def _answer(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
    body: list[dict[str, Any]] = [
        {"code": each.code, "what": each.what, "do": each.do, "field": each.field}
        for each in problems
    ]
    return api.create_response(request, {"problems": body}, status=status)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    codes = {problem.code for problem in refusal.problems}
    return _answer(request, 404 if codes <= NOT_FOUND else 400, *refusal.problems)


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _answer(request, 403, Problem("forbidden", str(error) or "您的角色不能这样做"))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = _answer(
        request, 401,
        Problem("no-user", "没有登录，或令牌不对、已作废", "请在“我的账号”里签发令牌"),
    )  # fmt: skip
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, 404, Problem("not-found", str(error) or "没有这一项"))


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [
        Problem("bad-parameter", f"参数“{each['loc'][-1]}”不对", "写法见 /api/openapi.json",
                field=str(each["loc"][-1]))
        for each in error.errors
    ]  # fmt: skip
    return _answer(request, 422, *problems)


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, Problem("http", "请求不对", "请核对地址和参数"))


def urls() -> Any:
    """The routes; the API asks for the user itself and answers in its own words."""
    routes = api.urls  # made anew each time it is asked for
    for pattern in routes[0]:
        setattr(pattern.callback, "login_required", False)  # noqa: B010 - on any callable
    return routes
