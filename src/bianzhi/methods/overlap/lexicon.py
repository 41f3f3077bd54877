"""The words of duties: which carry the matter, which say what is done, which say nothing.

Data, not code: ``data/lexicon.toml`` (frames, scopes, actions with their side) and
``data/thesaurus.toml`` (different words for one matter, sectors of neighbouring matters). An office
adds its own words with :meth:`Lexicon.extended`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

FRAME, SCOPE, ACTION, OBJECT = "frame", "scope", "action", "object"
DECIDE, SERVE, BOTH = "decide", "serve", "both"


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
    def width(self) -> Counter[str]:
        """How many words each group of the thesaurus has."""
        return Counter(name for names in self.groups.values() for name in names)

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
            synonyms: Group -> further words of it; a new name makes a new group.
            frame: Words that carry nothing here.
        """
        groups = {word: set(names) for word, names in self.groups.items()}
        for name, words in (synonyms or {}).items():
            for word in words:
                groups.setdefault(word, set()).add(name)
        frozen = {word: frozenset(names) for word, names in groups.items()}
        return replace(self, groups=frozen, frame=self.frame | frozenset(frame))


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
    for group in thesaurus["group"]:
        for word in group["words"].split():
            groups.setdefault(word, set()).add(group["name"])
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
        groups={word: frozenset(names) for word, names in groups.items()},
        under={g["name"]: g["under"] for g in thesaurus["group"] if "under" in g},
        sectors={name: frozenset(found) for name, found in sectors.items()},
        objects=frozenset(lexicon.get("object", {}).get("words", "").split()),
    )


def _toml(name: str) -> dict[str, Any]:
    text = (files("bianzhi.methods.overlap") / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def background_texts() -> list[str]:
    """The shipped statements from which is told which characters are common everywhere.

    They are the product's own wording, a few for each trade; no institution wrote them.
    """
    text = (files("bianzhi.methods.overlap") / "data" / "background.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
