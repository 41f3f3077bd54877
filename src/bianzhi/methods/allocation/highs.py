"""HiGHS, quiet and repeatable."""

from __future__ import annotations

import highspy


def solver(**options: bool | float | str) -> highspy.Highs:
    """A solver with these options; no output, one seed, so that the same data give the same."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "random_seed": 1, **options}.items():
        made.setOptionValue(name, value)
    return made
