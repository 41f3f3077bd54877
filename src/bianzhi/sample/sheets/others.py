"""文件目录, 编制控制数 and 职责清单."""

from __future__ import annotations

from bianzhi.sample import words_of
from bianzhi.sample.sheets.grid import Cell, Grid, table
from bianzhi.sample.world import District

CATALOGUE = ("序号", "文号", "标题", "发文机关", "成文日期", "页数", "摘要")
CEILINGS = ("序号", "地区", "编制种类", "控制数", "下达文号", "下达机关", "下达日期", "备注")
DUTIES = ("序号", "主管单位", "单位名称", "内设机构", "职责序号", "职责内容")


def catalogue(districts: list[District]) -> Grid:
    """Every document."""
    rows: list[list[Cell]] = []
    keys = [""]
    for district in districts:
        said: dict[int, str] = {}
        for event in district.events:
            said.setdefault(event.paper, event.summary)
        for paper in district.papers:
            rows.append([
                len(rows) + 1, paper.number, paper.title, paper.issuer, paper.day.isoformat(),
                paper.pages, paper.summary or said.get(paper.key),
            ])  # fmt: skip
            keys.append(f"{district.code}:{paper.key}")
    grid = table("文件目录", CATALOGUE, rows)
    grid.keys, grid.widths = keys, {1: 20, 2: 50, 3: 32, 6: 50}
    return grid


def ceilings(districts: list[District]) -> Grid:
    """What was granted from above, by kind."""
    rows: list[list[Cell]] = []
    for district in districts:
        for number, (kind, n) in enumerate(granted(district).items(), 1):
            rows.append([
                len(rows) + 1, district.name, words_of.KINDS[kind], n,
                f"市编发〔{district.last - 1}〕{10 + number}号", "市委机构编制委员会",
                f"{district.last - 1}-12-{number + 9:02}", None,
            ])  # fmt: skip
    grid = table("编制控制数", CEILINGS, rows)
    grid.widths = {4: 20, 5: 20}
    return grid


def granted(district: District) -> dict[str, int]:
    """The ceiling of each kind: what the bodies have, and a little more kept by the office."""
    totals: dict[str, int] = {}
    for org in district.living:
        for kind, n in org.posts.items():
            totals[kind] = totals.get(kind, 0) + n
    return {kind: n + (n // 40 if kind != "GJ" else 0) for kind, n in totals.items()}


def duties(districts: list[District]) -> Grid:
    """Every duty of every living body, then of its sections."""
    rows: list[list[Cell]] = []
    keys = [""]
    for district in districts:
        for org in district.living:
            head = district.orgs[org.supervisor].name
            for number, duty in enumerate(org.duties, 1):
                rows.append([len(rows) + 1, head, org.name, None, number, duty.text])
                keys.append(f"{org.key}/{number}")
            for section in org.sections:
                for number, text in enumerate(section.duties, 1):
                    rows.append([len(rows) + 1, head, org.name, section.name, number, text])
                    keys.append(f"{org.key}/{section.name}/{number}")
    grid = table("职责清单", DUTIES, rows)
    grid.keys, grid.widths = keys, {1: 24, 2: 32, 3: 20, 5: 70}
    return grid
