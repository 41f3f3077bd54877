"""What a 三定 or 批复 says: kind of paper, 文号, body, sections, and proposed numbers.

Nothing here is taken as true: each number keeps its clause, and a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bianzhi.core.documents import parse_doc_no
from bianzhi.files.intake.days import read_day
from bianzhi.files.intake.phrases import Fact, facts_in
from bianzhi.files.word.clauses import Clause, clauses_of
from bianzhi.files.word.reading import Text

PLAN, REPLY, NOTICE, REQUEST, OTHER = "三定", "批复", "通知", "请示", "其他"
_DOC_NO = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,12}(?:发|字|函|办|控)\s*[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\d+号"
)
_DAY = re.compile(
    r"(?:\d{4}|[二一〇○零九八七六五四三]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_EFFECTIVE = re.compile(rf"自({_DAY.pattern})起(?:施行|执行|生效|实施)")
_SUBJECTS = (
    re.compile(r"^(.{2,40}?)职能配置、?内设机构和人员编制(?:的)?规定"),
    re.compile(r"^(.{2,40}?)(?:主要职责|机构职能).{0,12}(?:人员编制|机构编制)(?:方案|的?规定)"),
    re.compile(r"关于(?:同意)?(?:设立|成立|组建|整合组建|调整|增加|核增|核减|收回|印发|明确|核定|撤销)(.{2,40}?)"
               r"(?:机构编制|编制|领导职数|机构规格|更名|主要职责|职能配置|有关|等|的)"),
    re.compile(r"关于(.{2,40}?)(?:更名|机构编制|编制|职能配置|有关|调整|升格|挂牌)"),
)  # fmt: skip
_SECTION = re.compile(
    r"^(.{2,20}?(?:办公室|科|股|室|处|大队|中队|站|所|中心|党委|局|部|组))(?:[。：:（(]|$)"
)
_SECTIONS_HEAD = re.compile(r"内设(?:机构|科室|股室)|下列(?:内设)?机构|职能科室")
_LISTED = re.compile(
    r"(?:设|设置|下设|内设)(?:下列)?(?:内设)?(?:机构)?[：:]?((?:[^，。；;、]{2,16}[、和]){1,30}[^，。；;、]{2,16}?)(?:等|\d|[。；;，,]|$)"
)
_STOP = re.compile(r"人员编制|领导职数|附则|其他事项|主要职责|经费")


@dataclass(frozen=True)
class Proposal:
    """A number and the clause it stands in."""

    fact: Fact
    clause: Clause

    @property
    def place(self) -> str:
        """The clause for people: its number, or its line."""
        return self.clause.label or f"第 {self.clause.line + 1} 段"


@dataclass(frozen=True)
class Paper:
    """A paper as read.

    Attributes:
        text: The text, kept whole.
        kind: 三定, 批复, 通知, 请示 or 其他.
        title: Its title.
        doc_no: 文号 in its one spelling, "" where none was found.
        doc_date: The day at its end, None where none was found.
        effective_on: The day it says it takes effect, None where it says none.
        subject: The body it is about, as the title names it.
        clauses: All of it, in order.
        proposals: Numbers of posts, leaders and sections with their clauses.
        sections: Names of internal sections, each with its clause.
    """

    text: Text
    kind: str
    title: str
    doc_no: str
    doc_date: date | None
    effective_on: date | None
    subject: str
    clauses: tuple[Clause, ...]
    proposals: tuple[Proposal, ...]
    sections: tuple[tuple[str, Clause], ...]


def read_paper(text: Text) -> Paper:
    """What a document says, for a person to confirm."""
    clauses = clauses_of(text.paragraphs)
    title = _title(text.paragraphs)
    proposals = tuple(
        Proposal(fact, each) for each in clauses for fact in facts_in(_without_names(each.text))
    )
    return Paper(
        text,
        _kind(title, text),
        title,
        _doc_no(text.paragraphs),
        _date(text.paragraphs),
        _effective(text.paragraphs),
        _subject(title),
        clauses,
        proposals,
        tuple(_sections(clauses)),
    )


def _without_names(text: str) -> str:
    """A clause without the papers it cites, whose titles may hold numbers."""
    return re.sub(r"《[^》]{0,80}》", "", text)


def _title(paragraphs: tuple[str, ...]) -> str:
    """The title, which may run over several lines above the first sentence."""
    lines: list[str] = []
    for each in paragraphs[:15]:
        if _DOC_NO.fullmatch(each.strip()) or each.endswith(("文件", "：", ":")):
            if lines:
                break
            continue
        if len(each) > 60 or each.endswith(("。", "；", "，")) or re.match(r"第.条|一、", each):
            break
        lines.append(each.strip())
        joined = "".join(lines)
        if re.search(r"(?:批复|通知|规定|方案|请示|意见|函|决定)(?:[（(].*[）)])?$", joined):
            return joined
    return "".join(lines[:2]) or (paragraphs[0][:60] if paragraphs else "")


def _kind(title: str, text: Text) -> str:
    if "职能配置" in title or ("人员编制" in title and ("规定" in title or "方案" in title)):
        return PLAN
    for kind in (REPLY, REQUEST, NOTICE):
        if title.endswith(kind) or f"特此{kind}" in text.text[-300:]:
            return kind
    return OTHER


def _doc_no(paragraphs: tuple[str, ...]) -> str:
    """The paper's own number: a line of its own near the top; cited ones stand in sentences."""
    for each in paragraphs[:12]:
        parsed = parse_doc_no(each.strip())
        if parsed is not None:
            return str(parsed)
        found = _DOC_NO.search(each)
        if found and len(each) < 40 and (parsed := parse_doc_no(found[0])) is not None:
            return str(parsed)
    return ""


def _date(paragraphs: tuple[str, ...]) -> date | None:
    for each in reversed(paragraphs[-12:]):
        if len(each) < 40 and (found := _DAY.search(each)):
            return read_day(found[0])[0]
    return None


def _effective(paragraphs: tuple[str, ...]) -> date | None:
    for each in reversed(paragraphs[-20:]):
        if found := _EFFECTIVE.search(each):
            return read_day(found[1])[0]
    return None


def _subject(title: str) -> str:
    for form in _SUBJECTS:
        if found := form.search(title):
            return re.sub(r"^(?:关于)?(?:同意|印发)?[《<]?", "", found[1]).strip("《》")
    return ""


def _sections(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Clause]]:
    """Sections named one a clause under 内设机构, or in a row in one sentence."""
    under: tuple[str, ...] | None = None
    seen: set[str] = set()
    for each in clauses:
        if _SECTIONS_HEAD.search(each.text[:60]):
            under = each.path
            for listed in _LISTED.findall(each.text):
                for name in re.split(r"[、和]", listed):
                    if (found := _SECTION.match(name)) and found[1] not in seen:
                        seen.add(found[1])
                        yield found[1], each
            continue
        if under is None:
            continue
        inside = len(each.path) > len(under) and each.path[: len(under)] == under
        if (each.number and not inside) or _STOP.match(each.text):
            under = None
        elif each.number and (found := _SECTION.match(each.text)) and found[1] not in seen:
            seen.add(found[1])
            yield found[1], each
