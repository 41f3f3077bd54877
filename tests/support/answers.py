"""Everything a source can be asked, so that two sources can be compared."""

from __future__ import annotations

from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.rows import Account
from bianzhi.core.source import Source
from tests.support.histories import DAYS, DUTIES, KINDS, MATTERS, ORGS, PERSONS, POOLS, TICKETS

HOLDERS = [*ORGS, *POOLS, *COUNTERS]
KEYS = [*HOLDERS, *PERSONS, *MATTERS, *TICKETS, *DUTIES, "nobody"]
ACCOUNTS = [Account(holder, kind) for holder in HOLDERS for kind in [*KINDS, "LD1@6"]]


def answers(source: Source, upto: int) -> dict[str, Any]:
    """What a source says about everything random histories may name, orders evened out."""
    plain = [account for account in ACCOUNTS if account.holder not in COUNTERS]
    counters = [account for account in ACCOUNTS if account.holder in COUNTERS]
    days = [parse_day(day) for day in ("2021-12-31", *DAYS, "2200-12-31")]
    return {
        "head": source.head,
        "subjects": sorted(pair for pair in source.subjects(KEYS) if pair[1] != "counter"),
        "facts": sorted(source.facts(KEYS), key=str),
        "referrers": set(source.referrers(KEYS)),
        "postings": sorted(source.postings(plain)),
        "counters": {
            account: [source.counter_balance(account, day) for day in days] for account in counters
        },
        "claims": sorted(source.claims(KEYS), key=str),
        "claimants": set(source.claimants(plain)),
        "assertions": sorted(source.assertions(HOLDERS), key=str),
        "wide": sorted(source.wide_assertions(), key=str),
        "changes": [source.change(no) for no in range(upto + 2)],
        "codes": list(source.local_codes()),
    }
