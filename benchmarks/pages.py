"""Pages: time in the server over a city and over a nation, bytes of a first visit, many clicking.

Times are those of the whole of Django, middleware and templates included, asked in this process one
after another; the first asking of each, which makes what later ones use again, stands apart. The
nation is made of columns (see ``nation.py``) and its record holds only its first change.
"""

from __future__ import annotations

import gzip
import http.client
import re
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.common import Line, arguments, open_record, percentile, show, timed, workplace
from benchmarks.nation import City, nation

SIZES = (
    ("units", 3_000, 200, "units of the city"),
    ("documents", 1_500, 30, "documents that move posts in it"),
    ("nation", 1_100_000, 5_000, "units of the nation"),
    ("rounds", 30, 3, "times each page is asked for"),
    ("users", 100, 10, "people clicking at once"),
    ("seconds", 45, 3, "how long they click"),
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
PAGES = {**LISTS, "单位": "/unit?code=U000041", "分录": "/entries?holder=U000041",
         "变更": "/changes", "一号变更": "/change?no=9", "两日对比":
         "/compare?before=2018-01-01&after=2018-03-31"}  # fmt: skip


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        open_record(folder / "city.sqlite3")
        fill(given.units, given.documents)
        client = visitor()
        lines = each_page(client, PAGES, given.rounds, "100 ms")
        lines += first_visit(client)
        lines += clicking(client, given.users, given.seconds)
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


def ask(client: Any, address: str) -> float:
    """Milliseconds until a page is there."""
    took, answer = timed(lambda: client.get(address))
    assert answer.status_code == 200, (address, answer.status_code)
    return took * 1000


def each_page(client: Any, pages: dict[str, str], rounds: int, aim: str) -> list[Line]:
    """First asking, middle and 95th of a hundred of each page."""
    lines = []
    for title, address in pages.items():
        first = ask(client, address)
        took = [ask(client, address) for _ in range(rounds)]
        half, most = percentile(took, 0.5), percentile(took, 0.95)
        lines.append(Line(title, f"{half:.0f} / {most:.0f} ms", f"first {first:.0f} ms", "", aim))
    return lines


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


def clicking(client: Any, users: int, seconds: int) -> list[Line]:
    """People clicking as fast as they are answered, over the loopback, through waitress."""
    import logging

    from waitress.server import create_server

    from bianzhi.site.serving import CONNECTIONS, THREADS
    from bianzhi.site.wsgi import application

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that people wait is measured
    server: Any = create_server(
        application, host="127.0.0.1", port=0, threads=THREADS, connection_limit=CONNECTIONS
    )
    threading.Thread(target=server.run, daemon=True).start()
    cookie = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    took: list[float] = []
    wrong: list[object] = []
    ends = time.perf_counter() + seconds
    crowd = [
        threading.Thread(target=click, args=(server.effective_port, cookie, n, ends, took, wrong))
        for n in range(users)
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    server.task_dispatcher.shutdown()
    server.close()
    half, most = percentile(took, 0.5), percentile(took, 0.95)
    return [
        Line(f"{users} clicking for {seconds} s, no pause", f"{len(took) / seconds:.0f} pages/s",
             f"answered in {half:.0f} ms, 95 of 100 within {most:.0f} ms"),
        Line("  wrong answers", str(len(wrong)), "; ".join(map(str, wrong[:3])), aim="0"),
    ]  # fmt: skip


def click(
    port: int, cookie: str, start: int, ends: float, took: list[float], wrong: list[object]
) -> None:
    """One person, going round the pages."""
    addresses = list(PAGES.values())
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while (began := time.perf_counter()) < ends:
        start += 1
        address = addresses[start % len(addresses)]
        try:
            link.request("GET", quoted(address), headers={"Cookie": cookie, "Host": "localhost"})
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{address}: {error!r}")
            link.close()
            continue
        if answer.status != 200:
            wrong.append(f"{address}: {answer.status}")
        took.append((time.perf_counter() - began) * 1000)


def quoted(address: str) -> str:
    """An address as it goes over the wire."""
    from django.utils.encoding import iri_to_uri

    return (iri_to_uri(address) or "").replace(" ", "%20")


def over_nation(client: Any, units: int, rounds: int) -> list[Line]:
    """The lists over a nation's columns, as though they were those of the record."""
    from bianzhi.office.desk import held
    from bianzhi.record.engine import Engine
    from bianzhi.record.load import head

    took, columns = timed(lambda: nation(units))
    held._held[:] = [held.Held(head(Engine())[1], columns)]
    lines = [Line("columns made", f"{took:.1f} s")]
    pages = {title: address.replace("U000041", "U0000041") for title, address in LISTS.items()}
    lines += each_page(client, pages, rounds, "300 ms")
    other = ask(client, "/?on=2020-06-30")
    lines.append(Line("台账首页, another day for the first time", f"{other:.0f} ms"))
    return lines


if __name__ == "__main__":
    main()
