"""Files handed in with something: of known kinds, bounded, under a plain name."""

from __future__ import annotations

from pathlib import PurePosixPath

from bianzhi.core.errors import Refusal

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
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


def checked(name: str, data: bytes) -> tuple[str, str]:
    """The plain name and the kind of a file that may be handed in.

    Raises:
        Refusal: Too large, of another kind than allowed or than its name says.
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
    return plain, kind


def plain_name(name: str) -> str:
    """A file name without folders or characters that could make it lead elsewhere."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*')
    return kept.strip(". ")[-120:] or "附件"


def text_of(content: bytes) -> str:
    """The text of a file that is to be TOML.

    Raises:
        Refusal: It is no UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal.of(
            "not-text", "这个文件不是 UTF-8 文本", "请另存为 UTF-8 的 .toml 文件", field="file"
        ) from None
