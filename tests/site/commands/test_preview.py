"""``bianzhi preview``: what a file would change; nothing is written."""

from __future__ import annotations

import pytest

from bianzhi.record.verify import verify
from tests.support.console import run

pytestmark = pytest.mark.usefixtures("posted")

PLAN = """
    2023-01-01 甲编发〔2023〕1号
      划转 from=A to=B kind=XZ n=3
    2023-02-01 甲编发〔2023〕2号
      更名 org=B name=丙局
"""


def test_a_file_is_tried_and_forgotten(write):
    before = verify()
    ran = run("preview", write(PLAN), "--on", "2023-06-01")
    assert ran.code == 0
    assert ran.out.startswith("预演（未入账）：2023-06-01，截至第 5 号变更\n")
    assert verify() == before


def test_it_shows_what_posting_then_brings(write):
    file = write(PLAN)
    previewed = run("preview", file, "--on", "2023-06-01", "--json").json
    run("post", file)
    words = ["2023-06-01", "2023-06-01", "--known-before", "3", "--known-after", "5"]
    posted = run("diff", *words, "--json").json
    assert previewed["figures"] == posted["figures"]
    assert previewed["facts"] == posted["facts"]
    assert [row["after"] for row in previewed["facts"]] == ["丙局"]


def test_an_opening_is_tried_as_an_opening(write):
    """What an opening brings in over the approved number is recorded as it was."""
    file = write("""
        2020-06-01 opening
          设立 org=C name=丙局
          上编 person=p9 name=李四 org=C kind=XZ
    """)
    assert run("preview", file, "--on", "2020-06-01").code == 0
    assert run("post", file).code == 0


def test_a_day_before_it_takes_effect_shows_nothing(write):
    result = run("preview", write(PLAN), "--on", "2022-12-31", "--json").json
    assert (result["figures"], result["facts"]) == ([], [])
