"""What a file really is, whatever its name says."""

from __future__ import annotations

from bianzhi.core.errors import Refusal
from bianzhi.files.workbook.limits import MEGABYTE, Limits
from bianzhi.files.workbook.parts import Parts, encrypted

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")


def check_size(name: str, data: bytes, limits: Limits) -> None:
    """Refuse an empty file and one beyond the bound."""
    if not data:
        raise Refusal.of("empty-file", "文件是空的", "请检查文件是否下载、拷贝完整", place=name)
    most = limits.old_file_bytes if data.startswith(OLE) else limits.file_bytes
    if len(data) > most:
        raise Refusal.of(
            "too-large",
            f"文件有 {len(data) // MEGABYTE} 兆字节，超过 {most // MEGABYTE} 兆",
            "请按表或按年份拆成几个文件",
            place=name,
        )


def wrong_type(name: str, really: str, do: str = "请另存为 .xlsx 后再导入") -> Refusal:
    """The refusal for a file that is no workbook."""
    return Refusal.of("wrong-type", f"这不是 Excel 工作簿：{really}", do, place=name)


def workbook_kind(name: str, data: bytes) -> str:
    """``xlsx`` or ``xls``.

    Raises:
        Refusal: the content is something else, whatever the extension says.
    """
    if data.startswith(b"PK"):
        return "xlsx"
    if data.startswith(OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise encrypted(name)
        if _WORD in data and _WORKBOOK not in data:
            raise wrong_type(name, "内容是旧版 Word 文档", "请另存为 .docx 后在文稿处导入")
        if _WORKBOOK not in data and _BOOK not in data:
            raise wrong_type(name, "内容不是 Excel 表格")
        return "xls"
    raise wrong_type(name, *_other(data))


def _other(data: bytes) -> tuple[str, str]:
    head = data[:2048].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<div")):
        return (
            "内容是网页，只是把名字改成了 .xls",
            "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入",
        )
    if head.startswith(b"<?xml"):
        return "内容是 XML", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入"
    if head.startswith(b"%pdf"):
        return "内容是 PDF", "请向对方索取原来的 Excel 表格"
    if head.startswith((b"\x89png", b"\xff\xd8")):
        return "内容是图片", "请向对方索取原来的 Excel 表格"
    return "认不出内容", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入"


def need_workbook(parts: Parts) -> None:
    """Refuse a packed file that is no .xlsx (a Word document, a plain zip, an .xlsb, an .ods)."""
    if "xl/workbook.xml" in parts:
        return
    if "word/document.xml" in parts:
        raise wrong_type(parts.name, "内容是 Word 文档", "三定、批复请在文稿处导入")
    if "xl/workbook.bin" in parts:
        raise wrong_type(parts.name, "内容是二进制工作簿 .xlsb")
    if "content.xml" in parts:
        raise wrong_type(parts.name, "内容是 .ods 表格")
    raise wrong_type(parts.name, "内容是压缩包", "请解压后逐个导入里面的表格")
