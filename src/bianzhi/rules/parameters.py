"""Parameters of rules: dataclasses whose fields say how they are read from a pack.

A field is written ``rate: Annotated[Decimal, number, "空编率上限（%）"]``: the reader, then what
people call it. A new rule is a dataclass and a function; reading, checking and the manual follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, TypeVar, get_type_hints

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.kinds import CodeTree, national
from bianzhi.core.quantity import parse_quantity, quantity
from bianzhi.rules.ladder import Ladder, read_ladder

Trees = Mapping[str, CodeTree]
Reader = Callable[[object, Trees], Any]
T = TypeVar("T")
R = TypeVar("R", bound=Callable[..., Any])


def number(value: object, trees: Trees) -> Decimal:
    """An exact number, not below 0."""
    amount = quantity(parse_quantity(value))
    if amount < 0:
        raise Refusal.of("negative", f"“{value}”小于 0", "请核对")
    return amount


def percent(value: object, trees: Trees) -> Decimal:
    """A share in hundredths: 0 to 100."""
    amount = number(value, trees)
    if amount > 100:
        raise Refusal.of("bad-percent", f"“{value}”超过百分之百", "百分之二十写作 20")
    return amount


def whole(value: object, trees: Trees) -> int:
    """A whole number of days, months …, not below 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Refusal.of("bad-whole", f"“{value}”应为整数", "请写 0 或正整数")
    return value


def share(value: object, trees: Trees) -> float:
    """A number that need not be exact, not below 0."""
    return float(number(value, trees))


def flag(value: object, trees: Trees) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Refusal.of("bad-flag", f"“{value}”应为 true（是）或 false（否）")
    return value


def text(value: object, trees: Trees) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Refusal.of("bad-text", f"“{value}”不是文字", "请用双引号括起来")
    return value.strip()


def texts(value: object, trees: Trees) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise Refusal.of("bad-list", f"“{value}”应为一列文字", '请写成 ["甲", "乙"] 的样子')
    return tuple(text(each, trees) for each in value)


def day(value: object, trees: Trees) -> int:
    """A day; the number of days since 1970-01-01."""
    return parse_day(value)


def days(value: object, trees: Trees) -> tuple[int, ...]:
    """A list of days."""
    return tuple(map(parse_day, texts(value, trees)))


def ladder(value: object, trees: Trees) -> Ladder:
    """A ladder."""
    return read_ladder(value)


def codes(tree: str) -> Reader:
    """A list of codes of a tree; a code stands for all under it."""

    def read(value: object, trees: Trees) -> tuple[str, ...]:
        for each in texts(value, trees):
            (trees.get(tree) or national(tree)).get(each)
        return texts(value, trees)

    read.__dict__["tree"] = tree  # whose names say the codes to people
    return read


def one_of(names: Mapping[str, str], what: str) -> Reader:
    """One of some codes, each with what people call it."""

    @named(names)
    def read(value: object, trees: Trees) -> str:
        if value not in names:
            known = "、".join(f"{code}（{name}）" for code, name in names.items())
            raise Refusal.of("unknown-choice", f"没有“{value}”这种{what}", f"可选的有：{known}")
        return text(value, trees)

    return read


def named(names: Mapping[str, str]) -> Callable[[R], R]:
    """A reader of codes that people know by names."""

    def mark(read: R) -> R:
        read.__dict__["names"] = names
        return read

    return mark


def rows(of: type[T]) -> Reader:
    """A list of rows, each read into a dataclass."""

    def read(value: object, trees: Trees) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Refusal.of("bad-rows", "这里应当是若干行", "请每行写成 { … } 的样子")
        return tuple(read_into(of, each, trees) for each in value)

    return read


Number = Annotated[Decimal, number]
OptionalNumber = Annotated[Decimal | None, number]
Percent = Annotated[Decimal, percent]
OptionalPercent = Annotated[Decimal | None, percent]
OptionalWhole = Annotated[int | None, whole]
OptionalDay = Annotated[int | None, day]
Whole = Annotated[int, whole]
Flag = Annotated[bool, flag]
Text = Annotated[str, text]
Days = Annotated[tuple[int, ...], days]
Texts = Annotated[tuple[str, ...], texts]
Kinds = Annotated[tuple[str, ...], codes("quota_kind")]
Categories = Annotated[tuple[str, ...], codes("org_category")]
Ranks = Annotated[tuple[str, ...], codes("org_rank")]


class Slot(NamedTuple):
    """How one parameter is read, and what people call it."""

    name: str
    title: str
    read: Reader
    required: bool


def slots(cls: type[Any]) -> dict[str, Slot]:
    """The parameters of a dataclass by name."""
    if cls not in _SLOTS:
        hints = get_type_hints(cls, include_extras=True)
        _SLOTS[cls] = {each.name: _slot(each, hints[each.name]) for each in fields(cls)}
    return _SLOTS[cls]


_SLOTS: dict[type[Any], dict[str, Slot]] = {}


def _slot(field: Field[Any], hint: Any) -> Slot:
    read, *title = hint.__metadata__
    required = field.default is MISSING and field.default_factory is MISSING
    return Slot(field.name, title[0] if title else field.name, read, required)


def read_into(cls: type[T], given: object, trees: Trees) -> T:
    """Parameters read and checked.

    Raises:
        Refusal: With everything that is wrong, each problem naming its parameter.
    """
    known = slots(cls)
    if not isinstance(given, dict):
        raise Refusal.of(
            "bad-parameters",
            f"“{given}”不成样子：这里应当写成 名称 = 值",
            f"可用的有：{_named(known)}",
        )
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in known:
            problems.append(_unknown(name, known))
            continue
        try:
            read[name] = known[name].read(value, trees)
            if read[name] == () and known[name].required:
                problems.append(Problem("empty", f"{known[name].title}是空的", "请写明", name))
        except Refusal as refusal:
            problems += [_in(problem, known[name]) for problem in refusal.problems]
    problems += [
        Problem("missing-parameter", f"缺少“{slot.title}”", "请补上", name)
        for name, slot in known.items()
        if slot.required and name not in given
    ]
    refuse_if(problems)
    return cls(**read)


def _named(known: Mapping[str, Slot]) -> str:
    return "、".join(f"{slot.name}（{slot.title}）" for slot in known.values()) or "无"


def _unknown(name: str, known: Mapping[str, Slot]) -> Problem:
    return Problem("unknown-parameter", f"没有“{name}”这个参数", f"可用的有：{_named(known)}", name)


def _in(problem: Problem, slot: Slot) -> Problem:
    field = f"{slot.name} {slot.title}" if not problem.field else f"{slot.name}.{problem.field}"
    return Problem(problem.code, problem.what, problem.do, field, problem.place)
