"""Standards as data: a dated pack with source and grade; what is not sure is off."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bianzhi.methods.norms.errors import NormError

SURE = "V"


@dataclass(frozen=True, slots=True)
class Standard:
    """One norm.

    Attributes:
        figures: Its numbers, as the functions of this package take them.
        grade: V, V- or K. basis: Whether posts may be granted on it; a department's own
            industry standard may not be (reference only).
    """

    code: str
    title: str
    figures: Mapping[str, Any]
    grade: str
    source: str
    valid_from: str
    basis: bool
    enabled: bool


@dataclass(frozen=True, slots=True)
class Standards:
    """A pack, norms by code."""

    title: str
    norms: Mapping[str, Standard]

    def get(self, code: str) -> Standard:
        """The norm to be used.

        Raises:
            NormError: Unknown, or not confirmed for use.
        """
        found = self.norms.get(code)
        if found is None:
            raise NormError(f"没有“{code}”这项标准：可用的有 {'、'.join(self.norms)}")
        if not found.enabled:
            raise NormError(
                f"“{found.title}”等级为 {found.grade}（{found.source}），尚未核实："
                f"核实后用 standards.confirm({code!r}) 启用"
            )
        return found

    def confirm(self, *codes: str) -> Standards:
        """A pack in which the office has confirmed these norms."""
        unknown = [code for code in codes if code not in self.norms]
        if unknown:
            raise NormError(f"没有这些标准，无法启用：{'、'.join(unknown)}")
        sure = {code: replace(self.norms[code], enabled=True) for code in codes}
        return replace(self, norms={**self.norms, **sure})


def load(path: Path) -> Standards:
    """A pack from a TOML file of the same form as the national one.

    Raises:
        NormError: A field is missing.
    """
    return _standards(path.read_text(encoding="utf-8"), path.name)


@cache
def national() -> Standards:
    """Norms that are national or published by a province, as found."""
    name = "standards.toml"
    return _standards(files("bianzhi.methods.norms").joinpath(name).read_text("utf-8"), name)


def _standards(text: str, name: str) -> Standards:
    raw = tomllib.loads(text)
    try:
        return Standards(
            raw["title"], {code: _standard(code, each) for code, each in raw["norms"].items()}
        )
    except KeyError as error:
        raise NormError(f"标准 {name} 缺少 {error.args[0]}：请补上这一项") from None


def _standard(code: str, raw: Mapping[str, Any]) -> Standard:
    return Standard(
        code, raw["title"], raw["figures"], raw["grade"], raw["source"], raw["valid_from"],
        raw.get("basis", True), raw["grade"] == SURE,
    )  # fmt: skip
