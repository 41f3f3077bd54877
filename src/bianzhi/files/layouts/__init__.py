"""Tables as they go out: the office's own layouts as data, and one writer for all of them."""

from bianzhi.files.layouts.generic import table
from bianzhi.files.layouts.ledger_rows import leadership_rows, ledger_rows, section_rows
from bianzhi.files.layouts.tree import Column, Layout, layout
from bianzhi.files.layouts.writer import write_layout

__all__ = [
    "Column",
    "Layout",
    "layout",
    "leadership_rows",
    "ledger_rows",
    "section_rows",
    "table",
    "write_layout",
]
