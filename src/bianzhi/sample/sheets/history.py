"""机构沿革表: one line a body and document."""

from __future__ import annotations

from bianzhi.sample import words_of
from bianzhi.sample.sheets.grid import Cell, Grid
from bianzhi.sample.world import District, Event, Paper, Posts

TITLES = (
    "序号", "文号", "下发时间", "文件名称", "发文机关", "机构名称", "变动类型", "变动摘要",
    "隶属关系", "机构规格", "经费形式", "公益类别", "主要职责",
    "编制总数", "行政编制", "政法专项编制", "参公事业编制",
    "事业编制", "周转事业编制", "工勤编制", "员额控制数", "领导职数", "并入或承接机构", "备注",
)  # fmt: skip
KINDS: tuple[tuple[str, ...], ...] = (
    ("XZ", "XXZ"), ("ZFSX",), ("SC",), ("SY",), ("SZ",), ("GJ",), ("KY",),
)  # fmt: skip


def history(districts: list[District]) -> Grid:
    """All events in order of day."""
    grid = Grid("机构沿革", [list(TITLES)], 1, [], {1: 20, 3: 36, 5: 30, 7: 40, 12: 30}, [""])
    for district in districts:
        papers = {paper.key: paper for paper in district.papers}
        names = _Names(district)
        for place, event in enumerate(district.events):
            row = _line(len(grid.rows), event, papers[event.paper], names)
            grid.rows.append(row)
            grid.keys.append(f"{district.code}:{place}")
    return grid


class _Names:
    """How bodies are called as the events are read in order."""

    def __init__(self, district: District) -> None:
        self.called = {key: org.name for key, org in district.orgs.items()}
        self.first: dict[str, str] = {}
        for event in reversed(district.events):
            self.first[event.org] = event.name
        self.called |= self.first


def _line(number: int, event: Event, paper: Paper, names: _Names) -> list[Cell]:
    names.called[event.org] = event.name
    merged = (
        "、".join(event.partner_names) if event.kind in ("合并组建", "吸收合并", "撤销") else None
    )
    gone = event.kind == "撤销"
    return [
        number, paper.number, event.day.isoformat(), paper.title, paper.issuer, event.name,
        event.kind, event.summary, names.called[event.supervisor], words_of.RANKS[event.rank],
        words_of.FUNDING[event.funding], words_of.WELFARE[event.welfare] or None,
        event.duties or None, *_posts(event.posts),
        None if gone else words_of.leaders_in_words(event.chiefs, event.deputies), merged,
        event.note or None,
    ]  # fmt: skip


def _posts(posts: Posts) -> list[Cell]:
    counted = sum(n for kind, n in posts.items() if kind != "KY")
    return [counted, *(sum(posts.get(kind, 0) for kind in kinds) or None for kinds in KINDS)]
