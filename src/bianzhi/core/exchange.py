"""The exchange form: documents and their entries as JSON Lines, version 1.

The first line names the form. A ``change`` line opens a change and carries its document; the act
lines after it belong to it. docs/reference/exchange.md is the manual.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from bianzhi.core.acts import VERBS, Act
from bianzhi.core.acts.base import read_text, slots
from bianzhi.core.changes import REGULAR, Draft
from bianzhi.core.days import day_text, parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.quantity import parse_quantity, quantity_text

FORM, VERSION = "exchange", 1
HEADER = {"bianzhi": FORM, "version": VERSION}
MOST_PROBLEMS = 100
T = TypeVar("T")
# half a character cannot be written as UTF-8, and PostgreSQL keeps no NUL
_UNSTORABLE = re.compile(r"[\ud800-\udfff]|\\u0000")
_DOCUMENT_TEXTS = ("title", "doc_no", "issuer", "clause", "file_digest")
_DOCUMENT_DAYS = ("doc_date", "effective_on")
_CHANGE = ("kind", "by", "note", "document")


def read_drafts(lines: Iterable[str], name: str) -> list[Draft]:
    """The drafts in a file.

    Args:
        lines: Its lines.
        name: Its name, for messages ("file:line").

    Raises:
        Refusal: All that is wrong with the form, up to a hundred problems.
    """
    return _Reader(name).read(lines)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.drafts: list[Draft] = []
        self.acts: list[Act] | None = None

    def read(self, lines: Iterable[str]) -> list[Draft]:
        numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
        self._header(next(numbered, (1, "")))
        for number, line in numbered:
            place = f"{self.name}:{number}"
            try:
                self._line(_object(line), place)
            except Refusal as refusal:
                self.problems += [problem.at(place) for problem in refusal.problems]
            if len(self.problems) >= MOST_PROBLEMS:
                break
        if self.problems:
            raise Refusal(*self.problems)
        if not self.drafts:
            raise Refusal.of("empty-file", f"{self.name} 里没有变更", "请核对是不是选错了文件")
        return self.drafts

    def _header(self, first: tuple[int, str]) -> None:
        try:
            header = _object(first[1])
        except Refusal:
            header = {}
        if header.get("bianzhi") != FORM or header.get("version") != VERSION:
            raise Refusal.of(
                "wrong-file",
                "这不是本系统的交换文件，或版本不对",
                f"第一行应为 {json.dumps(HEADER)}",
                place=f"{self.name}:{first[0]}",
            )

    def _line(self, entry: dict[str, Any], place: str) -> None:
        if "change" in entry:
            _only_known(entry, ("change",))
            self.acts = []
            self.drafts.append(read_change(entry["change"], self.acts, place))
        elif "do" in entry:
            if self.acts is None:
                raise Refusal.of("no-change", "这一行不属于任何变更", "前面应有一行 change")
            self.acts.append(read_act(entry, place))
        else:
            raise Refusal.of("unknown-line", "这一行既不是 change 也不是 do", "请核对")


def read_act(entry: Mapping[str, Any], place: str = "") -> Act:
    """One act from its mapping."""
    name = entry["do"]
    if not isinstance(name, str) or name not in VERBS:
        raise Refusal.of(
            "unknown-verb", f"没有“{name}”这种办理事项", f"可用的有：{'、'.join(VERBS)}", field="do"
        )
    fields = {key: value for key, value in entry.items() if key != "do" and value is not None}
    if "value" in entry:
        fields["value"] = entry["value"]  # null means something here: it ends the fact
    return VERBS[name].from_fields(fields, place)


def read_change(entry: object, acts: list[Act], place: str) -> Draft:
    """The head of a change; ``acts`` is filled by the lines that follow."""
    given = _only_known(entry, _CHANGE)
    return Draft(
        acts,
        read_document(given.get("document")),
        _text(given, "kind") or REGULAR,
        _text(given, "by"),
        _text(given, "note"),
        place,
    )


def read_document(entry: object) -> Document | None:
    """The document of a change, None where there is none."""
    if entry is None:
        return None
    given = _only_known(entry, (*_DOCUMENT_TEXTS, *_DOCUMENT_DAYS))
    texts = (_text(given, name) for name in _DOCUMENT_TEXTS)
    doc_date = _day(given, "doc_date") if given.get("doc_date") else None
    effective_on = _day(given, "effective_on") if given.get("effective_on") else doc_date
    title, doc_no, issuer, clause, digest = texts
    return Document(title, doc_no, issuer, doc_date, effective_on, clause, digest)


def _only_known(entry: object, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise Refusal.of("unknown-field", f"“{entry}”不是 {{…}}", f"可用的有：{'、'.join(known)}")
    for name in entry:
        if name not in known:
            raise Refusal.of(
                "unknown-field", f"没有“{name}”这一项", f"可用的有：{'、'.join(known)}", field=name
            )
    return entry


def _text(entry: Mapping[str, Any], name: str) -> str:
    return "" if entry.get(name) is None else _in_field(read_text, entry[name], name)


def _day(entry: Mapping[str, Any], name: str) -> int:
    return _in_field(parse_day, entry[name], name)


def _in_field(read: Callable[[Any], T], value: object, name: str) -> T:
    try:
        return read(value)
    except Refusal as refusal:
        first = refusal.problems[0]
        raise Refusal.of(first.code, first.what, first.do, field=name) from None


def _object(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line, parse_float=str, object_pairs_hook=_once)
    except ValueError as error:
        raise Refusal.of("bad-json", f"这一行不是 JSON：{error}", "每行应是一个 {…}") from None
    if not isinstance(entry, dict):
        raise Refusal.of("bad-json", "这一行不是 {…}", "每行应是一个 {…}")
    if "\\u" in line and _UNSTORABLE.search(json.dumps(entry, ensure_ascii=False)):
        raise Refusal.of("bad-text", "这一行有不能保存的字符（空字符或半个字符）", "请删去")
    return entry


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: of two values the reader would drop one in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal.of("repeated-field", f"“{twice}”写了两次", "请只留一个", field=twice)
    return found


def write_drafts(drafts: Iterable[Draft]) -> Iterator[str]:
    """The lines of drafts in the exchange form; reading them back gives equal drafts."""
    yield _dump(HEADER)
    for draft in drafts:
        yield _dump({"change": _change_entry(draft)})
        for act in draft.acts:
            yield _dump(act_entry(act))


def act_entry(act: Act) -> dict[str, Any]:
    """An act as its mapping; fields that have their default are left out."""
    entry: dict[str, Any] = {"do": act.verb}
    for name, slot in slots(type(act)).items():
        value = getattr(act, slot.attribute)
        default = type(act).__dataclass_fields__[slot.attribute].default
        if value == default or (name == "fields" and not value):
            continue
        if slot.read is parse_quantity:
            value = quantity_text(value)
        elif name == "on":
            value = day_text(value)
        entry[name] = list(value) if isinstance(value, tuple) else value
    return entry


def _change_entry(draft: Draft) -> dict[str, Any]:
    document = draft.document
    entry: dict[str, Any] = {"kind": draft.kind, "by": draft.by, "note": draft.note}
    if document is not None:
        texts = {name: getattr(document, name) for name in _DOCUMENT_TEXTS}
        days = {name: getattr(document, name) for name in _DOCUMENT_DAYS}
        entry["document"] = {name: value for name, value in texts.items() if value} | {
            name: day_text(value) for name, value in days.items() if value is not None
        }
    return {name: value for name, value in entry.items() if value}


def _dump(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False)
