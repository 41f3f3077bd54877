"""A change in the words of a paper: one sentence an act, made from the very acts that are posted.

So a number in the paper cannot differ from the number in the ledger: it is the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import polars as pl

from bianzhi.core.acts import Act, duties, orgs, posts, succession
from bianzhi.core.acts.claims import Hold, Occupy, Release
from bianzhi.core.ledger import ABOLISHED, CONVERTED, GRANTED
from bianzhi.core.quantity import quantity_text
from bianzhi.files.official import Item
from bianzhi.office.desk.words import Words

_ESTABLISHED = {
    "rank": "机构规格为", "category": "机构类别为", "welfare_class": "划为",
    "funding_form": "经费形式为",
}  # fmt: skip
_COUNTERS = {GRANTED: "上级下达", ABOLISHED: "核销", CONVERTED: "置换"}


class Wording:
    """Sentences for acts.

    Args:
        words: The words of the state after the change: new units have names there.
        before: Those of the state before: ended units have theirs there.
    """

    def __init__(self, words: Words, before: Words) -> None:
        self._after, self._before = words, before

    def name(self, key: str) -> str:
        """A unit, section or pool by name."""
        if key in _COUNTERS:
            return _COUNTERS[key]
        if key in self._after.classes:
            return self._after.name(key)
        return self._before.name(key)

    def clauses(self, acts: Iterable[Act]) -> Iterator[Item]:
        """The acts under headings, in the order they are done."""
        said = [(HEADINGS[type(act)], act) for act in acts if type(act) in HEADINGS]
        for heading, group in groupby(said, key=lambda each: each[0]):
            sentences = list(self._sentences([act for _, act in group]))
            if len(sentences) == 1:
                yield Item(f"{heading}。", 1, sentences[0])
                continue
            yield Item(heading, 1)
            for sentence in sentences:
                yield Item("", 2, sentence)

    def _sentences(self, acts: list[Act]) -> Iterator[str]:
        for act in acts:
            yield SENTENCES[type(act)](self, act)

    # -- one each ----------------------------------------------------------------------------

    def amount(self, kind: str, funding: str, n: int) -> str:
        """Posts in words: kind, funding form where one is said, number."""
        form = f"（{self._after.funding(funding)}）" if funding else ""
        return f"{self._after.kind(kind)}{form}{quantity_text(n)}名"

    def cells(self, kind: str, funding: str) -> tuple[str, str]:
        """Kind and funding form, as cells of a table."""
        return self._after.kind(kind), self._after.funding(funding)

    def _posts(self, act: Any) -> str:
        return self.amount(act.kind, act.funding, act.n)

    def establish(self, act: orgs.Establish) -> str:
        """设立, with what the unit is."""
        if act.class_ == "section":
            return f"设{act.name}，为{self.name(str(act.fields.get('parent', '')))}内设机构。"
        parts = [f"设立{act.name}"]
        if supervisor := act.fields.get("supervisor"):
            parts.append(f"为{self.name(str(supervisor))}所属单位")
        for field, title in _ESTABLISHED.items():
            if value := act.fields.get(field):
                parts.append(title + self._after.value("org", field, str(value)))
        return "，".join(parts) + "。"

    def rename(self, act: orgs.Rename) -> str:
        """更名."""
        return f"{self._before.name(act.org)}更名为{act.name}。"

    def add_nameplate(self, act: orgs.AddNameplate) -> str:
        """加挂."""
        return f"{self.name(act.org)}加挂{act.nameplate}牌子。"

    def remove_nameplate(self, act: orgs.RemoveNameplate) -> str:
        """摘牌."""
        return f"{self.name(act.org)}不再加挂{act.nameplate}牌子。"

    def reassign(self, act: orgs.Reassign) -> str:
        """改隶."""
        return f"{self.name(act.org)}改由{self.name(act.supervisor or '')}主管。"

    def rank(self, act: orgs.SetRank) -> str:
        """定级."""
        rank = self._after.value("org", "rank", act.rank)
        return f"{self.name(act.org)}机构规格定为{rank}。"

    def reclassify(self, act: orgs.Reclassify) -> str:
        """转类."""
        titles = {"category": "机构类别", "welfare_class": "公益类别", "funding_form": "经费形式"}
        changed = [
            f"{title}调整为{self._after.value('org', field, getattr(act, field))}"
            for field, title in titles.items() if getattr(act, field)
        ]  # fmt: skip
        return f"{self.name(act.org)}{'，'.join(changed)}。"

    def merge(self, act: succession.Merge) -> str:
        """合并: into a new unit or one that stays."""
        gone = [self.name(key) for key in act.sources if key != act.into]
        carried = "，其编制、人员、职责和内设机构一并划入" if act.carry else ""
        return f"{'、'.join(gone)}并入{self.name(act.into)}{carried}，不再保留。"

    def abolish(self, act: succession.Abolish) -> str:
        """撤销."""
        into = "、".join(map(self.name, act.into))
        return f"撤销{self.name(act.org)}" + (f"，其业务由{into}承接。" if into else "。")

    def split(self, act: succession.Split) -> str:
        """拆分."""
        into = "、".join(map(self.name, act.into))
        return f"{self.name(act.org)}的业务由{into}分别承接" + ("，不再保留。" if act.end else "。")

    def increase(self, act: posts.Increase) -> str:
        """核增, with where the posts come from."""
        return f"核增{self.name(act.org)}{self._posts(act)}，编制来源：{self.name(act.from_)}。"

    def reduce(self, act: posts.Reduce) -> str:
        """核减."""
        return f"核减{self.name(act.org)}{self._posts(act)}。"

    def withdraw(self, act: posts.Withdraw) -> str:
        """收回."""
        to = "上级" if act.to == GRANTED else self.name(act.to)
        return f"收回{self.name(act.org)}{self._posts(act)}，交回{to}。"

    def transfer(self, act: posts.Transfer) -> str:
        """划转."""
        return f"从{self.name(act.from_)}划转{self._posts(act)}到{self.name(act.to)}。"

    def convert(self, act: posts.Convert) -> str:
        """置换."""
        to = f"{self._after.kind(act.to_kind)}{quantity_text(act.to_n or act.n)}名"
        return f"{self.name(act.org)}{self._posts(act)}置换为{to}。"

    def fix(self, act: posts.Fix) -> str:
        """核定."""
        source = "" if act.from_ == GRANTED else f"，调剂由{self.name(act.from_)}解决"
        return f"核定{self.name(act.org)}{self._posts(act)}{source}。"

    def assign(self, act: duties.AssignDuty) -> str:
        """赋职."""
        return f"{act.text.rstrip('。；;')}。"

    def end_duty(self, act: duties.EndDuty) -> str:
        """终职."""
        held = self._before.state.things("duty").filter(pl.col("key") == act.duty)
        text = held["text"][0] if held.height else act.duty
        return f"不再承担“{text}”。"

    def occupy(self, act: Occupy) -> str:
        """占编: one ticket."""
        return f"{self.name(act.org)}使用{self._posts(act)}，用编号码{act.ticket}。"


BODY, POSTS, DUTIES, USE = "机构设置", "编制和领导职数", "主要职责", "使用编制"
_TOLD: tuple[tuple[type[Act], str, Callable[..., str]], ...] = (
    (orgs.Establish, BODY, Wording.establish),
    (orgs.Rename, BODY, Wording.rename),
    (orgs.AddNameplate, BODY, Wording.add_nameplate),
    (orgs.RemoveNameplate, BODY, Wording.remove_nameplate),
    (orgs.Reassign, BODY, Wording.reassign),
    (orgs.SetRank, BODY, Wording.rank),
    (orgs.Reclassify, BODY, Wording.reclassify),
    (succession.Merge, BODY, Wording.merge),
    (succession.Abolish, BODY, Wording.abolish),
    (succession.Split, BODY, Wording.split),
    (posts.Increase, POSTS, Wording.increase),
    (posts.Reduce, POSTS, Wording.reduce),
    (posts.Withdraw, POSTS, Wording.withdraw),
    (posts.Transfer, POSTS, Wording.transfer),
    (posts.Convert, POSTS, Wording.convert),
    (posts.Fix, POSTS, Wording.fix),
    (duties.AssignDuty, DUTIES, Wording.assign),
    (duties.EndDuty, DUTIES, Wording.end_duty),
    (Occupy, USE, Wording.occupy),
)
HEADINGS = {verb: heading for verb, heading, _ in _TOLD}
SENTENCES = {verb: sentence for verb, _, sentence in _TOLD}
SILENT = (Hold, Release)  # what an office locks for itself is no business of a paper
