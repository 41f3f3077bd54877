"""A world as the folder an office would hand over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bianzhi.sample.figures import figures
from bianzhi.sample.mess import Mess
from bianzhi.sample.papers.mandates import Written, chinese_day, mandates, replies
from bianzhi.sample.papers.word import save
from bianzhi.sample.sheets.basics import basics
from bianzhi.sample.sheets.grid import Book
from bianzhi.sample.sheets.history import history
from bianzhi.sample.sheets.leadership import leadership, sections
from bianzhi.sample.sheets.ledger import ledger
from bianzhi.sample.sheets.others import catalogue, ceilings, duties
from bianzhi.sample.sheets.roster import roster
from bianzhi.sample.sheets.shifted import moved_columns, shifted
from bianzhi.sample.sheets.write import write
from bianzhi.sample.words_of import KINDS
from bianzhi.sample.world import World

LEDGER, LEADERSHIP, HISTORY = "机构编制职数一览表.xlsx", "领导职数情况表.xlsx", "机构沿革表.xlsx"
SHIFTED = "机构编制职数一览表（旧系统导出）.xlsx"
ROSTERS = "实名制人员名册/{year}年.xlsx"


def books(world: World) -> list[Book]:
    """Every workbook, before any mess."""
    districts = world.districts
    held = {district.name: figures(district) for district in districts}
    made = [
        Book(LEDGER, [ledger(each, held[each.name]) for each in districts]),
        Book(LEADERSHIP, [sheet(each, held[each.name]) for each in districts
                          for sheet in (leadership, sections)]),
        Book(HISTORY, [history(districts)]),
        Book("机构基本信息表.xlsx", [basics(districts)]),
        Book("文件目录.xlsx", [catalogue(districts)]),
        Book("编制控制数.xlsx", [ceilings(districts)]),
        Book("职责清单.xlsx", [duties(districts)]),
    ]  # fmt: skip
    years = sorted(districts[0].rosters)
    return made + [Book(ROSTERS.format(year=year), [roster(districts, year)]) for year in years]


@dataclass
class Handed:
    """What was written, and what a reader of it cannot know."""

    files: list[str] = field(default_factory=list)
    mess: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)


def write_folder(
    world: World, folder: Path, progress: Callable[[], object] = lambda: None
) -> Handed:
    """Write all files into ``folder``; ``progress`` is called after each workbook."""
    handed = Handed()
    mess = Mess(Random(f"{world.seed}/mess"), world.mess)
    for book in books(world):
        if book.path == LEDGER and world.mess >= 2:
            old = Book(SHIFTED, [shifted(grid) for grid in book.grids])
            write(old, folder)
            handed.files.append(SHIFTED)
            handed.mess.append({"file": SHIFTED, "sheet": None, "cell": None,
                                "kind": "shifted_block", "moved": moved_columns()})  # fmt: skip
        mess.into(book)
        write(book, folder)
        handed.files.append(book.path)
        progress()
    handed.mess += mess.log
    _documents(world, folder, handed)
    return handed


def _documents(world: World, folder: Path, handed: Handed) -> None:
    chance = Random(f"{world.seed}/papers")
    for district in world.districts:
        written = [*mandates(district), *replies(chance, district)]
        if world.mess >= 2:
            _disagree(chance, [each for each in written if "sections" in each.facts], world)
        for each in written:
            paper = each.paper
            save(folder / each.path, paper.issuer, paper.number, paper.title, each.to, each.body,
                 chinese_day(paper.day))  # fmt: skip
            handed.files.append(each.path)
            handed.documents.append({"file": each.path, **each.facts})


def _disagree(chance: Random, written: list[Written], world: World) -> None:
    """Two 三定 say one post more than the ledger has."""
    for each in chance.sample(written, min(2, len(written))):
        kind, n = next(iter(each.facts["posts"].items()))
        word = f"{KINDS[kind]}{n}名"
        each.body[:] = [text.replace(word, f"{KINDS[kind]}{n + 1}名") for text in each.body]
        each.facts["posts"] = {**each.facts["posts"], kind: n + 1}
        world.planted.append({"kind": "mandate_differs", "org": each.facts["org"],
                              "quota_kind": kind, "mandate": n + 1, "ledger": n})  # fmt: skip
