"""Acts on organisations: set up once, one name and one key, every later fact with its day."""

from __future__ import annotations

import pytest

from bianzhi.core.values import decode_texts
from tests.support.ledger import codes, draft, problems


def test_a_unit_is_set_up_with_any_field_beside_its_name(office):
    office.post(
        draft(
            "设立 org=C name=丙中心 supervisor=A rank=6 category=49 welfare_class=1 "
            'nameplates=["丙站","丙所"] enforcement=true outside_staff_limit=3.50 '
            "founded_on=1998年3月1日 note=试点"
        )
    )
    view, day = office.view, "2023-01-01"
    assert view.life("C") == (day, None)
    found = {name: view.fact("C", name, day) for name in ("rank", "category", "note", "status")}
    assert found == {"rank": "6", "category": "49", "note": "试点", "status": "active"}
    assert decode_texts(view.fact("C", "nameplates", day)) == ["丙站", "丙所"]
    assert view.fact("C", "enforcement", day) == "true"
    assert view.fact("C", "outside_staff_limit", day) == "3.5"
    assert view.fact("C", "founded_on", day) == "1998-03-01"


def test_a_unit_hangs_below_its_supervisor_unless_its_document_says_where(office):
    office.post(draft("设立 org=C name=丙中心 supervisor=A"))
    office.post(draft("设立 org=D name=丁中心 supervisor=A parent=B"))
    assert office.view.fact("C", "parent", "2023-01-01") == "A"
    assert office.view.fact("D", "parent", "2023-01-01") == "B"


def test_sections_and_pools_are_set_up_by_the_same_verb(office):
    office.post(draft("设立 org=C class=section name=办公室 parent=A"))
    assert office.view.book.cls("C") == "section"


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("设立 org=A name=甲局", "duplicate-unit", "org"),
        ("设立 org=上级 name=甲局", "duplicate-unit", "org"),
        ("设立 org=C class=person name=张三", "bad-class", "class"),
        ("设立 org=C name=", "no-name", "name"),
        ("设立 org=C name=丙 rank=60", "unknown-org-rank", "rank"),
        ("设立 org=C name=丙 colour=红", "unknown-field", "colour"),
        ("设立 org=C name=丙 parent=Q", "unknown-unit", "parent"),
        ("设立 org=C name=丙 parent=上级", "unknown-unit", "parent"),
        ("设立 org=C name=丙 parent=P", "unknown-unit", "parent"),
        ("设立 org=C name=丙 parent=A on=2019-01-01", "before-birth", "parent"),
        ("设立 org=C name=丙 status=abolished", "bad-status", "status"),
        ("设立 org=C name=丙 enforcement=是", "bad-flag", "enforcement"),
        ("设立 org=C name=丙 nameplates=丙站", "bad-list", "nameplates"),
        ("设立 org=C name=丙 founded_on=1998", "bad-day", "founded_on"),
        ("设立 org=C name=丙 outside_staff_limit=多", "bad-quantity", "outside_staff_limit"),
        ("设立 org=C name=丙 note=[1]", "bad-text", "note"),
        ("更名 org=Q name=丙", "unknown-unit", "org"),
        ("更名 org=A name=", "no-name", "name"),
        ("更名 org=A name=丙 on=2019-12-31", "before-birth", "org"),
        ("加挂 org=A nameplate=", "bad-nameplate", "nameplate"),
        ("摘牌 org=A nameplate=丙站", "bad-nameplate", "nameplate"),
        ("改隶 org=A", "missing-field", ""),
        ("改隶 org=A supervisor=Q", "unknown-unit", "supervisor"),
        ("定级 org=A rank=甲", "unknown-org-rank", "rank"),
        ("转类 org=A", "missing-field", ""),
        ("转类 org=A welfare_class=3", "unknown-welfare-class", "welfare_class"),
        ("变更 subject=Q field=note value=甲", "unknown-unit", "subject"),
        ("变更 subject=上级 field=note value=甲", "unknown-unit", "subject"),
        ("变更 subject=A field=status value=frozen", "reserved-field", "field"),
        ("变更 subject=A field=名 value=甲", "unknown-field", "名"),
        ("变更 subject=A field=name value=null", "no-name", "value"),
        ("冻结 org=A status=active", "bad-status", "status"),
        ("冻结 org=Q", "unknown-unit", "org"),
        ("解冻 org=Q", "unknown-unit", "org"),
    ],
)
def test_what_cannot_be_is_refused_in_the_field_that_is_wrong(office, line, code, field):
    (problem,) = problems(office, draft(line))
    assert (problem.code, problem.field) == (code, field)


def test_a_new_name_holds_from_its_day_and_the_old_one_before(office):
    office.write("2023-03-01\n  更名 org=A name=甲委")
    view = office.view
    assert view.fact("A", "name", "2023-02-28") == "甲局"
    assert view.fact("A", "name", "2023-03-01") == "甲委"
    assert view.book.name("A") == "甲委（A）"


def test_nameplates_go_up_and_come_down_one_by_one(office):
    office.write("""
        2023-01-01
          加挂 org=A nameplate=甲站
          加挂 org=A nameplate=甲所
        2023-03-01
          摘牌 org=A nameplate=甲站
    """)
    plates = [
        decode_texts(office.view.fact("A", "nameplates", day))
        for day in ("2022-12-31", "2023-01-01", "2023-03-01")
    ]
    assert plates == [[], ["甲站", "甲所"], ["甲所"]]
    assert codes(office, draft("加挂 org=A nameplate=甲所", day="2023-04-01")) == ["bad-nameplate"]


def test_nameplates_are_not_changed_under_a_later_list(office):
    office.post(draft("加挂 org=A nameplate=甲站", day="2023-02-01"))
    office.post(draft("加挂 org=A nameplate=甲所", day="2023-06-01"))
    for line in ("加挂 org=A nameplate=甲校", "摘牌 org=A nameplate=甲站"):
        assert codes(office, draft(line, day="2023-03-01")) == ["later-entry"]
    assert codes(office, draft("作废 no=2")) == ["later-entry"]
    office.post(draft("作废 no=3"))
    office.post(draft("摘牌 org=A nameplate=甲站", day="2023-03-01"))


def test_a_unit_that_hung_below_its_supervisor_follows_it(office):
    office.write("""
        2023-01-01
          设立 org=C name=丙中心 supervisor=A
          设立 org=D name=丁中心 supervisor=A parent=B
        2023-03-01
          改隶 org=C supervisor=B
          改隶 org=D supervisor=B sponsor=B
    """)
    view = office.view
    assert [view.fact("C", "parent", day) for day in ("2023-02-28", "2023-03-01")] == ["A", "B"]
    assert view.fact("D", "parent", "2023-03-01") == "B"
    office.post(draft("改隶 org=C supervisor=A parent=B", day="2023-04-01"))
    assert office.view.fact("C", "parent", "2023-04-01") == "B"


def test_rank_class_and_any_other_field_change_from_a_day(office):
    office.write("""
        2023-01-01
          定级 org=A rank=6
          转类 org=A welfare_class=1 funding_form=full
          变更 subject=A field=uscc value=X12345
        2023-03-01
          定级 org=A rank=5F
          变更 subject=A field=uscc value=null
    """)
    view = office.view
    assert [view.fact("A", "rank", day) for day in ("2023-02-28", "2023-03-01")] == ["6", "5F"]
    assert view.fact("A", "funding_form", "2023-01-01") == "full"
    assert [view.fact("A", "uscc", d) for d in ("2023-02-28", "2023-03-01")] == ["X12345", None]


def test_a_unit_is_frozen_and_thawed(office):
    office.write("""
        2023-01-01
          冻结 org=A
        2023-02-01
          冻结 org=B status=merging
        2023-03-01
          解冻 org=A
    """)
    view = office.view
    days = ("2022-12-31", "2023-01-01", "2023-03-01")
    assert [view.fact("A", "status", day) for day in days] == ["active", "frozen", "active"]
    assert view.fact("B", "status", "2023-02-01") == "merging"


@pytest.mark.parametrize("end", ["撤销", "转企"])
@pytest.mark.parametrize("line", ["冻结 org=B", "解冻 org=B"])
def test_no_verb_brings_an_ended_unit_back_not_even_on_its_last_day(office, end, line):
    office.post(draft(f"{end} org=B"))
    assert codes(office, draft(line)) == ["reopened"]


class TestLocalCodes:
    """设码: an office adds its own values, with the document that introduced them."""

    def test_a_local_kind_can_be_booked_from_then_on(self, office):
        office.write("""
            2023-01-01
              设码 tree=quota_kind code=XZT name=本地编制 parent=X attributes={"turnover":true}
              下达 to=A kind=XZT n=2
        """)
        office.post(draft("划转 from=A to=B kind=XZT n=1"))
        assert office.view.posts()["A/XZT"] == 1
        tree = office.view.book.tree("quota_kind")
        assert tree.covers("X", "XZT")
        assert tree.attribute("XZT", "turnover") is True

    @pytest.mark.parametrize(
        ("line", "code", "field"),
        [
            ("设码 tree=quota_kind code=XZ name=行政", "duplicate-code", "code"),
            ("设码 tree=colour code=红 name=红", "unknown-tree", ""),
            ("设码 tree=quota_kind code=XZT name=", "no-name", "name"),
            ("设码 tree=quota_kind code=XZT name=本地 parent=Q", "unknown-quota-kind", ""),
            ("设码 tree=quota_kind code=XZT name=本地 attributes=是", "bad-fields", "attributes"),
        ],
    )
    def test_a_wrong_code_is_refused(self, office, line, code, field):
        (problem,) = problems(office, draft(line))
        assert (problem.code, problem.field) == (code, field)

    def test_a_code_is_defined_once(self, office):
        office.post(draft("设码 tree=org_rank code=R1 name=本地级"))
        assert codes(office, draft("设码 tree=org_rank code=R1 name=别的")) == ["duplicate-code"]
