"""An indicator system as data: two scores that never mix, grades, ranks, reasons, sensitivity.

>>> from bianzhi.methods.indicators import Deduction
>>> rule = Deduction(start=1.0, step=0.01, each=0.1)  # 在职人员控制率, 1 point
>>> rule.score(1.03, 1.0)
0.7
"""

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.evaluation import Evaluation
from bianzhi.methods.indicators.packs import default, example, load
from bianzhi.methods.indicators.rules import Band, Checklist, Deduction, Manual, Ratio, Rule
from bianzhi.methods.indicators.score import evaluate
from bianzhi.methods.indicators.sensitivity import Sensitivity, sensitivity
from bianzhi.methods.indicators.system import Indicator, System
from bianzhi.methods.indicators.weights import Weights, ahp, critic, direct, entropy

__all__ = [
    "Band",
    "Checklist",
    "Deduction",
    "Evaluation",
    "Indicator",
    "IndicatorError",
    "Manual",
    "Ratio",
    "Rule",
    "Sensitivity",
    "System",
    "Weights",
    "ahp",
    "critic",
    "default",
    "direct",
    "entropy",
    "evaluate",
    "example",
    "load",
    "sensitivity",
]
