"""The exchange form: what is written reads back; what is wrong is named with file, line, field."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.acts import VERBS
from bianzhi.core.acts.posts import Increase
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.exchange import HEADER, MOST_PROBLEMS, read_drafts, write_drafts
from tests.support.acts import DRAFTS, acts_of
from tests.support.ledger import draft

PAPER = {"title": "批复", "doc_no": "X编发〔2023〕5号", "doc_date": "2023-05-01"}
CHANGE = {"change": {"document": PAPER}}
INCREASE = {"do": "核增", "org": "A", "kind": "XZ", "n": 2}


def lines(*entries: object) -> list[str]:
    """A file's lines under a good header; texts stand as they are."""
    written = [each if isinstance(each, str) else json.dumps(each) for each in entries]
    return [json.dumps(HEADER), *written]


def wrong(*entries: object) -> list[Problem]:
    with pytest.raises(Refusal) as refused:
        read_drafts(lines(*entries), "账.jsonl")
    return list(refused.value.problems)


def only(*entries: object) -> tuple[str, str, str]:
    """(code, place, field) of the one problem."""
    (problem,) = wrong(*entries)
    return problem.code, problem.place, problem.field


@given(st.lists(DRAFTS, min_size=1, max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_drafts_written_and_read_back_are_equal(drafts):
    assert read_drafts(write_drafts(drafts), "账.jsonl") == drafts


@pytest.mark.parametrize("verb", sorted(VERBS))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_verb_keeps_every_field_through_the_form(verb, data):
    written = draft([data.draw(acts_of(VERBS[verb]))])
    assert read_drafts(write_drafts([written]), "账.jsonl") == [written]


def test_a_change_takes_the_acts_that_follow_it():
    first, second = read_drafts(
        lines(
            {"change": {"document": PAPER, "by": "张三", "note": "试点"}},
            INCREASE,
            "",
            INCREASE | {"n": "0.5", "on": "2023年6月1日", "source": "第二条"},
            {"change": {"kind": "opening"}},
            INCREASE | {"from": "P"},
        ),
        "账.jsonl",
    )
    assert first.document == Document(
        "批复", "X编发〔2023〕5号", "", parse_day("2023-05-01"), parse_day("2023-05-01")
    )
    assert (first.by, first.note, first.place) == ("张三", "试点", "账.jsonl:2")
    assert list(first.acts) == [
        Increase(org="A", kind="XZ", n=20000),
        Increase(org="A", kind="XZ", n=5000, on=parse_day("2023-06-01"), source="第二条"),
    ]
    assert [act.place for act in first.acts] == ["账.jsonl:3", "账.jsonl:5"]
    assert (second.kind, second.document) == ("opening", None)
    assert list(second.acts) == [Increase(org="A", kind="XZ", n=20000, from_="P")]


def test_a_document_takes_effect_on_its_own_day_unless_it_says_another():
    later = {"change": {"document": PAPER | {"effective_on": "2023-05-10"}}}
    plain, effective = read_drafts(lines(CHANGE, INCREASE, later, INCREASE), "账.jsonl")
    assert plain.day == parse_day("2023-05-01")
    assert effective.day == parse_day("2023-05-10")


@pytest.mark.parametrize(
    "first", ["{}", "[]", "机构,编制", '{"bianzhi": "exchange", "version": 2}', "\ufeff{}"]
)
def test_a_file_of_another_kind_or_version_is_refused_on_its_first_line(first):
    with pytest.raises(Refusal) as refused:
        read_drafts([first, json.dumps(CHANGE)], "账.jsonl")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("wrong-file", "账.jsonl:1")
    assert json.dumps(HEADER) in problem.do


def test_a_file_without_changes_is_refused_by_name():
    (problem,) = wrong()
    assert problem.code == "empty-file"
    assert "账.jsonl" in problem.what


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        ('{"do": "核增",', "bad-json", ""),
        ("[1]", "bad-json", ""),
        ({"verb": "核增"}, "unknown-line", ""),
        (INCREASE | {"do": "增编"}, "unknown-verb", "do"),
        (INCREASE | {"do": ["核增"]}, "unknown-verb", "do"),
        (INCREASE | {"do": None}, "unknown-verb", "do"),
        ({"do": "核增", "org": "A", "kind": "XZ"}, "missing-field", "n"),
        (INCREASE | {"n": None}, "missing-field", "n"),
        (INCREASE | {"number": 2}, "unknown-field", "number"),
        (INCREASE | {"n": "二"}, "bad-quantity", "n"),
        (INCREASE | {"n": 0.00001}, "bad-quantity", "n"),
        (INCREASE | {"n": True}, "bad-quantity", "n"),
        (INCREASE | {"on": "2023-02-30"}, "bad-day", "on"),
        (INCREASE | {"on": "2023年2月"}, "bad-day", "on"),
        (INCREASE | {"org": ["A"]}, "bad-text", "org"),
        (INCREASE | {"org": "A B"}, "bad-key", "org"),
        (INCREASE | {"org": "A|B"}, "bad-key", "org"),
        (INCREASE | {"org": ""}, "bad-key", "org"),
        (INCREASE | {"org": "长" * 81}, "bad-key", "org"),
        (INCREASE | {"source": {"cell": "B2"}}, "bad-text", "source"),
        ({"do": "作废", "no": -1}, "bad-number", "no"),
        ({"do": "作废", "no": "1"}, "bad-number", "no"),
        ({"do": "作废", "no": True}, "bad-number", "no"),
        ({"do": "合并", "sources": "A", "into": "B"}, "bad-list", "sources"),
        ({"do": "合并", "sources": [], "into": "B"}, "bad-list", "sources"),
        ({"do": "合并", "sources": ["A", "A"], "into": "B"}, "bad-list", "sources"),
        ({"do": "合并", "sources": ["A"], "into": "B", "carry": "yes"}, "bad-flag", "carry"),
        ({"do": "设立", "org": "A", "name": "甲", "fields": ["rank"]}, "bad-fields", "fields"),
        ({"do": "更名", "org": "A", "name": "甲\x00局"}, "bad-text", ""),
        ('{"do": "更名", "org": "A", "name": "\\ud800"}', "bad-text", ""),
    ],
)
def test_a_wrong_act_line_is_named_with_its_line_and_field(entry, code, field):
    assert only(CHANGE, INCREASE, entry) == (code, "账.jsonl:4", field)


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        ({"change": "批复"}, "unknown-field", ""),
        ({"change": {"document": PAPER, "user": "张三"}}, "unknown-field", "user"),
        ({"change": {"kind": "opening"}, "document": PAPER}, "unknown-field", "document"),
        ({"change": {"document": "X编发〔2023〕5号"}}, "unknown-field", ""),
        ({"change": {"document": PAPER | {"number": 5}}}, "unknown-field", "number"),
        ({"change": {"document": PAPER | {"doc_date": "昨天"}}}, "bad-day", "doc_date"),
        ({"change": {"document": PAPER | {"effective_on": 5}}}, "bad-day", "effective_on"),
        ({"change": {"document": PAPER | {"title": ["批复"]}}}, "bad-text", "title"),
        ({"change": {"document": PAPER, "by": ["张三"]}}, "bad-text", "by"),
    ],
)
def test_a_wrong_change_line_is_named_with_its_line_and_field(entry, code, field):
    assert only(CHANGE, INCREASE, entry) == (code, "账.jsonl:4", field)


def test_null_in_a_change_line_means_not_given():
    nothing = {"document": None, "kind": "opening", "by": None, "note": None}
    (read,) = read_drafts(lines({"change": nothing}, INCREASE), "账.jsonl")
    assert (read.document, read.by, read.note) == (None, "", "")


def test_an_act_before_any_change_belongs_to_nothing():
    assert only(INCREASE)[:2] == ("no-change", "账.jsonl:2")


def test_all_wrong_lines_are_told_at_once_each_with_all_its_fields():
    found = wrong(CHANGE, INCREASE | {"n": "二", "on": "昨天"}, INCREASE, {"do": "增编"})
    assert [(p.place, p.field) for p in found] == [
        ("账.jsonl:3", "n"),
        ("账.jsonl:3", "on"),
        ("账.jsonl:5", "do"),
    ]


def test_a_hopeless_file_stops_after_a_hundred_problems():
    found = wrong(CHANGE, *[{"do": "增编"}] * (MOST_PROBLEMS + 50))
    assert len(found) == MOST_PROBLEMS


def test_a_message_says_where_what_and_what_to_do():
    (problem,) = wrong(CHANGE, INCREASE | {"n": "二"})
    assert str(problem) == (
        "账.jsonl:3　〔n〕“二”不能作为数量：不是数字 → 请填写整数或至多四位小数"
    )


def test_a_field_written_twice_is_refused_rather_than_one_of_its_values_dropped():
    lines = [
        '{"bianzhi": "exchange", "version": 1}',
        '{"change": {"document": {"title": "批复", "doc_date": "2020-01-01"}}}',
        '{"do": "核增", "org": "A", "kind": "SY", "n": 1, "n": 10}',
    ]
    with pytest.raises(Refusal) as refused:
        read_drafts(lines, "f")
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.place) == ("repeated-field", "n", "f:3")
