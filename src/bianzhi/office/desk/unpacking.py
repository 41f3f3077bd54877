"""Files inside a zip that was handed in: bounded, named as people named them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from bianzhi.core.errors import Refusal

MEGABYTE = 1024 * 1024
LARGEST, ALL, MOST = 50 * MEGABYTE, 200 * MEGABYTE, 500  # of a file, of all, files
Named = tuple[str, bytes]


def members(name: str, data: bytes, endings: tuple[str, ...]) -> Iterator[Named]:
    """The files of a zip with one of some endings.

    Raises:
        Refusal: It cannot be opened, or there is too much in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from _inside(packed, endings)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, UnicodeError, OSError):
        raise Refusal.of(
            "bad-zip", f"压缩包 {name} 打不开：已损坏或有密码", "请解压后直接选其中的文件"
        ) from None


def _inside(packed: zipfile.ZipFile, endings: tuple[str, ...]) -> Iterator[Named]:
    infos = [info for info in packed.infolist() if not info.is_dir()]
    if len(infos) > MOST or sum(info.file_size for info in infos) > ALL:
        raise too_much()
    for info in infos:
        member = _decoded(info)
        if PurePosixPath(member).suffix.lower() in endings and not is_scratch(member):
            with packed.open(info) as handle:
                content = handle.read(LARGEST + 1)  # whatever the directory of the zip claims
            yield member, content


def _decoded(info: zipfile.ZipInfo) -> str:
    """A member's name; Windows writes Chinese ones in GBK and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def is_scratch(name: str) -> bool:
    """Whether it is a file an office program leaves behind."""
    return PurePosixPath(name).name.startswith(("~$", "."))


def too_much() -> Refusal:
    """The refusal of more than is taken at once."""
    return Refusal.of(
        "too-much", f"一次最多导入 {MOST} 个文件、共 {ALL // MEGABYTE} 兆字节", "请分几批导入"
    )
