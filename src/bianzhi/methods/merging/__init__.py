"""Which institutions to merge, abolish, keep or create, with posts, prices and a certificate.

>>> from bianzhi.methods import merging
>>> units = [merging.Institution(key, "农业局", 6) for key in ("植保站", "土肥站", "种子站")]
>>> near = {frozenset(("植保站", "土肥站")): 1.0, frozenset(("土肥站", "种子站")): 0.2}
>>> found = merging.plan(units, merging.Rules(group_limit=2), overlaps=near)
>>> [each.members for each in found.outcomes if each.action == "merge"]
[('植保站', '土肥站')]
>>> found.certificate.gap
0.0
"""

from bianzhi.methods.merging.given import Creation, Institution, MergingError, Rules, Weights
from bianzhi.methods.merging.infeasible import Shortfall
from bianzhi.methods.merging.plans import (
    ACTIONS,
    Certificate,
    Infeasible,
    Outcome,
    Plan,
    alternatives,
    plan,
    sensitivity,
)

__all__ = [
    "ACTIONS", "Certificate", "Creation", "Infeasible", "Institution", "MergingError", "Outcome",
    "Plan", "Rules", "Shortfall", "Weights", "alternatives", "plan", "sensitivity",
]  # fmt: skip
