"""The parts of a packed office file (.xlsx, .docx), unpacked under bounds."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from bianzhi.core.errors import Refusal
from bianzhi.files.workbook.limits import MEGABYTE, Limits

CHUNK = 4 * MEGABYTE
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_ABSURD_COUNT = re.compile(rb"""[cC]ount\s*=\s*["'][^"']{8,}""")


def damaged(name: str) -> Refusal:
    """The refusal for a file that is cut short or spoiled."""
    return Refusal.of(
        "damaged-file",
        "文件已损坏或不完整，打不开",
        "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再导入；打不开时请向对方重新索取",
        place=name,
    )


class Parts:
    """The parts of a packed file. Nothing is trusted: sizes are counted while unpacking.

    Raises:
        Refusal: too large, too many parts, packed beyond belief, encrypted, or damaged.
    """

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._data = data
        self._unpacked = 0
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                entries = packed.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, struct.error) as error:
            raise damaged(name) from error
        except (NotImplementedError, OverflowError, UnicodeDecodeError) as error:
            raise damaged(name) from error
        self._check(entries)
        self._entries = {entry.filename: entry for entry in entries}

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > self.limits.entries:
            raise self._bomb(f"压缩包里有 {len(entries)} 个部分，超过 {self.limits.entries} 个")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise damaged(self.name)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise encrypted(self.name)
        self._bound(sum(entry.file_size for entry in entries))

    def _bound(self, unpacked: int) -> None:
        if unpacked > self.limits.unpacked_bytes:
            most = self.limits.unpacked_bytes // MEGABYTE
            raise self._bomb(f"解压后超过 {most} 兆字节")
        packed = max(1, len(self._data))
        if unpacked > self.limits.ratio_from and unpacked / packed > self.limits.ratio:
            raise self._bomb(f"解压后是原来的 {unpacked // packed} 倍以上")

    def _bomb(self, what: str) -> Refusal:
        return Refusal.of(
            "too-large",
            f"文件不像正常的表格或文稿：{what}",
            "请确认来源；确需导入的，请另存为新文件或拆成几个文件",
            place=self.name,
        )

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def chunks(self, part: str) -> Iterator[bytes]:
        """The part, unpacked piece by piece, each byte counted towards the bounds."""
        entry = self._entries[part]
        start = self._start(entry)
        packed = self._data[start : start + entry.compress_size]
        for piece in self._inflated(packed, entry.compress_type):
            self._unpacked += len(piece)
            self._bound(self._unpacked)
            yield piece

    def _start(self, entry: zipfile.ZipInfo) -> int:
        try:
            header = _LOCAL_HEADER.unpack_from(self._data, entry.header_offset)
        except struct.error:
            raise damaged(self.name) from None
        if header[0] != b"PK\x03\x04":
            raise damaged(self.name)
        return int(entry.header_offset + _LOCAL_HEADER.size + header[-2] + header[-1])

    def _inflated(self, packed: bytes, method: int) -> Iterator[bytes]:
        if method == zipfile.ZIP_STORED:
            yield packed
            return
        if method != zipfile.ZIP_DEFLATED:
            raise damaged(self.name)
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            piece = inflate.decompress(packed, CHUNK)
            while piece:
                yield piece
                piece = inflate.decompress(inflate.unconsumed_tail, CHUNK)
        except zlib.error:
            raise damaged(self.name) from None
        if not inflate.eof:
            raise damaged(self.name)

    def read(self, part: str) -> bytes:
        """The whole part."""
        return b"".join(self.chunks(part))

    def check_xml(self, piece: bytes) -> None:
        """Refuse a declaration of entities, which no office program writes."""
        head = piece[:64]
        if _FORBIDDEN.search(piece) or (b"\0" in head and not head.startswith(b"PK")):
            raise Refusal.of(
                "external-entity",
                "文件里有外部实体或特殊编码的声明，正常的办公软件不会写出",
                "请确认来源；用 Excel 或 WPS 打开另存后再导入",
                place=self.name,
            )

    def check_counts(self, piece: bytes) -> None:
        """Refuse a count that cannot be: the reader sets memory aside for it unread."""
        if b"ount" in piece and _ABSURD_COUNT.search(piece):
            raise damaged(self.name)


def encrypted(name: str) -> Refusal:
    """The refusal for a file with a password."""
    return Refusal.of(
        "encrypted-file",
        "文件设了打开密码",
        "请在 Excel 或 WPS 中打开，去掉密码另存后再导入",
        place=name,
    )
