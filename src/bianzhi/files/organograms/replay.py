"""Back from the register: the return of a day, rebuilt from the state on that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bianzhi.core.facts import ENDED, FROZEN
from bianzhi.files.organograms import keys
from bianzhi.files.organograms.notes import Read, read_common, read_note, row_of
from bianzhi.files.organograms.rows import TOP, JuniorPosts, SeniorPost, Snapshot

Facts = Mapping[str, Mapping[str, str]]


def replay_snapshot(
    body: str,
    on: str,
    *,
    facts: Iterable[tuple[str, str, str | None]],
    balances: Iterable[tuple[str, str, Decimal]],
    kinds: Mapping[str, str],
    duties: Iterable[tuple[str, str]],
) -> Snapshot:
    """The return of a body, from rows of the register's state on the day.

    Rows about other bodies may be among them and are passed over.

    Args:
        body: The body, as the returns call it.
        on: The day, as in ``2014-03-31``.
        facts: (holder, field, value) of everything in being on the day. Needed are name,
            short_name, parent, supervisor, status and note.
        balances: (holder, quota kind, FTE).
        kinds: Names of the quota kinds.
        duties: (holder, text) of the duties held.

    Returns:
        The rows by key of the holder; compare with :meth:`Snapshot.same_rows`.
    """
    state = _State(keys.body_key(body), _living(body, facts), balances, kinds, dict(duties))
    seniors = [state.senior(key) for key in state.holders if keys.is_post(key, body)]
    juniors = [state.junior(key) for key in state.holders if keys.is_group(key, body)]
    return Snapshot(body, on, tuple(seniors), tuple(juniors))


def _living(body: str, facts: Iterable[tuple[str, str, str | None]]) -> Facts:
    org = keys.body_key(body)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key, field, value in facts:
        if value and (key == org or key.startswith(f"{org}/")):
            found[key][field] = value
    absent = (FROZEN, *ENDED)
    return {key: found[key] for key in sorted(found) if found[key].get("status") not in absent}


class _State:
    """The rows of one body, ready for look-ups."""

    def __init__(
        self,
        org: str,
        holders: Facts,
        balances: Iterable[tuple[str, str, Decimal]],
        kinds: Mapping[str, str],
        duties: Mapping[str, str],
    ) -> None:
        self.holders, self.kinds, self.duties = holders, kinds, duties
        self.held = {holder: (kind, amount) for holder, kind, amount in balances if amount}
        self.read_body: Read = {
            "organisation": holders[org]["name"],
            **read_note(holders[org].get("note", "")),
        }

    def senior(self, key: str) -> SeniorPost:
        facts = self.holders[key]
        boss = self._ref_above(facts)
        read = {
            **self._common(key, facts),
            "ref": facts.get("short_name", ""),
            "function": self.duties.get(key, ""),
            "reports_to": TOP if boss is None else boss,
        }
        return row_of(SeniorPost, read, facts.get("note", ""))

    def junior(self, key: str) -> JuniorPosts:
        facts = self.holders[key]
        read = {**self._common(key, facts), "senior": self._ref_above(facts) or ""}
        return row_of(JuniorPosts, read, facts.get("note", ""))

    def _common(self, key: str, facts: Mapping[str, str]) -> Read:
        kind, amount = self.held.get(key, ("", Decimal(0)))
        return read_common(
            title=facts["name"],
            unit=self.holders[facts["parent"]]["name"],
            grade=self.kinds.get(kind, ""),
            amount=amount,
            body=self.read_body,
        )

    def _ref_above(self, facts: Mapping[str, str]) -> str | None:
        above = facts.get("supervisor")
        return self.holders[above].get("short_name", "") if above else None
