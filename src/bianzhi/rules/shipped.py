"""The packs that come with the product."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bianzhi.core.errors import Refusal
from bianzhi.rules.pack import Pack
from bianzhi.rules.reading import read_pack

NATION = "nation"
USUAL = (NATION, "norms")  # used unless an office says otherwise


@cache
def names() -> tuple[str, ...]:
    """The short names: the national one first."""
    held = [each.name for each in files("bianzhi.rules.packs").iterdir()]
    found = sorted(name.removesuffix(".toml") for name in held if name.endswith(".toml"))
    return tuple(sorted(found, key=lambda key: (key != NATION, key)))


@cache
def text(key: str) -> str:
    """The text of a pack, to start one's own from.

    Raises:
        Refusal: There is none of that name.
    """
    if key not in names():
        raise Refusal.of(
            "unknown-pack", f"没有名为“{key}”的自带规则包", f"可选的有：{'、'.join(names())}"
        )
    return files("bianzhi.rules.packs").joinpath(f"{key}.toml").read_text(encoding="utf-8")


@cache
def pack(key: str) -> Pack:
    """A pack."""
    return read_pack(key, text(key))
