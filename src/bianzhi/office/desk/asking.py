"""What a page is asked for: which day, as known at which change, and what else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

import polars as pl
from django.http import Http404, HttpRequest
from django.utils import timezone

from bianzhi.core.columns import Columns
from bianzhi.core.days import day_date, day_number, day_text, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.office.access.rights import need as need_right
from bianzhi.office.access.rights import reach
from bianzhi.office.access.roles import READ
from bianzhi.office.desk.held import held
from bianzhi.office.desk.today import today
from bianzhi.office.desk.words import Words

VIEWPOINT = ("on", "known")
PAGE = "page"
AS = "as"  # in what form: as a workbook


@dataclass(frozen=True)
class Asked:
    """The viewpoint of a page, and the record seen from it.

    Attributes:
        on: The day.
        words: The state of that day, with the words for it.
        carried: What the address said about day and change; every link of the page says it too.
        others: The rest of the address, kept when another day is picked.
    """

    on: int
    words: Words
    carried: dict[str, str]
    others: dict[str, str]

    @property
    def same(self) -> dict[str, str]:
        """The address of this very page, to be asked for in another form."""
        return {**self.carried, **self.others}

    @property
    def state(self) -> State:
        """The state of the day."""
        return self.words.state

    @property
    def columns(self) -> Columns:
        """The whole record."""
        return self.state.columns

    def may_see(self, key: str) -> bool:
        """Whether a unit lies in what the user may see on the day."""
        inside = self.state.inside
        return inside is None or key in inside

    @property
    def day(self) -> str:
        """The day as it is written."""
        return day_text(self.on)

    @property
    def when(self) -> str:
        """How the day lies to today, in words."""
        now = day_number(today())
        return "今天" if self.on == now else "过去" if self.on < now else "将来"

    @property
    def is_latest(self) -> bool:
        """Whether everything posted is known."""
        return self.state.known == self.columns.head

    @property
    def unusual(self) -> bool:
        """Whether the page shows anything else than today with everything known."""
        return self.when != "今天" or not self.is_latest

    @property
    def scope_name(self) -> str:
        """The unit a confined user sees with all below it."""
        return self.words.name(self.state.scope or "")

    @property
    def later(self) -> int:
        """How many changes were posted after the one asked for."""
        return self.columns.head - self.state.known


def asked(request: HttpRequest) -> Asked:
    """The viewpoint of a request: today and everything known, unless the address says another.

    Raises:
        Refusal: The day or the change number is none.
    """
    given = {name: request.GET[name].strip() for name in request.GET}
    need_right(request.user, READ)
    record = held()
    on = day_of(given.get("on", ""), day_number(today()))
    known = known_of(given.get("known", ""), record.columns)
    return Asked(
        on,
        record.state(on, known, reach(request.user)),
        {name: given[name] for name in VIEWPOINT if given.get(name)},
        {k: v for k, v in given.items() if k not in (*VIEWPOINT, PAGE, AS) and v},
    )


def day_of(text: str, default: int) -> int:
    """A day of the address."""
    return parse_day(text) if text else default


def known_of(text: str, columns: Columns) -> int:
    """The change up to which to look: its number, or a day by whose end it was posted.

    The clock is a label only: where it was set back, the last change that bears the day counts.
    """
    if not text or text.isdecimal() or text.startswith("-"):
        return number_of(text, columns.head)
    ends = datetime.combine(day_date(parse_day(text) + 1), time(), timezone.get_current_timezone())
    changes = columns.frame("changes")
    posted = changes.filter(pl.col("recorded_at") < ends.astimezone(UTC).isoformat())["no"].max()
    return int(posted or 0)  # type: ignore[arg-type]


def number_of(text: str, default: int) -> int:
    """A number of the address."""
    if not text:
        return default
    if not text.isdecimal() or len(text) > 18:
        raise Refusal.of("bad-number", f"“{text}”不是编号", "请填写整数，或留空")
    return int(text)


def need(what: str, value: str | None) -> str:
    """A part of the address without which there is no page."""
    if not value:
        raise Http404(f"地址里没有写明{what}")
    if "\0" in value:  # PostgreSQL keeps none and would not even look for one
        raise Http404(f"“{value!r}”不是{what}")
    return value
