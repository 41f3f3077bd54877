"""Packs: read with everything wrong told at once, in words a lawyer understands."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.rules.pack import gathered
from bianzhi.rules.reading import read_pack

HEAD = """
title = "测县规则"
level = "county"
place = "测县"
[sources.rule]
title = "测县机构编制管理规定"
doc_no = "测编发〔2020〕1号"
grade = "V"
[sources.heard]
title = "听说的做法"
grade = "K"
"""
ON = parse_day("2022-01-01")


def rule(text: str) -> str:
    return f"{HEAD}\n[[rules]]\n{text}"


def problems(text: str) -> list[str]:
    with pytest.raises(Refusal) as refused:
        read_pack("own", text)
    return [str(each) for each in refused.value.problems]


def entries(text: str, day: int = ON) -> list[tuple[str, str, object]]:
    found = gathered([read_pack("own", text)], day)
    return [(each.rule.code, each.name, each.parameters) for each in found]


def test_a_rule_brings_its_document_and_its_policy():
    pack = read_pack(
        "own",
        rule('rule = "CK-01"\nsource = "rule"\nclause = "第五条"\nseverity = "error"\ndays = 30'),
    )
    (entry,) = pack.entries
    assert (entry.origin.title, entry.origin.doc_no, entry.origin.clause) == (
        "测县机构编制管理规定", "测编发〔2020〕1号", "第五条",
    )  # fmt: skip
    assert (entry.severity, entry.days, entry.enabled, entry.parameters.turnover) == (
        "error", 30, True, True,
    )  # fmt: skip


def test_what_is_not_sure_is_off_until_somebody_confirms_it():
    text = rule('rule = "CK-03"\nsource = "heard"\nparameters = { rate = 10 }')
    assert entries(text) == []
    assert len(entries(text + '\nconfirmed = "测编办〔2021〕3号"')) == 1


def test_what_is_not_sure_cannot_just_be_switched_on():
    found = problems(rule('rule = "CK-01"\nsource = "heard"\nenabled = true'))
    assert found == [
        "第 1 条规则 CK-01　〔enabled〕出处的证据等级为 K（一般业务知识，没有核到条文），"
        "不能直接启用 → 请核对原文，并在 confirmed 里写明核对的文件；没有核对就不要启用"
    ]  # fmt: skip


def test_everything_wrong_is_told_at_once_and_placed():
    found = problems(
        rule(
            """
            rule = "CK-99"
            source = "rule"
            [[rules]]
            rule = "CK-03"
            source = "nowhere"
            severity = "fatal"
            parameters = { rate = "多", most = 3, kinds = ["QQ"] }
            """
        )
    )
    assert [each.partition(" → ")[0] for each in found] == [
        "第 1 条规则 CK-99　没有编号为“CK-99”的规则",
        "第 2 条规则 CK-03　〔source〕出处“nowhere”没有写在 [sources] 里",
        "第 2 条规则 CK-03　〔severity〕没有“fatal”这种轻重",
        "第 2 条规则 CK-03　〔rate 空编率上限（%），超过才提示〕“多”不能作为数量：不是数字",
        "第 2 条规则 CK-03　〔most〕没有“most”这个参数",
        "第 2 条规则 CK-03　〔kinds 编制种类，不写为计入总数的各种〕“QQ”不在编制种类代码表中",
    ]


def test_a_missing_parameter_is_named_as_people_name_it():
    assert problems(rule('rule = "CK-03"\nsource = "rule"')) == [
        "第 1 条规则 CK-03　〔rate〕缺少“空编率上限（%），超过才提示” → 请补上"
    ]


def test_an_exemption_needs_its_document():
    text = rule('rule = "CK-01"\nsource = "rule"\n[[rules.exemptions]]\nunit = "S1"\ndocument = ""')
    assert problems(text)[0].startswith("第 1 条规则 CK-01　〔exemptions〕单位 S1 的例外没有写明")


def test_what_is_no_toml_is_refused_in_words():
    assert problems("title = 测县") == [
        "规则包第 1 行　title = 测县 ——等号后面的值读不通 → "
        "文字要用英文的双引号括起来，是否写 true、false，数直接写"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('title = "x"\nlevel = "office"\nplace = "x"\nrules = "CK-01"', "规则没有逐条写"),
        (
            'title = "x"\nlevel = "office"\nplace = "x"\nrules = ["CK-01"]',
            "第 1 条规则　“CK-01”不成样子",
        ),
        ('title = "x"\nlevel = "office"\nplace = "x"\nsources = "规定"', "出处没有逐份写"),
        (rule('rule = "CK-13"\nsource = "rule"\nparameters = { most = -5 }'), "“-5”小于 0"),
        (rule('rule = "CK-03"\nsource = "rule"\nparameters = { rate = 120 }'), "超过百分之百"),
        (
            rule('rule = "CK-31"\nsource = "rule"\nparameters = { modes = [] }'),
            "可以的进入形式（含其中一词）是空的",
        ),
        (
            rule(
                'rule = "CK-08"\nsource = "rule"\n'
                'parameters = { of = "all", ladder = [{ from = 0, most = 1 }] }'
            ),
            "没有“all”这种领导 → 可选的有：unit（单位）、section（内设机构）",
        ),
        (
            HEAD + '[[confirm]]\npack = "gansu"\nrule = "CK-99"\ndocument = ""',
            "没有写核实所据的文件",
        ),
        (
            HEAD + '[[confirm]]\npack = "gansu"\nrule = "CK-99"\ndocument = "原文"',
            "第 1 条核实启用 gansu CK-99　〔rule〕没有编号为“CK-99”的规则",
        ),
    ],
)
def test_what_is_written_in_another_shape_or_says_nothing_is_refused_in_words(text, words):
    assert words in "\n".join(problems(text))


DATED = rule(
    """
    rule = "CK-03"
    source = "rule"
    valid_until = "2021-12-31"
    parameters = { rate = 30 }
    [[rules]]
    rule = "CK-03"
    source = "rule"
    valid_from = "2022-01-01"
    parameters = { rate = 10 }
    """
)


@pytest.mark.parametrize(("day", "rate"), [("2021-12-31", 30), ("2022-01-01", 10)])
def test_the_parameters_are_those_of_the_day(day, rate):
    ((_, _, parameters),) = entries(DATED, parse_day(day))
    assert parameters.rate == rate  # type: ignore[attr-defined]


def test_two_sets_of_one_day_are_refused_unless_they_have_names():
    both = DATED.replace('valid_from = "2022-01-01"', 'valid_from = "2021-12-31"')
    assert problems(both) == [
        "规则 CK-03 有两组参数同时有效 → 请给前一组写上失效日期 valid_until；"
        "要并用的，各写一个不同的 name"
    ]
    named = both.replace("rate = 10", "rate = 10").replace(
        'valid_from = "2021-12-31"', 'valid_from = "2021-12-31"\nname = "strict"'
    )
    assert len(entries(named, parse_day("2021-12-31"))) == 2


def test_the_local_pack_replaces_and_switches_off():
    nation = read_pack("nation", rule('rule = "CK-01"\nsource = "rule"\nseverity = "error"'))
    softer = read_pack("own", rule('rule = "CK-01"\nsource = "rule"\nseverity = "info"'))
    off = read_pack("own", rule('rule = "CK-01"\nsource = "rule"\nenabled = false'))
    assert [each.severity for each in gathered([nation, softer], ON)] == ["info"]
    assert gathered([nation, off], ON) == []


def test_the_office_confirms_an_entry_of_another_pack_by_a_document():
    other = read_pack("other", rule('rule = "CK-03"\nsource = "heard"\nparameters = { rate = 10 }'))
    own = read_pack(
        "own",
        f'{HEAD}\n[[confirm]]\npack = "other"\nrule = "CK-03"\ndocument = "测编办〔2021〕3号"',
    )
    assert gathered([other], ON) == []
    (entry,) = gathered([other, own], ON)
    assert entry.confirmed == "测编办〔2021〕3号"
