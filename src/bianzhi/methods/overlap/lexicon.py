"""The words of duties: which carry the matter, which say what is done, which say nothing.

Data, not code: ``data/lexicon.toml`` (frames, scopes, actions with their side) and
``data/thesaurus.toml`` (different words for one matter, sectors of neighbouring matters). An office
adds its own words with :meth:`Lexicon.extended`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

FRAME, SCOPE, ACTION, OBJECT = "frame", "scope", "action", "object"
DECIDE, SERVE, BOTH = "decide", "serve", "both"
SAME_MATTER = "/"  # between names of one matter in the thesaurus


@dataclass(frozen=True)
class Action:
    """What a word of doing says of the side it belongs to.

    Attributes:
        side: ``decide`` (an administrative power, the department's), ``serve`` (service, technical
            or supporting, the institution's) or ``both``.
        kind: For ``decide`` one of the nine kinds (许可 处罚 强制 征收 给付 检查 确认 裁决 其他).
    """

    side: str
    kind: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Words and what they are.

    Attributes:
        frame, scope: Words without and with little weight.
        actions: Word -> what it says of the side.
        proxy: Words that say the power is another's (协助, 受委托, 经办 …).
        exceptions: Words after or before which a matter is *not* the holder's.
        groups: Word -> names of the groups of the thesaurus it belongs to.
        under: Group -> the wider group it is part of.
        sectors: Group -> the sectors it lies in.
        objects: Further words of matters: those a word of scope would else be cut out of (市场).
        names: Word -> the matters it is a name of. The words of a group speak of one field (公厕
            and 垃圾), those of a matter of one thing (公厕 and 公共厕所).
    """

    frame: frozenset[str]
    scope: frozenset[str]
    actions: Mapping[str, Action]
    proxy: frozenset[str]
    exceptions: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    under: Mapping[str, str]
    sectors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    objects: frozenset[str] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Every word with its role; where a word has two, the one that carries more."""
        found = dict.fromkeys(self.frame, FRAME)
        found.update(dict.fromkeys(self.scope, SCOPE))
        found.update(dict.fromkeys(self.actions, ACTION))
        found.update(dict.fromkeys(self.objects, OBJECT))
        found.update(dict.fromkeys(self.groups, OBJECT))
        return found

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The words of each group of the thesaurus."""
        found: dict[str, list[str]] = {}
        for word, names in self.groups.items():
            for name in names:
                found.setdefault(name, []).append(word)
        return {name: tuple(each) for name, each in found.items()}

    @cached_property
    def longest_name(self) -> int:
        """How many characters the longest name of a matter has."""
        return max(map(len, self.names), default=0)

    def one_thing(self, one: str, other: str) -> bool:
        """Whether two words are names of one matter."""
        return bool(self.names.get(one, frozenset()) & self.names.get(other, frozenset()))

    def wider(self, names: Iterable[str]) -> frozenset[str]:
        """The wider groups of some groups."""
        return frozenset(self.under[name] for name in names if name in self.under)

    def sectors_of(self, names: Iterable[str]) -> frozenset[str]:
        """The sectors some groups lie in."""
        return frozenset(s for name in names for s in self.sectors.get(name, ()))

    def extended(
        self, synonyms: Mapping[str, Iterable[str]] | None = None, frame: Iterable[str] = ()
    ) -> Lexicon:
        """The lexicon with an office's own words.

        Args:
            synonyms: Group -> further names of its matter; a new name makes a new group.
            frame: Words that carry nothing here.
        """
        groups = {word: set(names) for word, names in self.groups.items()}
        called = {word: set(names) for word, names in self.names.items()}
        for name, words in (synonyms or {}).items():
            for word in words:
                groups.setdefault(word, set()).add(name)
                called.setdefault(word, set()).update(self.names.get(name, {name}))
        return replace(
            self, groups=_frozen(groups), names=_frozen(called), frame=self.frame | frozenset(frame)
        )


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with the product."""
    return read(_toml("lexicon.toml"), _toml("thesaurus.toml"))


def read(lexicon: Mapping[str, Any], thesaurus: Mapping[str, Any]) -> Lexicon:
    """A lexicon from its two parsed files."""
    actions: dict[str, Action] = {}
    for part in lexicon["action"]:
        for word in part["words"].split():
            actions.setdefault(word, Action(part["side"], part.get("kind", "")))
    groups: dict[str, set[str]] = {}
    called: dict[str, set[str]] = {}
    for group in thesaurus["group"]:
        for matter in group["words"].split():
            first, *_ = words = matter.split(SAME_MATTER)
            for word in words:
                groups.setdefault(word, set()).add(group["name"])
                called.setdefault(word, set()).add(first)
    sectors: dict[str, set[str]] = {}
    for sector, names in thesaurus["sector"].items():
        for name in names.split():
            sectors.setdefault(name, set()).add(sector)
    return Lexicon(
        frame=frozenset(lexicon["frame"]["words"].split()),
        scope=frozenset(lexicon["scope"]["words"].split()),
        actions=actions,
        proxy=frozenset(lexicon["proxy"]["words"].split()),
        exceptions=frozenset(lexicon["except"]["words"].split()),
        groups=_frozen(groups),
        under={g["name"]: g["under"] for g in thesaurus["group"] if "under" in g},
        sectors={name: frozenset(found) for name, found in sectors.items()},
        objects=frozenset(lexicon.get("object", {}).get("words", "").split()),
        names=_frozen(called),
    )


def _frozen(sets: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(names) for word, names in sets.items()}


def _toml(name: str) -> dict[str, Any]:
    text = (files("bianzhi.methods.overlap") / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def background_texts() -> list[str]:
    """The shipped statements from which is told which characters are common everywhere.

    They are the product's own wording, a few for each trade; no institution wrote them.
    """
    text = (files("bianzhi.methods.overlap") / "data" / "background.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
