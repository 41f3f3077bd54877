"""Every name of the core has its entry in the glossary, and every entry a name in the code."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import NamedTuple

import pytest

import bianzhi.core
from bianzhi.core import rows
from bianzhi.core.acts import VERBS
from bianzhi.core.acts.base import slots
from bianzhi.core.changes import KINDS
from bianzhi.core.facts import CLASSES, FIELDS, STATUSES
from bianzhi.core.kinds import TREES
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import FIGURES
from tests.conftest import ROOT


class Term(NamedTuple):
    """One line of the glossary."""

    chinese: tuple[str, ...]
    code: tuple[str, ...]
    meaning: str
    source: str


def read() -> list[Term]:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [
        Term(tuple(chinese.split("、")), tuple(re.findall(r"`([^`]+)`", code)), meaning, source)
        for chinese, code, meaning, source in (row for row in cells if len(row) == 4)
        if code != "代码"
    ]


TERMS = read()
CODE = {name for term in TERMS for name in term.code}
CHINESE = {word for term in TERMS for word in term.chinese}


def called(chinese: str, code: str) -> bool:
    """Whether the glossary gives the code name for the Chinese word."""
    return any(chinese in term.chinese and code in term.code for term in TERMS)


def public_classes() -> set[str]:
    found = set()
    for module in pkgutil.walk_packages(bianzhi.core.__path__, "bianzhi.core."):
        for name, each in vars(importlib.import_module(module.name)).items():
            if inspect.isclass(each) and each.__module__ == module.name and name[0] != "_":
                found.add(name)
    return found


def row_fields() -> set[str]:
    kinds = (each for each in vars(rows).values() if inspect.isclass(each))
    return {name for kind in kinds for name in getattr(kind, "_fields", ())}


def act_fields() -> set[str]:
    return {name for cls in VERBS.values() for name in slots(cls)}


NEEDED = {
    "classes": public_classes(),
    "row fields": row_fields(),
    "fields of acts": act_fields(),
    "figures": set(FIGURES),
    "kinds of change": set(KINDS),
    "classes of things": set(CLASSES),
    "code trees": set(TREES),
}


@pytest.mark.parametrize("what", NEEDED)
def test_every_name_has_an_entry(what):
    assert sorted(NEEDED[what] - CODE) == []


def test_every_verb_is_called_what_it_is_called():
    assert [verb for verb, cls in VERBS.items() if not called(verb, cls.__name__)] == []


def test_every_field_is_called_what_people_see():
    fields = {(each.title, each.name) for cls in FIELDS.values() for each in cls.values()}
    assert sorted(each for each in fields if not called(*each)) == []


@pytest.mark.parametrize("names", [STATUSES, KINDS], ids=["statuses", "kinds of change"])
def test_every_value_is_called_what_people_see(names):
    assert [name for name, title in names.items() if not called(title, name)] == []


def test_every_counter_account_has_an_entry():
    assert sorted(COUNTERS.keys() - CHINESE) == []


def test_every_entry_says_what_it_means_and_where_it_comes_from():
    assert [term for term in TERMS if not (term.code and term.meaning and term.source)] == []


def test_every_source_is_explained():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([^|]+?) \| [^|]+ \|$", text, re.MULTILINE))
    assert {term.source for term in TERMS} - explained == set()


def test_no_entry_is_left_over():
    """A name that the code no longer uses."""
    used: set[str] = set()
    for path in ROOT.glob("src/bianzhi/**/*.py"):
        used |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    assert sorted(CODE - used) == []
