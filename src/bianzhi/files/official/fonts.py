"""Which fonts set which part of a paper, and which ones this machine really has.

The standard's own fonts (方正小标宋, 仿宋_GB2312 …) are licensed: an office that has them drops the
files into its fonts folder. Without them the next of the chain is taken, and a page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

# role -> what the standard asks for, and what is taken in its place, best first
CHAINS: dict[str, tuple[str, tuple[str, ...]]] = {
    "title": ("标题、发文机关标志：小标宋", (
        "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK",
        "Noto Serif SC Black", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC",
    )),
    "body": ("正文：仿宋", (
        "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R",
        "Zhuque Fangsong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC",
    )),
    "heading": ("一级标题：黑体", (
        "SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    )),
    "subheading": ("二级标题：楷体", (
        "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "LXGW WenKai", "FandolKai",
        "Noto Serif CJK SC", "Noto Serif SC",
    )),
    "page": ("页码、表格：宋体", (
        "SimSun", "宋体", "STSong", "Noto Serif CJK SC", "Noto Serif SC",
    )),
}  # fmt: skip
STANDARD = {"title": 4, "body": 5, "heading": 3, "subheading": 5, "page": 3}  # the genuine ones


@dataclass(frozen=True)
class Used:
    """What a role is really set in.

    Attributes:
        role: One of ``CHAINS``.
        asked: What the standard asks for, in words.
        family: The family taken; "" where the machine has none of the chain.
        genuine: Whether it is one the standard means.
    """

    role: str
    asked: str
    family: str
    genuine: bool


@dataclass(frozen=True)
class FontSet:
    """The fonts a paper may use: those of a folder and, unless told not to, the machine's."""

    folder: Path | None = None
    system: bool = True

    @property
    def fonts(self) -> typst.Fonts:
        """For the typesetter; read once a folder."""
        return _fonts(self.folder, self.system, _stamp(self.folder))

    def used(self) -> list[Used]:
        """What each role is really set in."""
        have = {family.casefold() for family in self.fonts.families()}
        found = []
        for role, (asked, chain) in CHAINS.items():
            family = next((each for each in chain if each.casefold() in have), "")
            genuine = bool(family) and chain.index(family) < STANDARD[role]
            found.append(Used(role, asked, family, genuine))
        return found

    def chains(self) -> dict[str, list[str]]:
        """Families by role, only those that are there: what is set first, and what stands in for
        characters it lacks."""
        have = {family.casefold() for family in self.fonts.families()}
        return {
            role: [each for each in chain if each.casefold() in have]
            for role, (_, chain) in CHAINS.items()
        }


def _stamp(folder: Path | None) -> tuple[tuple[str, int], ...]:
    """Changes when the folder's files do, so that a font dropped in is seen without a restart."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted((each.name, each.stat().st_mtime_ns) for each in folder.iterdir()))


@lru_cache(maxsize=4)
def _fonts(folder: Path | None, system: bool, stamp: tuple[tuple[str, int], ...]) -> typst.Fonts:
    paths = [str(folder)] if stamp else []
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=paths)
