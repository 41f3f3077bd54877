"""Diagnosis (问题诊断) of every institution from the record: pure, the same for a preview.

What is seen is evidence with a score, never a verdict: the office confirms it or says why not.
"""

from bianzhi.rules.diagnosis.diagnosing import Diagnosis, diagnose
from bianzhi.rules.diagnosis.needs import PARTS
from bianzhi.rules.diagnosis.signs import SIGNS
from bianzhi.rules.diagnosis.thresholds import Thresholds, read_thresholds, usual
from bianzhi.rules.diagnosis.told import Told

__all__ = [
    "PARTS", "SIGNS", "Diagnosis", "Thresholds", "Told", "diagnose", "read_thresholds", "usual",
]  # fmt: skip
