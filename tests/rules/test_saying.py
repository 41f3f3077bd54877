"""A pack in words: what an entry lays down, for whom, who is excepted; a file that is no TOML."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.rules import shipped
from bianzhi.rules.reading import read_pack
from bianzhi.rules.saying import said
from tests.rules.test_reading import HEAD, rule


def words(text: str) -> tuple[str, ...]:
    (entry,) = read_pack("own", rule(text)).entries
    return said(entry)


def test_a_ladder_is_written_as_people_write_it_with_what_it_says_nothing_of():
    (ladder, scope) = words(
        """
        rule = "CK-08"
        source = "rule"
        scope = { categories = ["4"], names = ["中心"] }
        parameters = { ladder = [
            { from = 3, to = 10, least = 1, most = 2 }, { from = 11, to = 50, most = 3 },
        ] }
        """
    )
    assert ladder == (
        "按编制数的职数阶梯：3—10 名 1—2；11—50 名至多 3（不到 3 名、超过 50 名的不判）"
    )
    assert scope == "只对 机构类别：事业单位；名称含其中一词：中心"


def test_codes_days_flags_and_rows_are_said_by_name():
    assert words(
        """
        rule = "BZ-05"
        source = "rule"
        days = 30
        parameters = { bases = [{ title = "总量", kinds = ["SY"], day = "2012-12-31" }] }
        """
    ) == ("只减不增：（名称 总量，编制种类 一般事业编制，基期 2012-12-31）", "整改期限 30 天")
    assert words(
        """
        rule = "CK-20"
        source = "rule"
        parameters = { days = 10, working = true, holidays = ["2022-01-03"] }
        """
    ) == ("期限：10", "按工作日算：是", "不上班的日子：2022-01-03")
    assert words('rule = "CK-28"\nsource = "rule"\nparameters = { statuses = ["frozen"] }') == (
        "只出不进的状态：冻结",
    )


def test_an_exemption_is_said_with_its_document_and_its_time():
    told = words(
        """
        rule = "CK-01"
        source = "rule"
        [[rules.exemptions]]
        unit = "S1"
        document = "测编发〔2021〕9号"
        most = 3
        valid_until = "2023-12-31"
        """
    )
    assert told == (
        "例外 单位代码：S1；批准例外的文件：测编发〔2021〕9号；至多：3；至：2023-12-31",
    )


@pytest.mark.parametrize("key", shipped.names())
def test_every_shipped_entry_can_be_said_without_a_code_word(key):
    for entry in shipped.pack(key).entries:
        for line in said(entry):
            assert line
            assert "None" not in line
            assert "Decimal" not in line


# -- what is no TOML -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rule = “CK-13”", '用了中文的 “ → 请改成英文的 "'),
        ('rule ＝ "CK-13"', "用了中文的 ＝ → 请改成英文的 ="),
        ('rule = "CK-13', "引号没有配成对"),
        ("rule = 本办", "等号后面的值读不通"),
        ('rule "CK-13"', "名称后面没有等号"),
        ("[[rules]", "方括号没有配成对"),
        ('source = "a"\nsource = "b"', "这一项前面已经写过了"),
    ],
)
def test_a_line_that_cannot_be_read_is_shown_with_the_likely_slip(line, words):
    text = HEAD + "\n[[rules]]\n" + line
    with pytest.raises(Refusal) as refused:
        read_pack("own", text)
    (problem,) = refused.value.problems
    number = len(text.splitlines())
    assert problem.place == f"规则包第 {number} 行"
    assert line.splitlines()[-1] in problem.what
    assert words in str(problem)


def test_chinese_signs_inside_a_text_are_not_to_blame():
    with pytest.raises(Refusal) as refused:
        read_pack("own", 'title = "“本办”，规则" x')
    assert "用了中文" not in str(refused.value)
