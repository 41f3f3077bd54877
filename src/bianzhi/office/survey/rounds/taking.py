"""Taking workbooks back: each for itself, so that a bad one stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from bianzhi.core.errors import Problem, Refusal
from bianzhi.files.intake.findings import ERROR, Finding
from bianzhi.files.marked import Marked, marked_findings
from bianzhi.files.workbook import Cell, Limits, Workbook, open_workbook
from bianzhi.office.desk.handed import LARGEST, MEGABYTE, plain_name
from bianzhi.office.desk.unpacking import Named, members
from bianzhi.office.identity.locking import lock_file, open_file
from bianzhi.office.survey.rounds import keeping
from bianzhi.office.survey.rounds.form import Forms
from bianzhi.office.survey.rounds.models import EXCEL, Round, Sheet, TakenBack
from bianzhi.office.survey.rounds.workbook.reading import CODE, Read, read_workbook

LIMITS = Limits(file_bytes=LARGEST, old_file_bytes=LARGEST, unpacked_bytes=100 * MEGABYTE,
                rows=5000, columns=100, cells=300_000, sheets=60)  # fmt: skip
ENDINGS = (".xlsx", ".xls")
ADVICE = "有红格的工作簿没有收。按批注改好，直接保存，再交回即可；不必删去批注。"
SHOWN = 2000  # findings kept of one workbook


def take_back(
    round: Round, given: Iterable[Named], by: str, now: datetime, only: str | None = None
) -> list[TakenBack]:
    """Take workbooks back, those inside a zip too: the good ones are handed in as answers.

    Args:
        round: The round they are to belong to.
        given: Name and content of each file.
        by, now: Who hands them in, and when.
        only: The unit whose workbook it may be; None: any of the round.
    """
    forms = Forms(round)
    taken: list[TakenBack] = []
    for name, data in given:
        try:
            for member, inside in _unpacked(name, data):
                taken.append(_one(forms, plain_name(member), inside, by, now, only))
        except Refusal as refusal:  # of the zip itself
            taken.append(_kept(round, plain_name(name), b"", None, _listed(refusal), by, now))
    return taken


def _unpacked(name: str, data: bytes) -> Iterator[Named]:
    if not name.lower().endswith(".zip"):
        yield name, data
        return
    inside = list(members(name, data, ENDINGS))
    if not inside:
        raise Refusal.of("empty-zip", "压缩包里没有 Excel 工作簿", "请核对是不是选错了文件")
    yield from inside


def _one(
    forms: Forms, name: str, data: bytes, by: str, now: datetime, only: str | None
) -> TakenBack:  # fmt: skip
    sheet: Sheet | None = None
    try:
        read = read_workbook(_opened(name, data), forms)
        _need_own(read, only)
        sheet = read.sheet
        problems = _stored(read.findings) or _handed_in(read, by, now)
    except Refusal as refusal:
        problems = _listed(refusal)
    return _kept(forms.round, name, data, sheet, problems, by, now)


def _opened(name: str, data: bytes) -> Workbook:
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        raise Refusal.of("wrong-type", "不是 Excel 工作簿", "请交回系统发出的 .xlsx 工作簿")
    return open_workbook(data, name, LIMITS)


def _need_own(read: Read, only: str | None) -> None:
    if only is not None and read.sheet is not None and read.sheet.unit != only:
        raise Refusal.of("other-unit", f"这是 {read.sheet.unit} 的工作簿，不是本单位的",
                         "请核对选的文件")  # fmt: skip


def _handed_in(read: Read, by: str, now: datetime) -> list[dict[str, object]]:
    assert read.sheet is not None and read.form is not None  # noqa: S101, PT018 - no findings
    faults = keeping.submit(read.sheet, read.form, read.filled, EXCEL, by, now)
    return [_plain(fault.problem) for fault in faults]


def _kept(
    round: Round, name: str, data: bytes, sheet: Sheet | None, problems: list[dict[str, object]],
    by: str, now: datetime,
) -> TakenBack:  # fmt: skip
    digest = sha256(data[:LARGEST]).hexdigest()
    version = sheet.versions.last() if sheet is not None and not problems else None
    return TakenBack.objects.create(
        round=round, sheet=sheet, version=version, name=name, digest=digest,
        locked=lock_file(digest, data[:LARGEST]), problems=problems[:SHOWN], by=by, at=now,
    )  # fmt: skip


def _stored(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [
        {"code": each.kind, "what": each.what, "do": each.do,
         "place": f"〔{each.cell.sheet}〕{each.cell.ref}",
         "cell": [each.cell.sheet, each.cell.row, each.cell.column]}
        for each in findings
    ]  # fmt: skip


def _listed(refusal: Refusal) -> list[dict[str, object]]:
    return [_plain(each) for each in refusal.problems]


def _plain(problem: Problem) -> dict[str, object]:
    return {"code": problem.code, "what": problem.what, "do": problem.do, "place": ""}


def has_copy(taken: TakenBack) -> bool:
    """Whether a workbook can be handed back marked: something stands in a cell of it."""
    return any("cell" in each for each in taken.problems)


def marked(taken: TakenBack) -> Marked:
    """The workbook as it came, what was wrong marked in it.

    Raises:
        Refusal: There is nothing to mark.
    """
    if not has_copy(taken):
        raise Refusal.of("nothing-to-mark", "这个文件没有可以标注的格", "原因见收回记录")
    book = open_workbook(open_file(taken), taken.name, LIMITS)
    findings = [
        Finding(CODE, each["code"], ERROR, each["what"], each["do"],
                Cell(taken.name, *each["cell"]))
        for each in taken.problems if "cell" in each
    ]  # fmt: skip
    lines = [f"{taken.at:%Y-%m-%d} 交回，共 {len(findings)} 处要改"]
    return marked_findings(book, findings, lines, ADVICE)
