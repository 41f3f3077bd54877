"""How far a delivery's work is: kept in the process, as nothing can be written while it posts."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock


@dataclass
class Progress:
    """What is being done, and how much of it."""

    doing: str
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """0 to 100; 0 where the whole is not known."""
        return min(100, self.done * 100 // self.total) if self.total else 0


_lock = Lock()
_under_way: dict[int, Progress] = {}


def begin(delivery: int, doing: str) -> bool:
    """Start work on a delivery; False where somebody is at it already."""
    with _lock:
        if delivery in _under_way:
            return False
        _under_way[delivery] = Progress(doing)
        return True


def tell(delivery: int, doing: str, total: int = 0) -> None:
    """The next step."""
    with _lock:
        if delivery in _under_way:
            _under_way[delivery] = Progress(doing, 0, total)


def advance(delivery: int, n: int) -> None:
    """So many more are done."""
    with _lock:
        if delivery in _under_way:
            _under_way[delivery].done += n


def end(delivery: int) -> None:
    """The work is over, whatever came of it."""
    with _lock:
        _under_way.pop(delivery, None)


def of(delivery: int) -> Progress | None:
    """How far it is; None where no work is under way in this process."""
    with _lock:
        return _under_way.get(delivery)
