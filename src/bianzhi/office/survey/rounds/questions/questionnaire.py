"""A questionnaire: its parts in order, with the rows each asks for."""

from __future__ import annotations

from dataclasses import dataclass

from bianzhi.office.survey.rounds.questions.kinds import VOICES, Column, Kind, year_column


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A row that every unit is asked, besides what the record prefills.

    Attributes:
        id: Its name inside the part.
        cells: What it shows, by column.
        answer: How a question of the office's own is answered.
        required: Whether it must be answered.
    """

    id: str
    cells: dict[str, str]
    answer: Column | None = None
    required: bool = False

    @property
    def title(self) -> str:
        """What it asks, in a few words."""
        return "，".join(VOICES.get(each, each) for each in self.cells.values())


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part.

    Attributes:
        key: Its name in answers.
        kind: What it asks.
        title, hint: What people read above it.
        rows: Rows that every unit is asked.
        more: How many rows a unit may add.
        least: How many rows must be filled.
    """

    key: str
    kind: Kind
    title: str
    hint: str
    rows: tuple[Asked, ...]
    more: int
    least: int


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """A questionnaire; ``years`` is how many full years it asks back."""

    title: str
    hint: str
    years: int
    parts: tuple[Part, ...]
    digest: str

    def part(self, key: str) -> Part:
        """A part by its name."""
        return next(each for each in self.parts if each.key == key)


def columns(part: Part, years: tuple[int, ...]) -> tuple[Column, ...]:
    """The columns of a part, those of the years last."""
    return part.kind.columns + tuple(map(year_column, years if part.kind.yearly else ()))
