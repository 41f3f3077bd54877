"""Successor files: which programmes of a year became which of the next."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget import codes


@dataclass(frozen=True, slots=True)
class Successions:
    """What a successor file says about the programmes of the year that ends.

    Attributes:
        file: Its name, "" where none was published.
        into: The one successor of each programme that has one.
        split: Programmes whose budget lines went to several programmes: posts are held by the
            programme, so the file does not say where they went.
        damaged: Entries that are no code.
    """

    file: str
    into: dict[str, str]
    split: dict[str, tuple[str, ...]]
    damaged: tuple[str, ...]


def read_successions(folder: Path, year: int, old: Collection[str]) -> Successions:
    """Successions of the programmes ``old`` of the year before into those of ``year``.

    An entry may name a programme, a whole section or domain (all its programmes that no other
    entry names), or a budget line (its programme).
    """
    path = next(iter(sorted(folder.glob(f"successors_{year - 1}_{year}*.json"))), None)
    if path is None:
        return Successions("", {}, {}, ())
    named: dict[str, set[str]] = defaultdict(set)
    wide: dict[str, str] = {}
    damaged: list[str] = []
    for text, new in _entries(path):
        found = codes.read_successor(text)
        if not found:
            damaged.append(text)
        for code in found:
            if len(code) < codes.PROGRAMME:
                wide[code] = new
            else:
                named[code[: codes.PROGRAMME]].add(new)
    _spread(wide, named, old)
    into = {code: min(after) for code, after in named.items() if len(after) == 1 and code in old}
    split = {code: tuple(sorted(named[code])) for code in named if len(named[code]) > 1}
    return Successions(path.name, into, {c: split[c] for c in split if c in old}, tuple(damaged))


def _spread(wide: dict[str, str], named: dict[str, set[str]], old: Collection[str]) -> None:
    for programme in old:
        if programme not in named:
            above = (programme[: codes.DOMAIN], programme[: codes.SECTION])
            named[programme] |= {wide[code] for code in above if code in wide}


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    """(code of the old year as printed, programme of the new one) of each entry."""
    try:
        for (_, new), before in json.loads(path.read_text(encoding="utf-8")):
            after = codes.read_successor(new)
            if len(after) != 1 or len(after[0]) < codes.PROGRAMME:
                raise ValueError(new)
            yield from ((text, after[0][: codes.PROGRAMME]) for _, text in before)
    except (ValueError, TypeError) as error:
        what = f"读不懂继任代码表 {path.name}：{error}"
        do = "每项应为 [[新年度, 新代码], [[旧年度, 旧代码], …]]"
        raise Refusal.of("bad-successors", what, do, place=path.name) from error
