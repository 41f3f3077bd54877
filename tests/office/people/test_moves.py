"""上编, 下编, 转隶, 任职, 免职: previewed, posted with their document, refused in words."""

from __future__ import annotations

import html
import re

import pytest

from bianzhi.office.access.models import LogEntry
from bianzhi.office.identity.keeping import find
from bianzhi.office.identity.models import PersonFile
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from tests.office.people.conftest import BORN, NUMBERS
from tests.support.cast import browser
from tests.support.pages import text
from tests.support.people import id_number

pytestmark = pytest.mark.usefixtures("people")
PAPER = {"doc_no": "澜编办〔2026〕3号", "title": "关于入编的通知", "issuer": "澜溪区编办",
         "doc_date": "2026-02-01"}  # fmt: skip
NEW = id_number(BORN["王五"], "女", serial=7)
ENROLL = {**PAPER, "do": "上编", "id_number": NEW, "name": "赵六", "org": "YZ", "kind": "SY",
          "funding": "full", "position_type": "专业技术"}  # fmt: skip


def last():
    return head(Engine())[0]


def send(client, form, **more):
    return client.post("/people/move", {**form, **more})


def both(client, form):
    """Preview, then post what the preview's form holds."""
    page = send(client, form, preview="1").content.decode()
    found = re.search(r'name="baseline" value="(\d+)"', page)
    assert found, text(page)
    return page, send(client, form, post="1", baseline=found[1])


def test_somebody_is_enrolled_with_the_figures_before_and_after():
    before = last()
    page, answer = both(browser("office_clerk"), ENROLL)
    assert "2 → 3" in text(page)
    assert "18 → 17" in text(page)
    file = find(NEW)
    assert file is not None
    assert answer["Location"] == f"/people/person?code={file.person}"
    assert (last(), file.position_type, file.name) == (before + 1, "专业技术", "赵六")
    logged = LogEntry.objects.get(act="post")
    assert (logged.subject, "澜编办〔2026〕3号" in logged.what) == (file.person, True)


def test_a_paper_about_two_people_is_entered_clause_by_clause():
    """One notice names two; the second is refused as the same paper until its clause is said."""
    client = browser("office_clerk")
    both(client, ENROLL | {"clause": "第一项"})
    second = id_number(BORN["王五"], "男", serial=9)
    other = ENROLL | {"id_number": second, "name": "钱七", "clause": "第一项"}
    assert "条款" in text(send(client, other, preview="1").content.decode())
    assert find(second) is None
    both(client, other | {"clause": "第二项"})
    assert find(second) is not None


def test_a_preview_writes_nothing():
    before = last(), PersonFile.objects.count()
    assert send(browser("office_clerk"), ENROLL, preview="1").status_code == 200
    assert (last(), PersonFile.objects.count()) == before


def test_one_person_fills_one_counting_place():
    answer = send(browser("office_clerk"), {**ENROLL, "id_number": NUMBERS["王五"], "name": "王五"},
                  preview="1")  # fmt: skip
    assert answer.status_code == 400
    page = text(answer.content.decode())
    assert "当日已在农技中心（NJ）占编" in page
    assert "一人只占一个编制" in page


def test_a_full_unit_takes_nobody_in_words():
    clerk = browser("office_clerk")
    answer = send(clerk, {**ENROLL, "kind": "XZ"}, preview="1")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("field", ["name", "org", "kind", "doc_no", "title", "issuer", "doc_date",
                                   "id_number"])  # fmt: skip
def test_what_is_missing_is_named(field):
    answer = send(browser("office_clerk"), {**ENROLL, field: ""}, preview="1")
    assert answer.status_code == 400
    assert "缺少" in text(answer.content.decode())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"id_number": "123"}, "18 位"), ({"doc_date": "昨天"}, "昨天"), ({"org": "无"}, "无"),
     ({"do": "飞升"}, "请选择")],
)  # fmt: skip
def test_what_is_wrong_is_said(wrong, said):
    answer = send(browser("office_clerk"), {**ENROLL, **wrong}, preview="1")
    assert answer.status_code == 400
    assert said in text(answer.content.decode())


def test_somebody_leaves_and_somebody_goes_elsewhere(key):
    clerk = browser("office_clerk")
    leave = {**PAPER, "do": "下编", "person": key("张小明"), "reason": "退休"}
    page, answer = both(clerk, leave)
    assert "2 → 1" in text(page)
    assert answer["Location"] == "/people/"
    assert "张小明" in clerk.get("/people/", {"standing": "left"}).content.decode()
    transfer = {**PAPER, "doc_no": "澜编办〔2026〕4号", "do": "转隶", "person": key("李四"),
                "org": "NJ"}  # fmt: skip
    page, _ = both(clerk, transfer)
    assert page.count("→") >= 4
    shown = clerk.get("/people/person", {"code": key("李四")}).content.decode()
    assert "农技中心" in shown


def test_somebody_takes_a_leadership_post_and_leaves_it(key):
    """领导职数 is an account of its own: the person's 编制 stays where it is."""
    clerk = browser("office_clerk")
    appoint = {**PAPER, "do": "任职", "person": key("张小明"), "org": "YZ", "kind": "LD1@6",
               "post_title": "校长"}  # fmt: skip
    page, answer = both(clerk, appoint)
    assert "0 → 1" in text(page)
    assert "1 → 0" in text(page)
    shown = text(clerk.get(answer["Location"]).content.decode())
    assert "职务 校长" in shown
    assert "占编单位 第一中学" in shown
    dismiss = {**PAPER, "doc_no": "澜编办〔2026〕4号", "do": "免职", "person": key("张小明")}
    page, answer = both(clerk, dismiss)
    assert "1 → 0" in text(page)
    shown = text(clerk.get(answer["Location"]).content.decode())
    assert "职数 免职" in shown
    assert "领导职数 第一中学" not in shown


def test_a_leader_from_outside_is_appointed_by_number_and_name():
    appoint = {**PAPER, "do": "任职", "id_number": NEW, "name": "赵六", "org": "JY",
               "kind": "LD1@6"}  # fmt: skip
    both(browser("office_clerk"), appoint)
    file = find(NEW)
    assert file is not None
    assert file.name == "赵六"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"kind": ""}, "缺少职数种类"), ({"org": ""}, "缺少单位"), ({"name": ""}, "缺少姓名"),
     ({"kind": "SY"}, "不是领导职数种类")],
)  # fmt: skip
def test_what_is_wrong_with_an_appointment_is_said(wrong, said):
    appoint = {**PAPER, "do": "任职", "id_number": NEW, "name": "赵六", "org": "YZ",
               "kind": "LD1@6"}  # fmt: skip
    answer = send(browser("office_clerk"), {**appoint, **wrong}, preview="1")
    assert answer.status_code == 400
    assert said in text(answer.content.decode())


def test_a_unit_with_one_leadership_post_has_one_leader(key):
    clerk = browser("office_clerk")
    appoint = {**PAPER, "do": "任职", "org": "YZ", "kind": "LD1@6"}
    both(clerk, {**appoint, "person": key("张小明")})
    second = {**appoint, "doc_no": "澜编办〔2026〕4号", "person": key("李四")}
    answer = send(clerk, second, preview="1")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_who_leads_nothing_is_not_dismissed(key):
    answer = send(browser("office_clerk"), {**PAPER, "do": "免职", "person": key("李四")},
                  preview="1")  # fmt: skip
    assert answer.status_code == 400
    assert "不在任" in text(answer.content.decode())


@pytest.mark.parametrize("verb", ["上编", "下编", "转隶", "任职", "免职"])
def test_each_form_opens_with_its_own_fields(verb):
    page = browser("office_clerk").get("/people/move", {"do": verb}).content.decode()
    has = {name for name in ("org", "kind", "funding", "reason", "post_title", "name")
           if f'name="{name}"' in page}  # fmt: skip
    assert has == {
        "上编": {"org", "kind", "funding", "name"}, "下编": {"reason"},
        "转隶": {"org", "kind", "funding"}, "任职": {"org", "kind", "post_title", "name"},
        "免职": set(),
    }[verb]  # fmt: skip


def test_what_was_posted_meanwhile_is_looked_at_again():
    clerk = browser("office_clerk")
    page = send(clerk, ENROLL, preview="1").content.decode()
    baseline = re.findall(r'name="baseline" value="(\d+)"', page)[0]
    both(clerk, {**ENROLL, "id_number": id_number(BORN["李四"], serial=9), "name": "钱七",
                 "doc_no": "澜编办〔2026〕9号"})  # fmt: skip
    answer = send(clerk, ENROLL, post="1", baseline=baseline)
    assert answer.status_code == 400
    assert find(NEW) is None


def test_a_servant_like_unit_warns_of_other_staff(key):
    from tests.support.register import post

    post({"change": {"kind": "opening", "by": "x", "note": "参公"}},
         {"do": "变更", "subject": "YZ", "field": "civil_service_managed", "value": True,
          "on": "2020-01-01"})  # fmt: skip
    page = text(send(browser("office_clerk"), ENROLL, preview="1").content.decode())
    assert "CK-31" in page
    ok = {**ENROLL, "personnel_identity": "参公人员"}
    assert "CK-31" not in text(send(browser("office_clerk"), ok, preview="1").content.decode())


@pytest.mark.parametrize("status", ["frozen", "merging"])
def test_a_frozen_unit_takes_nobody_in_but_lets_go(key, status):
    from tests.support.register import post

    post({"change": {"kind": "opening", "by": "x", "note": "冻结"}},
         {"do": "冻结", "org": "YZ", "status": status, "on": "2026-01-10"})  # fmt: skip
    clerk, last_no = browser("office_clerk"), last()
    transfer = {**PAPER, "do": "转隶", "person": key("王五"), "org": "YZ"}
    for form in (ENROLL, transfer):
        for way in ({"preview": "1"}, {"post": "1", "baseline": last_no}):
            answer = send(clerk, form, **way)
            assert answer.status_code == 400
            assert "不得进人（CK-28）" in text(answer.content.decode())
    before = {"doc_date": "2026-01-09"}  # the day before it was frozen
    assert send(clerk, {**ENROLL, **before}, preview="1").status_code == 200
    leave = {**PAPER, "do": "下编", "person": key("张小明"), "reason": "退休"}
    assert send(clerk, leave, preview="1").status_code == 200


@pytest.mark.parametrize(
    ("role", "unit"), [("auditor", ""), ("department_clerk", "JY"), ("institution_clerk", "YZ")]
)
def test_only_those_who_post_may(role, unit):
    before = last()
    client = browser(role, unit)
    assert client.get("/people/move").status_code == 403
    assert send(client, ENROLL, post="1", baseline=before).status_code == 403
    assert last() == before


def test_the_form_keeps_what_was_typed_safe():
    page = send(browser("office_clerk"), {**ENROLL, "name": '"><script>'}, preview="1")
    assert '"><script>' not in page.content.decode()
    assert html.escape('"><script>') in page.content.decode()
