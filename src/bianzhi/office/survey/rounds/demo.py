"""What the demo shows of a survey: a round whose answers came back as workbooks.

Every answer goes through the door of all workbooks, so the demo cannot show what could not be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from django.db import transaction

from bianzhi.core.days import day_number
from bianzhi.office.desk.held import held
from bianzhi.office.survey.rounds import keeping
from bianzhi.office.survey.rounds.choosing import INSTITUTIONS, Wish, choose, told
from bianzhi.office.survey.rounds.content import OWN, YEAR
from bianzhi.office.survey.rounds.form import Form, FormPart, Forms, Line
from bianzhi.office.survey.rounds.interviewing import note
from bianzhi.office.survey.rounds.models import ACCEPTED, SUBMITTED, Round, Sheet
from bianzhi.office.survey.rounds.opening import open_round
from bianzhi.office.survey.rounds.prefill import words_of
from bianzhi.office.survey.rounds.questions.library import USUAL
from bianzhi.office.survey.rounds.taking import take_back
from bianzhi.office.survey.rounds.workbook.writing import write_workbook

CLERK, HEAD = "bianban", "zhuren"
SILENT = 7  # every seventh unit has not answered
WAITING = 5  # every fifth answer waits to be looked at
Cells = dict[tuple[str, str, str], str]


class Work(Protocol):
    """A matter of work by year."""

    @property
    def item(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def amounts(self) -> Mapping[int, float]: ...


class Served(Protocol):
    """How many are served by year."""

    @property
    def measure(self) -> str: ...
    @property
    def amounts(self) -> Mapping[int, float]: ...


class Said(Protocol):
    """What a unit tells, wherever it comes from: its name, duties by text, work, people, words."""

    @property
    def unit(self) -> str: ...
    @property
    def duties(self) -> Mapping[str, tuple[str, str]]: ...
    @property
    def work(self) -> Sequence[Work]: ...
    @property
    def served(self) -> Sequence[Served]: ...
    @property
    def outside(self) -> Mapping[str, int]: ...
    @property
    def voices(self) -> Sequence[tuple[str, str]]: ...


@transaction.atomic
def make_demo_round(said: Callable[[], Sequence[Said]], own: str, now: datetime) -> int:
    """A round over all institutions, made once; how many have answered.

    Args:
        said: Gives what the units tell, by name.
        own: Key of the unit of the demo's clerk, whose sheet is sent back.
        now: The clock.
    """
    if not Round.objects.exists():
        _made(said(), own, now)
    return Sheet.objects.filter(status__in=(SUBMITTED, ACCEPTED)).count()


def _made(said: Sequence[Said], own: str, now: datetime) -> None:
    state = held().state(day_number(now.date()), held().columns.head)
    wish = Wish(INSTITUTIONS)
    units = choose(state, wish)["unit"].to_list()
    if not units:
        return
    round = open_round(
        f"{now.year} 年事业单位机构编制调研", USUAL, units, state.state,
        now.date() + timedelta(days=10), chosen=told(state, wish, len(units), len(units)),
        by=CLERK, now=now,
    )  # fmt: skip
    _answered(round, {each.unit: each for each in said}, own, now)
    _looked_at(round, own, now)


def _answered(round: Round, said: Mapping[str, Said], own: str, now: datetime) -> None:
    words, forms = words_of(round), Forms(round)
    for at, sheet in enumerate(round.sheets.order_by("unit")):
        name = words.name(sheet.unit)
        one = next((each for key, each in said.items() if name.endswith(key)), None)
        if one is None or (at % SILENT == 0 and sheet.unit != own):
            continue
        form = forms.of(sheet.unit)
        cells = filled(form, one)
        tables = form.filled(partial(_cell, cells))
        book = write_workbook(round, sheet.unit, name, form, tables)
        take_back(round, [(f"{name}.xlsx", book)], name, now)


def _cell(cells: Cells, part: str, row: str, column: str) -> str:
    return cells.get((part, row, column), "")


def _looked_at(round: Round, own: str, now: datetime) -> None:
    """Most answers accepted, the clerk's own sent back, the silent reminded, one interview."""
    sheets = list(round.sheets.select_related("round").order_by("unit"))
    for at, sheet in enumerate(each for each in sheets if each.status == SUBMITTED):
        if sheet.unit == own:
            keeping.send_back(sheet, "业务量请按学年改为按自然年填写，并附上依据", HEAD, now)
        elif at % WAITING:
            keeping.accept(sheet, CLERK, now)
    keeping.remind(sheets, "请在期限前填报调研问卷，有困难请与编办联系。", CLERK, now)
    state = held().state(day_number(now.date()), held().columns.head).state
    note(round, state, held_on=now.date(), place="单位会议室", interviewers="周敏、秦岳",
         interviewed="单位主要负责人", units=[own or sheets[0].unit],
         text="主要负责人介绍了近几年人员变动和业务开展情况，反映年轻教职工补充慢、后勤靠编外人员。",
         by=CLERK, now=now)  # fmt: skip


def filled(form: Form, said: Said) -> Cells:
    """The cells of a form as the unit would fill them in."""
    return {
        (part.part.key, line.id, column): value
        for part in form.parts
        for at, line in enumerate(part.lines)
        for column, value in _FILL[part.part.kind.code](part, line, at, said).items()
    }  # fmt: skip


def _duties(part: FormPart, line: Line, at: int, said: Said) -> dict[str, str]:
    if line.own:
        return {}
    done, reason = said.duties.get(line.given["text"], ("full", ""))
    return {"done": done, "reason": reason}


def _outside(part: FormPart, line: Line, at: int, said: Said) -> dict[str, str]:
    people = said.outside.get(line.id, 0)
    return {"people": str(people), "note": "辅助岗位，单位经费" if people else ""}


def _workload(part: FormPart, line: Line, at: int, said: Said) -> dict[str, str]:
    if at >= len(said.work):
        return {}
    work = said.work[at]
    return {"item": work.item, "measure": work.measure, **_years(work.amounts)}


def _served(part: FormPart, line: Line, at: int, said: Said) -> dict[str, str]:
    """A row that asks for a measure is filled with that measure only; others stand in own rows."""
    asked = [each.given["measure"] for each in part.lines if "measure" in each.given]
    told_of = line.given.get("measure", "")
    if told_of:
        fits = [each for each in said.served if each.measure == told_of]
        return _years(fits[0].amounts) if fits else {}
    rest = [each for each in said.served if each.measure not in asked]
    if not line.own or int(line.id.removeprefix(OWN)) > len(rest):
        return {}
    mine = rest[int(line.id.removeprefix(OWN)) - 1]
    return {"measure": mine.measure, **_years(mine.amounts)}


def _years(amounts: Mapping[int, float]) -> dict[str, str]:
    return {f"{YEAR}{year}": f"{amount:g}" if amount < 1e5 else str(round(amount))
            for year, amount in amounts.items()}  # fmt: skip


def _problems(part: FormPart, line: Line, at: int, said: Said) -> dict[str, str]:
    told_of = line.given.get("kind", "")
    fixed = [each.given["kind"] for each in part.lines if not each.own]
    rest = list(said.voices)
    for kind in fixed:  # the first of each kind stands in the row that asks for it
        first = next((each for each in rest if each[0] == kind), None)
        if first is not None:
            rest.remove(first)
            if told_of == kind:
                return {"text": first[1]}
    if not line.own or int(line.id.removeprefix(OWN)) > len(rest):
        return {}
    kind, text = rest[int(line.id.removeprefix(OWN)) - 1]
    return {"kind": kind, "text": text}


def _questions(part: FormPart, line: Line, at: int, said: Said) -> dict[str, str]:
    column = next(each for each in line.columns if each.name == "answer")
    if column.choices:
        return {"answer": next(iter(column.choices))}
    return {"answer": "本单位经办人"} if line.required else {}


_FILL: dict[str, Callable[[FormPart, Line, int, Said], dict[str, str]]] = {
    "duties": _duties, "outside": _outside, "workload": _workload, "served": _served,
    "problems": _problems, "questions": _questions,
    "sections": lambda part, line, at, said: {} if line.own else {"kept": "kept"},
    "figures": lambda part, line, at, said: {"same": "yes"},
}  # fmt: skip
