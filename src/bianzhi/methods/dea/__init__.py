"""Data envelopment analysis: units of one peer class measured against the best of them.

    from bianzhi.methods import dea

    units = dea.Units.of_frame(frame, unit="单位", inputs=["编制", "经费"], outputs=["办件量"])
    result = dea.radial(units)
    print(result.summary())

Every figure is checked when `Units` are made; every result has `.to_frame()` and `.summary()`.
"""

from bianzhi.methods.dea.errors import BadData, BadQuestion, DeaError
from bianzhi.methods.dea.radial import Radial, radial
from bianzhi.methods.dea.units import Units

__all__ = ["BadData", "BadQuestion", "DeaError", "Radial", "Units", "radial"]
