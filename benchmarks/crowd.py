"""A hundred people clicking for five minutes: pages a second, how long they wait, what fails.

The server is a process of its own, ``bianzhi serve`` on the loopback; the people are threads of
this one, and take processor time which browsers on other machines would not.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.common import Line, arguments, open_record, percentile, show, workplace
from benchmarks.pages import PAGES, fill, visitor

SIZES = (
    ("units", 3_000, 200, "units of the city"),
    ("documents", 1_500, 30, "documents that move posts in it"),
    ("users", 100, 10, "people clicking at once"),
    ("seconds", 300, 3, "how long they click"),
)
SERVE = "import sys; from bianzhi.site.cli import main; sys.exit(main())"


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        open_record(folder / "city.sqlite3", os.environ.get("BIANZHI_TEST_POSTGRES", ""))
        fill(given.units, given.documents)
        client = visitor()
        with server() as port:
            lines = clicking(port, client, given.users, given.seconds)
        show(f"a city: {given.units:,} units, {given.documents:,} documents", lines)


@contextmanager
def server() -> Iterator[int]:
    """The port of a server over the record that is open here."""
    command = [sys.executable, "-c", SERVE, "serve", "--port", "0"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout
        told = started.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", told)
        assert address, told
        yield int(address[1])
    finally:
        started.terminate()
        started.wait()


def clicking(port: int, client: Any, users: int, seconds: int) -> list[Line]:
    """People clicking as fast as they are answered."""
    cookie = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    took: list[float] = []
    wrong: list[object] = []
    ends = time.perf_counter() + seconds
    crowd = [
        threading.Thread(target=click, args=(port, cookie, n, ends, took, wrong))
        for n in range(users)
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
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


if __name__ == "__main__":
    main()
