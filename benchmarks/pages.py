"""Pages: time in the server over a city and over a nation, bytes of a first visit.

Times are those of the whole of Django, middleware and templates included, asked in this process one
after another; the first asking of each, which makes what later ones use again, stands apart. CPU
is what this process used, whatever else the machine did. The record lies in SQLite, or in the
PostgreSQL that ``BIANZHI_TEST_POSTGRES`` names. The nation is made of columns (see ``nation.py``)
and its record holds only its first change.
"""

from __future__ import annotations

import gzip
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.common import Line, arguments, open_record, percentile, show, timed, workplace
from benchmarks.nation import City, nation

SIZES = (
    ("units", 3_000, 200, "units of the city"),
    ("documents", 1_500, 30, "documents that move posts in it"),
    ("nation", 1_100_000, 5_000, "units of the nation"),
    ("rounds", 30, 3, "times each page is asked for"),
)
LISTS = {
    "台账首页": "/",
    "机构名册": "/units",
    "　第 9 页": "/units?page=9",
    "　筛选": "/units?rank=6F&flag=vacant",
    "　按规格分组": "/units?group=rank",
    "　按主管部门分组": "/units?group=supervisor",
    "　按核定排序": "/units?sort=-approved",
    "　查找两个汉字": "/units?q=医院",
    "　查找拼音首字母": "/units?q=jyj",
    "　另一种查找": "/units?q=长宁 小学",
    "检查发现": "/findings/?rule=CK-01",
    "一种编制的各单位": "/entries?kind=SY",
}
NEW = ("学校", "wsy", "幼儿园", "xx")
PAGES = {**LISTS, "单位": "/unit?code=U000041", "分录": "/entries?holder=U000041",
         "变更": "/changes", "一号变更": "/change?no=9", "两日对比":
         "/compare?before=2018-01-01&after=2018-03-31"}  # fmt: skip


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        open_record(folder / "city.sqlite3", os.environ.get("BIANZHI_TEST_POSTGRES", ""))
        fill(given.units, given.documents)
        client = visitor()
        lines = each_page(client, PAGES, given.rounds, "100 ms")
        lines += first_visit(client)
        show(f"a city: {given.units:,} units, {given.documents:,} documents", lines)
        lines = over_nation(client, given.nation, given.rounds)
        show(f"a nation: {given.nation:,} units", lines)


def fill(units: int, documents: int) -> None:
    """Post the city."""
    from bianzhi.record.post import Poster

    Poster().post(list(City(units, documents).drafts()))


def visitor() -> Any:
    """A browser in which the head of the office is logged in."""
    from django.test import Client

    from bianzhi.office.access.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.make("head", "not-used", "office_head", "主任"))
    return client


class Took(NamedTuple):
    """Milliseconds until a page is there: by the wall clock, and of processor time."""

    wall: float
    cpu: float


def ask(client: Any, address: str) -> Took:
    """Ask for a page."""
    cpu = time.process_time()
    took, answer = timed(lambda: client.get(address))
    assert answer.status_code == 200, (address, answer.status_code)
    return Took(took * 1000, (time.process_time() - cpu) * 1000)


def each_page(client: Any, pages: dict[str, str], rounds: int, aim: str) -> list[Line]:
    """First asking, middle and 95th of a hundred of each page, by the wall clock and in CPU."""
    lines = []
    for title, address in pages.items():
        first = ask(client, address)
        took = [ask(client, address) for _ in range(rounds)]
        wall, cpu = _two([each.wall for each in took]), _two([each.cpu for each in took])
        told = f"first {first.wall:.0f} ms, CPU {first.cpu:.0f} ms"
        lines.append(Line(title, f"{wall} ms, CPU {cpu} ms", told, "", aim))
    return lines


def _two(values: list[float]) -> str:
    return f"{percentile(values, 0.5):.0f} / {percentile(values, 0.95):.0f}"


def first_visit(client: Any) -> list[Line]:
    """Compressed bytes a browser fetches with the first page, pictures of figures aside."""
    from django.contrib.staticfiles import finders

    page = client.get("/").content
    sizes = {"page": len(gzip.compress(page))}
    for address in re.findall(r'(?:href|src)="/static/([^"?]+)', page.decode()):
        path = Path(str(finders.find(address)))
        sizes[address] = len(gzip.compress(path.read_bytes()))
    total = sum(sizes.values()) / 1000
    told = ", ".join(f"{name} {size / 1000:.0f}" for name, size in sizes.items())
    return [Line("first visit, compressed", f"{total:.0f} kB", told, aim="400 kB")]


def over_nation(client: Any, units: int, rounds: int) -> list[Line]:
    """The lists over a nation's columns, as though they were those of the record."""
    from bianzhi.office.desk import held
    from bianzhi.office.ledgers.warming import warm
    from bianzhi.record.engine import Engine
    from bianzhi.record.load import head

    took, columns = timed(lambda: nation(units))
    held._held[:] = [held.Held(head(Engine())[1], columns)]
    lines = [Line("columns made", f"{took:.1f} s")]
    pages = {title: address.replace("U000041", "U0000041") for title, address in LISTS.items()}
    lines += each_page(client, pages, rounds, "300 ms")
    for sought in NEW:
        new = ask(client, f"/units?q={sought}")
        lines.append(Line(f"查找“{sought}”, for the first time", f"{new.wall:.0f} ms",
                          f"CPU {new.cpu:.0f} ms", aim="300 ms"))  # fmt: skip
    other = ask(client, "/?on=2020-06-30")
    told = f"CPU {other.cpu:.0f} ms"
    lines.append(Line("台账首页, another day nobody made ready", f"{other.wall:.0f} ms", told))
    day = datetime(2020, 7, 31, 4, tzinfo=UTC)
    took, _ = timed(lambda: warm(day))
    ready = ask(client, "/?on=2020-07-31")
    lines.append(Line("台账首页, made ready in the background", f"{ready.wall:.0f} ms",
                      f"making ready {took:.1f} s"))  # fmt: skip
    return lines


if __name__ == "__main__":
    main()
