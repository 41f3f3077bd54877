"""The user's own workbook back, with what is wrong marked where it stands."""

from bianzhi.files.marked.copying import Marked, marked_copy, marked_findings

__all__ = ["Marked", "marked_copy", "marked_findings"]
