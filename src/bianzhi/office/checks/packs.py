"""Which packs the office uses: shipped ones it chose, and its own."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.office.checks import thresholds
from bianzhi.office.checks.models import PackVersion
from bianzhi.rules import shipped
from bianzhi.rules.pack import Pack
from bianzhi.rules.parameters import Trees
from bianzhi.rules.reading import read_pack

OWN = "own"
LARGEST = 500_000  # characters of a pack: a hundred times the national one
Units = Container[str]
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


def text_of(key: str) -> str:
    """The text of a pack as it stands; "" where there is none of that name."""
    last = PackVersion.objects.filter(key=key).exclude(text="").last()
    return last.text if last else (shipped.text(key) if key in shipped.names() else "")


def checked(key: str, text: str, trees: Trees | None = None, units: Units | None = None) -> Pack:
    """An office's own pack, read and checked.

    Args:
        key: Its short name.
        text: The TOML.
        trees: The code trees of the record.
        units: The keys of the units there are or were; None: not to be checked.

    Raises:
        Refusal: With everything that is wrong with it.
    """
    if key == thresholds.KEY:
        raise Refusal.of("bad-pack-key", f"“{key}”是诊断门槛的代号", "请在“诊断门槛”里改")
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
    refuse_if(foreign(pack, trees, units))
    return pack


def foreign(
    pack: Pack, trees: Trees | None = None, units: Units | None = None
) -> Iterator[Problem]:
    """What a pack names that is nowhere: entries of other packs, units (an empty record knows none
    yet, and does not ask)."""
    yield from _unconfirmed(pack, listed(trees))
    if units:
        yield from _unknown(pack, units)


@transaction.atomic
def keep(
    key: str, text: str, by: str, trees: Trees | None = None, units: Units | None = None
) -> PackVersion:
    """Take an office's own pack into use, after it was checked (see :func:`checked`), or its
    thresholds of the diagnosis.

    Raises:
        Refusal: With everything that is wrong with it.
    """
    if key == thresholds.KEY:
        return thresholds.keep(text, by)
    pack = checked(key, text, trees, units)
    return PackVersion.objects.create(
        key=key, title=pack.title, text=text, digest=pack.digest, used=True, by=by,
        at=timezone.now(),
    )  # fmt: skip


def _unconfirmed(pack: Pack, others: list[Listed]) -> Iterator[Problem]:
    """Confirmations of entries no pack has."""
    known = {(each.key, *entry.key) for each in others if each.pack for entry in each.pack.entries}
    for place, each in enumerate(pack.confirmations, 1):
        if (each.pack, each.rule, each.name) not in known:
            same = "、".join(
                f"{key} {name or '（不写 name）'}" for key, rule, name in sorted(known)
                if rule == each.rule
            )  # fmt: skip
            named = f"，参数组 {each.name}" if each.name else ""
            yield Problem(
                "unknown-entry", f"规则包 {each.pack} 里没有 {each.rule}{named}",
                f"有 {each.rule} 的规则包和参数组：{same}" if same else "没有规则包写了这一条",
                place=f"第 {place} 条核实启用",
            )  # fmt: skip


def _unknown(pack: Pack, units: Units) -> Iterator[Problem]:
    """Units a pack names that are in no ledger."""
    for place, code in _named(pack):
        if code and code not in units:
            yield Problem(
                "unknown-unit", f"台账里没有代码为“{code}”的单位", "请在机构名册里查代码，照抄",
                place=place,
            )  # fmt: skip


def _named(pack: Pack) -> Iterator[tuple[str, str]]:
    for place, entry in enumerate(pack.entries, 1):
        where = f"第 {place} 条规则 {entry.rule.code}"
        for code in (*entry.scope.units, entry.scope.under):
            yield f"{where} 适用范围", code
        for exemption in entry.exemptions:
            yield f"{where} 例外", exemption.unit
    for place, served in enumerate(pack.served, 1):
        yield f"第 {place} 条业务量", served.unit
