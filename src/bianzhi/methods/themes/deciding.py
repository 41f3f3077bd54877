"""What people decide about themes, and what it teaches: quotes moved, themes made, joined, split.

Decisions are a list that only grows; one may take back an earlier one. Each time all of them are
applied afresh, so what was taken back teaches nothing. A move teaches by example alone: the same
words, or words that resemble them, said again go the same way, and the quote shows the example.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bianzhi.methods.themes.catalogue import Catalogue, Theme
from bianzhi.methods.themes.errors import ThemeError

MOVE, RENAME, MERGE, SPLIT, ADD, UNDO = "move", "rename", "merge", "split", "add", "undo"
VERBS = {
    MOVE: "改归", RENAME: "改名", MERGE: "并入", SPLIT: "拆出", ADD: "新设", UNDO: "撤回",
}  # fmt: skip
UNSORTED, NOTHING, FOUND = "unsorted", "nothing", "new:"
OWN = "own:"


@dataclass(frozen=True)
class Decision:
    """One decision.

    Attributes:
        no: Its number, ascending; a theme it makes is called ``own:no``.
        verb: One of VERBS.
        theme: The theme it is about; of a move the one the quote leaves.
        to: Where to (move, merge).
        title, words: Of a theme made (add, split) or renamed.
        answer, quote: What is moved: the answer, and the complaint as it stands there.
        of: The decision taken back.
        reason: Why.
    """

    no: int
    verb: str
    theme: str = ""
    to: str = ""
    title: str = ""
    words: tuple[str, ...] = ()
    answer: str = ""
    quote: str = ""
    of: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Taught:
    """Decisions that stand, ready to be applied.

    Attributes:
        catalogue: With the themes made and renamed; merged and split ones are still in it.
        moved: (answer, quote, theme left) -> decision.
        of_quote: (answer, quote) -> decision, the last; for when the theme it left has changed.
        examples: Moves as examples: (quote, theme left) -> decision, the last where several.
        merged: Theme -> theme.
        splits: In order.
    """

    catalogue: Catalogue
    moved: dict[tuple[str, str, str], Decision] = field(default_factory=dict)
    of_quote: dict[tuple[str, str], Decision] = field(default_factory=dict)
    examples: dict[tuple[str, str], Decision] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    splits: tuple[Decision, ...] = ()

    def final(self, theme: str) -> str:
        """The theme a theme has become part of, itself where none."""
        seen = {theme}
        while theme in self.merged and self.merged[theme] not in seen:
            theme = self.merged[theme]
            seen.add(theme)
        return theme


def left(theme: str) -> str:
    """The theme a quote leaves as it is remembered: found themes have no name that lasts."""
    return UNSORTED if theme.startswith(FOUND) else theme


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions not taken back (one that takes back may itself be taken back), in order.

    >>> [d.no for d in standing([Decision(1, MERGE), Decision(2, UNDO, of=1)])]
    []
    """
    ordered = sorted(decisions, key=lambda each: each.no)
    gone: set[int] = set()
    for each in reversed(ordered):
        if each.verb == UNDO and each.no not in gone:
            gone.add(each.of)
    return [each for each in ordered if each.no not in gone and each.verb != UNDO]


def teach(decisions: Sequence[Decision], catalogue: Catalogue) -> Taught:
    """All decisions applied to a catalogue.

    Raises:
        ThemeError: A verb there is not, or a theme that does not exist (any more).
    """
    themes = dict(catalogue.by_code)
    merged: dict[str, str] = {}
    moves, splits = [], []
    for each in standing(decisions):
        _check(each, themes)
        if each.verb in (ADD, SPLIT):
            code = f"{OWN}{each.no}"
            words = frozenset(each.words) if each.verb == ADD else frozenset[str]()
            themes[code] = Theme(code, each.title, each.reason, words, source="本办公室")
            splits += [each] if each.verb == SPLIT else []
        elif each.verb == RENAME:
            themes[each.theme] = replace(themes[each.theme], title=each.title)
        elif each.verb == MERGE:
            merged[each.theme] = each.to
        else:
            moves.append(each)
    return Taught(
        catalogue.with_themes(themes.values()),
        {(each.answer, each.quote, left(each.theme)): each for each in moves},
        {(each.answer, each.quote): each for each in moves},
        {(each.quote, left(each.theme)): each for each in moves},
        merged, tuple(splits),
    )  # fmt: skip


def _check(each: Decision, themes: dict[str, Theme]) -> None:
    if each.verb not in VERBS:
        raise ThemeError(f"第 {each.no} 条决定“{each.verb}”不认识；可以是 {'、'.join(VERBS)}")
    needed = {RENAME: (each.theme,), MERGE: (each.theme, each.to), SPLIT: (each.theme,)}
    for theme in needed.get(each.verb, ()):
        if theme not in themes:
            raise ThemeError(
                f"第 {each.no} 条决定（{VERBS[each.verb]}）说到的主题“{theme}”不存在，"
                "可能设立它的决定已撤回；请先撤回这一条"
            )
    if each.verb == MOVE and each.to not in themes and each.to not in (UNSORTED, NOTHING):
        raise ThemeError(f"第 {each.no} 条决定改归的主题“{each.to}”不存在；请选现有的主题")
    if each.verb in (ADD, SPLIT, RENAME) and not each.title.strip():
        raise ThemeError(f"第 {each.no} 条决定（{VERBS[each.verb]}）没有写主题的名称")
    if each.verb == SPLIT and not any(each.words):
        raise ThemeError(f"第 {each.no} 条决定没有写凭哪些词拆出；请写一个词，含这个词的归新主题")
