"""The vocabulary of change: every verb of the trade, one class each."""

from bianzhi.core.acts import claims, duties, orgs, people, posts, record, succession
from bianzhi.core.acts.base import VERBS, Act

__all__ = [
    "VERBS",
    "Act",
    "claims",
    "duties",
    "orgs",
    "people",
    "posts",
    "record",
    "succession",
]
