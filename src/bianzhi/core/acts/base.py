"""Acts: the words of the trade a change is written in.

Each verb is a small frozen dataclass: its fields are the fields of the exchange form, its
``apply`` enters rows into a book. Reading, the manual and prefetching all follow from the fields,
so a new verb is one class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from itertools import chain, product
from operator import attrgetter
from typing import (
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    Self,
    TypeVar,
    dataclass_transform,
    get_type_hints,
)

from bianzhi.core.book import Book
from bianzhi.core.days import parse_day
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.quantity import parse_quantity

_KEY = re.compile(r"[^\s|\x00-\x1f]{1,80}")


def read_text(value: object) -> str:
    """A text without blanks at its ends."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Refusal.of("bad-text", f"“{value}”不是文字", "请用双引号括起来")


def read_key(value: object) -> str:
    """A permanent key: no blanks, no ``|``, at most 80 characters."""
    text = read_text(value)
    if not _KEY.fullmatch(text):
        raise Refusal.of("bad-key", f"“{text}”不能作为代码", "代码不含空格和竖线，1—80 个字符")
    return text


def read_keys(value: object) -> tuple[str, ...]:
    """A list of keys, each once."""
    if not isinstance(value, list | tuple) or not value:
        raise Refusal.of("bad-list", f"“{value}”应为一个非空的列表", '请写成 ["甲", "乙"] 的样子')
    keys = tuple(read_key(each) for each in value)
    if len(set(keys)) < len(keys):
        raise Refusal.of("bad-list", "列表中有重复的代码", "请删去重复的一个")
    return keys


def read_flag(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Refusal.of("bad-flag", f"“{value}”应为 true 或 false")
    return value


def read_number(value: object) -> int:
    """A whole number, such as the number of a change."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Refusal.of("bad-number", f"“{value}”应为整数")
    return value


def read_any(value: object) -> object:
    """Any value; the act reads it when it knows the field."""
    return value


Key = Annotated[str, read_key]
Holder = Annotated[str, read_key, "holder"]
Keys = Annotated[tuple[str, ...], read_keys]
Kind = Annotated[str, read_text, "kind"]
Funding = Annotated[str, read_text, "funding"]
Quantity = Annotated[int, parse_quantity]
Text = Annotated[str, read_text]
Flag = Annotated[bool, read_flag]
Number = Annotated[int, read_number]
Anything = Annotated[Any, read_any]


class Slot(NamedTuple):
    """How one field of an act is read."""

    attribute: str
    read: Callable[[object], Any]
    marks: tuple[str, ...]
    required: bool


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of a change.

    Attributes:
        on: The day it takes effect; None takes the day of the document.
        source: Where in the document it stands.
        place: Where in the input file it stands, for messages.
    """

    verb: ClassVar[str] = ""
    meaning: ClassVar[str] = ""
    on: int | None = None
    source: str = ""
    place: str = field(default="", compare=False)

    def apply(self, book: Book, day: int) -> None:
        """Enter the rows of the act, effective on ``day``.

        Raises:
            Refusal: The act cannot be done on this book.
        """
        raise TypeError(f"{type(self).__name__} is no act of its own")

    @classmethod
    def accounts(cls, acts: Sequence[Self]) -> Iterator[tuple[str | None, ...]]:
        """Accounts that acts of this verb will most likely touch, to be fetched together.

        A part that an act leaves open is None.
        """
        marked: dict[str, list[str]] = {"holder": [], "kind": [], "funding": []}
        for slot in slots(cls).values():
            for mark in slot.marks:
                marked[mark].append(slot.attribute)
        getters = (attrgetter(*names) for names in product(*marked.values()))
        return chain.from_iterable(map(getter, acts) for getter in getters)

    @classmethod
    def named(cls, acts: Sequence[Self]) -> Iterator[str | None]:
        """Subjects that acts of this verb name beside the holders of accounts."""
        for slot in slots(cls).values():
            values = map(attrgetter(slot.attribute), acts)
            if slot.read is read_key and "holder" not in slot.marks:
                yield from values
            elif slot.read is read_keys:
                yield from chain.from_iterable(filter(None, values))

    @classmethod
    def from_fields(cls, values: Mapping[str, object], place: str = "") -> Act:
        """The act written as a mapping, each field read and checked; every problem is told."""
        known = slots(cls)
        read: dict[str, Any] = {"place": place}
        problems: list[Problem] = []
        for name, value in values.items():
            if name not in known:
                problems.append(_unknown_field(cls, name))
                continue
            try:
                read[known[name].attribute] = known[name].read(value)
            except Refusal as refusal:
                problems += [_in_field(problem, name) for problem in refusal.problems]
        problems += [
            Problem("missing-field", f"“{cls.verb}”缺少“{name}”", "请补上", name)
            for name, slot in known.items()
            if slot.required and name not in values
        ]
        refuse_if(problem.at(place) for problem in problems)
        return cls(**read)


def _in_field(problem: Problem, field: str) -> Problem:
    return Problem(problem.code, problem.what, problem.do, problem.field or field, problem.place)


def _unknown_field(cls: type[Act], name: str) -> Problem:
    known = "、".join(slots(cls))
    return Problem("unknown-field", f"“{cls.verb}”没有“{name}”这一项", f"可用的有：{known}", name)


def slots(cls: type[Act]) -> dict[str, Slot]:
    """The fields of a verb as the exchange form names them (``from_`` is written ``from``)."""
    if cls not in _SLOTS:
        _SLOTS[cls] = _read_slots(cls)
    return _SLOTS[cls]


_OWN: dict[str, Callable[[object], Any]] = {
    "on": parse_day,
    "source": read_text,
}
_SLOTS: dict[type[Act], dict[str, Slot]] = {}


def _read_slots(cls: type[Act]) -> dict[str, Slot]:
    hints = get_type_hints(cls, include_extras=True)
    found: dict[str, Slot] = {}
    for each in sorted(fields(cls), key=lambda each: each.name in _OWN):  # the common ones last
        if each.name == "place":
            continue
        metadata = _metadata(hints[each.name])
        read = metadata[0] if metadata else _OWN[each.name]
        required = each.default is MISSING and each.default_factory is MISSING
        found[each.name.rstrip("_")] = Slot(each.name, read, metadata[1:], required)
    return found


def _metadata(hint: Any) -> tuple[Any, ...]:
    """What an annotation carries, also inside ``X | None``."""
    candidates = (hint, *getattr(hint, "__args__", ()))
    return next((each.__metadata__ for each in candidates if hasattr(each, "__metadata__")), ())


VERBS: dict[str, type[Act]] = {}
A = TypeVar("A", bound=Act)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def verb(name: str, meaning: str) -> Callable[[type[A]], type[A]]:
    """Register an act under its Chinese name, as a frozen dataclass.

    Args:
        name: The word of the trade, which the exchange form and the record carry.
        meaning: One sentence for people; the manual is made from it.
    """

    def register(cls: type[A]) -> type[A]:
        frozen = dataclass(frozen=True, kw_only=True)(cls)
        frozen.verb, frozen.meaning = name, meaning
        VERBS[name] = frozen
        return frozen

    return register
