"""A process that posts without end and can be killed at any moment.

It writes a line to its own file before each batch ("try") and one for each receipt as soon as it
has it ("ack NO DIGEST"): what stands there was acknowledged, whatever became of the process.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import InterfaceError, OperationalError

if not apps.ready:
    django.setup()

from bianzhi.core.changes import Draft
from bianzhi.record.post import Poster
from tests.support.databases import opened
from tests.support.ledger import draft

TRY, ACK = "try", "ack"
PATIENCE = 60  # seconds to wait for what takes far less
# A server that has loaded everything once and forks children from then on, where there is one.
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
PROCESSES: Any = multiprocessing.get_context(METHOD)
if METHOD == "forkserver":
    PROCESSES.set_forkserver_preload([__name__])


def drafts(who: str) -> Iterator[list[Draft]]:
    """Batches without end; each change's note says which batch it belongs to, and its size."""
    chance = random.Random(who)
    number = 0
    while True:
        number += 1
        size = chance.choice((1, 1, 1, 2, 5))
        note = f"{who}.{number}/{size}"
        yield [_change(f"{who}.{number}.{each}", chance, note) for each in range(size)]


def _change(key: str, chance: random.Random, note: str) -> Draft:
    lines = []
    for number in range(chance.choice((1, 1, 3, 60))):
        org = f"{key}.{number}"
        lines += [
            f"设立 org={org} name=甲局{number}",
            f"下达 to={org} kind=XZ n={number + 2}",
            f"上编 person=p{org} org={org} kind=XZ",
            f"锁编 matter=m{org} org={org} kind=XZ n=1",
            f"核对 org={org} kind=XZ n={number + 2}",
        ]
    return draft("\n".join(lines), f"甲编发〔2023〕{_sequence(key)}号", clause=key, note=note)


def _sequence(key: str) -> int:
    return sum(map(ord, key))


def post_for_ever(url: str, told: Path, who: str) -> None:
    """Post until killed, or until the database goes away."""
    with suppress(OperationalError, InterfaceError), opened(url) as alias:
        poster = Poster(alias)
        with told.open("ab", buffering=0) as out:
            for batch in drafts(who):
                out.write(f"{TRY}\n".encode())
                receipts = poster.post(batch)
                lines = (f"{ACK} {receipt.no} {receipt.digest}\n" for receipt in receipts)
                out.write("".join(lines).encode())


class Child:
    """A posting process under the eyes of its parent."""

    def __init__(self, url: str, folder: Path, who: str) -> None:
        self.told = folder / f"{who}.told"
        self.told.touch()
        self.process: BaseProcess = PROCESSES.Process(
            target=post_for_ever, args=(url, self.told, who), daemon=True
        )
        self.process.start()

    def lines(self) -> list[str]:
        """What it has told so far; a line cut short was not told."""
        text = self.told.read_text()
        return text[: text.rfind("\n") + 1].splitlines()

    def await_first_try(self) -> None:
        """Return when it is about to post for the first time."""
        deadline = time.monotonic() + PATIENCE
        while not self.told.stat().st_size:
            assert time.monotonic() < deadline
            assert self.process.is_alive()
            time.sleep(0.0005)

    def await_receipt_after(self, no: int) -> int:
        """The last change it was told is safe, as soon as that is a later one."""
        deadline = time.monotonic() + PATIENCE
        while (last := max(self.receipts(), default=0)) <= no:
            assert time.monotonic() < deadline
            assert self.process.is_alive()
            time.sleep(0.001)
        return last

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, closed or rolled back by it."""
        if self.process.pid is not None and self.process.is_alive():
            os.kill(self.process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        self.process.join()

    def receipts(self) -> dict[int, str]:
        """Number and digest of every change it was told is safe."""
        acks = (line.split() for line in self.lines() if line.startswith(ACK))
        return {int(no): digest for _, no, digest in acks}

    def was_posting(self) -> bool:
        """Whether it died between the start of a batch and its acknowledgement."""
        return bool(self.lines()) and self.lines()[-1] == TRY
