"""Keeping personal files: many at a time, each change logged, one number for one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from pypinyin import Style, lazy_pinyin

from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.office.identity import numbers
from bianzhi.office.identity.models import DATES, FIELDS, ID_NUMBER, FileChange, PersonFile
from bianzhi.office.identity.opening import vault
from bianzhi.office.identity.vault import Vault
from bianzhi.record.engine import Engine

NEW = "file"  # the field of the line that says a file is new
COLUMNS = tuple(field.name for field in PersonFile._meta.fields)
File = PersonFile | SimpleNamespace
_in_order = attrgetter(*COLUMNS)
BLANK = {field.name: field.get_default() for field in PersonFile._meta.fields}
LOGGED = ("person", "field", "before", "after", "at", "by", "source")
LONGEST = {field.name: getattr(field, "max_length", None) for field in PersonFile._meta.fields}
BATCH = 500  # files read or written at a time, below every engine's limit of values


@dataclass(frozen=True)
class Details:
    """What is known of a person.

    Attributes:
        person: The person's key in the record.
        values: By names of ``models.FIELDS`` and ``id_number`` (as ``read_id_number`` gives it);
            dates as ``date``. A name left out, None or "" says nothing and changes nothing.
        source: Where it stands: "file · sheet · cell".
    """

    person: str
    values: Mapping[str, str | date | None]
    source: str = ""


@dataclass(frozen=True)
class Kept:
    """How many files are new, changed, and as they were."""

    new: int
    changed: int
    same: int


def keep(details: Iterable[Details], *, by: str, now: datetime) -> Kept:
    """Keep what is known of people; all or nothing.

    Raises:
        Refusal: An unknown field, a date that is none, or a number that is another person's.
    """
    told = list(details)
    refuse_if(problem for each in told for problem in _wrong(each))
    safe = vault() if any(each.values.get(ID_NUMBER) for each in told) else None
    with transaction.atomic():
        old = _files(each.person for each in told)
        work = _Keeping(safe, old, by, now)
        for each in told:
            work.take(each)
        _refuse_shared([work.files[key] for key in work.touched])
        _insert(PersonFile, COLUMNS, (
            _in_order(work.files[key])
            for key in work.touched if key in work.fresh
        ))  # fmt: skip
        PersonFile.objects.bulk_create(
            [file for key in work.touched if isinstance(file := work.files[key], PersonFile)],
            update_conflicts=True, unique_fields=["person"],
            update_fields=[f.name for f in PersonFile._meta.fields if f.name != "person"],
        )  # fmt: skip
        _insert(FileChange, LOGGED, work.log)
    people = {each.person for each in told}
    new = len(people - old.keys())
    return Kept(new, len(work.touched) - new, len(people) - len(work.touched))


def find(id_number: str) -> PersonFile | None:
    """The file of the person with exactly this number; no other number is opened for it."""
    return PersonFile.objects.filter(id_index=vault().index(id_number)).first()


@lru_cache(maxsize=2**16)
def initials(name: str) -> str:
    """The first letters of a name in pinyin, for searching: 张小明 -> zxm."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:80]


class _Keeping:
    """Files as they will be, and the log of what changes."""

    def __init__(
        self, safe: Vault | None, old: Mapping[str, PersonFile], by: str, now: datetime
    ) -> None:
        self.safe, self.by, self.now = safe, by, now
        # new ones are no models yet: making one takes longer than locking its number
        self.files: dict[str, File] = dict(old)
        self.fresh: set[str] = set()  # new in this batch
        self.touched: dict[str, None] = {}
        self.log: list[tuple[Any, ...]] = []  # by ``LOGGED``

    def take(self, told: Details) -> None:
        file = self.files.get(told.person)
        if file is None:
            file = self.files[told.person] = SimpleNamespace(**{**BLANK, "person": told.person})
            self.fresh.add(told.person)
            self._log(file, NEW, "", "新建", told.source)
        for field, value in told.values.items():
            if value in (None, ""):
                continue
            if field == ID_NUMBER:
                self._number(file, str(value), told.source)
            elif getattr(file, field) != value:
                self._log(file, field, getattr(file, field), value, told.source)
                setattr(file, field, value)
                if field == "name":
                    file.initials = initials(str(value))

    def _number(self, file: File, number: str, source: str) -> None:
        if self.safe is None:  # `keep` opens the vault where a number is told
            return
        index = self.safe.index(number)
        if file.id_index == index:
            return
        masked = numbers.masked(number)
        self._log(file, ID_NUMBER, file.masked_id, masked, source)
        file.id_index, file.masked_id = index, masked
        file.locked_id = self.safe.lock(file.person, number)
        if not file.sex:
            file.sex = numbers.sex(number)
        if file.birth_date is None:
            file.birth_date = numbers.birth_date(number)

    def _log(self, file: File, field: str, before: Any, after: Any, source: str) -> None:
        self._touch(file)
        if file.person in self.fresh and field != NEW:
            return  # what a new file begins with is told by its first line and its later changes
        before = "" if before is None else before
        self.log.append(
            (file.person, field, str(before), str(after), self.now, self.by, source)
        )  # fmt: skip

    def _touch(self, file: File) -> None:
        self.touched[file.person] = None
        file.changed_at, file.changed_by = self.now, self.by


def _wrong(told: Details) -> Iterator[Problem]:
    for field, value in told.values.items():
        if field not in FIELDS and field != ID_NUMBER:
            yield Problem("unknown-field", f"人员档案没有“{field}”这一栏", place=told.source)
        elif field in DATES and value not in (None, "") and not isinstance(value, date):
            yield Problem(
                "bad-date", f"{FIELDS[field]}“{value}”不是日期", field=field, place=told.source
            )
        elif field == ID_NUMBER and value:
            yield from _wrong_number(str(value), told.source)
        elif isinstance(value, str) and len(value) > (LONGEST[field] or len(value)):
            yield Problem(
                "too-long", f"{FIELDS[field]}超过 {LONGEST[field]} 个字",
                "请缩短，其余写进备注", field=field, place=told.source,
            )  # fmt: skip


def _wrong_number(text: str, place: str) -> Iterator[Problem]:
    try:
        numbers.read_id_number(text)
    except Refusal as refusal:
        yield from refusal.at(place).problems


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Add many rows at the speed of the engine, column by column: only days are converted."""
    values = [list(column) for column in zip(*rows, strict=True)]
    ops = connection.ops
    for at, name in enumerate(columns if values else ()):
        kind = model._meta.get_field(name).get_internal_type()
        if kind in ("DateField", "DateTimeField"):
            is_day = kind == "DateField"
            convert = ops.adapt_datefield_value if is_day else ops.adapt_datetimefield_value
            stored = {each: convert(each) for each in set(values[at])}
            values[at] = [stored[each] for each in values[at]]
    Engine().insert(model._meta.db_table, columns, list(zip(*values, strict=True)))


def _files(people: Iterable[str]) -> dict[str, PersonFile]:
    keys = list(dict.fromkeys(people))
    found: dict[str, PersonFile] = {}
    for start in range(0, len(keys), BATCH):
        found |= PersonFile.objects.in_bulk(keys[start : start + BATCH])
    return found


def _refuse_shared(files: Iterable[File]) -> None:
    """One number belongs to one person, among these files and among all."""
    owner: dict[str, File] = {}
    problems = []
    for file in files:
        if file.id_index and owner.setdefault(file.id_index, file) is not file:
            problems.append(_shared(file, owner[file.id_index]))
    indexes = list(owner)
    for start in range(0, len(indexes), BATCH):
        part = indexes[start : start + BATCH]
        others = PersonFile.objects.filter(id_index__in=part)
        for index, person in others.values_list("id_index", "person"):
            if owner[index or ""].person != person:
                other = PersonFile.objects.get(person=person)
                problems.append(_shared(owner[index or ""], other))
    refuse_if(problems)


def _shared(file: File, other: File) -> Problem:
    return Problem(
        "shared-id-number",
        f"{file.name or file.person} 的身份证号 {file.masked_id} 已是 "
        f"{other.name or other.person}（{other.person}）的",
        "请核对是否同一人；同一人请用已有的人员代码", field=ID_NUMBER,
    )  # fmt: skip
