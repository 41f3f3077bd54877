"""Files kept with a round or handed in with a sheet: by their digest, locked at rest."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from bianzhi.core.errors import Refusal
from bianzhi.office.desk.handed import checked
from bianzhi.office.identity.locking import lock_file
from bianzhi.office.survey.rounds.models import Attached, Round, Sheet

MOST = 50  # files of one sheet, or of the round itself


def attach(
    round: Round, sheet: Sheet | None, name: str, data: bytes, *, by: str, now: datetime
) -> Attached:
    """Keep a file; the same file handed in twice is kept once.

    Raises:
        Refusal: Too large, too many, of another kind than allowed or than its name says.
    """
    plain, kind = checked(name, data)
    digest = sha256(data).hexdigest()
    beside = Attached.objects.filter(round=round, sheet=sheet)
    known = beside.filter(digest=digest).first()
    if known is not None:
        return known
    if beside.count() >= MOST:
        raise Refusal.of("too-many", f"已经附了 {MOST} 个文件", "请合并后再附", field="file")
    return Attached.objects.create(
        round=round, sheet=sheet, name=plain, kind=kind, size=len(data), digest=digest,
        locked=lock_file(digest, data), by=by, at=now,
    )  # fmt: skip
