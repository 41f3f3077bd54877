"""Facts: which fields a thing has, and how a field's values follow one another in time."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

HOLDERS = ("org", "section", "pool")
CLASSES = (*HOLDERS, "counter", "person", "duty", "matter", "ticket", "code")

PLANNED, ACTIVE, FROZEN, MERGING = "planned", "active", "frozen", "merging"
ABOLISHED, CONVERTED = "abolished", "converted"
STATUSES = {
    PLANNED: "拟设",
    ACTIVE: "在册",
    FROZEN: "冻结",
    MERGING: "整合中",
    ABOLISHED: "已撤销",
    CONVERTED: "已转企",
}
ENDED = (ABOLISHED, CONVERTED)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a class of things.

    ``type`` is text, texts (a list), flag, day, quantity, status, ref (key of an org or section)
    or the name of a code tree.
    """

    name: str
    title: str
    type: str


_ORG = (
    Field("name", "机构名称", "text"),
    Field("short_name", "规范简称", "text"),
    Field("habitual_names", "习惯简称", "texts"),
    Field("nameplates", "加挂牌子", "texts"),
    Field("rank", "机构规格", "org_rank"),
    Field("category", "机构类别", "org_category"),
    Field("nature", "机构性质", "text"),
    Field("system_class", "系统类别", "text"),
    Field("welfare_class", "公益类别", "welfare_class"),
    Field("civil_service_managed", "是否参公", "flag"),
    Field("supervisor", "主管部门", "ref"),
    Field("sponsor", "举办单位", "ref"),
    Field("parent", "上级机构", "ref"),
    Field("setting_form", "设置形式", "text"),
    Field("funding_form", "经费形式", "funding_form"),
    Field("status", "状态", "status"),
    Field("uscc", "统一社会信用代码", "text"),
    Field("area", "所在政区", "text"),
    Field("location", "住所", "text"),
    Field("founded_on", "设立时间", "day"),
    Field("enforcement", "是否执法队伍", "flag"),
    Field("outside_staff_limit", "编外用工控制数", "quantity"),
    Field("order_no", "排序号", "text"),
    Field("note", "备注", "text"),
)
_PERSON = (
    Field("name", "姓名", "text"),
    Field("works_at", "实际工作单位", "ref"),
    Field("title", "职务", "text"),
    Field("rank", "职务级别", "org_rank"),
    Field("entry_mode", "进入形式", "text"),
    Field("exit_reason", "出编原因", "text"),
    Field("note", "备注", "text"),
)
_DUTY = (
    Field("text", "职责", "text"),
    Field("holder", "承担机构", "ref"),
    Field("note", "备注", "text"),
)
_CASE = (Field("name", "名称", "text"), Field("note", "备注", "text"))
_CODE = (
    Field("name", "名称", "text"),
    Field("parent_code", "上级代码", "text"),
    Field("attributes", "属性", "text"),
)

FIELDS: dict[str, dict[str, Field]] = {
    **{cls: {field.name: field for field in _ORG} for cls in HOLDERS},
    "counter": {},
    "person": {field.name: field for field in _PERSON},
    "duty": {field.name: field for field in _DUTY},
    "matter": {field.name: field for field in _CASE},
    "ticket": {field.name: field for field in _CASE},
    "code": {field.name: field for field in _CODE},
}

REFERENCES = frozenset(
    field.name for fields in FIELDS.values() for field in fields.values() if field.type == "ref"
)

V = TypeVar("V")


class Timeline(Generic[V]):
    """The values of one field of one thing: each holds until the next; same day, later change wins.

    >>> line = Timeline[str]()
    >>> line.add(10, no=1, line=1, value="甲")
    >>> line.add(20, no=2, line=1, value="乙")
    >>> line.at(19), line.at(20), line.at(9)
    ('甲', '乙', None)
    """

    __slots__ = ("_rows", "_values")

    def __init__(self) -> None:
        self._rows: list[tuple[int, int, int]] = []
        self._values: dict[tuple[int, int, int], V | None] = {}

    def add(self, day: int, no: int, line: int, value: V | None) -> None:
        """Enter a row; rows may come in any order."""
        row = (day, no, line)
        if not self._rows or self._rows[-1] < row:
            self._rows.append(row)
        else:
            insort(self._rows, row)
        self._values[row] = value

    def drop(self, no: int) -> None:
        """Take out the rows of a change (it was voided)."""
        self._rows = [row for row in self._rows if row[1] != no]
        self._values = {row: self._values[row] for row in self._rows}

    def copy(self) -> Timeline[V]:
        """A timeline of its own with the same rows."""
        same = Timeline[V]()
        same._rows, same._values = list(self._rows), dict(self._values)
        return same

    def values(self) -> Iterator[V | None]:
        """The value of every row, those that a later change of the same day hides included."""
        return iter(self._values.values())

    def at(self, day: int) -> V | None:
        """The value on a day; None before the first row and after an ending row."""
        index = bisect_right(self._rows, (day, _LAST, _LAST)) - 1
        return self._values[self._rows[index]] if index >= 0 else None

    def steps(self) -> Iterator[tuple[int, V | None]]:
        """(day, value from that day), one a day, in order of days."""
        for index, row in enumerate(self._rows):
            if index + 1 == len(self._rows) or self._rows[index + 1][0] > row[0]:
                yield row[0], self._values[row]

    def steps_from(self, day: int) -> list[tuple[int, V | None]]:
        """The value on ``day`` and every later step."""
        later = [(at, value) for at, value in self.steps() if at > day]
        return [(day, self.at(day)), *later]

    def next_after(self, day: int) -> int | None:
        """The day of the first row after a day, if any."""
        index = bisect_right(self._rows, (day, _LAST, _LAST))
        return self._rows[index][0] if index < len(self._rows) else None

    def changed_since(self, no: int) -> bool:
        """Whether a change after ``no`` entered a row."""
        return any(row[1] > no for row in self._rows)

    def __bool__(self) -> bool:
        return bool(self._rows)


_LAST = 2**62
