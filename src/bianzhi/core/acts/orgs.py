"""Acts on organisations: 设立, 更名, 加挂, 摘牌, 改隶, 定级, 转类, 变更, 冻结, 解冻."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field as dataclass_field
from typing import Any

from bianzhi.core.acts.base import Act, Anything, Key, Text, read_any, slots, verb
from bianzhi.core.acts.claims import need_latest
from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import ACTIVE, ENDED, FIELDS, FROZEN, HOLDERS, MERGING, PLANNED
from bianzhi.core.kinds import stored_code
from bianzhi.core.values import decode_texts, encode, field_of

SETTABLE = (ACTIVE, PLANNED, FROZEN, MERGING)


def change(book: Book, key: str, field: str, value: object, day: int) -> None:
    """Enter one fact of a subject, its value read by the field's type."""
    cls = book.cls(key) or ""
    book.set(key, field, encode(book, field_of(cls, field), value, day), day)


@verb("设立", "设立机构、内设机构或编制池；机构的各项信息可以一并写上。")
class Establish(Act):
    """A new org, section or pool. Any field of an org may be given beside its name.

    The key is permanent: it is never used again, whatever becomes of the unit.
    """

    org: Key
    name: Text
    class_: Text = "org"
    fields: Anything = dataclass_field(default_factory=dict)

    @classmethod
    def from_fields(cls, values: Mapping[str, object], place: str = "") -> Act:
        known = slots(cls)
        extra = {name: value for name, value in values.items() if name not in known}
        plain = {name: value for name, value in values.items() if name in known}
        given: Any = plain.get("fields") or {}
        if not isinstance(given, Mapping):
            raise Refusal.of("bad-fields", f"“{given}”不是 {{…}}", field="fields", place=place)
        return super().from_fields({**plain, "fields": {**given, **extra}}, place)

    @classmethod
    def named(cls, acts: Sequence[Establish]) -> Iterator[str]:
        for act in acts:
            yield act.org
            for name in ("parent", "supervisor", "sponsor"):
                if isinstance(value := act.fields.get(name), str):
                    yield value

    def apply(self, book: Book, day: int) -> None:
        if self.class_ not in HOLDERS:
            raise Refusal.of(
                "bad-class",
                f"“{self.class_}”不能设立",
                f"可选：{'、'.join(HOLDERS)}",
                field="class",
            )
        self._need_new(book)
        fields = dict(self.fields)
        status = fields.pop("status", ACTIVE)
        if status not in SETTABLE:
            raise Refusal.of("bad-status", f"不能以“{status}”状态设立", field="status")
        if "parent" not in fields and isinstance(fields.get("supervisor"), str):
            fields["parent"] = fields["supervisor"]
        book.set(self.org, "status", status, day)
        change(book, self.org, "name", self.name, day)
        for name, value in fields.items():
            change(book, self.org, name, value, day)

    def _need_new(self, book: Book) -> None:
        if not self.name:
            raise Refusal.of("no-name", "机构名称不能为空", "请填写批准的全称", field="name")
        known = book.cls(self.org)
        if known is None:
            book.add_subject(self.org, self.class_)
        elif known != self.class_ or book.life(self.org)[0] is not None:
            raise Refusal.of(
                "duplicate-unit",
                f"代码“{self.org}”已属于{book.name(self.org)}",
                "代码终身不变、不得复用，请另取代码",
                field="org",
            )


@verb("更名", "单位改名，代码不变。")
class Rename(Act):
    """A new name; the key stays."""

    org: Key
    name: Text

    def apply(self, book: Book, day: int) -> None:
        book.need(self.org, day, field="org")
        if not self.name:
            raise Refusal.of("no-name", "机构名称不能为空", "请填写批准的全称", field="name")
        change(book, self.org, "name", self.name, day)


def nameplates(book: Book, org: str, day: int) -> list[str]:
    """The list that an entry of the day goes on from; later lists must not have been made of it."""
    need_latest(book.timeline(org, "nameplates"), f"{book.name(org)}的牌子", day, "org")
    return decode_texts(book.fact(org, "nameplates", day))


@verb("加挂", "单位加挂一块牌子。")
class AddNameplate(Act):
    """One more name the unit also bears (加挂牌子)."""

    org: Key
    nameplate: Text

    def apply(self, book: Book, day: int) -> None:
        book.need(self.org, day, field="org")
        plates = nameplates(book, self.org, day)
        if not self.nameplate or self.nameplate in plates:
            raise Refusal.of(
                "bad-nameplate", f"牌子“{self.nameplate}”为空或已经加挂", field="nameplate"
            )
        change(book, self.org, "nameplates", [*plates, self.nameplate], day)


@verb("摘牌", "单位摘掉一块加挂的牌子。")
class RemoveNameplate(Act):
    """A nameplate taken down."""

    org: Key
    nameplate: Text

    def apply(self, book: Book, day: int) -> None:
        book.need(self.org, day, field="org")
        plates = nameplates(book, self.org, day)
        if self.nameplate not in plates:
            have = "、".join(plates) or "无"
            raise Refusal.of(
                "bad-nameplate",
                f"没有加挂“{self.nameplate}”",
                f"当日加挂的牌子：{have}",
                field="nameplate",
            )
        plates.remove(self.nameplate)
        change(book, self.org, "nameplates", plates, day)


class _FieldsAct(Act):
    """Shared by the verbs that set some fields of an org: at least one must be given."""

    def set_given(self, book: Book, org: str, names: tuple[str, ...], day: int) -> None:
        """Set the fields that were given."""
        book.need(org, day, field="org")
        given = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        if not given:
            raise Refusal.of(
                "missing-field", f"“{self.verb}”没有写明改成什么", f"可填：{'、'.join(names)}"
            )
        for name, value in given.items():
            change(book, org, name, value, day)


@verb("改隶", "换主管部门、举办单位或台账中的上级机构。")
class Reassign(_FieldsAct):
    """Another supervising body, sponsor or parent in the ledger."""

    org: Key
    supervisor: Text | None = None
    sponsor: Text | None = None
    parent: Text | None = None

    def apply(self, book: Book, day: int) -> None:
        self.set_given(book, self.org, ("supervisor", "sponsor", "parent"), day)
        followed = book.fact(self.org, "parent", day - 1) == book.fact(
            self.org, "supervisor", day - 1
        )
        if self.parent is None and self.supervisor is not None and followed:
            change(book, self.org, "parent", self.supervisor, day)


@verb("定级", "确定机构规格。")
class SetRank(_FieldsAct):
    """The rank (机构规格) of a unit."""

    org: Key
    rank: Text

    def apply(self, book: Book, day: int) -> None:
        self.set_given(book, self.org, ("rank",), day)


@verb("转类", "改机构类别、公益类别、机构性质或经费形式。")
class Reclassify(_FieldsAct):
    """Another category, welfare class, nature, or funding form as a whole."""

    org: Key
    category: Text | None = None
    welfare_class: Text | None = None
    nature: Text | None = None
    funding_form: Text | None = None

    def apply(self, book: Book, day: int) -> None:
        names = ("category", "welfare_class", "nature", "funding_form")
        self.set_given(book, self.org, names, day)


@verb("变更", "改机构、人员、职责、事项的其他登记项；写 null 表示到此为止。")
class Amend(Act):
    """Any other registered field of an org, person, duty or matter; null ends the fact.

    Name, status and places have verbs of their own, with their checks.
    """

    subject: Key
    field: Text
    value: Anything

    RESERVED = ("status", "holder")

    def apply(self, book: Book, day: int) -> None:
        cls = book.cls(self.subject)
        if cls not in FIELDS or cls in ("counter", "code"):
            raise Refusal.of(
                "unknown-unit", f"没有代码为“{self.subject}”的机构、人员或职责", "请核对代码",
                field="subject",
            )  # fmt: skip
        if self.field in self.RESERVED:
            raise Refusal.of(
                "reserved-field",
                f"“{self.field}”不能直接变更",
                "请用撤销、冻结、移职等",
                field="field",
            )
        if cls in HOLDERS:
            book.need(self.subject, day, field="subject")
        if self.field == "name" and not self.value:
            raise Refusal.of("no-name", "名称不能为空", "请填写名称", field="value")
        change(book, self.subject, self.field, read_any(self.value), day)


def need_going(book: Book, org: str, day: int) -> None:
    """Refuse a unit that has ended: on its last day a later status would undo its end."""
    book.need(org, day, field="org")
    if book.fact(org, "status", day) in ENDED:
        raise Refusal.of("reopened", "已撤销的机构不能恢复", "请新设机构", field="org")


@verb("冻结", "单位转为冻结或整合中；这一状态下哪些事项不受理，由规则判定。")
class Freeze(Act):
    """The status 冻结, or ``merging`` for 整合中: recorded here, acted on by rules."""

    org: Key
    status: Text = FROZEN

    def apply(self, book: Book, day: int) -> None:
        need_going(book, self.org, day)
        if self.status not in (FROZEN, MERGING):
            raise Refusal.of("bad-status", f"“{self.status}”不是冻结状态", field="status")
        book.set(self.org, "status", self.status, day)


@verb("解冻", "单位恢复在册。")
class Thaw(Act):
    """Back to 在册."""

    org: Key

    def apply(self, book: Book, day: int) -> None:
        need_going(book, self.org, day)
        book.set(self.org, "status", ACTIVE, day)


@verb("设码", "登记一个本地代码，如本地的编制种类。")
class DefineCode(Act):
    """A local value of a code tree, with the document that introduced it."""

    tree: Text
    code: Key
    name: Text
    parent: Text = ""
    attributes: Anything = dataclass_field(default_factory=dict)

    def apply(self, book: Book, day: int) -> None:
        tree = book.tree(self.tree)
        if self.code in tree:
            raise Refusal.of(
                "duplicate-code", f"{tree.title}已有代码“{self.code}”", "请另取代码", field="code"
            )
        if self.parent:
            tree.get(self.parent)
        if not self.name:
            raise Refusal.of("no-name", "代码名称不能为空", "请填写名称", field="name")
        if not isinstance(self.attributes, Mapping):
            raise Refusal.of("bad-fields", f"“{self.attributes}”不是 {{…}}", field="attributes")
        key = f"{self.tree}:{self.code}"
        if book.cls(key) is None:
            book.add_subject(key, "code")
        book.set(key, "name", self.name, day)
        book.set(key, "parent_code", self.parent, day)
        attributes = json.dumps(self.attributes, ensure_ascii=False, sort_keys=True)
        book.set(key, "attributes", attributes, day)
        book.add_code(self.tree, stored_code(self.code, self.name, self.parent, attributes))
