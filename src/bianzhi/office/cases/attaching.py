"""Papers handed in with a matter: bounded, of known kinds, by their digest, locked at rest."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from bianzhi.core.errors import Refusal
from bianzhi.office.cases.models import Attachment, Case
from bianzhi.office.desk.handed import checked
from bianzhi.office.identity.locking import lock_file

MOST = 50


def attach(case: Case, name: str, data: bytes, *, by: str, now: datetime) -> Attachment:
    """Keep a paper; the same paper handed in twice is kept once.

    Raises:
        Refusal: Too large, too many, of another kind than allowed or than its name says.
    """
    plain, kind = checked(name, data)
    digest = sha256(data).hexdigest()
    known = case.attachments.filter(digest=digest).first()
    if known is not None:
        return known
    if case.attachments.count() >= MOST:
        raise Refusal.of("too-many", f"一件事项最多附 {MOST} 个文件", "请合并后再附", field="file")
    return case.attachments.create(
        name=plain, kind=kind, size=len(data), digest=digest,
        locked=lock_file(digest, data), by=by, at=now,
    )  # fmt: skip
