"""A district with a bureau, two stations and a pool, and an office that can sign its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bianzhi.office.cases.models import Case, Letterhead
from bianzhi.office.cases.stepping import take
from bianzhi.record.post import Poster
from tests.support.ledger import ledger

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DISTRICT = """
2020-01-01 opening
  设立 org=NY name=区农业农村局 rank="6" category="121"
  设立 org=NJ name=区农业技术推广站 rank="8" supervisor=NY welfare_class="1"
  设立 org=ZZ name=区种子站 rank="8" supervisor=NY welfare_class="1"
  设立 org=P class=pool name=空余编制资源库
  下达 to=NJ kind=SY n=12 funding=full
  下达 to=ZZ kind=SY n=6 funding=full
  下达 to=NJ kind=LD1 n=1
  下达 to=ZZ kind=LD1 n=1
  下达 to=P kind=SY n=5 funding=full
  上编 person=zhang org=NJ kind=SY funding=full name=张三
  上编 person=li org=ZZ kind=SY funding=full name=李四
  赋职 duty=d1 org=NJ text=农业技术推广
  赋职 duty=d2 org=ZZ text=种子质量检验
"""
SIGNS = (
    ("board", "中共澜溪区委机构编制委员会", "澜编发"),
    ("office", "中共澜溪区委机构编制委员会办公室", "澜编办发"),
)
REQUEST = {
    "doc_no": "澜农〔2026〕12号", "title": "关于整合组建区农业综合服务中心的请示",
    "issuer": "区农业农村局", "doc_date": "2026-02-20",
}  # fmt: skip
MERGER = {
    "sources": ["NJ", "ZZ"], "name": "区农业综合服务中心", "supervisor": "NY", "rank": "8",
    "welfare_class": "1", "funding_form": "full", "reason": "机构小、职能相近",
    "posts": [["SY", "full", "15"]], "leaders": [["LD1", "", "1"], ["LD2", "", "2"]],
    "source": "", "duties_to": "由新中心承担", "people_to": "全部划转", "assets_to": "一并移交",
}  # fmt: skip
REDUCTION = {"org": "NJ", "kind": "SY", "funding": "full", "n": "3", "source": "P",
             "reason": "业务减少"}  # fmt: skip

PLAN = {"org": "NJ", "year": "2026", "posts": [["SY", "full", "4"]], "how": "公开招聘4名",
        "reason": "技术人员不足"}  # fmt: skip
USE = {"org": "NJ", "kind": "SY", "funding": "full", "n": "3", "entry_form": "公开招聘",
       "reason": "技术人员不足"}  # fmt: skip
LOAN = {"org": "NJ", "kind": "SY", "funding": "full", "n": "1", "years": "3",
        "repay": "张三2028年退休后归还", "reason": "急需用编"}  # fmt: skip


@pytest.fixture
def district(db) -> None:
    Poster().post(ledger(DISTRICT))
    for level, issuer, word in SIGNS:
        Letterhead.objects.create(
            level=level, issuer=issuer, word=word, printed_by="区委编办", copies="区委组织部"
        )


@pytest.fixture
def opened(district) -> Callable[..., Case]:
    """A matter just drafted."""

    def make(type_: str = "merge", given: Any = None, **more: Any) -> Case:
        return Case.objects.create(
            type=type_, unit="NY", title="整合组建区农业综合服务中心",
            given=MERGER if given is None else given, request=dict(REQUEST), levels=["board"],
            opened_by="部门小文", opened_at=NOW, **more,
        )  # fmt: skip

    return make


@pytest.fixture
def planned(district) -> None:
    """Plans of the station for 2026 and 2027, issued: twenty posts each."""
    for year in ("2026", "2027"):
        given = {**PLAN, "year": year, "posts": [["SY", "full", "20"]]}
        Case.objects.create(type="use_plan", unit="NY", title="用编计划", given=given,
                            levels=["board"], state="issued", opened_by="周",
                            opened_at=NOW)  # fmt: skip


def walk(case: Case, *codes: str, words: str = "经区委编委2026年第3次会议研究") -> Case:
    """Take steps one after the other."""
    for code in codes:
        case.refresh_from_db()
        case = take(case.pk, case.version, code, by="经办小周", now=NOW, words=words)
    return case


TO_ISSUE = ("submit", "accept", "study", "refer", "agree")
