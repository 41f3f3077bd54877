"""Whatever comes in: a refusal in words or findings, never a stack trace, never all the memory."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from random import Random

import pytest
from docx import Document

from bianzhi.core.errors import Refusal
from bianzhi.files.intake import take_workbook
from bianzhi.files.word import read_paper, read_word
from bianzhi.files.workbook import open_workbook
from tests.conftest import ROOT
from tests.support.mangling import TABLES, WAYS, originals, outcomes

MEGABYTE = 2**20
ENOUGH = 3000 * MEGABYTE  # address space; the reader's own bounds keep far below


def test_the_good_workbooks_are_taken_in_before_they_are_mangled():
    for data in originals():
        [taken] = take_workbook(open_workbook(data))
        assert len(taken.rows) >= 12


def test_two_hundred_mangled_workbooks():
    found = outcomes(range(200))
    assert sum(found.values()) == 200
    assert min(found["refused"], found["taken"]) > 20, found


@pytest.mark.parametrize("way", list(dict.fromkeys(WAYS)))
def test_a_mangled_workbook_is_the_same_for_the_same_seed(way):
    data = originals()[0]
    assert way(Random(3), data) == way(Random(3), data)


def test_mangled_documents():
    made = io.BytesIO()
    paper = Document()
    for row in TABLES[2]:
        paper.add_paragraph("，".join(map(str, row)))
    paper.save(made)
    refused = 0
    for seed in range(150):
        chance = Random(seed)
        data = chance.choice(WAYS[:4])(chance, made.getvalue())
        try:
            read_paper(read_word(data, "坏.docx"))
        except Refusal as refusal:
            refused += bool(refusal.problems[0].do)
    assert refused > 20


@pytest.mark.large
def test_thousands_of_mangled_workbooks_in_bounded_memory():
    script = (
        "from tests.support.mangling import outcomes;"
        "found = outcomes(range(1000, 5000)); print(dict(found))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ENOUGH, ENOUGH)),
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert "refused" in run.stdout
