"""What waits for a user, said on the first page: each job of the office says its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from bianzhi.office.access.rights import Visitor


class Notice(NamedTuple):
    """Something that waits: in words, where it is done, whether it is overdue or was sent back."""

    words: str
    address: str
    urgent: bool = False


Teller = Callable[[Visitor], Iterable[Notice]]
_tellers: list[Teller] = []


def tells(teller: Teller) -> None:
    """Have a job's notices shown; once, when its app is ready."""
    if teller not in _tellers:
        _tellers.append(teller)


def notices(user: Visitor) -> list[Notice]:
    """Everything that waits for a user, the urgent first."""
    found = [notice for teller in _tellers for notice in teller(user)]
    return sorted(found, key=lambda each: not each.urgent)
