"""Which thresholds the diagnosis goes by: those that come with the product, or the office's own."""

from __future__ import annotations

from hashlib import sha256
from itertools import takewhile

from django.db import transaction
from django.utils import timezone

from bianzhi.core.errors import Problem, Refusal
from bianzhi.office.checks.models import PackVersion
from bianzhi.rules.diagnosis.thresholds import Thresholds, read_thresholds, usual, usual_text

KEY = "diagnosis"  # the short name under which they are kept among the packs
LARGEST = 500_000  # characters


def thresholds_on(day: int) -> Thresholds:
    """The thresholds meant for a day: of the office's own in use the newest whose days hold it,
    else those that come with the product."""
    return next((each for _, each in own() if each.in_force(day)), usual())


def own() -> list[tuple[PackVersion, Thresholds]]:
    """The office's own in use that can be read, the newest first."""
    return [(version, given) for version in _used() if (given := _read(version)) is not None]


def faults() -> tuple[Problem, ...]:
    """What is wrong with the newest own ones, where a later version of the product no longer
    reads them."""
    for version in _used()[:1]:
        try:
            read_thresholds(version.text)
        except Refusal as refusal:
            return refusal.problems
    return ()


def _used() -> list[PackVersion]:
    """Laying them aside lays aside all before."""
    rows = PackVersion.objects.filter(key=KEY).order_by("-id")
    return list(takewhile(lambda version: version.used, rows))


def _read(version: PackVersion) -> Thresholds | None:
    try:
        return read_thresholds(version.text)
    except Refusal:  # the page says so: see faults()
        return None


def text() -> str:
    """The text to start from: the office's newest, else the product's."""
    last = PackVersion.objects.filter(key=KEY).exclude(text="").order_by("-id").first()
    return last.text if last else usual_text()


@transaction.atomic
def keep(text: str, by: str) -> PackVersion:
    """Take the office's own thresholds into use, after they were checked.

    Raises:
        Refusal: With everything that is wrong with them.
    """
    if len(text) > LARGEST:
        raise Refusal.of("large-pack", f"诊断门槛超过 {LARGEST} 字", "请核对是不是诊断门槛")
    given = read_thresholds(text)
    return PackVersion.objects.create(
        key=KEY, title=given.title, text=text, digest=sha256(text.encode()).hexdigest(),
        used=True, by=by, at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def choose(used: bool, by: str) -> PackVersion:
    """Lay the office's own thresholds aside, or take the last ones to use again.

    Raises:
        Refusal: There are none of its own; or the last can no longer be read.
    """
    last = PackVersion.objects.filter(key=KEY).exclude(text="").order_by("-id").first()
    if last is None:
        raise Refusal.of("no-own", "本办没有自己的诊断门槛", "请先上传")
    if used:
        return keep(last.text, by)
    return PackVersion.objects.create(
        key=KEY, title=last.title, used=False, by=by, at=timezone.now()
    )  # fmt: skip
