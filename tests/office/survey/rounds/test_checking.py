"""Answers checked field by field: what is right goes in, what is nonsense is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.office.survey.rounds.checking import check
from bianzhi.office.survey.rounds.content import content, tables
from bianzhi.office.survey.rounds.form import form_of, told_by, years
from bianzhi.office.survey.rounds.questions.kinds import AMOUNT, CHOICE, WHOLE, Column
from bianzhi.office.survey.rounds.reading import normal, wrong
from tests.support import surveys
from tests.support.records import SQLITE, fresh
from tests.support.surveys import filled, opened, right, sheet

NUMBER, PEOPLE = Column("n", "数", AMOUNT), Column("n", "人数", WHOLE)
PICK = Column("k", "选", CHOICE, {"yes": "是", "no": "否"})


@pytest.fixture
def form():
    with fresh(SQLITE) as record:
        record.write(surveys.RECORD)
        yield form_of(sheet(opened(), "B"))


def faults(form, **more: str) -> list[str]:
    """What is wrong with a right form after some cells were changed."""
    cells = right(form) | {name.replace("__", "/"): value for name, value in more.items()}
    return [str(each.problem) for each in check(form, filled(form, cells))]


@pytest.mark.django_db
def test_the_form_shows_what_the_record_says_on_the_round_s_day(form):
    shown = {part.part.key: [dict(line.given) for line in part.lines if not line.own]
             for part in form.parts}  # fmt: skip
    assert shown["duties"] == [{"text": "承担渣土运输管理"}, {"text": "负责市容督查（督查股）"}]
    assert shown["sections"][0] == {"name": "综合股", "approved": "2"}
    assert shown["figures"][:2] == [
        {"what": "一般事业编制：核定编制", "recorded": "6"},  # its own four and its section's two
        {"what": "一般事业编制：实有", "recorded": "1"},
    ]
    assert form.years == (2018, 2019, 2020, 2021)


@pytest.mark.django_db
def test_a_right_form_has_no_faults_and_keeps_what_it_says(form):
    cells = right(form)
    made = filled(form, cells)
    assert check(form, made) == []
    told = told_by(content(made))
    assert {name: told(*name.split("/")) for name in cells} == cells
    assert tables(content(made))[0].row("d1") is not None


NONSENSE = {
    "duties__d1__done": ("", "1. 职责履行情况，第 1 行“履行情况”　没有填"),
    "sections__B1__kept": ("merged", "第 1 行“说明”　“实际设置”填了“合并运行”"),
    "sections__B2__kept": ("extra", "核定的内设机构不会是“自行设置”"),
    "outside__hired__people": ("2.5", "4. 编外用人和借用，第 1 行“人数”　2.5 不是整数"),
    "outside__lent__people": ("两个", "“两个”不是数字"),
    "outside__borrowed__people": ("-1", "-1 小于 0"),
    "outside__dispatched__people": ("9999999", "大得不合常理"),
    "workload__+1__item": ("", "5. 业务量，第 1 行“业务”　没有填"),
    "workload__+1__y2021": ("", "各年都没有填数"),
    "served__+1__y2021": ("很多", "6. 服务对象，第 1 行“2021 年”　“很多”不是数字"),
    "problems__first__text": ("", "7. 问题与建议，第 1 行“内容”　至少填 1 行，还差 1 行"),
    "others__site__answer": ("大概", "“大概”不是可选的 → 可选的有：一致、不一致、没有固定办公地点"),
    "others__filler__answer": ("x" * 201, "写了 201 字，超过 200 字"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_named_with_its_place(form, name):
    value, said = NONSENSE[name]
    found = faults(form, **{name: value})
    assert any(said in each for each in found), found


@pytest.mark.django_db
def test_a_figure_confirmed_and_denied_at_once_is_a_contradiction(form):
    same = {"figures__SY.actual__stated": "5"}
    assert "选了“一致”，却写了 5，台账数是 1" in faults(form, **same)[0]
    no = {"figures__SY.actual__same": "no", "figures__SY.actual__stated": "1.0",
          "figures__SY.actual__reason": "核对过"}  # fmt: skip
    assert "选了“不一致”，写的数却与台账数 1 相同" in faults(form, **no)[0]
    assert faults(form, **(no | {"figures__SY.actual__stated": "2"})) == []


@pytest.mark.django_db
def test_a_row_left_blank_asks_nothing_a_row_begun_must_be_finished(form):
    assert faults(form, **{"workload__+4__item": ""}) == []
    assert len(faults(form, **{"workload__+4__item": "执法"})) == 2  # measure, and a year


@pytest.mark.parametrize(("day", "found"), [
    (date(2026, 11, 29), (2023, 2024, 2025)), (date(2026, 12, 31), (2024, 2025, 2026)),
])  # fmt: skip
def test_only_full_years_are_asked(day, found):
    assert years(day, 3) == found


@pytest.mark.parametrize(("written", "kept"), [
    ("1,234", "1234"), ("１２３", "123"), (" 12.50 ", "12.5"), ("12名", "12名"), ("1,23", "1,23"),
])  # fmt: skip
def test_a_number_has_one_spelling_what_is_none_stays_as_written(written, kept):
    assert normal(NUMBER, written) == kept


@given(st.text(max_size=60))
def test_no_text_breaks_a_cell_and_reading_it_again_changes_nothing(written):
    for column in (NUMBER, PEOPLE, PICK, Column("t", "文字")):
        once = normal(column, written)
        assert normal(column, once) == once
        problem = wrong(column, once)
        assert problem is None or (problem.what and problem.do)


@given(st.decimals(0, 10**8, places=2, allow_nan=False))
def test_every_number_goes_in_as_the_number_it_is(number):
    kept = normal(NUMBER, str(number))
    assert wrong(NUMBER, kept) is None
    assert float(kept) == float(number)
