"""Many real processes, each with its own connection, that go for the same thing at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from queue import Empty
from typing import Any, NamedTuple

from bianzhi.core.errors import Refusal
from bianzhi.record.post import Poster
from tests.support.databases import opened
from tests.support.ledger import draft
from tests.support.poster_child import PATIENCE, PROCESSES


class Told(NamedTuple):
    """What a writer was told: a receipt, or why not."""

    writer: int
    what: str
    no: int
    digest: str
    refused: str


Work = Callable[..., list[Told]]


def run(url: str, writers: int, work: Work, *more: Any) -> list[Told]:
    """Let the writers work at the same time; all they were told."""
    barrier = PROCESSES.Barrier(writers)
    answers = PROCESSES.Queue()
    started = [
        PROCESSES.Process(
            target=_writer, args=(url, number, work, barrier, answers, more), daemon=True
        )
        for number in range(writers)
    ]
    for process in started:
        process.start()
    told: list[Told] = []
    for _ in started:
        told += _answer(answers, started)
    for process in started:
        process.join(PATIENCE)
    return told


def _answer(answers: Any, started: Sequence[Any]) -> list[Told]:
    """The next writer's answers; none will come from one that broke down."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            found: list[Told] = answers.get(timeout=0.5)
        except Empty:
            assert not any(process.exitcode for process in started)
        else:
            return found
    raise TimeoutError


def _writer(
    url: str, number: int, work: Work, barrier: Barrier, answers: Any, more: Sequence[Any]
) -> None:
    with opened(url) as alias:
        answers.put(work(Poster(alias), number, barrier, *more))


def told(poster: Poster, writer: int, what: str, acts: str) -> Told:
    """Post a change and keep the answer."""
    try:
        (receipt,) = poster.post([draft(acts, clause=f"{writer}.{what}")])
    except Refusal as refusal:
        return Told(writer, what, 0, "", refusal.problems[0].code)
    return Told(writer, what, receipt.no, receipt.digest, "")


def hammer(poster: Poster, writer: int, barrier: Barrier, times: int) -> list[Told]:
    """Move posts out of A, one to three at a time, until long after it is empty."""
    chance = random.Random(writer)
    barrier.wait(PATIENCE)
    found = []
    for _ in range(times):
        n = chance.choice((1, 2, 3))
        acts = f"划转 from=A to=B{writer} kind=XZ n={n}"
        found.append(told(poster, writer, str(n), acts))
    return found


def grab(poster: Poster, writer: int, barrier: Barrier, verbs: list[str]) -> list[Told]:
    """Round by round, go for the one vacancy of unit V0, V1 …; the verb of a round is given."""
    found = []
    for number, verb in enumerate(verbs):
        chosen = verb.split("|")[writer % len(verb.split("|"))]
        who = {"锁编": "matter=m", "占编": "ticket=t", "上编": "person=p"}[chosen]
        n = " n=1" if chosen == "锁编" else ""
        acts = f"{chosen} {who}{number}.{writer} org=V{number} kind=XZ{n}"
        barrier.wait(PATIENCE)
        found.append(told(poster, writer, str(number), acts))
    return found
