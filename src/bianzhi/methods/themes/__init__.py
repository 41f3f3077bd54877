"""Problems in free text under their themes; what a class of units shares, what is one unit's own.

>>> import polars as pl
>>> from bianzhi.methods import themes
>>> texts = pl.DataFrame(
...     [("甲", "problem", "编制偏少，人员年龄偏大。", "a1"), ("乙", "problem", "暂无", "a2")],
...     schema=("unit", "kind", "text", "answer"), orient="row",
... )
>>> classes = pl.DataFrame({"unit": ["甲", "乙"], "name": ["乡镇事业", "区直事业"]})
>>> found = themes.themes(texts, classes)
>>> for row in found.quotes.select("unit", "quote", "title").rows():
...     print(*row)
甲 编制偏少 编制不足
甲 人员年龄偏大 队伍结构老化
乙 暂无 没有说问题
"""

from bianzhi.methods.themes.catalogue import Catalogue, Theme, read, shipped
from bianzhi.methods.themes.clustering import Cluster, clusters
from bianzhi.methods.themes.deciding import (
    ADD,
    FOUND,
    MERGE,
    MOVE,
    NOTHING,
    RENAME,
    SPLIT,
    UNDO,
    UNSORTED,
    VERBS,
    Decision,
    standing,
)  # fmt: skip
from bianzhi.methods.themes.errors import ThemeError
from bianzhi.methods.themes.grouping import ORIGINS, Themes, themes
from bianzhi.methods.themes.quotes import BASES, Likeness
from bianzhi.methods.themes.sharing import AREA, STANDINGS, Limits, false_discovery, more_often
from bianzhi.methods.themes.splitting import Complaint, complaints

__all__ = [
    "ADD", "AREA", "BASES", "FOUND", "MERGE", "MOVE", "NOTHING", "ORIGINS", "RENAME", "SPLIT",
    "STANDINGS", "UNDO", "UNSORTED", "VERBS", "Catalogue", "Cluster", "Complaint", "Decision",
    "Likeness", "Limits", "Theme", "ThemeError", "Themes", "clusters", "complaints",
    "false_discovery", "more_often", "read", "shipped", "standing", "themes",
]  # fmt: skip
