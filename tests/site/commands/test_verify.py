"""``bianzhi verify``: sound, tampered with, or not the record the receipt was given for."""

from __future__ import annotations

import pytest

from bianzhi.office.access import log
from bianzhi.office.access.models import LogHead
from bianzhi.record.engine import Engine
from tests.support.console import run

pytestmark = pytest.mark.usefixtures("posted")


def digest() -> str:
    return str(run("verify", "--json").json["digest"])


def test_a_sound_record():
    ran = run("verify")
    assert (ran.code, ran.out) == (0, f"3 号变更逐一核验无误，回执 3:{digest()}\n")
    assert run("verify", "--json").json == {
        "changes": 3,
        "digest": digest(),
        "faults": [],
        "log_faults": [],
    }


def test_an_edited_row_is_found_and_the_change_named():
    engine = Engine()
    engine.run("DROP TRIGGER record_posting_no_update")
    engine.run("UPDATE record_posting SET delta = delta + 1 WHERE change_no = 2 AND line = 1")
    ran = run("verify")
    assert ran.code == 3
    assert ran.out.startswith("第 2 号变更：内容与入账时的摘要不符")
    faults = run("verify", "--json").json["faults"]
    assert [fault["no"] for fault in faults] == [2]


def test_receipts_are_compared():
    good, other = f"3:{digest()}", f"3:{'0' * 64}"
    assert run("verify", "--receipt", good).code == 0
    ran = run("verify", "--receipt", good, "--receipt", f"4:{'0' * 64}")
    assert (ran.code, ran.out) == (3, "第 4 号变更：回执上有这一号变更，台账里没有\n")
    assert "与回执上的摘要不符" in run("verify", "--receipt", other).out


def test_published_totals_are_compared():
    ran = run("verify", "--totals")
    assert ran.code == 0
    assert "公布数 1 个，其中 0 个与台账不符" in ran.out


def test_a_total_that_does_not_agree_is_listed(write):
    run("post", write("2023-01-01 甲编发〔2023〕1号\n  核对 org=B kind=XZ n=2"))
    result = run("verify", "--totals", "--json").json
    assert (result["compared"], len(result["broken"])) == (2, 1)
    assert (result["broken"][0]["expected"], result["broken"][0]["found"]) == ("2", "1.5")
    assert "公布数 2 个，其中 1 个与台账不符" in run("verify", "--totals").out


@pytest.mark.parametrize("text", ["3", "x:" + "0" * 64, "3:abc"])
def test_a_receipt_that_is_none(text):
    ran = run("verify", "--receipt", text)
    assert ran.code == 2
    assert "参数 --receipt：回执应写成 号:摘要" in ran.err


def test_the_access_log_is_verified_too():
    log.write("see", "看了一人", who="bianban")
    LogHead.objects.update(digest="x")
    ran = run("verify")
    assert ran.code == 3
    assert "访问记录第 2 条" in ran.out
