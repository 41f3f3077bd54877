"""Official papers (公文) going out: what a paper says, as PDF to GB/T 9704-2012 and as Word."""

from bianzhi.files.official.paper import Item, Paper, Table

__all__ = ["Item", "Paper", "Table"]
