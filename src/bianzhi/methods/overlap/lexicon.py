"""The words of duties: which carry the matter, which say what is done, which say nothing.

Data, not code: ``data/lexicon.toml`` (frames, scopes, actions with their side) and the word lists
of :mod:`.thesaurus` in ``data/matters`` (all the names of a matter, and what it is part of). An
office adds its own words with :meth:`Lexicon.extended`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from bianzhi.methods.overlap import thesaurus
from bianzhi.methods.overlap.thesaurus import Entry

FRAME, SCOPE, ACTION, OBJECT = "frame", "scope", "action", "object"
DECIDE, SERVE, BOTH = "decide", "serve", "both"
GENERAL = "通用"  # the trade of words that every trade uses
DOINGS, THINGS, PLACES, FRAMES = "动作", "对象", "地域", "套话"  # its fields


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
        exceptions: Words after or before which a matter is *not* the holder's.
        names: Word -> the matters it is a name of (公厕 and 公共厕所 of one).
        above: Matter -> the wider matters and last the field it is part of, the nearest first.
        trades: Matter or field -> the trades it stands in.
        objects: Further words of things: those every trade has (设备, 资料), and those a word of
            scope would else be cut out of (市场).
        doings: Word of doing -> what it is commonly called (管护, 养护).
    """

    frame: frozenset[str]
    scope: frozenset[str]
    actions: Mapping[str, Action]
    exceptions: frozenset[str]
    names: Mapping[str, frozenset[str]]
    above: Mapping[str, tuple[str, ...]]
    trades: Mapping[str, frozenset[str]] = field(default_factory=dict)
    objects: frozenset[str] = frozenset()
    doings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Every word a text is cut into, with its role; where a word has two, the one that carries
        more. A name made of known words (残疾人就业) is no word but those."""
        found = dict.fromkeys(self.frame, FRAME)
        found.update(dict.fromkeys(self.scope, SCOPE))
        found.update(dict.fromkeys(self.actions, ACTION))
        found.update(dict.fromkeys(self.objects, OBJECT))
        known = found.keys() | self.names.keys()
        for word in self.names:
            if not _made_of(word, known):
                found[word] = OBJECT
        return found

    def belongs(self, word: str) -> frozenset[str]:
        """The matters a word names, and what they are part of."""
        matters = self.names.get(word, frozenset())
        return matters | self.wider(matters)

    @cached_property
    def matters(self) -> frozenset[str]:
        """All matters, by their usual names."""
        return frozenset(each for named in self.names.values() for each in named)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields matters are part of."""
        return frozenset(each[-1] for each in self.above.values() if each)

    @cached_property
    def splits(self) -> dict[str, tuple[int, ...]]:
        """Words that are rows of known words all the same (许可证核发), and where these meet: names
        may begin and end there too."""
        known = self.roles.keys() | self.names.keys()
        found = {word: _joints(word, known) for word in self.roles if len(word) >= 4}
        return {word: joints for word, joints in found.items() if joints}

    @cached_property
    def longest_word(self) -> int:
        """How many characters the longest word a text is cut into has."""
        return max(map(len, self.roles), default=1)

    @cached_property
    def longest_name(self) -> int:
        """How many characters the longest name of a matter has."""
        return max(map(len, self.names), default=0)

    def one_thing(self, one: str, other: str) -> bool:
        """Whether two words are names of one matter."""
        return bool(self.names.get(one, frozenset()) & self.names.get(other, frozenset()))

    def wider(self, matters: Iterable[str]) -> frozenset[str]:
        """The wider matters and the fields some matters are part of."""
        return frozenset(each for matter in matters for each in self.above.get(matter, ()))

    def trades_of(self, matters: Iterable[str]) -> frozenset[str]:
        """The trades some matters stand in."""
        return frozenset(trade for each in matters for trade in self.trades.get(each, ()))

    def extended(
        self, synonyms: Mapping[str, Iterable[str]] | None = None, frame: Iterable[str] = (),
        entries: Iterable[Entry] = (),
    ) -> Lexicon:  # fmt: skip
        """The lexicon with an office's own words.

        Args:
            synonyms: A name of a matter -> further names of it; a new name makes a new matter.
            frame: Words that carry nothing here.
            entries: Lines of its own word list (:func:`.thesaurus.read`); a line that begins with a
                name of a matter that is known adds names to it.
        """
        called = {word: set(matters) for word, matters in self.names.items()}
        above, trades = dict(self.above), dict(self.trades)
        for entry in entries:
            known = self.names.get(entry.names[0], frozenset({entry.names[0]}))
            for word in entry.names:
                called.setdefault(word, set()).update(known)
            for each in known - above.keys():
                above[each] = (*entry.above, entry.field)
                for node in (each, entry.field):
                    trades[node] = trades.get(node, frozenset()) | {entry.trade}
        for name, words in (synonyms or {}).items():
            for word in (name, *words):
                called.setdefault(word, set()).update(self.names.get(name, {name}))
        return replace(self, names=_frozen(called), above=above, trades=trades,
                       frame=self.frame | frozenset(frame))  # fmt: skip


def _made_of(word: str, known: Container[str]) -> bool:
    """Whether a word is a row of two or more known words of two characters and more."""
    return bool(_joints(word, known))


def _joints(word: str, known: Container[str]) -> tuple[int, ...]:
    """Where known words of two characters and more meet that make up a word: the places every such
    row of two or more has between its words, all rows taken together."""
    whole = len(word)

    def whole_to(end: int) -> bool:
        return end == 0 or any(
            word[start:end] in known and whole_to(start)
            for start in range(end - 1) if (start, end) != (0, whole)
        )  # fmt: skip

    def whole_from(start: int) -> bool:
        return start == whole or any(
            word[start:end] in known and whole_from(end)
            for end in range(start + 2, whole + 1) if (start, end) != (0, whole)
        )  # fmt: skip

    return tuple(at for at in range(2, whole - 1) if whole_to(at) and whole_from(at))


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with the product."""
    folder = files("bianzhi.methods.overlap") / "data"
    lists = sorted((each for each in (folder / "matters").iterdir() if each.name.endswith(".txt")),
                   key=lambda each: each.name)  # fmt: skip
    entries = [
        entry for each in lists for entry in thesaurus.read(each.read_text("utf-8"), each.name)
    ]
    return read(tomllib.loads((folder / "lexicon.toml").read_text("utf-8")), entries)


def read(lexicon: Mapping[str, Any], entries: Sequence[Entry]) -> Lexicon:
    """A lexicon from its parsed file and the lines of its word lists."""
    actions: dict[str, Action] = {}
    for part in lexicon["action"]:
        for word in part["words"].split():
            actions.setdefault(word, Action(part["side"], part.get("kind", "")))
    named = [entry for entry in entries if entry.trade != GENERAL]
    called: dict[str, set[str]] = {}
    for entry in named:
        for word in entry.names:
            called.setdefault(word, set()).add(entry.names[0])
    general = [entry for entry in entries if entry.trade == GENERAL]
    frames = frozenset(lexicon["frame"]["words"].split())
    known = called.keys() | actions.keys() | frames | {w for e in general for w in e.names}
    words = {kind: {word for entry in general if entry.field == kind for word in entry.names
                    if word not in called and not _made_of(word, known)}
             for kind in (DOINGS, THINGS, PLACES, FRAMES)}  # fmt: skip
    for word in sorted(words[DOINGS]):
        actions.setdefault(word, Action(BOTH))
    above = thesaurus.above(named)
    trades: dict[str, set[str]] = {}
    for entry in named:
        for each in (entry.names[0], *above[entry.names[0]]):
            trades.setdefault(each, set()).add(entry.trade)
    own = frozenset(lexicon.get("object", {}).get("words", "").split())
    carrying = called.keys() | actions.keys() | own | words[THINGS]
    return Lexicon(
        frame=frames | (words[FRAMES] - carrying),
        scope=frozenset(lexicon["scope"]["words"].split()) | words[PLACES],
        actions=actions,
        exceptions=frozenset(lexicon["except"]["words"].split()),
        names=_frozen(called),
        above=above,
        trades=_frozen(trades),
        objects=own | words[THINGS],
        doings={word: e.names[0] for e in general if e.field == DOINGS for word in e.names},
    )


def _frozen(sets: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(names) for word, names in sets.items()}


def background_texts() -> list[str]:
    """The shipped statements from which is told which characters are common everywhere.

    They are the product's own wording, a few for each trade; no institution wrote them.
    """
    text = (files("bianzhi.methods.overlap") / "data" / "background.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
