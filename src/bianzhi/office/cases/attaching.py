"""Papers handed in with a matter: bounded, of known kinds, by their digest, locked at rest."""

from __future__ import annotations

import base64
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from bianzhi.core.errors import Refusal
from bianzhi.office.cases.models import Attachment, Case
from bianzhi.office.identity.opening import vault

MEGABYTE = 1024 * 1024
LARGEST, MOST = 20 * MEGABYTE, 50
# what a file must begin with to be what its name says; nothing that can be carried out is here
KINDS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "ofd": (b"PK\x03\x04",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}


def attach(case: Case, name: str, data: bytes, *, by: str, now: datetime) -> Attachment:
    """Keep a paper; the same paper handed in twice is kept once.

    Raises:
        Refusal: Too large, too many, of another kind than allowed or than its name says.
    """
    plain = plain_name(name)
    kind = PurePosixPath(plain).suffix.lower().lstrip(".")
    if kind not in KINDS or not data.startswith(KINDS[kind]):
        raise Refusal.of(
            "wrong-type",
            f"“{plain}”不是可以附上的文件，或内容与扩展名不符",
            f"可以附：{'、'.join(KINDS)}",
            field="file",
        )
    if len(data) > LARGEST:
        raise Refusal.of("too-large", f"“{plain}”超过 {LARGEST // MEGABYTE} 兆", "请压缩或分开",
                         field="file")  # fmt: skip
    digest = sha256(data).hexdigest()
    known = case.attachments.filter(digest=digest).first()
    if known is not None:
        return known
    if case.attachments.count() >= MOST:
        raise Refusal.of("too-many", f"一件事项最多附 {MOST} 个文件", "请合并后再附", field="file")
    locked = vault().lock(digest, base64.b64encode(data).decode())
    return case.attachments.create(
        name=plain, kind=kind, size=len(data), digest=digest, locked=locked, by=by, at=now
    )


def content(attachment: Attachment) -> bytes:
    """The paper again."""
    return base64.b64decode(vault().open(attachment.digest, attachment.locked))


def plain_name(name: str) -> str:
    """A file name without folders or characters that could make it lead elsewhere."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*')
    return kept.strip(". ")[-120:] or "附件"
