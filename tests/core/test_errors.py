"""Refusals: every problem told, each with its place, in words a clerk can act on."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Problem, Refusal, refuse_if

WRONG = Problem("bad-day", "“昨天”不是一个日期", "请写成 2023-05-01 的样子", "on")


def test_a_problem_says_where_in_which_field_what_and_what_to_do():
    assert str(WRONG.at("账.jsonl:3")) == (
        "账.jsonl:3　〔on〕“昨天”不是一个日期 → 请写成 2023-05-01 的样子"
    )
    assert str(Problem("empty-change", "变更没有任何内容")) == "变更没有任何内容"


def test_a_closer_place_is_kept():
    assert WRONG.at("账.jsonl:3").at("账.jsonl:2").place == "账.jsonl:3"


def test_a_refusal_tells_all_its_problems_a_line_each():
    refusal = Refusal(WRONG, Problem("no-title", "文件没有标题")).at("账.jsonl:2")
    assert str(refusal).splitlines() == [str(problem) for problem in refusal.problems]
    assert {problem.place for problem in refusal.problems} == {"账.jsonl:2"}


def test_problems_found_are_raised_together_and_none_is_no_refusal():
    refuse_if([])
    with pytest.raises(Refusal) as refused:
        refuse_if(each for each in (WRONG, WRONG))
    assert refused.value.problems == (WRONG, WRONG)
