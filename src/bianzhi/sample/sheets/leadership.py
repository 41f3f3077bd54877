"""领导职数情况表: 20 columns a body, and a sheet of sections."""

from __future__ import annotations

from collections.abc import Mapping

from bianzhi.sample import words_of
from bianzhi.sample.figures import Figures
from bianzhi.sample.sheets.grid import Cell, Grid
from bianzhi.sample.world import District, Org

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("序号", ()), ("机构名称", ()), ("行政范围", ()), ("机构规格", ()),
    ("领导职数总计", ("核定", "实有")), ("领导正职", ("核定", "名称", "实有")),
    ("领导副职", ("核定", "名称", "实有")), ("纪委书记", ("核定", "实有")),
    ("机关党委书记", ("核定", "实有")), ("其他领导", ("核定", "名称", "实有")), ("备注", ()),
)  # fmt: skip
SECTIONS = (
    "序号", "机构名称", "内设机构名称", "规格", "编制数",
    "正职核定", "正职实有", "副职核定", "副职实有", "备注",
)  # fmt: skip


def leadership(district: District, held: dict[str, Figures]) -> Grid:
    """One line a body."""
    top: list[Cell] = []
    low: list[Cell] = []
    merges = [(0, 0, 0, 19)]
    for group, leaves in GROUPS:
        start = len(top)
        top += [group, *[None] * (len(leaves) - 1)] if leaves else [group]
        low += list(leaves) or [None]
        merges.append((1, start, 1, len(top) - 1) if leaves else (1, start, 2, start))
    title: list[Cell] = [f"{district.name}机关事业单位核定领导职数情况表", *[None] * 19]
    grid = Grid(f"{district.name}领导职数", [title, top, low], 3, merges, {1: 32, 19: 18})
    grid.keys = [""] * 3
    for number, org in enumerate(district.living, 1):
        grid.rows.append(_line(number, org, held[org.key]))
        grid.keys.append(org.key)
    return grid


def _line(number: int, org: Org, held: Figures) -> list[Cell]:
    chief, deputy = titles(org)
    have = held.leaders
    return [
        number, org.name, "区级机关" if org.kind == "department" else "乡镇街道"
        if org.kind == "town" else "事业单位" if org.kind == "institution" else "开发区",
        words_of.RANKS[org.rank], org.chiefs + org.deputies,
        have["单位正职"] + have["单位副职"], org.chiefs, chief, have["单位正职"],
        org.deputies or None, deputy if org.deputies else None, have["单位副职"] or None,
        None, None, None, None, None, None, None, None,
    ]  # fmt: skip


def titles(org: Org) -> tuple[str, str]:
    """What its chief and deputies are called.

    >>> from types import SimpleNamespace
    >>> titles(SimpleNamespace(stem="第一小学", kind="institution"))
    ('校长', '副校长')
    """
    for ending, chief in (
        ("小学", "校长"), ("中学", "校长"), ("学校", "校长"), ("校区", "校长"), ("园", "园长"),
        ("医院", "院长"), ("卫生院", "院长"), ("院", "院长"), ("馆", "馆长"), ("大队", "大队长"),
        ("队", "队长"), ("所", "所长"), ("站", "站长"), ("林场", "场长"), ("局", "局长"),
        ("人民政府", "乡镇长"), ("办事处", "主任"), ("会", "主席"), ("部", "部长"),
    ):  # fmt: skip
        if org.stem.endswith(ending):
            return chief, f"副{chief}"
    return "主任", "副主任"


def sections(district: District, held: dict[str, Figures]) -> Grid:
    """One line a section."""
    name = f"{district.name}内设机构"
    grid = Grid(name, [list(SECTIONS)], 1, [], {1: 32, 2: 24}, [""])
    number = 0
    for org in district.living:
        for section in org.sections:
            number += 1
            have: Mapping[str, int] = held[org.key].sections.get(section.name, {})
            grid.rows.append([
                number, org.name, section.name, "股级" if section.level == "7" else "不定规格",
                section.posts, section.chiefs, have.get("内设正职", 0), section.deputies,
                have.get("内设副职", 0), None,
            ])  # fmt: skip
            grid.keys.append(org.key)
    return grid
