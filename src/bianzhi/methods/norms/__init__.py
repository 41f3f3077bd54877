"""Staffing need from standards, workload and waiting: how many posts a duty takes.

>>> from bianzhi.methods import norms
>>> made = norms.by_stage({"高中": 1250, "小学": 1900}, {"高中": 12.5, "小学": 19}, approved=190)
>>> print(made.summary())
应配 200，核定 190，缺 10：高中 1250÷12.5 ＋ 小学 1900÷19 ＝ 200，四舍五入取 200
"""

from bianzhi.methods.norms.errors import NormError
from bianzhi.methods.norms.need import Need, Needs
from bianzhi.methods.norms.queueing import Windows, coverage, erlang_b, erlang_c, windows
from bianzhi.methods.norms.ratios import Bracket, by_beds, by_levels, by_population, by_stage
from bianzhi.methods.norms.rounding import Rounding, largest_remainder, rounded
from bianzhi.methods.norms.standards import Standard, Standards, load, national
from bianzhi.methods.norms.wisn import Activity, Wisn, WorkingTime, wisn
from bianzhi.methods.norms.workload import Task, workload

__all__ = [
    "Activity",
    "Bracket",
    "Need",
    "Needs",
    "NormError",
    "Rounding",
    "Standard",
    "Standards",
    "Task",
    "Windows",
    "Wisn",
    "WorkingTime",
    "by_beds",
    "by_levels",
    "by_population",
    "by_stage",
    "coverage",
    "erlang_b",
    "erlang_c",
    "largest_remainder",
    "load",
    "national",
    "rounded",
    "windows",
    "wisn",
    "workload",
]
