"""One unit seen by index: the viewpoint of its page, at any size of the record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from bianzhi.core.book import Book
from bianzhi.core.columns import Columns
from bianzhi.core.facts import HOLDERS
from bianzhi.core.state import State
from bianzhi.core.unit import is_under
from bianzhi.office.access.rights import reach
from bianzhi.office.desk.asking import Asked, asked, need
from bianzhi.office.desk.words import Words
from bianzhi.record.engine import Engine
from bianzhi.record.source import SqlSource
from bianzhi.record.unit import load_unit


class UnitWords(Words):
    """Words out of one unit's part of the record; what later changes said of a paper stands only in
    the whole."""

    def __init__(self, state: State, whole: Words) -> None:
        super().__init__(state)
        self.whole = whole

    @cached_property
    def _amended(self) -> dict[tuple[str, int], int]:
        return self.whole._amended


@dataclass(frozen=True)
class Sight(Asked):
    """The viewpoint of a page about one unit.

    Attributes:
        code: The unit.
        book: The record up to the change asked for, read as the page needs it.
        part: The unit's part of the record.
        whole: The whole record; nothing here folds it.
        own: The unit whose subtree the user is confined to.
        area: What the user may see of the whole area, for what is found there.
    """

    code: str
    book: Book
    part: Columns
    whole: Columns
    own: str | None
    area: Words

    @property
    def columns(self) -> Columns:
        """The whole record: the heading says how far it goes."""
        return self.whole

    def may_see(self, key: str) -> bool:
        """Whether a unit lies in what the user may see on the day."""
        return self.own is None or is_under(self.book, key, self.own, self.on)


def sight(request: HttpRequest) -> Sight:
    """The viewpoint of a request about the unit it names.

    Raises:
        Refusal: There is no such unit.
        PermissionDenied: It is outside what the user may see on the day.
    """
    view = asked(request)
    code = need("单位代码", request.GET.get("code"))
    known, own = view.state.known, reach(request.user)
    book = Book(SqlSource(Engine(), known))
    if book.cls(code) in HOLDERS and own and not is_under(book, code, own, view.on):
        raise PermissionDenied(f"“{code}”在 {view.day} 不在您的范围内")
    part = load_unit(code, known=known)
    words = UnitWords(State(part, view.on, known), view.words)
    return Sight(
        view.on, words, view.carried, view.others, code, book, part, view.columns, own, view.words
    )


def seen(view: Asked, key: str) -> None:
    """Go on only if the user may see a unit; for pages that read the whole state.

    Raises:
        PermissionDenied: It is outside what the user may see on the day.
    """
    if not view.may_see(key):
        raise PermissionDenied(f"“{key}”在 {view.day} 不在您的范围内")  # its name is not told
