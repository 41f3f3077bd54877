"""Papers handed over as planning takes them: what a 三定 or 批复 writes, number by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bianzhi.core.documents import Document
from bianzhi.office.intake.wording import POSTS


@dataclass(frozen=True)
class Number:
    """A number as a paper writes it.

    Attributes:
        place, words: The clause (第六条) and its text.
        phrase: The words the number was read from.
        what: posts, leaders or sections.
        kind, funding: Codes; "" where the paper does not say.
        n: In ten-thousandths.
        part: Whether it is a part of another number of the clause (其中, 含).
        names: Of sections, their names where the paper lists them.
    """

    place: str
    words: str
    phrase: str
    what: str
    kind: str
    n: int
    funding: str = ""
    part: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A paper handed over as a file.

    Attributes:
        file: Its name.
        document: As the grounds of a change; holds the digest of the file.
        subject: The unit it is about, by name.
        numbers: What it states.
    """

    file: str
    document: Document
    subject: str
    numbers: tuple[Number, ...]

    @property
    def day(self) -> int | None:
        """From when it holds; None where it has no day."""
        paper = self.document
        return paper.doc_date if paper.effective_on is None else paper.effective_on


def whole(numbers: Iterable[Number]) -> list[Number]:
    """Parts of another kind taken out of the whole: 事业编制15名（含周转3名） is 12 and 3.

    Parts by funding form stay beside their whole; parts of leadership posts are told by it.
    """
    found: list[Number] = []
    for number in numbers:
        if number.part and number.what != POSTS:
            continue
        if number.part and number.kind and not number.funding:
            at = _whole_of(found, number)
            if at is not None and found[at].n > number.n:
                found[at] = replace(found[at], n=found[at].n - number.n)
        found.append(number)
    return found


def _whole_of(found: Sequence[Number], part: Number) -> int | None:
    """The place of the number a part belongs to: the last of its clause and family."""
    for at in range(len(found) - 1, -1, -1):
        each = found[at]
        same = each.place == part.place and each.what == POSTS and not each.part
        if same and each.kind != part.kind and each.kind[:1] == part.kind[:1]:
            return at
    return None
