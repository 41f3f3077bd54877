"""Acts on duties: a duty is somebody's, is moved with its wording, and ends."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems


@pytest.fixture
def duty(office):
    """D1 lies with 甲局 since 2023."""
    office.post(draft("赋职 duty=D1 org=A text=负责档案管理。"))
    return office


def test_a_duty_is_given_moved_and_ended(duty):
    duty.write("""
        2023-03-01
          移职 duty=D1 to=B text=负责档案和史志。
        2023-06-01
          终职 duty=D1
    """)
    days = ("2022-12-31", "2023-01-01", "2023-03-01", "2023-06-01")
    assert [duty.view.fact("D1", "holder", day) for day in days] == [None, "A", "B", None]
    assert duty.view.fact("D1", "text", "2023-01-01") == "负责档案管理。"
    assert duty.view.fact("D1", "text", "2023-03-01") == "负责档案和史志。"


def test_a_duty_moved_without_new_words_keeps_its_words(duty):
    duty.post(draft("移职 duty=D1 to=B", day="2023-03-01"))
    assert duty.view.fact("D1", "text", "2023-03-01") == "负责档案管理。"


def test_an_ended_duty_may_be_given_again(duty):
    duty.post(draft("终职 duty=D1", day="2023-03-01"))
    duty.post(draft("赋职 duty=D1 org=B text=负责档案。", day="2023-06-01"))
    assert duty.view.fact("D1", "holder", "2023-06-01") == "B"


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("赋职 duty=D1 org=B text=档案", "duplicate-duty", "duty"),
        ("赋职 duty=A org=B text=档案", "duplicate-duty", "duty"),
        ("赋职 duty=D2 org=Q text=档案", "unknown-unit", "org"),
        ("赋职 duty=D2 org=P text=档案", "unknown-unit", "org"),
        ("赋职 duty=D2 org=A text=", "no-text", "text"),
        ("赋职 duty=D2 org=A text=档案 on=2019-01-01", "before-birth", "org"),
        ("移职 duty=D2 to=B", "unknown-duty", "duty"),
        ("移职 duty=D1 to=A", "same-account", "to"),
        ("移职 duty=D1 to=Q", "unknown-unit", "to"),
        ("移职 duty=D1 to=B on=2022-01-01", "unknown-duty", "duty"),
        ("终职 duty=A", "unknown-duty", "duty"),
        ("变更 subject=D1 field=holder value=B", "reserved-field", "field"),
    ],
)
def test_what_cannot_be_is_refused_in_the_field_that_is_wrong(duty, line, code, field):
    (problem,) = problems(duty, draft(line))
    assert (problem.code, problem.field) == (code, field)


def test_a_duty_ends_once(duty):
    duty.post(draft("终职 duty=D1", day="2023-03-01"))
    assert codes(duty, draft("终职 duty=D1", day="2023-04-01")) == ["unknown-duty"]
