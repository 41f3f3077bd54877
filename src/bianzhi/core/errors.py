"""Refusals: what a clerk is told when something cannot go into the record."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words for the person who has to mend it.

    Attributes:
        code: Stable name of the kind of problem, for scripts and tests ("unknown-kind").
        what: What is wrong, with both numbers where there are two.
        do: What to do about it.
        field: The field of the input it was found in, if one.
        place: Where the input stands: "file:line", a sheet and cell, "" if unknown.
    """

    code: str
    what: str
    do: str = ""
    field: str = ""
    place: str = ""

    def at(self, place: str) -> Problem:
        """The same problem, placed, unless it already knows a closer place."""
        return self if self.place else replace(self, place=place)

    def __str__(self) -> str:
        where = f"{self.place}　" if self.place else ""
        field = f"〔{self.field}〕" if self.field else ""
        advice = f" → {self.do}" if self.do else ""
        return f"{where}{field}{self.what}{advice}"


class Refusal(Exception):
    """Nothing was written: the change as a whole is refused for these problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))

    @classmethod
    def of(cls, code: str, what: str, do: str = "", *, field: str = "", place: str = "") -> Refusal:
        """A refusal for one problem."""
        return cls(Problem(code, what, do, field, place))

    def at(self, place: str) -> Refusal:
        """The same refusal, each problem placed."""
        return Refusal(*(problem.at(place) for problem in self.problems))


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise one refusal that carries all problems, or return quietly when there are none."""
    found = tuple(problems)
    if found:
        raise Refusal(*found)


_CAUSES = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经有这个文件",
    errno.ENOSPC: "磁盘已满",
}


def cause(error: OSError | UnicodeError) -> str:
    """Why a file could not be read or written, in words."""
    if isinstance(error, UnicodeError):
        return "不是 UTF-8 编码的文本"
    return _CAUSES.get(error.errno or 0, error.strerror or str(error))
