"""Which packs the office uses: shipped ones it chose, and its own."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from bianzhi.core.errors import Problem, Refusal
from bianzhi.office.checks import thresholds
from bianzhi.office.checks.models import PackVersion
from bianzhi.rules import shipped
from bianzhi.rules.pack import Pack
from bianzhi.rules.parameters import Trees
from bianzhi.rules.reading import read_pack

OWN = "own"
LARGEST = 500_000  # characters of a pack: a hundred times the national one
_KEY = re.compile(r"[a-z0-9-]{1,40}")


class Listed(NamedTuple):
    """A pack as the page lists it; ``problems`` say why it cannot be used as it stands."""

    key: str
    title: str
    used: bool
    by: str
    at: object
    pack: Pack | None
    problems: tuple[Problem, ...] = ()


def listed(trees: Trees | None = None) -> list[Listed]:
    """All packs, shipped ones first, the office's own last."""
    last = {each.key: each for each in PackVersion.objects.exclude(key=thresholds.KEY)}
    found = []
    for key in shipped.names():
        version, pack = last.pop(key, None), shipped.pack(key)
        used = version.used if version else key in shipped.USUAL
        by, at = (version.by, version.at) if version else ("", None)
        found.append(Listed(key, pack.title, used, by, at, pack))
    return found + [_own(version, trees) for version in last.values()]


def _own(version: PackVersion, trees: Trees | None) -> Listed:
    about = (version.key, version.title, version.used, version.by, version.at)
    try:
        return Listed(*about, read_pack(version.key, version.text, trees))
    except Refusal as refusal:  # a code it names is gone since
        return Listed(*about, None, refusal.problems)


def in_use(trees: Trees | None = None) -> list[Pack]:
    """The packs to run, from the widest to the most local; broken ones are left out."""
    return [each.pack for each in listed(trees) if each.used and each.pack is not None]


def broken(trees: Trees | None = None) -> list[str]:
    """Titles of packs that are to be used and cannot be."""
    return [each.title for each in listed(trees) if each.used and each.pack is None]


def revision() -> int:
    """Grows with every choice, so that results made before are made anew."""
    last = PackVersion.objects.order_by("-id").values_list("id", flat=True).first()
    return last or 0


@transaction.atomic
def choose(key: str, used: bool, by: str) -> PackVersion:
    """Put a pack to use or lay it aside.

    Raises:
        Refusal: There is no pack of that name.
    """
    if key == thresholds.KEY:
        return thresholds.choose(used, by)
    for each in listed():
        if each.key == key:
            last = PackVersion.objects.filter(key=key).last()
            text = last.text if last else ""
            digest = last.digest if last else ""
            return PackVersion.objects.create(
                key=key, title=each.title, text=text, digest=digest, used=used, by=by,
                at=timezone.now(),
            )  # fmt: skip
    raise Refusal.of("unknown-pack", f"没有代号为“{key}”的规则包", "请从表中选择")


@transaction.atomic
def keep(key: str, text: str, by: str, trees: Trees | None = None) -> PackVersion:
    """Take an office's own pack, or its thresholds of the diagnosis, into use, after checking.

    Raises:
        Refusal: With everything that is wrong with it.
    """
    if key == thresholds.KEY:
        return thresholds.keep(text, by)
    if not _KEY.fullmatch(key):
        raise Refusal.of("bad-pack-key", f"“{key}”不能作代号", "请用小写字母、数字和短横，如 own")
    if key in shipped.names():
        raise Refusal.of(
            "shipped-pack", f"“{key}”是自带的规则包",
            "请换一个代号；要改自带的规则，在本办的包里写同一编号",
        )  # fmt: skip
    if len(text) > LARGEST:
        raise Refusal.of("large-pack", f"规则包超过 {LARGEST} 字", "请核对是不是规则包")
    pack = read_pack(key, text, trees)
    return PackVersion.objects.create(
        key=key, title=pack.title, text=text, digest=pack.digest, used=True, by=by,
        at=timezone.now(),
    )  # fmt: skip
