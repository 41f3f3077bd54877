"""Intake: rows a second from .xlsx to checked rows, against python-calamine reading alone.

A roster and the 56-column ledger are written once, as an office has them; then both sides read
the same bytes in the same run. Ours is everything: looking through the package, understanding the
headings, typing every value, all checks, the typed rows.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from random import Random

import python_calamine as calamine

from benchmarks.common import Line, arguments, peak_megabytes, show, timed
from bianzhi.files.intake import take_workbook
from bianzhi.files.intake.identity import check_digit
from bianzhi.files.layouts import Layout, layout, write_layout
from bianzhi.files.workbook import Limits, open_workbook

ROSTER = (
    "seq", "person", "id_number", "sex", "birth_date", "nation", "party", "work_started_on",
    "education", "org", "section", "quota_kind", "funding_form", "post_class", "person_status",
    "entry_mode", "enrolled_on", "title", "note",
)  # fmt: skip
LIMITS = Limits(rows=1_000_000, cells=60_000_000)


def roster(count: int) -> bytes:
    """A roster of invented people, nineteen columns."""
    form = layout("people")
    columns = {column.field: column for column in form.columns}
    narrow = Layout(form.title, form.sheet, tuple(columns[name] for name in ROSTER), form.name)
    return write_layout(narrow, [person(Random(n), n) for n in range(count)], basis="2024-12-31")


def person(chance: Random, number: int) -> dict[str, object]:
    """One invented person with a valid identity number of a district that does not exist."""
    born = f"{chance.randint(1965, 2000)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"9{number // 900 % 100_000:05}{born}{number % 900 + 100:03}"
    day = f"{born[:4]}-{born[4:6]}-{born[6:]}"
    return {
        "person": "".join(chance.choices("王李张刘陈杨黄赵周吴伟芳娜敏静丽强磊军洋", k=3)),
        "id_number": body + check_digit(body),
        "sex": "男" if int(body[16]) % 2 else "女",
        "birth_date": day,
        "nation": "汉族",
        "party": chance.choice(["中共党员", "群众"]),
        "work_started_on": f"{int(born[:4]) + 23}-07-01",
        "education": chance.choice(["大学本科", "大学专科", "硕士研究生"]),
        "org": f"甲区第{chance.randint(1, 300)}中心",
        "section": chance.choice(["办公室", "业务科", "财务科"]),
        "quota_kind": "一般事业编制",
        "funding_form": "财政全额",
        "post_class": "专业技术",
        "person_status": "在岗",
        "entry_mode": "公开招聘",
        "enrolled_on": f"{int(born[:4]) + 24}-01-01",
        "title": "",
        "note": "",
    }


def ledger(count: int) -> bytes:
    """A ledger of all 56 columns with sums by supervising body."""
    return write_layout(layout("ledger"), [unit(Random(n), n) for n in range(count)], basis="2024")


def unit(chance: Random, number: int) -> dict[str, object]:
    """One unit; its vacancies add up."""
    posts, people = chance.randint(3, 60), chance.randint(0, 60)
    return {
        "supervisor": f"甲区第{number // 12}局",
        "name": f"甲区第{number}中心",
        "nature": "事业单位",
        "rank": "正股级",
        "funding_form": "财政全额",
        "category": "其他事业单位",
        "approved_SY": posts,
        "actual_SY": people,
        "approved_GJ": 1,
        "vacant": posts + 1 - people,
        "leaders_approved": 3,
        "leaders_actual": 2,
        "leaders_vacant": 1,
        "note": "含周转3名" if number % 9 == 0 else None,
    }


def read_alone(data: bytes) -> int:
    """What the reader takes to hand over the same rows."""
    with calamine.load_workbook(io.BytesIO(data)) as book:
        return sum(len(book.get_sheet_by_name(n).to_python()) for n in book.sheet_names)


def take_in(data: bytes) -> int:
    """Everything; the rows counted so that all of it is done."""
    [taken] = take_workbook(open_workbook(data, "表.xlsx", LIMITS))
    return len(taken.good_rows)


def measured(what: str, data: bytes, rows: int, rounds: int) -> Line:
    """Both sides on the same bytes."""
    assert take_in(data) == rows
    alone = both_clocks(lambda: read_alone(data), rounds)
    ours = both_clocks(lambda: take_in(data), rounds)
    return Line(
        f"{what}, {rows:,} rows, {len(data) / 2**20:.1f} MB",
        f"{rows / ours[0]:,.0f} rows/s ({rows / ours[1]:,.0f} a CPU second)",
        f"calamine alone {rows / alone[0]:,.0f} rows/s ({rows / alone[1]:,.0f})",
        f"{alone[1] / ours[1]:.2f}",
        "≥ 20,000 rows/s",
    )


def both_clocks(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """(seconds, CPU seconds), the least of some runs: on a busy machine only the second tells."""
    walls, cpus = [], []
    for _ in range(rounds):
        start = time.process_time()
        walls.append(timed(work)[0])
        cpus.append(time.process_time() - start)
    return min(walls), min(cpus)


def main() -> None:
    given = arguments(
        __doc__,
        ("people", 100_000, 2_000, "people of the roster"),
        ("units", 30_000, 600, "units of the ledger"),
    )
    rounds = 1 if given.small else 3
    lines = [
        measured("roster of 19 columns", roster(given.people), given.people, rounds),
        measured("ledger of 56 columns", ledger(given.units), given.units, rounds),
        Line("most memory", f"{peak_megabytes()} MB"),
    ]
    show("Intake from .xlsx", lines)


if __name__ == "__main__":
    main()
