"""Data envelopment analysis: units of one peer class measured against the best of them.

    from bianzhi.methods import dea

    units = dea.Units.of_frame(frame, unit="单位", inputs=["编制", "经费"], outputs=["办件量"])
    result = dea.radial(units)
    print(dea.post_targets(result, "编制").summary())

Every figure is checked when `Units` are made; every result has `.to_frame()` and `.summary()`.
"""

from bianzhi.methods.dea.bootstrap import Bootstrap, bootstrap
from bianzhi.methods.dea.classes import Classes, by_class
from bianzhi.methods.dea.cost import Cost, cost
from bianzhi.methods.dea.cross import Cross, cross
from bianzhi.methods.dea.errors import BadData, BadQuestion, DeaError
from bianzhi.methods.dea.fdh import fdh
from bianzhi.methods.dea.malmquist import Malmquist, malmquist
from bianzhi.methods.dea.nonradial import NonRadial, additive, russell, sbm
from bianzhi.methods.dea.outliers import Outliers, outliers
from bianzhi.methods.dea.posts import Posts, post_targets
from bianzhi.methods.dea.radial import Radial, radial
from bianzhi.methods.dea.regions import Ratio, assured
from bianzhi.methods.dea.scale import Scale, scale
from bianzhi.methods.dea.superefficiency import SuperEfficiency, super_efficiency
from bianzhi.methods.dea.undesirable import Directional, directional
from bianzhi.methods.dea.units import Units

__all__ = [
    "BadData", "BadQuestion", "Bootstrap", "Classes", "Cost", "Cross", "DeaError", "Directional",
    "Malmquist", "NonRadial", "Outliers", "Posts", "Radial", "Ratio", "Scale", "SuperEfficiency",
    "Units", "additive", "assured", "bootstrap", "by_class", "cost", "cross", "directional", "fdh",
    "malmquist", "outliers", "post_targets", "radial", "russell", "sbm", "scale",
    "super_efficiency",
]  # fmt: skip
