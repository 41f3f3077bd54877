"""What units have in the middle of a document: the book's balances plus what its acts moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bianzhi.core.acts import Act
from bianzhi.core.ledger import GRANTED
from bianzhi.core.rows import Account
from bianzhi.office.intake.plan.bench import Bench, act


class Standing:
    """The units of a document under way, on its day."""

    def __init__(self, bench: Bench, day: int) -> None:
        self.bench, self.day = bench, day
        self.moved: dict[Account, int] = defaultdict(int)

    def accounts(self, key: str) -> dict[Account, int]:
        """What a unit has by now."""
        found = self.bench.accounts(key, self.day)
        for account, n in self.moved.items():
            if account.holder == key:
                found[account] = found.get(account, 0) + n
        return {account: n for account, n in found.items() if n}

    def of(self, key: str, leadership: bool) -> dict[Account, int]:
        """Only the posts, or only the leadership posts."""
        return {
            account: n
            for account, n in self.accounts(key).items()
            if self.bench.is_leadership(account.kind) == leadership
        }

    def carry(self, source: str, into: str) -> None:
        """A merger took everything along."""
        for account, n in self.accounts(source).items():
            self.move(account, account._replace(holder=into), n)

    def move(self, giver: Account, taker: Account, n: int) -> None:
        """Note a movement."""
        self.moved[giver] -= n
        self.moved[taker] += n

    # -- acts ----------------------------------------------------------------------------------

    def settle(
        self, key: str, wanted: Mapping[str, int], funding: str, origin: str, leadership: bool
    ) -> list[Act]:
        """The acts after which the unit has exactly ``wanted`` of each kind.

        A leadership post wanted without a rank is any of its kind; with one (LD1@6) it is that one.
        """
        acts = self._refund(key, funding, origin) if not leadership else []
        have = self.of(key, leadership)
        left = dict(wanted)
        for account, n in have.items():
            kind = account.kind if account.kind in left else account.kind.partition("@")[0]
            keep = min(n, left.get(kind, 0))
            left[kind] = left.get(kind, 0) - keep
            if n > keep:
                acts.append(self._withdraw(account, n - keep, origin))
        for kind, n in left.items():
            if n > 0:
                acts.append(self._grant(Account(key, kind, funding_of(kind, funding)), n, origin))
        return acts

    def _refund(self, key: str, funding: str, origin: str) -> list[Act]:
        """Posts of another funding form than the unit's now."""
        acts = []
        for account, n in self.of(key, leadership=False).items():
            right = account._replace(funding=funding_of(account.kind, funding))
            if right != account and right.funding and account.funding:
                acts.append(act(
                    "划转", origin, from_=key, to=key, kind=account.kind, n=n,
                    funding=account.funding, to_funding=right.funding,
                ))  # fmt: skip
                self.move(account, right, n)
        return acts

    def _grant(self, account: Account, n: int, origin: str) -> Act:
        self.move(account._replace(holder=GRANTED), account, n)
        return act(
            "核增", origin, org=account.holder, kind=account.kind, n=n,
            funding=account.funding or None,
        )  # fmt: skip

    def _withdraw(self, account: Account, n: int, origin: str) -> Act:
        self.move(account, account._replace(holder=GRANTED), n)
        return act(
            "收回", origin, org=account.holder, kind=account.kind, n=n,
            funding=account.funding or None,
        )  # fmt: skip

    def transfer(self, giver: str, taker: str, kind: str, n: int, origin: str) -> list[Act]:
        """Posts from one unit to another, whatever their funding forms; as many as there are."""
        acts, left = [], n
        taker_funding = self.bench.fact(taker, "funding_form", self.day) or "full"
        for account, have in self.of(giver, leadership=False).items():
            if account.kind != kind or left <= 0:
                continue
            take = min(have, left)
            left -= take
            to = account._replace(holder=taker, funding=funding_of(kind, taker_funding))
            self.move(account, to, take)
            acts.append(act(
                "划转", origin, from_=giver, to=taker, kind=kind, n=take,
                funding=account.funding or None, to_funding=to.funding or None,
            ))  # fmt: skip
        return acts

    def localised(self, key: str, name: str, wanted: Mapping[str, int]) -> dict[str, int]:
        """``wanted`` with 行政编制 and 政法专项编制 read as the kind this unit has."""
        own = {account.kind for account in self.of(key, leadership=False)}
        found: dict[str, int] = {}
        for kind, n in wanted.items():
            right = local_kind(kind, name, own)
            found[right] = found.get(right, 0) + n
        return found


def local_kind(kind: str, name: str, own: set[str]) -> str:
    """What a general word for organs' posts means in a unit of this name."""
    if kind == "XZ" and "XZ" not in own and ("XXZ" in own or is_town(name)):
        return "XXZ"
    if kind == "ZF":
        named = {"公安": "ZFGA", "检察": "ZFJC", "法院": "ZFFY", "司法": "ZFSX"}
        had = [each for each in sorted(own) if each.startswith("ZF")]
        return next((code for word, code in named.items() if word in name), (*had, "ZF")[0])
    return kind


def is_town(name: str) -> bool:
    """Whether a name is that of a town, township or street office."""
    return name.endswith(("镇人民政府", "乡人民政府", "街道办事处", "镇政府", "乡政府"))


def funding_of(kind: str, unit: str) -> str:
    """Which funding form posts of a kind are kept under: only 事业编制 are told apart by it."""
    return unit if kind.startswith("S") else ""
