"""实名制人员名册: one workbook a year; the last three with every field, older ones with fewer."""

from __future__ import annotations

from datetime import date

from bianzhi.sample import words_of
from bianzhi.sample.sheets.grid import Cell, Grid
from bianzhi.sample.sheets.leadership import titles
from bianzhi.sample.world import District, Placed

FULL = (
    "序号", "姓名", "身份证号", "性别", "出生日期", "民族", "政治面貌", "参加工作时间", "学历",
    "所在单位", "所在内设机构", "编制类别", "经费形式", "岗位类别", "人员状态", "进入形式",
    "进入时间", "人员分类",
    "领导职务", "领导职务级别", "备注",
)  # fmt: skip
SHORT = ("序号", "姓名", "身份证号", "性别", "出生日期", "所在单位", "编制类别", "职务", "备注")
NAMED = words_of.KINDS | {"SY": "一般事业编制", "SC": "参公事业编制", "XZ": "一般行政编制"}


def roster(districts: list[District], year: int) -> Grid:
    """One year's people."""
    full = year > districts[0].last - 3
    grid = Grid(f"{year}年", [list(FULL if full else SHORT)], 1, [], {2: 21, 9: 30}, [""])
    line = _full if full else _short
    for district in districts:
        for placed in district.rosters[year]:
            grid.rows.append(line(len(grid.rows), placed, district))
            grid.keys.append(f"{district.code}:{placed.person.key}")
    return grid


def _day(day: date) -> str:
    return day.isoformat()


def _full(number: int, placed: Placed, district: District) -> list[Cell]:
    person, org = placed.person, district.orgs[placed.org]
    chief = placed.leader in ("单位正职", "单位副职")
    grade = org.rank if placed.leader == "单位正职" else words_of.lower(org.rank)
    title = titles(org)[placed.leader == "单位副职"] if chief else None
    return [
        number, person.name, person.number, "男" if person.man else "女", _day(person.born),
        person.nation, person.party, _day(person.joined), person.education, placed.org_name,
        placed.org_name if chief or not placed.section else placed.section, NAMED[placed.kind],
        words_of.FUNDING[org.funding], person.post or None, "在岗", placed.entry,
        _day(placed.entered), placed.leader or "非领导", title,
        words_of.RANKS[grade] if chief else None, None,
    ]  # fmt: skip


def _short(number: int, placed: Placed, district: District) -> list[Cell]:
    person = placed.person
    return [
        number, person.name, person.number, "男" if person.man else "女", _day(person.born),
        placed.org_name, NAMED[placed.kind], placed.leader or None, None,
    ]  # fmt: skip
