"""Mess as offices make it, put into sheets before they are written; each piece is logged.

Level 0 leaves the sheets clean, 1 disturbs how things are written, 2 also what they say,
3 does more of both.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from bianzhi.sample.sheets.grid import Book, Cell, Grid, address

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
Change = Callable[[Random, Any], Cell]


class Trouble(NamedTuple):
    """One kind of mess: in files that begin so, in these columns, at a rate of rows."""

    kind: str
    file: str
    columns: tuple[str, ...]
    level: int
    rate: float
    change: Change


def spaced(chance: Random, value: str) -> str:
    """A blank inside a name."""
    place = chance.randrange(1, max(2, len(value)))
    return value[:place] + chance.choice((" ", "　", "  ")) + value[place:]


def wide(_: Random, value: Cell) -> str:
    """Full-width digits."""
    return str(value).translate(WIDE)


def text_date(chance: Random, value: str) -> str:
    """A day as text, never as ISO."""
    year, month, day = value.split("-")
    return chance.choice((
        f"{year}年{int(month)}月{int(day)}日", f"{year}.{int(month)}.{int(day)}",
        f"{year}{month}{day}", f"{year}/{int(month)}/{int(day)}", f"{year}．{month}．{day}",
    ))  # fmt: skip


def month_only(_: Random, value: str) -> str:
    """A day of which only the month is known."""
    year, month, _day = value.split("-")
    return f"{year}年{int(month)}月"


def abbreviated(_: Random, value: str) -> str:
    """区档案馆 for 澜溪区档案馆; other habits of short names."""
    short = value[2:] if value[2:3] in ("区", "县") else value
    for long, brief in (
        ("街道办事处", "街道办"), ("人民政府", "政府"), ("社会保险服务中心", "社保中心"),
        ("人力资源和社会保障局", "人社局"), ("疾病预防控制中心", "疾控中心"),
        ("自然资源和规划局", "资规局"), ("市场监督管理局", "市场监管局"),
        ("社区卫生服务中心", "社卫中心"), ("综合行政执法大队", "执法大队"),
    ):  # fmt: skip
        short = short.replace(long, brief)
    return short


def with_unit(_: Random, value: Cell) -> str:
    """12名."""
    return f"{value}名"


def off(chance: Random, value: Any) -> Cell:
    """A wrong number."""
    return max(0, int(value) + chance.choice((-2, -1, 1, 2, 3)))


def in_words(_: Random, value: Cell) -> str:
    """事业编制12名."""
    return f"事业编制{value}名"


def damaged(chance: Random, value: str) -> str:
    """A 文号 as old files write it."""
    return chance.choice((
        value.replace("〔", "[").replace("〕", "]"), value.replace("〔", "（").replace("〕", "）"),
        value.replace("〕", "〕第"), value.replace("〔", "〔 ").replace("号", ""),
        value.replace("〕", ""), value.replace("〔", "(").replace("〕", ")").translate(WIDE),
    ))  # fmt: skip


def lost(_: Random, value: Cell) -> None:
    """Left empty."""


APPROVED = ("一般行政", "参公事业", "一般事业")
TROUBLES = (
    Trouble("blank_in_name", "实名制", ("姓名",), 1, 0.006, spaced),
    Trouble("wide_digits", "实名制", ("身份证号",), 1, 0.003, wide),
    Trouble("text_date", "实名制", ("出生日期", "参加工作时间", "进入时间"), 1, 0.006, text_date),
    Trouble("short_name", "实名制", ("所在单位",), 1, 0.008, abbreviated),
    Trouble("unknown_value", "实名制", ("民族",), 1, 0.004, lambda _, v: v.removesuffix("族")),
    Trouble("lost_value", "实名制", ("参加工作时间", "学历"), 2, 0.003, lost),
    Trouble("wide_digits", "机构编制", APPROVED, 1, 0.02, wide),
    Trouble("blank_in_name", "机构编制", ("单位名称",), 1, 0.02, spaced),
    Trouble("short_name", "机构编制", ("单位名称",), 1, 0.03, abbreviated),
    Trouble("number_with_unit", "机构编制", APPROVED, 2, 0.01, with_unit),
    Trouble("wrong_number", "机构编制", ("一般事业",), 2, 0.025, off),
    Trouble("wrong_total", "机构编制", ("空缺编制",), 2, 0.012, off),
    Trouble("short_name", "领导职数", ("机构名称",), 1, 0.03, abbreviated),
    Trouble("wrong_number", "领导职数", ("正职核定",), 2, 0.004, off),
    Trouble("text_date", "机构沿革", ("下发时间",), 1, 0.05, text_date),
    Trouble("month_only", "机构沿革", ("下发时间",), 2, 0.004, month_only),
    Trouble("damaged_doc_no", "机构沿革", ("文号",), 2, 0.03, damaged),
    Trouble("lost_doc_no", "机构沿革", ("文号",), 2, 0.008, lost),
    Trouble("short_name", "机构沿革", ("机构名称",), 1, 0.015, abbreviated),
    Trouble("number_in_words", "机构沿革", ("事业编制",), 2, 0.04, in_words),
    Trouble("wide_digits", "机构沿革", ("编制总数",), 1, 0.01, wide),
    Trouble("wrong_number", "机构沿革", ("事业编制",), 2, 0.004, off),
    Trouble("text_date", "文件目录", ("成文日期",), 1, 0.02, text_date),
    Trouble("damaged_doc_no", "文件目录", ("文号",), 2, 0.01, damaged),
    Trouble("blank_in_name", "职责清单", ("单位名称",), 1, 0.004, spaced),
)  # fmt: skip


class Mess:
    """Puts mess into books; ``log`` says where and what was true."""

    def __init__(self, chance: Random, level: int) -> None:
        self.chance, self.level = chance, level
        self.log: list[dict[str, Cell]] = []

    def into(self, book: Book) -> None:
        """Disturb one book."""
        for grid in book.grids:
            touched: set[tuple[int, int]] = set()
            if self.level >= 2 and book.path.startswith("机构沿革"):
                self._rows(book, grid)
            for trouble in TROUBLES:
                if book.path.startswith(trouble.file) and self.level >= trouble.level:
                    self._cells(book, grid, trouble, touched)

    def _cells(
        self, book: Book, grid: Grid, trouble: Trouble, touched: set[tuple[int, int]]
    ) -> None:
        columns = [_place(grid, title) for title in trouble.columns if title in _titles(grid)]
        data = [row for row in range(grid.heads, len(grid.rows)) if _is_data(grid, row)]
        if not columns or not data:
            return
        rate = trouble.rate * (2.5 if self.level == 3 else 1)
        wanted = int(rate * len(data) + self.chance.random())
        for row in self.chance.sample(data, min(wanted, len(data))):
            column = self.chance.choice(columns)
            true = grid.rows[row][column]
            if true in (None, "", 0) or (row, column) in touched:
                continue
            shown = trouble.change(self.chance, true)
            if shown == true:
                continue
            touched.add((row, column))
            grid.rows[row][column] = shown
            self._note(book, grid, address(row, column), trouble.kind, shown, true, row)

    def _note(
        self, book: Book, grid: Grid, cell: str, kind: str, shown: Cell, true: Cell, row: int
    ) -> None:
        self.log.append({
            "file": book.path, "sheet": grid.name, "cell": cell, "kind": kind, "shown": shown,
            "true": true, "key": grid.keys[row] if row < len(grid.keys) else None,
        })  # fmt: skip

    def _rows(self, book: Book, grid: Grid) -> None:
        """Lines of history left out, and lines copied twice."""
        kinds = {"核增", "核减", "划入", "划出", "更名"}
        column = grid.column("变动类型")
        some = [row for row in range(1, len(grid.rows)) if grid.rows[row][column] in kinds]
        count = max(1, len(some) * self.level // 200)
        gone = set(self.chance.sample(some, min(count, len(some))))
        twice = set(self.chance.sample(some, min(count // 2 + 1, len(some)))) - gone
        rows, keys = [grid.rows[0]], [grid.keys[0]]
        for row in range(1, len(grid.rows)):
            if row in gone:
                summary = grid.rows[row][grid.column("变动摘要")]
                self.log.append({
                    "file": book.path, "sheet": grid.name, "cell": None, "kind": "row_left_out",
                    "shown": None, "true": summary, "key": grid.keys[row],
                })  # fmt: skip
                continue
            for _ in range(2 if row in twice else 1):
                rows.append([len(rows), *grid.rows[row][1:]])
                keys.append(grid.keys[row])
            if row in twice:
                self.log.append({
                    "file": book.path, "sheet": grid.name, "cell": address(len(rows) - 1, 0),
                    "kind": "row_twice", "shown": len(rows) - 1, "true": None,
                    "key": grid.keys[row],
                })  # fmt: skip
        grid.rows, grid.keys = rows, keys


def _titles(grid: Grid) -> list[Cell]:
    return grid.titles


def _place(grid: Grid, title: str) -> int:
    """The column; the name itself stands in the last of the three 单位名称."""
    if title == "单位名称" and grid.heads == 5:
        return 4
    return grid.column(title)


def _is_data(grid: Grid, row: int) -> bool:
    return row < len(grid.keys) and grid.keys[row] not in ("", "小计", "合计")
