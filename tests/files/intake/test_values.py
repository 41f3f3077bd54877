"""One value at a time: what an office types, and what is read from it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from bianzhi.core.kinds import TREES, national
from bianzhi.files.intake.findings import ERROR
from bianzhi.files.intake.identity import check_digit, read_id, read_uscc, sex_of
from bianzhi.files.intake.lists import find_value, known_values
from bianzhi.files.intake.numerals import chinese_number
from bianzhi.files.intake.values import READERS
from tests.support.workbooks import IDS


def read(type_, raw):
    value, notes = READERS[type_](raw)
    return value, [note.kind for note in notes]


@pytest.mark.parametrize(
    ("raw", "day", "kinds"),
    [
        (date(1998, 5, 1), "1998-05-01", []),
        (datetime(1998, 5, 1, 13, 5), "1998-05-01", []),  # noqa: DTZ001 - as the reader gives it
        ("1998-05-01", "1998-05-01", []),
        ("19980501", "1998-05-01", []),
        (19980501.0, "1998-05-01", []),
        ("1998年5月1日", "1998-05-01", ["text-date"]),
        ("１９９８／５／１", "1998-05-01", ["text-date"]),
        ("1998.5.1", "1998-05-01", ["text-date"]),
        ("1998-05-01 00:00:00", "1998-05-01", ["text-date"]),
        ("一九九八年五月三日", "1998-05-03", ["text-date"]),
        ("1998年5月", "1998-05-01", ["month-only"]),
        ("199805", "1998-05-01", ["month-only"]),
        (1998.05, "1998-05-01", ["month-only"]),
        (1998.5, "1998-05-01", ["month-only"]),
        (1998.12, "1998-12-01", ["month-only"]),
        (1998.1, "1998-01-01", ["month-only", "ambiguous-month"]),
        ("1998.10", "1998-10-01", ["month-only"]),
        ("1998", "1998-01-01", ["year-only"]),
        ("98.5.1", "1998-05-01", ["two-digit-year"]),
        ("05年3月", "2005-03-01", ["two-digit-year", "month-only"]),
        (35916.0, "1998-05-01", ["serial-date"]),
        ("35916", "1998-05-01", ["serial-date"]),
    ],
)
def test_a_day_however_it_is_written(raw, day, kinds):
    value, found = read("date", raw)
    assert (str(value), found) == (day, kinds)


@pytest.mark.parametrize("raw", ["2023-13-01", "1998-02-30", "去年", 1.5, -3, "0098-01-01", 1e300])
def test_what_is_no_day_is_an_error(raw):
    value, notes = READERS["date"](raw)
    assert value is None
    assert [note.severity for note in notes] == [ERROR]


@pytest.mark.parametrize("raw", ["", "-", "—", "无", "不详", " "])
def test_a_blank_day_is_none_and_no_error(raw):
    assert read("date", raw) == (None, [])


@pytest.mark.parametrize(
    ("raw", "number", "kinds"),
    [
        (12.0, 12, []),
        (12, 12, []),
        ("12", 12, ["number-as-text"]),
        ("１２", 12, ["number-as-text"]),
        ("12名", 12, ["number-as-text"]),
        (" 1 2 ", 12, ["number-as-text"]),
        ("十二名", 12, ["chinese-numeral"]),
        ("事业编制7名", 7, ["number-in-words"]),
        ("12（含周转3名）", 12, ["number-with-remark"]),
        (12.5, Decimal("12.5"), ["not-whole"]),
        ("无", None, []),
        ("—", None, []),
        (-3, None, ["negative"]),
        ("-3", None, ["negative"]),
        ("3正2副", None, ["bad-quantity"]),
        ("12+3", None, ["bad-quantity"]),
        (True, None, ["bad-quantity"]),
        (date(2020, 1, 1), None, ["bad-quantity"]),
        (1e300, None, ["bad-quantity"]),
        (float("inf"), None, ["bad-quantity"]),
        (float("nan"), None, ["bad-quantity"]),
        ("1.23456", None, ["bad-quantity"]),
    ],
)
def test_a_number_of_posts_however_it_is_written(raw, number, kinds):
    assert read("quantity", raw) == (number, kinds)


def test_vacancies_may_be_below_zero():
    assert read("balance", -2.0) == (-2, [])
    assert read("balance", "-2") == (-2, ["number-as-text"])


@pytest.mark.parametrize(
    ("raw", "name", "kinds"),
    [
        ("张三", "张三", []),
        ("张 三", "张三", ["blank-in-name"]),
        ("张　　三", "张三", ["blank-in-name"]),
        (" 张三 ", "张三", ["blank-in-name"]),
        ("买买提·艾力", "买买提·艾力", []),
        ("John Smith", "John Smith", []),
        ("张三1", None, ["bad-person-name"]),
        (12.0, None, ["bad-person-name"]),
        ("", None, []),
    ],
)
def test_a_persons_name(raw, name, kinds):
    assert read("person_name", raw) == (name, kinds)


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        ("org_rank", "正科级", "6"), ("org_rank", "正县", "5"), ("org_rank", "股级", "7"),
        ("org_rank", "正处（县）级", "5"), ("org_rank", "副科", "6F"), ("org_rank", "不定级", "8"),
        ("funding_form", "全额拨款", "full"), ("funding_form", "自收自支", "self"),
        ("org_category", "区政府工作部门", "121"), ("org_category", "事业单位", "4"),
        ("welfare_class", "公益Ⅰ类", "1"), ("quota_kind", "参公", "SC"),
        ("quota_kind", "全额事业", "SY"), ("quota_kind", "事业编", "SY"), ("nation", "汉", "汉族"),
        ("flag", "√", "是"), ("sex", "男 ", "男"),
        ("post_class", "专技", "专业技术"), ("person_status", "借出", "借调"),
    ],
)  # fmt: skip
def test_values_of_lists_by_the_names_offices_use(type_, raw, value):
    assert read(type_, raw) == (value, [])


def test_an_unknown_value_comes_with_the_nearest_ones():
    value, [note] = READERS["funding_form"]("财政差额补")
    assert value is None
    assert note.kind == "unknown-value"
    assert "财政差额" in note.do


@pytest.mark.parametrize("tree", TREES)
def test_every_value_of_a_tree_is_known_by_its_own_name(tree):
    for code in national(tree):
        assert find_value(tree, code.name)[0] == code.code
    codes = {code.code for code in national(tree)}
    assert set(known_values(tree).values()) <= codes


@pytest.mark.parametrize(
    ("raw", "text", "kinds"),
    [
        ("滕编办 [2013] 011", "滕编办〔2013〕11号", []),
        ("达市编控（2018）第1号", "达市编控〔2018〕1号", []),
        ("晋编办字〔201572", "晋编办字〔201572", ["damaged-doc-no"]),
        ("见会议纪要", "见会议纪要", ["bad-doc-no"]),
        ("无", None, []),
    ],
)
def test_document_numbers(raw, text, kinds):
    assert read("doc_no", raw) == (text, kinds)


@pytest.mark.parametrize("number", IDS)
def test_identity_numbers_agree_with_the_public_standard(number):
    assert ric.calc_check_digit(number) == check_digit(number) == number[-1]
    assert read_id(number) == (number, ())


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (IDS[0][:-1] + ("1" if IDS[0][-1] != "1" else "2"), "bad-id-check"),
        ("990101198002300010", "bad-id-date"),
        (IDS[0][:17], "bad-id"),
        ("990101800101001", "old-id"),
        (9.9010119800101e17, "id-as-number"),
        ("身份证遗失", "bad-id"),
        ("99010119800101OO1X", "bad-id"),
    ],
)
def test_wrong_identity_numbers(raw, kind):
    value, [note] = read_id(raw)
    assert (value, note.kind, note.code, note.severity) == (None, kind, "CK-17", ERROR)


def test_an_identity_number_is_folded_and_told():
    wide = "".join(chr(ord(c) + 0xFEE0) for c in IDS[0])
    for raw in (wide, f" {IDS[0]}", f"'{IDS[0]}"):
        value, [note] = read_id(raw)
        assert (value, note.kind) == (IDS[0], "id-spelling")


def test_the_sex_in_a_number():
    assert [sex_of(number) for number in IDS[:2]] == ["男", "女"]


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_credit_codes_agree_with_the_public_standard(body):
    body = "11" + "990101" + body[8:17]
    good = body + uscc.calc_check_digit(body)
    assert read_uscc(good) == (good, ())
    other = "0" if good[-1] != "0" else "1"
    assert [note.kind for note in read_uscc(body + other)[1]] == ["bad-uscc-check"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百零五", 105),
        ("两", 2),
        ("〇", 0),
        ("三十二", 32),
        ("1a", None),
    ],
)
def test_chinese_numerals(text, number):
    assert chinese_number(text) == number


@given(st.sampled_from(sorted(READERS)), st.one_of(
    st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(),
))  # fmt: skip
def test_any_value_at_all_is_read_or_noted(type_, raw):
    value, notes = READERS[type_](raw)
    assert value is None or value != ""
    for note in notes:
        assert note.what
        assert note.do
