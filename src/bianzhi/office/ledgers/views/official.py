"""The office's own tables, filled from the state: the 56-column 一览表 and the 领导职数表."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.state import State
from bianzhi.files.layouts import layout, leadership_rows, ledger_rows, write_layout
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import asked

TABLES: dict[str, Callable[[State], list[dict[str, Any]]]] = {
    "ledger": ledger_rows,
    "leadership": leadership_rows,
}


@require_safe
def official(request: HttpRequest) -> HttpResponse:
    """One of the tables (``table=ledger``) as a workbook: only the units the user may see."""
    view = asked(request)
    table = view.others.get("table", "ledger")
    if table not in TABLES:
        raise Http404(f"没有“{table}”这种表：可以导出 {'、'.join(TABLES)}")
    shape = layout(table)
    content = write_layout(shape, TABLES[table](view.state), basis=sheets.basis(view))
    return sheets.handed_over(content, shape.title, view)
