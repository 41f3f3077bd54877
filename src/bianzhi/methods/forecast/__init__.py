"""Who will leave, unit by unit and month by month, with bands.

>>> import polars as pl
>>> from bianzhi.methods import forecast
>>> people = pl.DataFrame({"unit": ["甲"], "kind": ["事业"], "category": ["man"],
...                        "birth": ["1966-01"]})
>>> made = forecast.leavers(people, "2026-01", 12)
>>> made.expected.round(2).tolist()  # 1966-01 + 60 years + 4 months
[[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
"""

from bianzhi.methods.forecast.choice import Choice, Hazard
from bianzhi.methods.forecast.errors import ForecastError
from bianzhi.methods.forecast.result import Forecast
from bianzhi.methods.forecast.run import leavers

__all__ = ["Choice", "Forecast", "ForecastError", "Hazard", "leavers"]
