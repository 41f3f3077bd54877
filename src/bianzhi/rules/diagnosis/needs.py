"""What a pack of the diagnosis must say: the signs and the numbers of each."""

from __future__ import annotations

# The signs in the order people read them, with the numbers each needs.
NEEDS: dict[str, tuple[str, ...]] = {
    "micro": ("least", "present"),
    "small": ("low", "high"),
    "scattered": ("low", "high"),
    "weak": ("low", "high", "months"),
    "shell": ("low", "high", "months"),
    "vacant": ("low", "high", "months", "least", "share"),
    "weakened": ("least",),
    "falling": ("low", "high", "years", "agree"),
    "thin": ("low", "high", "peers"),
    "silent": ("share",),
    "undone": ("part",),
    "unset": ("low", "high", "months"),
    "extinct": (),
    "overlap": ("least",),
    "mixed": ("other",),
    "outside": ("low", "high", "least"),
    "uneven": ("few", "many", "blunt_few", "blunt_many", "peers"),
}
WEIGHED: dict[str, tuple[str, ...]] = {
    "micro": ("small", "scattered", "weak"),
    "weakened": ("work", "duty", "thin", "unset", "vacant"),
}
# Of 小散弱 and of 职能弱化: no problem alone.
PARTS = (*WEIGHED["micro"], "falling", "thin", "silent", "undone", "unset")
SCOPE = ("institutions", "departments", "towns", "apart")
DOWNWARD = ("small", "thin")  # of which less is worse: their bands run down
