"""Where everything stands in the workbook of a sheet: the same for writing and reading."""

from __future__ import annotations

import re
from typing import NamedTuple

from bianzhi.office.survey.rounds.form import FormPart
from bianzhi.office.survey.rounds.models import Round

COVER = "填表说明"
IDENTITY = "_bianzhi"  # very hidden: whose answers to which questions these are
MARK = "bianzhi-survey-1"
TITLE, HINT, HEADS, BODY = 0, 1, 2, 3  # rows of the sheet of a part
ID, FIRST = 0, 1  # columns: the hidden one of row ids, the first of the questions
_UNFIT = re.compile(r"[\[\]:*?/\\']")


class Identity(NamedTuple):
    """What the hidden sheet says, a line each."""

    mark: str
    round: str
    opened: str
    digest: str
    unit: str


def identity(round: Round, unit: str) -> Identity:
    """Whose answers to which questions a workbook holds."""
    return Identity(MARK, str(round.pk), round.opened_at.isoformat(), round.digest, unit)


def sheet_name(part: FormPart) -> str:
    """The name of the sheet of a part."""
    return clean(f"{part.no} {part.part.title}")


def clean(title: str) -> str:
    """A title as Excel allows it for a sheet."""
    return _UNFIT.sub("", title)[:31].strip()
