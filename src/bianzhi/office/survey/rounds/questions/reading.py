"""Reading a questionnaire (TOML): everything wrong is told at once, with its line and its part."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from bianzhi.core.errors import Problem, Refusal
from bianzhi.office.survey.rounds.questions.kinds import (
    CHOICE,
    KINDS,
    LONG,
    OUTSIDE_ROWS,
    TYPES,
    VOICES,
    Column,
)
from bianzhi.office.survey.rounds.questions.questionnaire import Asked, Part, Questionnaire
from bianzhi.rules.parameters import Flag, Text, Texts, Whole, read_into

LARGEST = 200_000  # characters
MOST_ROWS, MOST_PARTS = 200, 40
YEARS = (1, 10)
_KEY = re.compile(r"[a-z][a-z0-9-]{0,29}")
_HEADER = re.compile(r"^\s*\[\[\s*part(\s*\.\s*row)?\s*\]\]", re.MULTILINE)


def _as_is(value: object, trees: object) -> Any:
    """Read later, row by row, so that each problem knows its line."""
    return value


@dataclass(frozen=True, kw_only=True)
class _Head:
    """A questionnaire as it is written."""

    title: Annotated[Text, "名称"]
    hint: Annotated[Text, "填表说明"] = ""
    years: Annotated[Whole, "年数"] = 4
    part: Annotated[Any, _as_is, "部分"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A part as it is written."""

    kind: Annotated[Text, "种类"]
    title: Annotated[Text, "名称"]
    key: Annotated[Text, "代号"] = ""
    hint: Annotated[Text, "说明"] = ""
    more: Annotated[Whole, "可补充的行数"] = 0
    least: Annotated[Whole, "至少填几行"] = 0
    row: Annotated[Any, _as_is, "行"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A row as it is written; which of these it has depends on the kind of its part."""

    key: Annotated[Text, "代号"] = ""
    text: Annotated[Text, "职责"] = ""
    item: Annotated[Text, "业务"] = ""
    measure: Annotated[Text, "计量单位"] = ""
    kind: Annotated[Text, "类别"] = ""
    what: Annotated[Text, "问题"] = ""
    answer: Annotated[Text, "回答的类型"] = LONG
    choices: Annotated[Texts, "选项"] = ()
    required: Annotated[Flag, "必答"] = False


# what a row of a kind of part must say; rows of the other kinds come from the record
_SAYS = {"workload": ("item", "measure"), "served": ("measure",), "problems": ("kind",),
         "questions": ("what",)}  # fmt: skip


def read_questionnaire(text: str) -> Questionnaire:
    """A questionnaire from its text.

    Raises:
        Refusal: With every problem found.
    """
    if len(text) > LARGEST:
        raise Refusal.of("large-questionnaire", f"问卷超过 {LARGEST} 字", "请核对是不是问卷")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise Refusal.of(
            "bad-toml", "问卷读不通：引号、方括号或等号不对",
            "请核对这一行和上一行；可以下载自带的问卷，照着改",
            place=f"第 {found[1]} 行" if found else "末尾",
        ) from None  # fmt: skip
    return _Reading(text, raw).questionnaire()


class _Reading:
    """One questionnaire being read."""

    def __init__(self, text: str, raw: Mapping[str, Any]) -> None:
        self.text, self.raw = text, raw
        self.problems: list[Problem] = []
        self.lines = list(_lines(text))

    def questionnaire(self) -> Questionnaire:
        head = self._read(_Head, self.raw, "开头")
        if head is None:
            raise Refusal(*self.problems)
        if not YEARS[0] <= head.years <= YEARS[1]:
            self._wrong("bad-years", f"年数是 {head.years}", f"请写 {YEARS[0]} 至 {YEARS[1]}",
                        "years", "开头")  # fmt: skip
        parts = [part for at, each in enumerate(_list(head.part), 1)
                 if (part := self._part(at, each)) is not None]  # fmt: skip
        self._whole(_list(head.part), parts)
        if self.problems:
            raise Refusal(*self.problems)
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Questionnaire(title=head.title, hint=head.hint, years=head.years,
                             parts=tuple(parts), digest=digest)  # fmt: skip

    def _whole(self, given: list[Any], parts: list[Part]) -> None:
        if not self.raw.get("title"):
            self._wrong("no-title", "问卷没有名称", "请在开头写 title", "title", "开头")
        if not given or len(given) > MOST_PARTS:
            self._wrong("no-parts", f"问卷有 {len(given)} 个部分",
                        f"请用 [[part]] 写 1 至 {MOST_PARTS} 个部分", "part", "开头")  # fmt: skip
        for key, times in Counter(part.key for part in parts).items():
            if times > 1:
                self._wrong("same-key", f"{times} 个部分的代号都是“{key}”", "请另起代号", "key")

    def _wrong(self, code: str, what: str, do: str, field: str = "", place: str = "") -> None:
        self.problems.append(Problem(code, what, do, field, place))

    def _read(self, cls: type[Any], given: object, place: str) -> Any:
        try:
            return read_into(cls, given, {})
        except Refusal as refusal:
            self.problems += refusal.at(place).problems
            return None

    def _place(self, part: int, row: int | None = None) -> str:
        line = next((line for line, *at in self.lines if at == [part, row]), None)
        where = f"第 {part} 部分" + (f"第 {row} 行" if row else "")
        return f"{where}（文件第 {line} 行起）" if line else where

    def _part(self, at: int, given: Any) -> Part | None:
        place = self._place(at)
        read: _Part | None = self._read(_Part, given, place)
        if read is None:
            return None
        if read.kind not in KINDS:
            known = "、".join(f"{code}（{kind.title}）" for code, kind in KINDS.items())
            self._wrong("bad-kind", f"没有“{read.kind}”这种部分", f"可选的有：{known}", "kind",
                        place)  # fmt: skip
            return None
        self._check_part(read, place)
        return Part(key=read.key or read.kind, kind=KINDS[read.kind], title=read.title,
                    hint=read.hint, rows=tuple(self._rows(at, read)), more=read.more,
                    least=read.least)  # fmt: skip

    def _check_part(self, read: _Part, place: str) -> None:
        if not _KEY.fullmatch(read.key or read.kind):
            self._wrong(
                "bad-key", f"“{read.key}”不能作代号", "请用小写字母、数字和短横", "key", place
            )
        rows = _list(read.row)
        if rows and read.kind not in _SAYS:
            self._wrong("rows-from-record", f"“{KINDS[read.kind].title}”的行由台账或系统带出",
                        "请删去 [[part.row]]；要另外问的，写成 questions 部分",
                        "row", place)  # fmt: skip
        if len(rows) + read.more > MOST_ROWS:
            self._wrong("too-many-rows", f"行数超过 {MOST_ROWS}", "请减少", "more", place)
        if read.kind in ("figures", "outside", "questions") and read.more:
            self._wrong("no-more", f"“{KINDS[read.kind].title}”不能补充行", "请删去 more", "more",
                        place)  # fmt: skip
        if read.kind in _SAYS and not rows and not read.more:
            self._wrong(
                "empty-part", "这一部分什么也没有问", "请写 [[part.row]] 或 more", "row", place
            )
        if read.least > len(rows) + read.more:
            self._wrong("bad-least", f"至少填 {read.least} 行，却只有 {len(rows) + read.more} 行",
                        "请改小 least 或增加 more", "least", place)  # fmt: skip

    def _rows(self, at: int, part: _Part) -> Iterator[Asked]:
        if part.kind == "outside":
            for code, title in OUTSIDE_ROWS.items():
                yield Asked(id=code, cells={"what": title})
        seen = set[str]()
        for number, given in enumerate(_list(part.row) if part.kind in _SAYS else [], 1):
            place = self._place(at, number)
            row: _Row | None = self._read(_Row, given, place)
            if row is None:
                continue
            id = row.key or f"r{number}"
            if not _KEY.fullmatch(id) or id in seen:
                self._wrong("bad-key", f"代号“{id}”重复，或不是小写字母、数字和短横", "请另起代号",
                            "key", place)  # fmt: skip
            seen.add(id)
            yield self._row(part, row, id, place)

    def _row(self, part: _Part, row: _Row, id: str, place: str) -> Asked:
        says = _SAYS[part.kind]
        for name in says:
            if not getattr(row, name):
                self._wrong("no-words", f"这一行没有写 {name}", "请补上", name, place)
        if part.kind == "problems" and row.kind and row.kind not in VOICES:
            known = "、".join(f"{code}（{words}）" for code, words in VOICES.items())
            self._wrong("bad-voice", f"没有“{row.kind}”这一类", f"可选的有：{known}", "kind", place)
        return Asked(id=id, cells={name: getattr(row, name) for name in says},
                     answer=self._answer(row, place) if part.kind == "questions" else None,
                     required=row.required)  # fmt: skip

    def _answer(self, row: _Row, place: str) -> Column:
        if row.answer not in TYPES:
            known = "、".join(f"{code}（{words}）" for code, words in TYPES.items())
            self._wrong("bad-answer", f"没有“{row.answer}”这种回答", f"可选的有：{known}", "answer",
                        place)  # fmt: skip
        if (row.answer == CHOICE) != bool(row.choices):
            self._wrong("bad-choices", "选择题没有写选项，或不是选择题却写了选项",
                        '请写 answer = "choice" 和 choices = ["甲", "乙"]',
                        "choices", place)  # fmt: skip
        return Column("answer", "回答", row.answer, {each: each for each in row.choices},
                      required=row.required, width=60)  # fmt: skip


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _lines(text: str) -> Iterator[tuple[int, int, int | None]]:
    """line, part, row (None: the part itself) of every header in the text."""
    part = row = 0
    for found in _HEADER.finditer(text):
        if found[1]:
            row += 1
        else:
            part, row = part + 1, 0
        line = text.count("\n", 0, found.start(0) + len(found[0]) - len(found[0].lstrip())) + 1
        yield line, part, row or None
