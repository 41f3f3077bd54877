"""Headings understood by meaning, never by position."""

from bianzhi.files.headings.fields import FieldDef, TableKind, table_kind, table_kinds
from bianzhi.files.headings.header import Header, find_header
from bianzhi.files.headings.understanding import Match, Understanding, learned_from, understand

__all__ = [
    "FieldDef",
    "Header",
    "Match",
    "TableKind",
    "Understanding",
    "find_header",
    "learned_from",
    "table_kind",
    "table_kinds",
    "understand",
]
