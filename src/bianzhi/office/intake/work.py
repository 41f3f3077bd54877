"""The use cases of intake: receive, read and plan, decide, post, void."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from django.db import transaction

from bianzhi.core.days import day_number
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.quantity import quantity_text
from bianzhi.core.source import Source
from bianzhi.files.headings import learned_from
from bianzhi.files.intake.taking import Taken
from bianzhi.files.marked import Marked, marked_copy
from bianzhi.files.workbook import open_workbook
from bianzhi.office.desk.held import held
from bianzhi.office.desk.today import today
from bianzhi.office.desk.unpacking import Named
from bianzhi.office.identity import keeping as identity
from bianzhi.office.identity.locking import open_file
from bianzhi.office.identity.opening import vault
from bianzhi.office.intake import keeping, persons, reading, stating, texts
from bianzhi.office.intake.models import (
    FAILED,
    POSTED,
    READING,
    READY,
    VOID,
    DeliveredFile,
    Delivery,
    Found,
    Lesson,
    Line,
    Sheet,
)
from bianzhi.office.intake.plan.planning import Basis, Plan, Step, plan, totals
from bianzhi.office.intake.plan.rows import Finding
from bianzhi.office.intake.reading import Reading, Wanted
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from bianzhi.record.source import SqlSource

BATCH = 500


@dataclass(frozen=True)
class Received:
    """A delivery, and the files of it that had come before."""

    delivery: Delivery
    known: list[str]


def _silent(words: str) -> None:
    """Nobody watches."""


# -- receive -----------------------------------------------------------------------------------


@transaction.atomic
def receive(given: Iterable[Named], by: str) -> Received:
    """Keep the files as a new delivery; files that came before are recognised and left out.

    Raises:
        Refusal: A file cannot be taken.
    """
    files = keeping.unpacked(given)
    fresh, known, before = [], [], None
    for name, data in files:
        earlier = _earlier(keeping.digest(data))
        if earlier is None:
            fresh.append((name, data))
        else:
            known.append(name)
            before = earlier
    if before is not None and not fresh:
        return Received(before, known)
    delivery = Delivery.objects.create(by=by, at=datetime.now(UTC))
    for name, data in fresh:
        DeliveredFile.objects.create(delivery=delivery, kept=keeping.keep(data), name=name)
    texts.keep_texts(delivery)
    return Received(delivery, known)


def _earlier(digest: str) -> Delivery | None:
    open_or_posted = (READING, READY, POSTED)
    return Delivery.objects.filter(files__kept_id=digest, state__in=open_or_posted).first()


# -- read and plan -----------------------------------------------------------------------------


def lessons() -> dict[str, str]:
    """What the office taught about headings."""
    return dict(Lesson.objects.values_list("heading", "field"))


def read(delivery: Delivery) -> Reading:
    """Read the workbooks of a delivery as they are understood now."""
    files = [
        (each.name, open_file(each.kept))
        for each in delivery.files.select_related("kept")
        if each.name.lower().endswith(keeping.TABLES)
    ]
    sheets = Sheet.objects.filter(file__delivery=delivery).select_related("file")
    wanted = {
        (each.file.name, each.name): Wanted(
            each.corrections.get("kind", ""),
            {int(at): field for at, field in each.corrections.get("columns", {}).items()},
            each.corrections.get("used"),
            bool(each.corrections.get("shifted")),
        )
        for each in sheets
    }
    return reading.read(files, lessons(), wanted)


def plan_of(delivery: Delivery, read_: Reading, by: str, step: Step = _silent) -> Plan:
    """The plan of a delivery on the record as it stands, with the answers given so far."""
    day = delivery.day if delivery.day is not None else day_number(today())
    answers = dict(delivery.lines.exclude(answer="").values_list("key", "answer"))
    record = held().columns
    source: Source = SqlSource(Engine(), record.head) if record.head else MemoryRecord()
    basis = Basis(source, record, vault().person_key, by)
    confirmed = frozenset(delivery.stated.exclude(confirmed="").values_list("key", flat=True))
    rows = reading.given(read_, day)
    given = replace(
        rows,
        papers=texts.papers(delivery),
        confirmed=confirmed,
        adopted=frozenset(delivery.adopted),
    )
    return plan(given, answers, basis, step)


def prepare(delivery: Delivery, step: Step = _silent) -> Plan:
    """Read and plan, and keep what was found for the pages."""
    if delivery.state in (POSTED, VOID):
        raise _closed(delivery)
    step("读入表格")
    read_ = read(delivery)
    if delivery.day is None:
        delivery.day = reading.table_day(read_)
    made = plan_of(delivery, read_, delivery.by, step)
    step("整理结果")
    before = totals(held().columns, delivery.day or day_number(today()))
    after = totals(made.columns, delivery.day or day_number(today()))
    with transaction.atomic():
        _keep_sheets(delivery, read_)
        _keep_found(delivery, [*reading.findings(read_), *made.findings])
        _keep_lines(delivery, made)
        stating.keep(delivery, made.stated)
        delivery.summary = {
            "changes": len(made.drafts),
            "acts": sum(len(draft.acts) for draft in made.drafts),
            "people": len(made.roster.placed),
            "totals": {
                kind: [quantity_text(before.get(kind, 0)), quantity_text(after.get(kind, 0))]
                for kind in sorted(before.keys() | after.keys())
            },
        }
        delivery.state, delivery.trouble = READY, ""
        delivery.save()
    return made


def _keep_sheets(delivery: Delivery, read_: Reading) -> None:
    files = {each.name: each for each in delivery.files.all()}
    for each in read_.sheets:
        taken = each.taken
        told: dict[str, object] = {"used": each.used, "said": each.said}
        if taken is not None:
            told |= {
                "kind": taken.kind, "rows": len(taken.rows), "bad": len(taken.bad_lines),
                "columns": _columns(each),
            }  # fmt: skip
        Sheet.objects.update_or_create(file=files[each.file], name=each.sheet, defaults=told)


def _columns(each: reading.Read) -> list[dict[str, object]]:
    """Each column as understood, with sample values; ID numbers are not shown."""
    taken = each.taken
    if taken is None:
        return []
    return [
        {
            "at": match.column, "letters": match.letters, "heading": match.heading,
            "field": match.field, "confidence": round(match.confidence, 2), "why": match.why,
            "others": [name for name, _ in match.alternatives],
            "samples": _samples(taken, match.column, match.field),
        }
        for match in taken.understanding.matches
        if match.path
    ]  # fmt: skip


def _samples(taken: Taken, column: int, field: str) -> list[str]:
    rows = [taken.sheet.rows[number] for number in taken.table.body.rows[:60]]
    texts = list(dict.fromkeys(_text(row[column]) for row in rows if row[column] != ""))[:3]
    return ["（不显示）" for _ in texts[:1]] if field == "id_number" else [t[:30] for t in texts]


def _text(value: object) -> str:
    """A cell as the office sees it: Excel keeps 24 as 24.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _keep_found(delivery: Delivery, findings: Iterable[Finding]) -> None:
    delivery.found.all().delete()
    rows = []
    for each in findings:
        file, _, rest = each.origin.partition("!")
        sheet, _, cell = rest.partition("!")
        rows.append(Found(
            delivery=delivery, severity=each.severity, code=each.code[:40], what=each.what,
            do=each.do, file=file[:250], sheet=sheet[:100], cell=cell[:20], key=each.key,
        ))  # fmt: skip
    Found.objects.bulk_create(rows, batch_size=BATCH)


def _keep_lines(delivery: Delivery, made: Plan) -> None:
    """The lines as worked out now; answers given before stay, also to lines they settled."""
    answered = dict(delivery.lines.exclude(answer="").values_list("key", "answer"))
    delivery.lines.all().delete()
    rows = []
    for each in made.differences:
        told = asdict(each)
        told.pop("acts")
        told.pop("offers")
        rows.append(Line(
            delivery=delivery, answers=each.answers, answer=answered.get(each.key, ""),
            **{name: value[:400] for name, value in told.items()},
        ))  # fmt: skip
    Line.objects.bulk_create(rows, batch_size=BATCH)


def _closed(delivery: Delivery) -> Refusal:
    return Refusal.of(
        "closed-delivery",
        f"第 {delivery.pk} 批资料已入账或作废",
        "要更正请在台账中办理，或另交一批",
    )


def marked(delivered: DeliveredFile) -> Marked:
    """The user's own workbook back, what was found in it marked where it stands."""
    read_ = read(delivered.delivery)
    taken = [
        each.taken for each in read_.used if each.file == delivered.name and each.taken is not None
    ]
    book = open_workbook(open_file(delivered.kept), delivered.name)
    return marked_copy(book, taken)


# -- correct and decide ------------------------------------------------------------------------


def correct(sheet: Sheet, columns: Mapping[int, str], by: str) -> None:
    """A person says what some columns of a sheet are; the office remembers it."""
    delivery = sheet.file.delivery
    if delivery.state in (POSTED, VOID):
        raise _closed(delivery)
    told = {**sheet.corrections.get("columns", {}), **{str(at): to for at, to in columns.items()}}
    sheet.corrections = {**sheet.corrections, "columns": told}
    with transaction.atomic():
        sheet.save()
        for each in read(delivery).sheets:
            if (each.file, each.sheet) == (sheet.file.name, sheet.name) and each.taken is not None:
                for heading, field in learned_from(each.taken.understanding).items():
                    Lesson.objects.update_or_create(
                        heading=heading[:250], defaults={"field": field, "by": by}
                    )


def move_back(sheet: Sheet, agreed: bool = True) -> None:
    """A person agrees that a block of numbers stands one column off, or takes that back."""
    if sheet.file.delivery.state in (POSTED, VOID):
        raise _closed(sheet.file.delivery)
    sheet.corrections = {**sheet.corrections, "shifted": agreed}
    sheet.save(update_fields=["corrections"])


def adopt(delivery: Delivery, key: str, wanted: bool = True) -> None:
    """A person adopts the number a remark hides, or takes that back.

    Raises:
        Refusal: The delivery is posted or laid aside, or no finding proposes it.
    """
    if delivery.state in (POSTED, VOID):
        raise _closed(delivery)
    if not key or not delivery.found.filter(key=key).exists():
        raise Refusal.of("no-line", "没有写明采用哪一个数", "请回到检查页再选")
    left = [each for each in delivery.adopted if each != key]
    delivery.adopted = [*left, key] if wanted else left
    delivery.save(update_fields=["adopted"])


def decide(delivery: Delivery, answer: str, key: str = "", kind: str = "") -> int:
    """Answer a line, or all lines of a kind (``proposal`` takes each line's own proposal)."""
    if delivery.state in (POSTED, VOID):
        raise _closed(delivery)
    lines = delivery.lines.all()
    if key:
        lines = lines.filter(key=key)
    if kind:
        lines = lines.filter(kind=kind)
    changed = []
    for line in lines:
        wanted = line.proposal if answer == "proposal" else answer
        if wanted and wanted not in line.answers:
            continue
        line.answer = wanted
        changed.append(line)
    Line.objects.bulk_update(changed, ["answer"], batch_size=BATCH)
    return len(changed)


# -- post and void -----------------------------------------------------------------------------


def post(
    delivery: Delivery,
    by: str,
    step: Step = _silent,
    started: Callable[[int], object] = lambda total: None,
    advance: Callable[[int], object] = lambda n: None,
) -> Delivery:
    """Post a delivery: its changes, its people's files and its new state, all or nothing.

    Args:
        delivery: Read and planned.
        by: Who posts.
        step: Told in words what is being done.
        started: Told how many changes there are.
        advance: Told how many more are posted.

    Raises:
        Refusal: Nothing was written.
    """
    step("读入表格")
    read_ = read(delivery)
    made = plan_of(delivery, read_, by, step)
    step("入账")
    started(len(made.drafts))
    baseline = made.columns.head - len(made.drafts)
    now = datetime.now(UTC)
    with transaction.atomic():
        current = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if current.state != READY:
            raise _closed(current)
        receipts = Poster().post(made.drafts, baseline=baseline, progress=advance)
        identity.keep(persons.details(made.roster), by=by, now=now)
        current.state, current.posted_by, current.posted_at = POSTED, by, now
        if receipts:
            current.first_no, current.last_no = receipts[0].no, receipts[-1].no
        current.save()
    return current


def void(delivery: Delivery) -> None:
    """Lay a delivery aside that was not posted."""
    if delivery.state == POSTED:
        raise _closed(delivery)
    delivery.state = VOID
    delivery.save(update_fields=["state"])


def fail(delivery: Delivery, refusal: Refusal) -> None:
    """Keep why a delivery could not be read."""
    delivery.state = FAILED
    delivery.trouble = "\n".join(map(str, refusal.problems))
    delivery.save(update_fields=["state", "trouble"])
