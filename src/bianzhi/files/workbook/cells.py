"""Where a value stands: file, sheet and cell, in the spelling people see in Excel."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


@cache
def column_letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column, counted from 0, of its letters.

    >>> column_number("AB")
    27
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class Cell(NamedTuple):
    """A place in a workbook; row and column count from 0."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def ref(self) -> str:
        """The place inside its sheet as Excel writes it: ``C7``."""
        return f"{column_letters(self.column)}{self.row + 1}"

    def __str__(self) -> str:
        return f"{self.file} 〔{self.sheet}〕{self.ref}"


class Area(NamedTuple):
    """A block of cells, both ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def ref(self) -> str:
        """``A1:C5``."""
        first = f"{column_letters(self.left)}{self.top + 1}"
        return f"{first}:{column_letters(self.right)}{self.bottom + 1}"
