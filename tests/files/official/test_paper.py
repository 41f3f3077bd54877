"""What a paper must have, and how its clauses are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bianzhi.files.official import Item, Paper
from bianzhi.files.official.paper import chinese, day_words, numbered


def test_clauses_are_counted_and_a_higher_one_starts_the_lower_anew(reply: Paper) -> None:
    numbers = [each["number"] for each in numbered(reply.body) if each.get("number")]
    assert numbers == ["一、", "二、", "（一）", "1.", "（二）"]


def test_a_clause_taken_out_leaves_no_hole() -> None:
    body = (Item("甲", 1), Item("乙", 1), Item("丙", 1))
    assert [each["number"] for each in numbered(body[:1] + body[2:])] == ["一、", "二、"]


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_numbers_of_clauses(n: int, words: str) -> None:
    assert chinese(n) == words


def test_a_day_has_no_leading_zeros(reply: Paper) -> None:
    assert day_words(reply.signed_on) == "2026年3月5日"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "missing"),
        ({"issuer": ""}, "missing"),
        ({"doc_no": ""}, "missing"),
        ({"doc_no": "澜编发[2026]05号"}, "bad-doc-no"),
        ({"doc_no": "澜编发〔2026〕第5号"}, "bad-doc-no"),
        ({"body": (Item("甲", 5),)}, "bad-level"),
    ],
)
def test_what_an_official_paper_may_not_lack(reply: Paper, change: dict, code: str) -> None:
    assert [each.code for each in replace(reply, **change).problems()] == [code]


def test_a_proper_paper_has_no_problems(reply: Paper) -> None:
    assert reply.problems() == []
