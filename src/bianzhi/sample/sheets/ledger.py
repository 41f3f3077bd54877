"""机构编制职数一览表: 56 columns under five rows of headings, subtotals and a grand total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bianzhi.sample import words_of
from bianzhi.sample.figures import Figures
from bianzhi.sample.sheets.grid import Cell, Grid
from bianzhi.sample.vocabulary import numeral
from bianzhi.sample.world import District, Org

NINE = tuple(words_of.COLUMNS)
RANKED = ("副厅", "正县", "副县", "正科", "副科")
RANK_CODES = ("4", "5", "5F", "6", "6F")
SECTION_RANKS = ("5", "5F", "6", "6F")
ABOUT = ("机构性质", "机构级别", "经费形式", "机构类别", "参公情况")
REMARKS = ("待上编备注", "领导预留备注", "其他预留备注", "其他备注")
MIDDLE = ("正职核定", "正职实配", "副职核定", "副职实配")


def _middle_of(leaf: str) -> str:
    if leaf in ("一般行政", "政法专项"):
        return "行政"
    return "事业" if leaf.endswith("事业") else leaf


# (group, subgroup, leaf) of each column
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("序号", "", ""), ("主管单位", "", ""),
    ("单位名称", "", ""), ("单位名称", "", ""), ("单位名称", "", ""),
    *(("机构信息", leaf, "") for leaf in ABOUT),
    *((group, _middle_of(leaf), leaf if leaf in NINE[:6] else "")
      for group in ("核定编制", "实有人员") for leaf in NINE),
    ("领导预留", "", ""),
    *(("待上编", leaf, "") for leaf in ("行政编制", "事业编制", "工勤控制数", "政府雇员")),
    ("其他预留", "", ""), ("空缺编制", "", ""),
    *(("领导职数", leaf, "") for leaf in ("核定", "实配", "空缺", *RANKED)),
    *(("中层职数", leaf, "") for leaf in (*MIDDLE, *RANKED[1:])),
    ("备注", "", ""),
    *(("备注分类别基础数据", leaf, "") for leaf in REMARKS),
)  # fmt: skip
HEADS = 5
FIRST_NUMBER, LAST_NUMBER = 10, 50  # columns of numbers, from 0


def ledger(district: District, held: dict[str, Figures]) -> Grid:
    """The sheet of one district's last day."""
    grid = Grid(district.name, _headings(district), HEADS, heading_merges())
    grid.keys = [""] * HEADS
    total: list[int] = [0] * len(COLUMNS)
    serial = 0
    for number, (head, under) in enumerate(_groups(district), 1):
        first = len(grid.rows)
        sums = [0] * len(COLUMNS)
        for place, org in enumerate([head, *under]):
            serial += 1
            numbers = _numbers(org, held[org.key])
            sums = [a + b for a, b in zip(sums, numbers, strict=True)]
            grid.rows.append(_row(serial, head, org, number, place, numbers))
            grid.keys.append(org.key)
        if under:
            grid.merges.append((first, 1, len(grid.rows) - 1, 1))
        _sum_row(grid, "小计", sums)
        total = [a + b for a, b in zip(total, sums, strict=True)]
    _sum_row(grid, "合计", total)
    grid.widths = {0: 5, 1: 18, 2: 4, 3: 4, 4: 30, 51: 24}
    return grid


def _groups(district: District) -> Iterator[tuple[Org, list[Org]]]:
    living = district.living
    for head in living:
        if head.supervisor == head.key:
            yield head, [o for o in living if o.supervisor == head.key and o is not head]


def _row(
    serial: int, head: Org, org: Org, number: int, place: int, numbers: list[int]
) -> list[Cell]:
    remark, parts = _remarks(org)
    row: list[Cell] = [
        serial, head.name if place == 0 else None, numeral(number) if place == 0 else None,
        place or None, org.name, org.nature, words_of.RANKS[org.rank],
        words_of.FUNDING[org.funding], words_of.class_of(org), "是" if org.civil else "否",
    ]  # fmt: skip
    row += [value or None for value in numbers[FIRST_NUMBER : LAST_NUMBER + 1]]
    row[34] = numbers[34]  # 空缺编制 is written even where it is nought
    return [*row, remark, *parts]


def _remarks(org: Org) -> tuple[Cell, list[Cell]]:
    parts: list[Cell] = [
        f"已下达用编通知{org.pending}名" if org.pending else None,
        f"领导干部预留{org.leader_reserve}名" if org.leader_reserve else None,
        f"军转安置预留{org.other_reserve}名" if org.other_reserve else None,
        None,
    ]
    said = [f"含周转{org.turnover_in_remarks}名"] if org.turnover_in_remarks else []
    said += [f"加挂{plate}牌子" for plate in org.plates]
    return "；".join(said) or None, parts


def _numbers(org: Org, held: Figures) -> list[int]:
    """The number columns at their places, noughts elsewhere."""
    approved, actual = words_of.by_column(org.posts), words_of.by_column(held.actual)
    organ = org.kind != "institution"
    waiting = [org.pending if organ else 0, 0 if organ else org.pending, 0, 0]
    vacant = sum(approved) - sum(actual) - org.pending - org.leader_reserve - org.other_reserve
    posts, filled = org.chiefs + org.deputies, _leaders(held)
    ranked = [0] * len(RANK_CODES)
    for rank, count in ((org.rank, org.chiefs), (words_of.lower(org.rank), org.deputies)):
        if rank in RANK_CODES:
            ranked[RANK_CODES.index(rank)] += count
    row = [*approved, *actual, org.leader_reserve, *waiting, org.other_reserve, vacant]
    row += [posts, filled, posts - filled, *ranked, *_middle(org, held)]
    return [0] * FIRST_NUMBER + row + [0] * 5


def _leaders(held: Figures) -> int:
    return held.leaders["单位正职"] + held.leaders["单位副职"]


def _middle(org: Org, held: Figures) -> list[int]:
    chiefs = sum(section.chiefs for section in org.sections)
    deputies = sum(section.deputies for section in org.sections)
    ranked = [0] * len(SECTION_RANKS)
    for section in org.sections:
        if section.level in SECTION_RANKS:
            ranked[SECTION_RANKS.index(section.level)] += section.chiefs
    return [chiefs, held.leaders["内设正职"], deputies, held.leaders["内设副职"], *ranked]


def _sum_row(grid: Grid, word: str, sums: list[int]) -> None:
    row: list[Cell] = [None] * len(COLUMNS)
    row[1] = word
    row[FIRST_NUMBER : LAST_NUMBER + 1] = sums[FIRST_NUMBER : LAST_NUMBER + 1]
    grid.rows.append(row)
    grid.keys.append(word)


def _headings(district: District) -> list[list[Cell]]:
    width = len(COLUMNS)
    title: list[Cell] = [
        f"{district.name}机关事业单位机构编制职数情况一览表",
        *[None] * (width - 1),
    ]
    below: list[Cell] = [f"填报单位：{district.name}委编办", *[None] * (width - 1)]
    below[40] = f"截止时间：{district.last}年12月31日"
    levels: list[list[Cell]] = [[each[level] or None for each in COLUMNS] for level in range(3)]
    return [title, below, *levels]


def heading_merges() -> list[tuple[int, int, int, int]]:
    """The merged cells of the headings; run once the sheet is whole."""
    last = len(COLUMNS) - 1
    merges = [(0, 0, 0, last), (1, 0, 1, 10), (1, 40, 1, last)]
    merges += _spans(2, [column[0] for column in COLUMNS])
    for start, end in _runs([column[:2] for column in COLUMNS]):
        _, middle, leaf = COLUMNS[start]
        if not middle:
            merges.append((2, start, 4, end))
        elif not leaf:
            merges.append((3, start, 4, end))
        elif end > start:
            merges.append((3, start, 3, end))
    whole = {each[1] for each in merges if each[0] == 2 and each[2] == 4}
    return [each for each in merges if not (each[0] == each[2] == 2 and each[1] in whole)]


def _spans(row: int, values: list[str]) -> list[tuple[int, int, int, int]]:
    return [(row, start, row, end) for start, end in _runs(values) if end > start]


def _runs(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[start]:
            yield start, place - 1
            start = place
