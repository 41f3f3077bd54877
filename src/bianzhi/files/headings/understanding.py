"""How a sheet was understood: its kind, and a field for each column; a person may correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bianzhi.core.errors import Refusal
from bianzhi.files.headings.contents import split_names
from bianzhi.files.headings.fields import FieldDef, TableKind, table_kind, table_kinds
from bianzhi.files.headings.header import Header, find_header
from bianzhi.files.headings.scoring import LEAST, score
from bianzhi.files.headings.text import heading_text
from bianzhi.files.workbook import Sheet, column_letters

IGNORED = ""  # a column that a person says is not to be read
BY_HAND = "由人指定"
Learned = Mapping[str, str]  # "ledger|核定编制/事业" -> "approved_SY"


@dataclass(frozen=True)
class Match:
    """One column as understood.

    Attributes:
        column: Counted from 0.
        path: Its headings from the top down.
        field: Name of the field, "" when not understood or not wanted.
        confidence: 0 to 1; 1 also for what a person said or the office has taught.
        why: How it was understood, for people.
        alternatives: Other fields that would fit, best first, with their scores.
    """

    column: int
    path: tuple[str, ...]
    field: str
    confidence: float
    why: str
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def letters(self) -> str:
        """The column as Excel calls it."""
        return column_letters(self.column)

    @property
    def heading(self) -> str:
        """The path in one line: ``核定编制/事业/一般事业``."""
        return "/".join(self.path)


@dataclass(frozen=True)
class Understanding:
    """A sheet as understood: kind, header, columns. Corrections give a new one."""

    kind: TableKind
    header: Header
    matches: tuple[Match, ...]
    confidence: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def columns(self) -> dict[str, int]:
        """Field -> column."""
        return {each.field: each.column for each in self.matches if each.field}

    @property
    def unknown(self) -> tuple[Match, ...]:
        """Columns with a heading that no field was found for."""
        return tuple(each for each in self.matches if each.path and not each.field)

    @property
    def missing(self) -> tuple[FieldDef, ...]:
        """Fields the table cannot do without and that no column was found for."""
        have = self.columns
        return tuple(self.kind.field(name) for name in self.kind.must if name not in have)

    def corrected(self, changes: Mapping[int, str], why: str = BY_HAND) -> Understanding:
        """The same with columns set by a person: column -> field ("" for "do not read").

        A field that another column had is taken from it.
        """
        for name in changes.values():
            if name:
                self.kind.field(name)
        taken = [name for name in changes.values() if name]
        if len(set(taken)) != len(taken):
            raise Refusal.of("field-twice", "同一项对应了两列", "请只给一列")
        return replace(
            self, matches=tuple(_set(each, changes, taken, why) for each in self.matches)
        )


def _set(match: Match, changes: Mapping[int, str], taken: Sequence[str], why: str) -> Match:
    if match.column in changes:
        return replace(match, field=changes[match.column], confidence=1.0, why=why)
    if match.field in taken:
        return replace(match, field="", confidence=0.0, why="该项已指定给别的列")
    return match


def learned_from(understanding: Understanding) -> dict[str, str]:
    """What the office may keep so that the same headings are understood at once next time."""
    kind = understanding.kind.name
    said = [each for each in understanding.matches if each.path and each.why == BY_HAND]
    return {_lesson(kind, each.path): each.field for each in said}


def _lesson(kind: str, path: tuple[str, ...]) -> str:
    return f"{kind}|{'/'.join(map(heading_text, path))}"


def understand(
    sheet: Sheet, learned: Learned | None = None, kind: str = ""
) -> Understanding | None:
    """How a sheet is understood, or None when it holds no table known.

    Args:
        sheet: The sheet.
        learned: Lessons the office keeps; they win over everything else.
        kind: The kind of table when a person has said it; recognised if not given.
    """
    header = find_header(sheet)
    if header is None:
        return None
    header = replace(header, paths=split_names(sheet, header))
    kinds = (table_kind(kind),) if kind else table_kinds()
    found = sorted(
        (_as_kind(sheet, header, each, learned or {}) for each in kinds),
        key=lambda each: -each.confidence,
    )
    best = found[0]
    if not kind and (best.confidence < 0.3 or not set(best.kind.needs) <= set(best.columns)):
        return None
    others = tuple((each.kind.name, each.confidence) for each in found[1:4])
    return replace(best, others=others)


def _as_kind(sheet: Sheet, header: Header, kind: TableKind, learned: Learned) -> Understanding:
    matches = match_columns(header.paths, kind, learned)
    sure = sum(each.confidence for each in matches if each.field)
    headed = sum(1 for each in matches if each.path) or 1
    have = {each.field for each in matches}
    marks = sum(1 for name in kind.marks if name in have) / len(kind.marks)
    must = sum(1 for name in kind.needs if name in have) / len(kind.needs)
    said = heading_text(sheet.name) + heading_text(header.title)
    hint = 1.0 if any(heading_text(each) in said for each in kind.hints) else 0.0
    confidence = must * (0.55 * sure / headed + 0.3 * marks + 0.15 * hint)
    return Understanding(kind, header, matches, round(confidence, 3))


def match_columns(
    paths: Sequence[tuple[str, ...]], kind: TableKind, learned: Learned
) -> tuple[Match, ...]:
    """A field for each column: lessons first, then the best pairs of column and field."""
    fields: dict[int, tuple[str, float, str]] = {}
    for column, path in enumerate(paths):
        lesson = learned.get(_lesson(kind.name, path)) if path else None
        if lesson is not None and (not lesson or lesson in kind.fields):
            fields[column] = (lesson, 1.0, "按本单位以前的更正")
    scored = {
        column: _scores(path, kind)
        for column, path in enumerate(paths)
        if path and column not in fields
    }
    pairs = sorted(
        (
            (value, -column, name, why)
            for column, found in scored.items()
            for name, value, why in found
        ),
        key=lambda pair: (-pair[0], -pair[1]),
    )
    taken = {name for name, _, _ in fields.values()}
    for value, negative, name, why in pairs:
        if -negative not in fields and name not in taken and value >= LEAST:
            fields[-negative] = (name, value, why)
            taken.add(name)
    return tuple(_match(column, path, fields, scored) for column, path in enumerate(paths))


def _scores(path: tuple[str, ...], kind: TableKind) -> list[tuple[str, float, str]]:
    found = [(each.name, *score(path, each)) for each in kind.fields.values()]
    return sorted((each for each in found if each[1] > 0.4), key=lambda each: -each[1])


def _match(
    column: int,
    path: tuple[str, ...],
    fields: Mapping[int, tuple[str, float, str]],
    scored: Mapping[int, list[tuple[str, float, str]]],
) -> Match:
    name, value, why = fields.get(column, ("", 0.0, "没有认出来" if path else ""))
    others = tuple((n, round(s, 3)) for n, s, _ in scored.get(column, []) if n != name)[:3]
    return Match(column, path, name, round(value, 3), why, others)
