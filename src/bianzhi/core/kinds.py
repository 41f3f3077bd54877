"""Code trees: 编制种类, 机构规格, 机构类别, 公益类别, 经费形式.

National values ship as data beside this file; an office adds its own by posting a document
(设码), so a local kind has grounds like everything else.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from bianzhi.core.errors import Refusal

TREES = ("quota_kind", "org_rank", "org_category", "welfare_class", "funding_form")


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a tree.

    Attributes:
        code: What is stored.
        name: What people read.
        parent: The wider code, "" at the top.
        attributes: Properties such as ``counts`` or ``level``; inherited from the parent.
    """

    code: str
    name: str
    parent: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        """A heading only: nothing is booked under it directly."""
        return bool(self.attributes.get("group"))


class CodeTree:
    """A tree of codes, immutable; ``with_local`` gives a wider one."""

    def __init__(self, name: str, title: str, codes: Iterable[Code]) -> None:
        self.name = name
        self.title = title
        self._codes = {code.code: code for code in codes}
        self._below: dict[str, frozenset[str]] = {}

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __contains__(self, code: str) -> bool:
        return self.find(code) is not None

    def find(self, code: str) -> Code | None:
        """The code, or None. ``LD1@6`` is found where LD1 may carry a rank."""
        if (plain := self._codes.get(code)) is not None:
            return plain
        base, at, rank = code.partition("@")
        if not at or (kind := self._codes.get(base)) is None:
            return None
        level = national("org_rank").find(rank)
        if level is None or not self.attribute(base, "ranked"):
            return None
        return Code(code, f"{kind.name}（{level.name}）", base)

    def get(self, code: str, *, bookable: bool = False) -> Code:
        """The code, or a refusal that says which values there are.

        Args:
            code: The value to look up.
            bookable: Refuse headings, under which nothing is booked.
        """
        found = self.find(code)
        if found is None:
            near = "、".join(f"{c.code} {c.name}" for c in self.suggest(code))
            raise Refusal.of(
                f"unknown-{self.name.replace('_', '-')}",
                f"“{code}”不在{self.title}代码表中",
                f"可选的有：{near}" if near else "请先用“设码”登记",
            )
        if bookable and found.is_group:
            below = "、".join(c.code for c in self._codes.values() if c.parent == code)
            raise Refusal.of(
                "group-code",
                f"{self.title}“{code} {found.name}”是分类名，不能直接记账",
                f"请用：{below}",
            )
        return found

    def suggest(self, text: str) -> list[Code]:
        """Up to eight codes whose name or code resembles the text; else the first ones."""
        near = [c for c in self._codes.values() if text and (text in c.name or c.name in text)]
        usable = near or [c for c in self._codes.values() if not c.is_group]
        return usable[:8]

    def attribute(self, code: str, name: str) -> object:
        """An attribute of the code or of its nearest ancestor that sets it; None if none does."""
        base = code.partition("@")[0]
        while (found := self._codes.get(base)) is not None:
            if name in found.attributes and name != "group":
                return found.attributes[name]
            base = found.parent
        return None

    def below(self, code: str) -> frozenset[str]:
        """The code and everything under it; ranked forms such as LD1@6 are left to ``covers``."""
        if code not in self._below:
            reached, grew = {code}, True
            while grew:
                more = {c.code for c in self._codes.values() if c.parent in reached}
                grew = not more <= reached
                reached |= more
            self._below[code] = frozenset(reached)
        return self._below[code]

    def covers(self, wide: str, narrow: str) -> bool:
        """Whether ``narrow`` is ``wide`` or lies under it."""
        if wide == narrow:
            return True
        return "@" not in wide and narrow.partition("@")[0] in self.below(wide)

    def with_local(self, codes: Iterable[Code]) -> CodeTree:
        """The tree with local codes added; national codes cannot be redefined."""
        return CodeTree(self.name, self.title, [*codes, *self._codes.values()])


@cache
def national(tree: str) -> CodeTree:
    """The tree of national values that ships with the product."""
    if tree not in TREES:
        raise Refusal.of(
            "unknown-tree", f"没有名为“{tree}”的代码表", f"可选的有：{'、'.join(TREES)}"
        )
    text = files("bianzhi.core.national").joinpath(f"{tree}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return CodeTree(tree, table["title"], (_code(*item) for item in table["codes"].items()))


def _code(code: str, entry: dict[str, object]) -> Code:
    attributes = {key: value for key, value in entry.items() if key not in ("name", "parent")}
    return Code(code, str(entry["name"]), str(entry.get("parent", "")), attributes)


def stored_code(code: str, name: str, parent: str, attributes: str) -> Code:
    """A local code from the facts a 设码 left; ``attributes`` is JSON."""
    return Code(code, name, parent, json.loads(attributes))
