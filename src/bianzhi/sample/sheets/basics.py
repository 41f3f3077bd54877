"""机构基本信息表: names, credit codes, sponsors, founding documents; one line a body."""

from __future__ import annotations

from bianzhi.sample import words_of
from bianzhi.sample.sheets.grid import Cell, Grid
from bianzhi.sample.world import District, Org

TITLES = (
    "序号", "机构全称", "规范简称", "统一社会信用代码", "机构类型", "机构规格", "主管部门",
    "举办单位", "加挂牌子", "设立文号", "设立时间", "备注",
)  # fmt: skip


def basics(districts: list[District]) -> Grid:
    """All living bodies."""
    widths: dict[int, float] = {1: 34, 2: 22, 3: 22, 6: 26, 7: 26, 9: 20}
    grid = Grid("机构基本信息", [list(TITLES)], 1, [], widths, [""])
    for district in districts:
        numbers = {paper.key: paper.number for paper in district.papers}
        founding = {
            event.org: numbers[event.paper]
            for event in district.events
            if event.kind in ("设立", "合并组建")
        }
        for org in district.living:
            line = _line(len(grid.rows), org, district, founding.get(org.key))
            grid.rows.append(line)
            grid.keys.append(org.key)
    return grid


def _line(number: int, org: Org, district: District, founding: str | None) -> list[Cell]:
    head = district.orgs[org.supervisor].name
    institution = org.kind == "institution"
    return [
        number, org.name, district.name[-1] + org.stem, org.credit, org.nature,
        words_of.RANKS[org.rank], head if institution else None, head if institution else None,
        "、".join(org.plates) or None, founding,
        org.founded.isoformat() if org.founded else None, None,
    ]  # fmt: skip
