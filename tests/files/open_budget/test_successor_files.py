"""Which programme became which."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget.successors import read_successions
from tests.files.open_budget.small_ledger import Ledger


def test_many_to_one_and_itself(ledger: Ledger) -> None:
    ledger.successors(2013, c00015101=["00010101", "00010102"], c00202801=["00202801", "00202802"])
    found = read_successions(ledger.folder, 2013, ["010101", "010102", "202801", "202802"])
    assert found.into == {
        "010101": "015101",
        "010102": "015101",
        "202801": "202801",
        "202802": "202801",
    }
    assert found.file == "successors_2012_2013.json"


def test_only_programmes_of_the_old_year_count(ledger: Ledger) -> None:
    ledger.successors(2013, c00015101=["00010101", "00990101"])
    assert read_successions(ledger.folder, 2013, ["010101"]).into == {"010101": "015101"}


def test_a_section_or_domain_means_its_programmes_not_named_elsewhere(ledger: Ledger) -> None:
    ledger.successors(2013, c00085116=["0056"], c00541001=["005401"], c00015101=["00560102"])
    found = read_successions(ledger.folder, 2013, ["560101", "560102", "540101", "540201"])
    assert found.into == {"560101": "085116", "560102": "015101", "540101": "541001"}


def test_two_codes_run_together(ledger: Ledger) -> None:
    ledger.successors(2013, c00085402=["0008201100082012"])
    found = read_successions(ledger.folder, 2013, ["082011", "082012"])
    assert found.into == {"082011": "085402", "082012": "085402"}


def test_damaged_codes_are_told_not_guessed(ledger: Ledger) -> None:
    ledger.successors(2013, c00330101=["00332101", "0033206"])
    found = read_successions(ledger.folder, 2013, ["332101", "332206"])
    assert found.into == {"332101": "330101"}
    assert found.damaged == ("0033206",)


def test_budget_lines_give_their_programme_when_they_agree(ledger: Ledger) -> None:
    ledger.successors(
        2015,
        c0020400101=["0020220101"],
        c0020400102=["0020220175", "0020220177"],
        c0020450101=["0020280101"],
        c0020500101=["0020280175"],
    )
    found = read_successions(ledger.folder, 2015, ["202201", "202801"])
    assert found.into == {"202201": "204001"}
    assert found.split == {"202801": ("204501", "205001")}


def test_no_file_is_no_succession(ledger: Ledger) -> None:
    found = read_successions(ledger.folder, 2014, ["010101"])
    assert (found.file, found.into, found.damaged) == ("", {}, ())


@pytest.mark.parametrize(
    "text", ["{", "[1]", '[[[2013,"0033206"],[[2012,"00332101"]]]]', "[[1,2]]"]
)
def test_a_file_of_another_shape(ledger: Ledger, text: str) -> None:
    (ledger.folder / "successors_2012_2013.json").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match="读不懂继任代码表"):
        read_successions(ledger.folder, 2013, [])
