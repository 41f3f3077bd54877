"""Converting: one change a return, only what differs, and nothing abolished that comes back."""

from __future__ import annotations

import json

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.organograms import convert
from tests.files.organograms.world import (
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    Register,
    junior,
    senior,
    write,
)

POST, UNIT = "canal_office/post/A1", "canal_office/unit/locks"
GROUP, DUTY = "canal_office/jobs/A1/band-1/keeper", "canal_office/duty/A1"


def changes(folder):
    """[(head, [act, …]), …], the checks of totals and the sources left out."""
    found: list[tuple[dict, list[dict]]] = []
    for entry in map(json.loads, list(convert(folder))[1:]):
        if "change" in entry:
            found.append((entry["change"], []))
        elif entry["do"] != "核对":
            entry.pop("source", None)
            found[-1][1].append(entry)
    return found


def second(folder, *rows, juniors=()):
    """The acts that lead from the first return to the second."""
    return changes(write(folder, rows, juniors))[1][1]


def test_the_first_return_opens_the_register_of_a_body(tmp_path):
    function = "Keeps the locks of the upper canal."
    rows = [senior(FIRST, "A1", holder="named", function=function)]
    ((head, acts),) = changes(write(tmp_path, rows, [junior(FIRST, "A1")]))
    assert (head["kind"], head["note"]) == ("opening", "")
    assert head["document"] == {
        "title": f"Organogram of canal_office, {FIRST}",
        "issuer": "Canal Office",
        "doc_date": FIRST,
        "effective_on": FIRST,
    }
    codes = [(act["code"], act.get("parent")) for act in acts if act["do"] == "设码"]
    assert codes == [
        ("UK-JUNIOR", None),
        ("UK-JUNIOR-BAND-1", "UK-JUNIOR"),
        ("UK-SENIOR", None),
        ("UK-SENIOR-SCS1", "UK-SENIOR"),
    ]
    assert [act["org"] for act in acts if act["do"] == "设立"] == [
        "canal_office", UNIT, POST, GROUP,
    ]  # fmt: skip
    assert acts[6] == {
        "do": "设立", "org": POST, "name": "Head A1", "class": "section", "parent": UNIT,
        "short_name": "A1", "note": '{"holder":"named"}',
    }  # fmt: skip
    assert acts[7] == {"do": "核增", "org": POST, "kind": "UK-SENIOR-SCS1", "n": "1"}
    assert acts[8] == {"do": "赋职", "duty": f"{DUTY}/{FIRST}", "org": POST, "text": function}
    assert acts[9]["supervisor"] == POST


def test_a_return_that_changes_nothing_posts_nothing_but_its_totals(tmp_path):
    rows = [senior(FIRST, "A1"), senior(SECOND, "A1")]
    juniors = [junior(FIRST, "A1"), junior(SECOND, "A1")]
    assert second(tmp_path, *rows, juniors=juniors) == []


def test_every_act_names_the_row_it_comes_from(tmp_path):
    folder = write(tmp_path, [senior(FIRST, "A1"), senior(FIRST, "A2", "A1"), senior(SECOND, "A1")])
    acts = [json.loads(line) for line in convert(folder)]
    sources = {act["org"]: act["source"] for act in acts if act.get("do") == "设立"}
    assert sources["canal_office/post/A2"] == "senior_posts.csv!3"
    (gone,) = (act for act in acts if act.get("do") == "撤销")
    assert gone["source"] == f"{SECOND} 的报表中没有"


@pytest.mark.parametrize(
    ("then", "acts"),
    [
        ({"title": "Chief"}, [{"do": "更名", "org": POST, "name": "Chief"}]),
        ({"unit": "Basins"}, [{"do": "改隶", "org": POST, "parent": "canal_office/unit/basins"}]),
        ({"reports_to": "A2"}, [{"do": "改隶", "org": POST, "supervisor": "canal_office/post/A2"}]),
        ({"fte": "0.6"}, [{"do": "核减", "org": POST, "kind": "UK-SENIOR-SCS1", "n": "0.4"}]),
        ({"fte": "1.25"}, [{"do": "核增", "org": POST, "kind": "UK-SENIOR-SCS1", "n": "0.25"}]),
        (
            {"holder": "Vacant"},
            [{"do": "变更", "subject": POST, "field": "note", "value": '{"holder":"Vacant"}'}],
        ),
    ],
)
def test_one_difference_is_one_act(tmp_path, then, acts):
    def others(on):  # they keep the second post and both units in being
        return [senior(on, "A2"), senior(on, "A3", unit="Basins")]

    rows = [senior(FIRST, "A1"), *others(FIRST), senior(SECOND, "A1", **then), *others(SECOND)]
    assert second(tmp_path, *rows) == acts


def test_a_post_that_reports_to_nobody_any_more_loses_its_line(tmp_path):
    rows = [
        *(senior(FIRST, "A2"), senior(FIRST, "A1", "A2")),
        *(senior(SECOND, "A2"), senior(SECOND, "A1")),
    ]
    assert second(tmp_path, *rows) == [{"do": "改隶", "org": POST, "supervisor": ""}]


def test_another_grade_is_a_conversion_and_the_rest_a_cut(tmp_path):
    acts = second(tmp_path, senior(FIRST, "A1"), senior(SECOND, "A1", grade="SCS2", fte="0.8"))
    assert acts[1:] == [
        {
            "do": "置换", "org": POST, "kind": "UK-SENIOR-SCS1", "n": "1",
            "to_kind": "UK-SENIOR-SCS2",
        },
        {"do": "核减", "org": POST, "kind": "UK-SENIOR-SCS2", "n": "0.2"},
    ]  # fmt: skip
    assert acts[0]["do"] == "设码"


def test_a_unit_spelled_anew_is_renamed(tmp_path):
    acts = second(tmp_path, senior(FIRST, "A1"), senior(SECOND, "A1", unit="LOCKS"))
    assert acts == [{"do": "更名", "org": UNIT, "name": "LOCKS"}]


def test_other_words_for_a_function_end_one_duty_and_begin_another(tmp_path):
    acts = second(
        tmp_path, senior(FIRST, "A1", function="Locks"), senior(SECOND, "A1", function="Basins")
    )
    assert acts == [
        {"do": "终职", "duty": f"{DUTY}/{FIRST}"},
        {"do": "赋职", "duty": f"{DUTY}/{SECOND}", "org": POST, "text": "Basins"},
    ]


def test_what_never_comes_back_is_abolished_inner_first(tmp_path):
    rows = [senior(FIRST, "A2", unit="Basins"), senior(FIRST, "A1", function="Locks")]
    acts = second(
        tmp_path, *rows, senior(SECOND, "A2", unit="Basins"), juniors=[junior(FIRST, "A1")]
    )
    assert [(act["do"], act.get("org") or act["duty"]) for act in acts] == [
        ("核减", GROUP),
        ("撤销", GROUP),
        ("核减", POST),
        ("终职", f"{DUTY}/{FIRST}"),
        ("撤销", POST),
        ("撤销", UNIT),
    ]


def test_what_comes_back_is_frozen_meanwhile_under_the_same_key(tmp_path):
    rows = [
        senior(FIRST, "A2", unit="Basins"), senior(FIRST, "A1", "A2"),
        senior(SECOND, "A3", unit="Basins"),
        senior(THIRD, "A3", unit="Basins"), senior(THIRD, "A1", "A3"),
    ]  # fmt: skip
    _, (_, without), (_, again) = changes(write(tmp_path, rows))
    assert [act for act in without if act["org"] in (POST, UNIT)] == [
        {"do": "核减", "org": POST, "kind": "UK-SENIOR-SCS1", "n": "1"},
        {"do": "改隶", "org": POST, "parent": "canal_office", "supervisor": ""},
        {"do": "冻结", "org": POST},
        {"do": "冻结", "org": UNIT},
    ]
    assert again == [
        {"do": "解冻", "org": UNIT},
        {"do": "解冻", "org": POST},
        {"do": "改隶", "org": POST, "parent": UNIT, "supervisor": "canal_office/post/A3"},
        {"do": "核增", "org": POST, "kind": "UK-SENIOR-SCS1", "n": "1"},
    ]


def test_an_absence_over_two_returns_freezes_once(tmp_path):
    present = {"A1": (FIRST, FOURTH), "A2": (FIRST, SECOND, THIRD, FOURTH)}
    rows = [senior(on, ref) for ref, days in present.items() for on in days]
    made = [[act["do"] for act in acts] for _, acts in changes(write(tmp_path, rows))]
    assert made[1:] == [["核减", "改隶", "冻结"], [], ["解冻", "改隶", "核增"]]


def test_a_broken_return_is_posted_with_a_word_of_warning(tmp_path):
    whole = [f"A{n}" for n in range(5)]
    rows = [senior(on, ref) for on in (FIRST, THIRD) for ref in whole] + [senior(SECOND, "A0")]
    notes = [head["note"] for head, _ in changes(write(tmp_path, rows))]
    assert notes == ["", "可疑：本期报表疑不完整：高级职位（行） 1，前期 5、后期 5", ""]


def test_the_totals_of_each_return_are_kept_and_agree(tmp_path):
    rows = [senior(FIRST, "A1"), senior(SECOND, "A1", fte="0.6")]
    register = Register(write(tmp_path, rows, [junior(FIRST, "A1"), junior(SECOND, "A1")]))
    kept = [(each.kind, each.expected) for made in register.made for each in made.rows.assertions]
    assert kept == [
        *(("UK-SENIOR", 10_000), ("UK-JUNIOR", 25_000)),
        *(("UK-SENIOR", 6_000), ("UK-JUNIOR", 25_000)),
    ]
    assert not any(made.disagreements for made in register.made)


def test_bodies_of_one_day_are_changes_of_their_own(tmp_path):
    rows = [senior(FIRST, "A1"), senior(FIRST, "A1", body="b", organisation="B Board")]
    register = Register(write(tmp_path, rows))
    assert [draft.document and draft.document.issuer for draft in register.drafts] == [
        "B Board",
        "Canal Office",
    ]


def test_the_lines_are_always_the_same(tmp_path):
    rows = [
        senior(on, f"A{n}", "A0") for on in (FIRST, SECOND) for n in range(9) if on[6] != str(n)
    ]
    folder = write(tmp_path, rows)
    assert list(convert(folder)) == list(convert(folder))


def test_bad_files_are_refused_before_the_first_line(tmp_path):
    with pytest.raises(Refusal):
        next(convert(write(tmp_path, [senior("31.3.2011", "A1")])))
