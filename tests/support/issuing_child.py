"""A process that issues a batch of decided matters as the page does, and can be killed any time.

``python -m tests.support.issuing_child decide N`` sets a district up with N decided matters;
``issue FILE`` issues what is decided, writing a line to FILE before the first and after each.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PAGE, SAY = "/cases/batch/next", "left"


def decide(n: int) -> None:
    """A district whose board has agreed to so many nameplates."""
    from bianzhi.office.cases.models import Case, Letterhead
    from bianzhi.record.post import Poster
    from tests.office.cases.conftest import DISTRICT, NOW, REQUEST, SIGNS, TO_ISSUE, walk
    from tests.support.ledger import ledger

    Poster().post(ledger(DISTRICT))
    for level, issuer, word in SIGNS:
        Letterhead.objects.create(level=level, issuer=issuer, word=word)
    for place in range(n):
        given = {"org": "NJ", "do": "加挂", "nameplate": f"第{place}号牌子", "reason": "规范"}
        walk(
            Case.objects.create(type="nameplate", unit="NY", title=f"加挂牌子{place}", given=given,
                                request=dict(REQUEST), levels=["board"], opened_by="小文",
                                opened_at=NOW),
            *TO_ISSUE,
        )  # fmt: skip


def issue(told: Path) -> None:
    """Send what the page sends, again and again, until none is left."""
    from django.test import Client

    from bianzhi.office.access.models import User
    from bianzhi.office.cases.flow import APPROVED
    from bianzhi.office.cases.models import Case

    secretary = User.objects.filter(username="secretary").first() or User.objects.make(
        "secretary", "一个很长的口令-2026", "board_secretary", "秘书小董", ""
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(secretary)
    chosen = list(Case.objects.filter(state=APPROVED).values_list("pk", flat=True))
    with told.open("ab", buffering=0) as out:
        out.write(b"begun\n")
        while Case.objects.filter(state=APPROVED).exists():
            answer = client.post(PAGE, {"case": chosen, "signed_on": "2026-03-05"})
            assert answer.status_code == 200, answer.content.decode()
            out.write(b"issued\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianzhi.site.settings")
    import django

    django.setup()
    if sys.argv[1] == "decide":
        decide(int(sys.argv[2]))
    else:
        issue(Path(sys.argv[2]))
