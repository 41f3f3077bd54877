"""Documents: the grounds (依据) every change stands on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from bianzhi.core.errors import Problem

_DOC_NO = re.compile(
    r"(?P<issuer>[一-鿿A-Z]{1,12}?)"
    r"(?P<word>机编办字|机编发|编委发|委办发|编办发|编办字|编办函|编办|编控|编发|编字|办字|办发|发|字|函)"
    r"\s*(?P<open>[〔\[(【]?)\s*(?P<year>(?:19|20)\d{2})\s*(?P<close>[〕\])】]?)"
    r"\s*第?\s*0*(?P<seq>[1-9]\d*)\s*号?"
)


@dataclass(frozen=True, slots=True)
class DocNo:
    """A 文号 taken apart: 达市编控〔2018〕1号 is issuer 达市, word 编控, year 2018, seq 1.

    ``needs_review`` is set where a bracket was lost and the year had to be guessed.
    """

    issuer: str
    word: str
    year: int
    seq: int
    needs_review: bool = False

    def __str__(self) -> str:
        return f"{self.issuer}{self.word}〔{self.year}〕{self.seq}号"


def parse_doc_no(text: str) -> DocNo | None:
    """The parts of a Chinese 文号, old and damaged forms included; None when it is none.

    >>> str(parse_doc_no("滕编办 [2013] 011"))
    '滕编办〔2013〕11号'
    """
    match = _DOC_NO.fullmatch(_folded(text))
    if match is None:
        return None
    whole = bool(match["open"]) and bool(match["close"])
    return DocNo(match["issuer"], match["word"], int(match["year"]), int(match["seq"]), not whole)


def normal_doc_no(text: str) -> str:
    """One spelling for one 文号, so that a duplicate is found however it was typed.

    A number that is not of the Chinese pattern (a foreign request number) keeps its own spelling,
    with full-width digits folded and blanks removed.
    """
    parsed = parse_doc_no(text)
    if parsed is None or parsed.needs_review:
        return _folded(text)
    return str(parsed)


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Document:
    """The paper behind a change.

    Attributes:
        title: Its title; never empty.
        doc_no: 文号, "" where the paper has none (a budget law, a yearbook).
        issuer: Who issued it.
        doc_date: The day on the paper, as a day number; None where it is not known.
        effective_on: The day it takes effect; its entries take this day unless they say another.
        clause: The part of the paper this change carries out, when it is carried out in parts.
        file_digest: SHA-256 of the scanned paper, hexadecimal, "" if none is kept.
    """

    title: str
    doc_no: str = ""
    issuer: str = ""
    doc_date: int | None = None
    effective_on: int | None = None
    clause: str = ""
    file_digest: str = ""

    @cached_property
    def key(self) -> str:
        """What makes it the same paper and clause: a second change under it is a duplicate."""
        if self.doc_no:
            return f"{normal_doc_no(self.doc_no)}|{self.clause}"
        return f"{self.issuer}|{self.title}|{self.doc_date}|{self.clause}"

    @property
    def label(self) -> str:
        """How a page or a message names it."""
        return self.doc_no or f"《{self.title}》"

    def problems(self) -> list[Problem]:
        """What is missing or wrong in it, for a refusal."""
        found = []
        if not self.title.strip():
            found.append(Problem("no-title", "文件没有标题", "请填写文件标题", "title"))
        digest = self.file_digest
        if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
            found.append(
                Problem(
                    "bad-file-digest",
                    f"文件摘要“{digest}”不是 64 位十六进制的 SHA-256",
                    "请重新计算或留空",
                    "file_digest",
                )
            )
        return found
