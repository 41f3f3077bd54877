"""Organograms: post-by-post returns of public bodies, as published by the UK government.

A body publishes, once or twice a year, every senior post (with grade, FTE and the post it reports
to) and, under each, its junior posts as FTE per grade and job. A folder holds three files:
``senior_posts.csv``, ``junior_posts.csv`` and ``published_counts.csv``.

:func:`convert` turns the returns of each body into dated changes in the exchange form,
:func:`replay_snapshot` rebuilds a return from the register's state on its day, and
:func:`inspect` says what is wrong with the returns themselves.
"""

from bianzhi.files.organograms.convert import convert
from bianzhi.files.organograms.findings import Finding
from bianzhi.files.organograms.inspection import Inspection, SnapshotCheck, inspect
from bianzhi.files.organograms.reading import read_published, read_snapshots
from bianzhi.files.organograms.replay import replay_snapshot
from bianzhi.files.organograms.rows import JuniorPosts, Published, SeniorPost, Snapshot

__all__ = [
    "Finding",
    "Inspection",
    "JuniorPosts",
    "Published",
    "SeniorPost",
    "Snapshot",
    "SnapshotCheck",
    "convert",
    "inspect",
    "read_published",
    "read_snapshots",
    "replay_snapshot",
]
