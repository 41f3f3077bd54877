"""The month of retirement under the law: gradual raising from 2025, the flexible band around it.

>>> from bianzhi.methods import retirement
>>> made = retirement.statutory("1976-09", "man")
>>> retirement.month_text(made.statutory), made.age // 12, made.delay
('2039-09', 63, 36)
"""

from bianzhi.methods.retirement.choice import Chosen, choose
from bianzhi.methods.retirement.errors import RetirementError
from bianzhi.methods.retirement.months import month_number, month_text
from bianzhi.methods.retirement.policy import Category, Flexible, Policy, load, national
from bianzhi.methods.retirement.single import Retirement, statutory
from bianzhi.methods.retirement.table import (
    Timetable,
    comparison_table,
    contribution_table,
    timetable,
)

__all__ = [
    "Category",
    "Chosen",
    "Flexible",
    "Policy",
    "Retirement",
    "RetirementError",
    "Timetable",
    "choose",
    "comparison_table",
    "contribution_table",
    "load",
    "month_number",
    "month_text",
    "national",
    "statutory",
    "timetable",
]
