"""上编, 下编, 转隶, 任职, 免职 as drafts: a form becomes a change, previewed and posted as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bianzhi.core.acts.base import Act
from bianzhi.core.acts.people import Appoint, Dismiss, Enroll, Leave, TransferPeople
from bianzhi.core.changes import Draft
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, refuse_if
from bianzhi.core.state import State
from bianzhi.office.identity import keeping
from bianzhi.office.identity.keeping import Details
from bianzhi.office.identity.numbers import read_id_number
from bianzhi.office.identity.opening import person_key
from bianzhi.record.post import Poster, Receipt

ENROLL, LEAVE, TRANSFER, APPOINT, DISMISS = "上编", "下编", "转隶", "任职", "免职"
VERBS = (ENROLL, LEAVE, TRANSFER, APPOINT, DISMISS)
LEADING = (APPOINT, DISMISS)  # about 领导职数, not 编制
PAPER = {"doc_no": "文号", "title": "文件标题", "issuer": "发文机关", "doc_date": "发文日期"}
NEEDED = {
    ENROLL: {"name": "姓名", "org": "单位", "kind": "编制种类"},
    LEAVE: {"reason": "出编原因"},
    TRANSFER: {"org": "转入单位"},
    APPOINT: {"org": "单位", "kind": "职数种类"},
    DISMISS: {},
}
FILE = ("position_type", "education", "personnel_identity", "entry_form")
FIELDS = (
    "do", "person", "id_number", "name", "org", "kind", "funding", "counts", "ticket", "reason",
    "post_title", "effective_on", "clause", *PAPER, *FILE,
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """What a form asks for: the change to post, and what to keep in the personal file."""

    draft: Draft
    person: str
    details: Details


def read_move(given: Mapping[str, str], by: str) -> Move:
    """The change a form asks for.

    Raises:
        Refusal: Fields are missing or unreadable; each is named.
    """
    refuse_if(_missing(given))
    doc_date = parse_day(given["doc_date"])
    effective = parse_day(given["effective_on"]) if given.get("effective_on") else doc_date
    paper = Document(
        title=given["title"], doc_no=given["doc_no"], issuer=given["issuer"], doc_date=doc_date,
        effective_on=effective, clause=given.get("clause", ""),
    )  # fmt: skip
    person, number = _person(given)
    draft = Draft((_act(given, person),), paper, by=by)
    values: dict[str, str] = {name: given.get(name, "") for name in ("name", *FILE)}
    if given["do"] in (ENROLL, TRANSFER):
        values["funding_form"] = given.get("funding", "")
    source = f"{given['do']}表单 · {paper.label}"
    return Move(draft, person, Details(person, {**values, "id_number": number}, source))


def warnings(move: Move, state: State) -> Iterator[str]:
    """What does not forbid the change but should be looked at (CK-31)."""
    for act in move.draft.acts:
        if not isinstance(act, Enroll):
            continue
        unit = state.orgs.filter(state.orgs["key"] == act.org)
        like_servants = not unit.is_empty() and unit["civil_service_managed"][0] == "true"
        identity = str(move.details.values.get("personnel_identity") or "")
        if like_servants and not ("公务员" in identity or "参公" in identity):
            yield "该单位参照公务员法管理，而人员身份没有写公务员或参公：请核对（CK-31）"


@transaction.atomic
def post(move: Move, baseline: int, *, by: str, now: datetime) -> Receipt:
    """Post the change and keep the personal file, both or neither.

    Raises:
        Refusal: It cannot be posted, or somebody has posted since the preview.
    """
    receipt = Poster().post([move.draft], baseline=baseline)[0]
    if any(move.details.values.values()):
        keeping.keep([move.details], by=by, now=now)
    return receipt


def _missing(given: Mapping[str, str]) -> Iterator[Problem]:
    if given.get("do") not in VERBS:
        yield Problem("unknown-verb", f"请选择{'、'.join(VERBS)}", field="do")
        return
    for name, title in {**NEEDED[given["do"]], **PAPER}.items():
        if not given.get(name):
            yield Problem("missing", f"缺少{title}", "请补填", field=name)
    if given["do"] == APPOINT and not given.get("person") and not given.get("name"):
        yield Problem("missing", "缺少姓名", "请补填", field="name")
    if not given.get("person") and not given.get("id_number"):
        yield Problem("missing", "缺少身份证号", "请填写；名册里已有的人也可从人员页办理",
                      field="id_number")  # fmt: skip


def _person(given: Mapping[str, str]) -> tuple[str, str]:
    """Key and ID number ("" where only the key is given)."""
    if given.get("person"):
        return given["person"], ""
    number = read_id_number(given["id_number"])
    file = keeping.find(number)
    return (file.person if file else person_key(number)), number


def _act(given: Mapping[str, str], person: str) -> Act:
    if given["do"] == LEAVE:
        return Leave(person=person, reason=given["reason"])
    if given["do"] == DISMISS:
        return Dismiss(person=person)
    if given["do"] == APPOINT:
        return Appoint(
            person=person, org=given["org"], kind=given["kind"],
            title=given.get("post_title", ""), name=given.get("name", ""),
            counts=given.get("counts") != "no",
        )  # fmt: skip
    if given["do"] == TRANSFER:
        kind, funding = given.get("kind") or None, given.get("funding") or None
        return TransferPeople(persons=(person,), to=given["org"], kind=kind, funding=funding)
    return Enroll(
        person=person, org=given["org"], kind=given["kind"], funding=given.get("funding", ""),
        name=given["name"], counts=given.get("counts") != "no", ticket=given.get("ticket", ""),
    )  # fmt: skip
