"""From returns to dated changes: each return is a document, only what differs is posted.

A post missing from a return is not thereby abolished: the return may be broken. Since an
abolished holder is never reopened, a holder that comes back in a later return is emptied and
frozen (冻结) meanwhile, under the same key, so its history stays in one piece; one that never
comes back is abolished on the day of the first return without it. Giving the returned post a new
key with a succession was rejected: it would record a re-creation that nobody decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bianzhi.files.organograms import acts, keys
from bianzhi.files.organograms.acts import Act
from bianzhi.files.organograms.broken import HALF, Collapse, broken_returns
from bianzhi.files.organograms.holders import Holder, grade_names, holders_of
from bianzhi.files.organograms.reading import read_snapshots
from bianzhi.files.organograms.rows import JUNIOR_FILE, SENIOR_FILE, Snapshot, total_fte

KINDS = {keys.SENIOR_KIND: "高级职位（FTE）", keys.JUNIOR_KIND: "一般职位（FTE）"}


def convert(folder: Path, *, by: str = "organograms", keep: Decimal = HALF) -> Iterator[str]:
    """The returns of a folder as lines of the exchange form, one change a return.

    Args:
        folder: Where the three files lie.
        by: Who is named as having made the changes.
        keep: See :func:`~bianzhi.files.organograms.broken.broken_returns`; a return found broken
            is posted as it stands, with a note that says so.

    Raises:
        Refusal: the files cannot be read; nothing has been yielded then.
    """
    snapshots = read_snapshots(folder)
    broken = {(each.body, each.on): each for each in broken_returns(snapshots, keep)}
    yield _line({"bianzhi": "exchange", "version": 1})
    grades, known = grade_names(snapshots), set[str]()
    bodies = {
        body: _Body(body, [each for each in snapshots if each.body == body], grades)
        for body in sorted({each.body for each in snapshots})
    }
    for snapshot in snapshots:
        body, collapse = bodies[snapshot.body], broken.get((snapshot.body, snapshot.on))
        head = _head(snapshot, by, first=not body.holders, collapse=collapse)
        made = list(body.acts(snapshot))
        for act in (head, *_codes(made, grades, known), *made):
            yield _line(act)


class _Body:
    """One body as the register holds it after each return."""

    def __init__(self, body: str, own: Sequence[Snapshot], grades: Mapping[str, str]) -> None:
        self.org = keys.body_key(body)
        self.holders: dict[str, Holder] = {}
        self.frozen: set[str] = set()
        self.duties: dict[str, str] = {}  # holder -> key of its present duty
        self.wanted = {each.on: holders_of(each, grades) for each in own}
        self.last_seen = {holder.key: on for on in self.wanted for holder in self.wanted[on]}

    def acts(self, snapshot: Snapshot) -> Iterator[Act]:
        """What leads from the return before to this one."""
        wanted = self.wanted[snapshot.on]
        yield from self._thaw(wanted)
        for holder in wanted:
            old = self.holders.get(holder.key)
            yield from acts.amend(old, holder) if old else [acts.set_up(holder)]
            yield from acts.quota(old, holder)
            yield from self._duty(old, holder, snapshot.on)
            self.holders[holder.key] = holder
        yield from self._leave({holder.key for holder in wanted}, snapshot.on)
        yield from self._totals(snapshot)

    def _thaw(self, wanted: Sequence[Holder]) -> Iterator[Act]:
        for holder in wanted:
            if holder.key in self.frozen:
                self.frozen.remove(holder.key)
                yield acts.thaw(holder)

    def _duty(self, old: Holder | None, new: Holder, on: str) -> Iterator[Act]:
        if new.duty == (old.duty if old else ""):
            return
        if new.key in self.duties:
            yield acts.end_duty(self.duties.pop(new.key), new.source)
        if new.duty:
            self.duties[new.key] = keys.duty_key(new.key, on)
            yield acts.assign(new, self.duties[new.key])

    def _leave(self, present: set[str], on: str) -> Iterator[Act]:
        gone = self.holders.keys() - present - self.frozen
        for key in sorted(gone, key=keys.inner_first):
            old, source = self.holders[key], f"{on} 的报表中没有"
            empty = replace(old, amount=Decimal(0), duty="", source=source)
            yield from acts.quota(old, empty)
            yield from self._duty(old, empty, on)
            if self.last_seen[key] > on:
                yield from acts.freeze(old, self.org, source)
                self.holders[key] = replace(empty, parent=self.org, supervisor=None)
                self.frozen.add(key)
            else:
                yield acts.abolish(old, source)
                del self.holders[key]

    def _totals(self, snapshot: Snapshot) -> Iterator[Act]:
        senior, junior = total_fte(snapshot.seniors), total_fte(snapshot.juniors)
        yield acts.total(self.org, keys.SENIOR_KIND, senior, SENIOR_FILE)
        yield acts.total(self.org, keys.JUNIOR_KIND, junior, JUNIOR_FILE)


def _codes(made: Sequence[Act], grades: Mapping[str, str], known: set[str]) -> Iterator[Act]:
    used = {str(act[name]) for act in made for name in ("kind", "to_kind") if name in act}
    for kind in sorted(used - known):  # a heading sorts before the grades under it
        parent = next((each for each in KINDS if kind.startswith(f"{each}-")), "")
        yield acts.code(kind, KINDS.get(kind) or grades[kind], parent)
    known |= used


def _head(snapshot: Snapshot, by: str, *, first: bool, collapse: Collapse | None) -> Act:
    organisation = snapshot.rows[0].organisation.strip() or snapshot.body
    return {
        "change": {
            "kind": "opening" if first else "regular",
            "by": by,
            "note": f"可疑：{collapse.message}" if collapse else "",
            "document": {
                "title": f"Organogram of {snapshot.body}, {snapshot.on}",
                "issuer": organisation,
                "doc_date": snapshot.on,
                "effective_on": snapshot.on,
            },
        }
    }


def _line(value: Act) -> str:
    return json.dumps(value, ensure_ascii=False)
