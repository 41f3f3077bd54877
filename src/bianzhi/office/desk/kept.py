"""Results kept beside what they were made from: each is made once, however many ask at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Results by name. Two threads that ask for the same one wait for one making of it.

    Args:
        most: How many results are kept; the one not asked for longest goes first. 0: all.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._lock = Lock()
        self._found: dict[Hashable, Any] = {}
        self._making: dict[Hashable, RLock] = {}

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        """The result of that name, made now if it is not there."""
        with self._lock:
            if name in self._found:
                return self._again(name)  # type: ignore[no-any-return]
            making = self._making.setdefault(name, RLock())
        with making:
            with self._lock:
                if name in self._found:
                    return self._again(name)  # type: ignore[no-any-return]
            made = make()
            with self._lock:
                self._found[name] = made
                self._making.pop(name, None)
                while self._most and len(self._found) > self._most:
                    del self._found[next(iter(self._found))]
            return made

    def _again(self, name: Hashable) -> Any:
        found = self._found.pop(name)
        self._found[name] = found  # now the last to go
        return found

    def __len__(self) -> int:
        return len(self._found)
