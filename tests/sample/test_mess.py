"""Mess: every disturbed cell is in the truth, and nothing else is disturbed."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from bianzhi.sample import mess
from bianzhi.sample.folder import SHIFTED
from bianzhi.sample.mess import Mess
from bianzhi.sample.sheets.grid import Book, table


def cells(folder, path):
    """Every cell of a workbook by (sheet, name)."""
    book = CalamineWorkbook.from_path(folder / path)
    found = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for row, values in enumerate(sheet):
            for column, value in enumerate(values):
                found[name, row, column] = value
    return found


def place(sheet, cell):
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return sheet, int(number) - 1, column - 1


def test_a_clean_world_has_no_mess(clean):
    assert clean.handed.mess == []


def test_every_entry_shows_what_it_says(messy):
    files = {path: cells(messy.folder, path) for path in messy.handed.files if "xlsx" in path}
    entries = [each for each in messy.handed.mess if each["cell"]]
    assert len(entries) > 500
    for each in entries:
        shown = files[each["file"]][place(each["sheet"], each["cell"])]
        assert shown == ("" if each["shown"] is None else each["shown"])


@pytest.mark.parametrize(
    "path", ["机构编制职数一览表.xlsx", "文件目录.xlsx", "实名制人员名册/2025年.xlsx"]
)
def test_nothing_else_is_disturbed(path, messy, clean):
    now, right = cells(messy.folder, path), cells(clean.folder, path)
    assert now.keys() == right.keys()
    told = {place(each["sheet"], each["cell"]): each for each in messy.handed.mess
            if each["file"] == path}  # fmt: skip
    assert {key for key in now if now[key] != right[key]} == told.keys()
    assert all(right[key] == each["true"] for key, each in told.items())


def test_lines_left_out_of_the_history_are_told(messy, clean):
    def lines(written):
        found = cells(written.folder, "机构沿革表.xlsx")
        return Counter(value for (_, row, column), value in found.items() if column == 7 and row)

    gone = [each for each in messy.handed.mess if each["kind"] == "row_left_out"]
    twice = [each for each in messy.handed.mess if each["kind"] == "row_twice"]
    assert gone
    assert twice
    missing, extra = lines(clean) - lines(messy), lines(messy) - lines(clean)
    assert missing == Counter(each["true"] for each in gone)
    assert extra.total() == len(twice)


def history_of(count):
    titles = ("序号", "机构名称", "文号", "下发时间", "事业编制", "变动类型", "变动摘要")
    rows = [
        [n, "澜溪区档案馆", f"澜编发〔2020〕{n}号", "2020-03-04", n, "核增", f"增加{n}名"]
        for n in range(1, count)
    ]
    grid = table("机构沿革", titles, rows)
    grid.keys = ["", *(str(n) for n in range(1, count))]
    return Book("机构沿革表.xlsx", [grid])


def test_every_level_adds_mess():
    counts = []
    for level in range(4):
        messing = Mess(Random(1), level)
        messing.into(history_of(600))
        counts.append(len(messing.log))
    assert counts[0] == 0
    assert counts == sorted(set(counts))


def test_the_same_chance_makes_the_same_mess():
    logs = []
    for _ in range(2):
        messing = Mess(Random(7), 3)
        messing.into(history_of(300))
        logs.append(messing.log)
    assert logs[0] == logs[1] != []


@pytest.mark.parametrize(
    ("change", "value", "pattern"),
    [
        (mess.spaced, "张小明", r"(张[ 　]+小明|张小[ 　]+明)"),
        (mess.wide, 12, "１２"),
        (mess.text_date, "2015-03-09", r"2015年3月9日|2015\.3\.9|20150309|2015/3/9|2015．03．09"),
        (mess.month_only, "2015-03-09", "2015年3月"),
        (mess.abbreviated, "澜溪区社会保险服务中心", "区社保中心"),
        (mess.with_unit, 12, "12名"),
        (mess.in_words, 12, "事业编制12名"),
        (mess.damaged, "澜编发〔2015〕3号", r"澜编发.{0,3}[2２][0０][1１][5５].{0,3}[3３]号?"),
    ],
)
def test_each_way_to_write_badly(change, value, pattern):
    for seed in range(20):
        assert re.fullmatch(pattern, str(change(Random(seed), value)))


def test_the_shifted_file_is_told_as_a_whole(messy):
    (entry,) = [each for each in messy.handed.mess if each["file"] == SHIFTED]
    assert ["核定编制/事业/储备事业", "核定编制/工勤"] in entry["moved"]
    assert ["实有人员/行政/一般行政", "实有人员/行政/政法专项"] in entry["moved"]
