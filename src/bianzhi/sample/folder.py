"""A world as the folder an office would hand over."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from bianzhi.sample.figures import figures
from bianzhi.sample.mess import Mess
from bianzhi.sample.sheets.grid import Book, write
from bianzhi.sample.sheets.history import history
from bianzhi.sample.sheets.leadership import leadership, sections
from bianzhi.sample.sheets.ledger import ledger
from bianzhi.sample.sheets.others import catalogue, ceilings, duties
from bianzhi.sample.sheets.roster import roster
from bianzhi.sample.world import World

LEDGER, LEADERSHIP, HISTORY = "机构编制职数一览表.xlsx", "领导职数情况表.xlsx", "机构沿革表.xlsx"
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
        Book("文件目录.xlsx", [catalogue(districts)]),
        Book("编制控制数.xlsx", [ceilings(districts)]),
        Book("职责清单.xlsx", [duties(districts)]),
    ]  # fmt: skip
    years = sorted(districts[0].rosters)
    return made + [Book(ROSTERS.format(year=year), [roster(districts, year)]) for year in years]


def write_folder(world: World, folder: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Write all files; returns their paths inside the folder, and the mess put into them."""
    written = []
    mess = Mess(Random(f"{world.seed}/mess"), world.mess)
    for book in books(world):
        mess.into(book)
        write(book, folder)
        written.append(book.path)
    return written, mess.log
