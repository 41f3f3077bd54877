"""Bad input is refused whole: a sentence with file, line, field, both numbers and what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bianzhi.core.exchange import HEADER
from bianzhi.record.engine import Engine
from bianzhi.record.tables import COLUMNS
from tests.support.console import run

PAPER = {"title": "批复", "doc_no": "新编发〔2023〕9号", "doc_date": "2023-05-01"}
CHANGE = {"change": {"document": PAPER}}
GOOD = {"do": "核增", "org": "B", "kind": "XZ", "n": 1}


def leg(holder: str, n: Any) -> dict[str, Any]:
    return {"holder": holder, "n": n}


def increase(**fields: Any) -> dict[str, Any]:
    return {**GOOD, **fields}


def under(**fields: Any) -> dict[str, Any]:
    return {"change": {"document": {**PAPER, **fields}}}


# what is wrong: the lines of the file after its header, the code, and what the sentence must say
BAD: dict[str, tuple[list[Any], str, list[str]]] = {
    "unbalanced document": (
        [CHANGE, {"do": "调剂", "kind": "XZ", "legs": [leg("A", -2), leg("B", "3.5")]}],
        "unbalanced",
        ["账.jsonl:2", "增加 3.5，减少 2，相差 1.5", "每一名编制都要写明从哪里来"],
    ),
    "unknown unit": (
        [CHANGE, GOOD, increase(org="X9")],
        "unknown-unit",
        ["账.jsonl:4", "〔org〕", "X9", "请核对代码，或先用“设立”登记"],
    ),
    "unknown kind": (
        [CHANGE, increase(kind="行政")],
        "unknown-quota-kind",
        ["账.jsonl:3", "“行政”不在编制种类代码表中", "XZ 一般行政编制"],
    ),
    "a heading for a kind": (
        [CHANGE, increase(kind="X")],
        "group-code",
        ["账.jsonl:3", "行政类编制", "不能直接记账", "XZ"],
    ),
    "date that is none": (
        [CHANGE, increase(on="2023-02-30")],
        "bad-day",
        ["账.jsonl:3", "〔on〕", "“2023-02-30”不是一个日期", "请写成 2023-05-01 的样子"],
    ),
    "date of the document that is none": (
        [under(doc_date="二〇二三年"), GOOD],
        "bad-day",
        ["账.jsonl:2", "〔doc_date〕", "二〇二三年"],
    ),
    "duplicate 文号": (
        [under(doc_no="甲编发[2021]03号"), GOOD],
        "duplicate-document",
        ["账.jsonl:2", "〔doc_no〕", "已入账（第 2 号变更）", "请先作废原变更"],
    ),
    "duplicate 文号 in the file itself": (
        [CHANGE, GOOD, CHANGE, GOOD],
        "duplicate-document",
        ["账.jsonl:4", "已入账（第 4 号变更）", "请各写条款"],
    ),
    "negative result": (
        [CHANGE, {"do": "核减", "org": "B", "kind": "XZ", "n": 2}],
        "overdrawn",
        ["账.jsonl:2", "乙委（B）", "只有 1.5 名，要减 2 名，将为 -0.5", "请核对数量和生效日期"],
    ),
    "negative result at a later day": (
        [CHANGE, {"do": "核减", "org": "B", "kind": "XZ", "n": 2, "on": "2021-06-01"}],
        "overdrawn",
        ["账.jsonl:2", "乙", "2022-05-01 只有 1.5 名，要减 2 名，将为 -0.5"],
    ),
    "before the unit was there": (
        [CHANGE, increase(on="2019-12-31")],
        "before-birth",
        ["账.jsonl:3", "〔org〕", "2020-01-01", "2019-12-31", "请核对生效日期"],
    ),
    "posts promised twice": (
        [CHANGE, {"do": "锁编", "matter": "m1", "org": "B", "kind": "XZ", "n": 2}],
        "no-vacancy",
        ["账.jsonl:2", "核定 1.5", "预留 2", "超出 0.5 名", "请先核增"],
    ),
    "a published total broken": (
        [CHANGE, {"do": "核减", "org": "A", "kind": "XZ", "n": 1, "on": "2022-01-01"}],
        "breaks-assertion",
        ["账.jsonl:2", "2022-05-01", "已公布 7.5", "将为 6.5", "停止核对"],
    ),
    "a quantity that is none": (
        [CHANGE, increase(n="三")],
        "bad-quantity",
        ["账.jsonl:3", "〔n〕", "“三”不能作为数量：不是数字"],
    ),
    "a fifth decimal": (
        [CHANGE, increase(n="1.00001")],
        "bad-quantity",
        ["账.jsonl:3", "〔n〕", "小数超过 4 位"],
    ),
    "no document": ([{"change": {}}, GOOD], "no-grounds", ["账.jsonl:2", "〔document〕", "期初"]),
    "unknown verb": ([CHANGE, {"do": "增编"}], "unknown-verb", ["账.jsonl:3", "〔do〕", "核增"]),
    "missing field": (
        [CHANGE, {"do": "核增", "org": "B", "kind": "XZ"}],
        "missing-field",
        ["账.jsonl:3", "〔n〕", "“核增”缺少“n”", "请补上"],
    ),
    "unknown field": (
        [CHANGE, increase(数量=1)],
        "unknown-field",
        ["账.jsonl:3", "〔数量〕", "可用的有：org、kind、n"],
    ),
    "broken line": ([CHANGE, '{"do": "核增", '], "bad-json", ["账.jsonl:3", "这一行不是 JSON"]),
    "no change": ([], "empty-file", ["账.jsonl 里没有变更", "请核对是不是选错了文件"]),
    "an act outside a change": ([GOOD], "no-change", ["账.jsonl:2", "前面应有一行 change"]),
}


@pytest.fixture
def refuse(posted, tmp_path):
    """Tries a file both ways and gives (code, sentence); nothing may have been written."""

    def refuse(content: str | bytes, command: str = "post") -> tuple[str, str]:
        file, before = tmp_path / "账.jsonl", rows()
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        told, as_data = run(command, file), run(command, file, "--json")
        assert (told.code, told.out, as_data.err) == (1, "", "")
        assert rows() == before
        problem = as_data.json["refused"][0]
        assert set(problem) == {"code", "what", "do", "field", "place"}
        assert as_data.refused[0] == problem["code"]
        return problem["code"], told.err

    return refuse


def rows() -> dict[str, Any]:
    """How many rows each table has."""
    engine = Engine()
    return {
        table: engine.row(f"SELECT COUNT(*) FROM {table}") for table in (*COLUMNS, "record_head")
    }


def lines(*entries: object) -> str:
    texts = [each if isinstance(each, str) else json.dumps(each) for each in (HEADER, *entries)]
    return "\n".join(texts) + "\n"


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_a_sentence(refuse, name):
    entries, wanted, words = BAD[name]
    code, sentence = refuse(lines(*entries))
    assert code == wanted
    assert [word for word in words if word not in sentence] == []


@pytest.mark.parametrize("name", BAD)
def test_preview_refuses_what_post_refuses(refuse, name):
    entries, wanted, _ = BAD[name]
    code, _ = refuse(lines(*entries), "preview")
    assert code == wanted


@pytest.mark.parametrize(
    "content",
    [
        "",
        "单位,编制\n甲局,10\n",
        '{"bianzhi":"exchange","version":2}\n',
        "[1]\n",
        '{"bianzhi":"backup"}',
    ],
)
def test_a_wrong_file_is_named_as_such(refuse, content):
    code, sentence = refuse(content)
    assert code == "wrong-file"
    assert "账.jsonl:1　这不是本系统的交换文件，或版本不对 → 第一行应为" in sentence


@pytest.mark.parametrize("content", ["编制".encode("gbk"), b"PK\x03\x04\x14\xff\xfe"])
def test_a_file_in_another_encoding_is_named_as_such(refuse, content):
    code, sentence = refuse(content)
    assert code == "cannot-read"
    assert "账.jsonl：不是 UTF-8 编码的文本" in sentence


def test_a_file_that_is_not_there(posted, tmp_path):
    ran = run("post", tmp_path / "没有.jsonl")
    assert ran.code == 1
    assert "没有.jsonl：没有这个文件或文件夹 → 请核对文件名" in ran.err


def test_all_faults_of_the_form_are_told_at_once(refuse):
    _, sentence = refuse(lines(CHANGE, {"do": "核增"}, increase(n="x"), "{"))
    assert [f"账.jsonl:{line}" in sentence for line in (3, 4, 5)] == [True] * 3
    assert sentence.count("账.jsonl:3") == 3  # org, kind and n are missing


def test_good_changes_before_a_bad_one_are_not_written(refuse):
    again = under(doc_no="新编发〔2023〕10号")
    code, sentence = refuse(lines(CHANGE, GOOD, again, increase(org="X9")))
    assert code == "unknown-unit"
    assert "账.jsonl:5" in sentence
