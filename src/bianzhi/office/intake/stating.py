"""Numbers stated by the papers of a delivery: kept for the page, confirmed by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bianzhi.core.days import day_text, parse_day
from bianzhi.core.documents import normal_doc_no
from bianzhi.core.errors import Refusal
from bianzhi.core.quantity import quantity_text
from bianzhi.office.intake.models import POSTED, VOID, DeliveredFile, Delivery, Stated
from bianzhi.office.intake.plan.stating import Stated as Planned
from bianzhi.office.intake.wording import DIFFERS, LACKING, SAME, quoted

OPEN = (SAME, DIFFERS, LACKING)  # verdicts a person may confirm


def keep(delivery: Delivery, stated: Iterable[Planned]) -> None:
    """The numbers as compared now; what was confirmed before stays so while it can be."""
    confirmed = dict(delivery.stated.exclude(confirmed="").values_list("key", "confirmed"))
    files = {each.name: each for each in delivery.files.all()}
    delivery.stated.all().delete()
    rows = {each.key: _row(delivery, files, each, confirmed.get(each.key, "")) for each in stated}
    Stated.objects.bulk_create(rows.values(), batch_size=500)


def _row(
    delivery: Delivery, files: dict[str, DeliveredFile], each: Planned, confirmed: str
) -> Stated:
    number, held = each.number, each.held
    origin = "" if held is None else quoted(each.held_origin, each.held_words)
    return Stated(
        delivery=delivery, file=files[each.written.file], key=each.key[:200],
        place=number.place[:100], words=number.words, phrase=number.phrase[:400],
        unit=each.unit[:80], unit_name=each.unit_name[:200], title=each.title[:100],
        said=quantity_text(number.n), held="" if held is None else quantity_text(held),
        held_day=None if held is None else each.day, held_origin=origin[:400],
        verdict=each.verdict, confirmed=confirmed if each.verdict in OPEN else "",
    )  # fmt: skip


def confirm(file: DeliveredFile, keys: Collection[str], by: str) -> int:
    """A person confirms these numbers of a paper and no others; how many there are now.

    Raises:
        Refusal: The delivery is posted or laid aside.
    """
    _need_open(file.delivery)
    rows = list(file.stated.filter(verdict__in=OPEN))
    for each in rows:
        each.confirmed = (each.confirmed or by) if each.key in keys else ""
    Stated.objects.bulk_update(rows, ["confirmed"], batch_size=500)
    return sum(bool(each.confirmed) for each in rows)


def correct(file: DeliveredFile, unit: str, day: str, doc_no: str) -> None:
    """A person says whose paper it is, from when it holds and what its 文号 is.

    Raises:
        Refusal: The delivery is posted or laid aside, or the day is none.
    """
    _need_open(file.delivery)
    told = {"unit": unit.strip(), "doc_no": normal_doc_no(doc_no.strip())}
    if day.strip():
        told["day"] = day_text(parse_day(day.strip()))
    file.corrections = {name: value for name, value in told.items() if value}
    file.save(update_fields=["corrections"])


def _need_open(delivery: Delivery) -> None:
    if delivery.state in (POSTED, VOID):
        raise Refusal.of(
            "closed-delivery", f"第 {delivery.pk} 批资料已入账或作废",
            "要更正请在台账中办理，或另交一批",
        )  # fmt: skip
