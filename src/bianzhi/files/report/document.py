"""What a report says, apart from how it looks.

A number gets into a sentence, a table or a picture only as a :class:`Figure`; plain words refuse
digits. So the same number is the same object wherever it is printed, and none is typed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

LEVELS = (1, 2, 3)  # 一、 （一） 1.
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """Words of the report itself: no digits."""

    text: str

    def __post_init__(self) -> None:
        if any(each.isdigit() for each in self.text):
            raise ValueError(f"a number in plain words: {self.text!r}; make it a figure or a quote")


@dataclass(frozen=True)
class Quote:
    """Words of others as they stand: a name, a code, a day, a 文号, what a duty or a rule says.

    Attributes:
        text: The words.
        address: Where they can be read, "" where nothing but the words is meant.
    """

    text: str
    address: str = ""


@dataclass(frozen=True)
class Blank:
    """What the office has to write itself; it cannot be overlooked: 【请补充：…】."""

    what: str

    @property
    def text(self) -> str:
        """As it is printed."""
        return f"【请补充：{self.what}】"


@dataclass(frozen=True)
class Figure:
    """A number with its grounds.

    Attributes:
        name: Its 代号; two figures of one name are the same figure.
        value: The number, rounded as it is printed.
        text: As it is printed, with % where it is a share.
        title: What it counts, in words.
        basis: 口径.
        address: The page of the site that shows it with what it is made of.
        group: Figures of one table are listed as one source; "" for one listed by itself.
    """

    name: str
    value: float
    text: str
    title: str
    basis: str
    address: str
    group: str = ""


Piece: TypeAlias = Text | Quote | Blank | Figure
Cell: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of a level; its number is counted when the report is made."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        title: Above it, after its number.
        heads: Headings.
        rows: Cells.
        numeric: Places (from 0) of columns of numbers.
        widths: Shares of the columns.
        summed: Whether the last row is the sum of those above it.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    summed: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing.

    Attributes:
        title: Under it, after its number.
        drawing: SVG.
        said: What it shows, in words, for who cannot see it.
        figures: The figures printed in it.
        scale: Other numbers printed in it: the ticks of an axis.
    """

    title: str
    drawing: str
    said: str
    figures: tuple[Figure, ...] = ()
    scale: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | Table | Picture


@dataclass(frozen=True)
class Annex:
    """An attachment, on a page of its own."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes:
        title: Its title; a line break is kept.
        under: The line under it: the day and the change it is known at.
        body, annexes: What it says.
        base: The site the addresses lie on, such as http://10.1.2.3:8000.
        where: The address to which the 代号 of a figure is added to open it.
        day: (year, month, day) of the numbers, and of the file.
    """

    title: str
    under: str
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    base: str
    where: str
    day: tuple[int, int, int]

    @property
    def blocks(self) -> Iterator[Block]:
        """Everything, the annexes after the body."""
        yield from self.body
        for annex in self.annexes:
            yield from annex.body

    def figures(self) -> Iterator[Figure]:
        """The figures in the order they are printed, each as often as it is."""
        for block in self.blocks:
            yield from figures_of(block)


def figures_of(block: Block) -> Iterator[Figure]:
    """The figures of a block in the order they are printed."""
    if isinstance(block, Picture):
        yield from block.figures
    for piece in pieces_of(block):
        if isinstance(piece, Figure):
            yield piece


def pieces_of(block: Block) -> Iterator[Piece]:
    """The pieces of a block, a table's row by row."""
    if isinstance(block, Paragraph):
        yield from block.pieces
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell


def say(sentence: str, **given: Piece | str | tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A sentence with its pieces in their places; a plain string is a quote.

    >>> [type(each).__name__ for each in say("共{n}家", n=Quote("3"))]
    ['Text', 'Quote', 'Text']
    """
    found: list[Piece] = []
    for place, part in enumerate(_PLACE.split(sentence)):
        if place % 2 == 0:
            found += [Text(part)] if part else []
            continue
        piece = given[part]
        found += piece if isinstance(piece, tuple) else [_quoted(piece)]
    return tuple(found)


def _quoted(piece: Piece | str) -> Piece:
    return Quote(piece) if isinstance(piece, str) else piece
