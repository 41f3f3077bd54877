"""``bianzhi post``: a file goes in whole, and what was posted can be proved."""

from __future__ import annotations

import pytest

from bianzhi.record.verify import verify
from tests.site.commands.conftest import LEDGER
from tests.support.console import run

pytestmark = pytest.mark.django_db

ONE = """
    2023-01-01 opening
      设立 org=A name=甲局
      下达 to=A kind=XZ n=1
"""
TWO = """
    2023-02-01 甲编发〔2023〕2号
      核增 org=A kind=XZ n=1
"""


def test_a_file_is_posted_and_the_receipt_proves_it(write):
    ran = run("post", write(LEDGER))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"已入账 3 件变更（第 1—3 号），回执 3:{verify().digest}\n"


def test_one_change_is_named_by_its_number(write):
    assert "已入账 1 件变更（第 1 号），回执 1:" in run("post", write(ONE)).out


def test_json_has_a_receipt_for_each_change(write):
    first, second = run("post", write(ONE, "1.jsonl"), write(TWO, "2.jsonl"), "--json").json
    assert (first["no"], first["document"], first["disagreements"]) == (1, "期初", [])
    assert (second["no"], second["document"]) == (2, "甲编发〔2023〕2号")
    assert verify(receipts=((1, first["digest"]), (2, second["digest"]))).sound


def test_files_go_in_in_the_order_given(write):
    one, two = write(ONE, "1.jsonl"), write(TWO, "2.jsonl")
    assert run("post", two, one).code == 1
    assert run("post", one, two).code == 0


def test_one_bad_file_keeps_the_others_out(write):
    good, bad = write(ONE, "好.jsonl"), write(TWO.replace("org=A", "org=X"), "坏.jsonl")
    ran = run("post", good, bad)
    assert (ran.code, ran.out) == (1, "")
    assert "没有入账" in ran.err
    assert "坏.jsonl:3" in ran.err
    assert verify().changes == 0


def test_a_file_saved_by_windows_is_read(write):
    file = write(ONE)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run("post", file).code == 0


def test_a_published_total_that_does_not_agree_is_kept_and_told(write):
    check = "      核对 org=A kind=XZ n=3 tolerance=0.5\n"
    ran = run("post", write(ONE + check))
    assert ran.code == 0
    assert "其中 1 个公布数与台账不符" in ran.out
    assert "A 2023-01-01 XZ 公布 3，台账 1（允差 0.5）" in ran.out


def test_many_disagreements_are_not_poured_over_the_clerk(write):
    checks = [f"      核对 org=A kind=XZ n={n} on=2023-{n:02}-01" for n in range(2, 13)]
    more = [f"      核对 org=A kind=XZ n={n} on=2024-{n:02}-01" for n in range(2, 13)]
    file = write("\n".join([ONE.rstrip(), *checks, *more]))
    out = run("post", file).out
    assert "其中 22 个公布数与台账不符" in out
    assert out.count("公布 ") == 20
    assert "其余用 --json 查看" in out


def test_all_disagreements_stand_in_json(write):
    (receipt,) = run("post", write(ONE + "      核对 org=A kind=XZ n=3\n"), "--json").json
    (told,) = receipt["disagreements"]
    assert (told["holder"], told["kind"], told["day"]) == ("A", "XZ", "2023-01-01")
    assert (told["expected"], told["found"], told["tolerance"]) == ("3", "1", "0")
