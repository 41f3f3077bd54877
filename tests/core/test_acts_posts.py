"""Acts on posts: each moves posts from a giver to a taker, and says no when it cannot."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems


@pytest.mark.parametrize(
    ("acts", "after"),
    [
        ("下达 to=P kind=XZ n=5", {"A": 10, "P": 5, "上级": -15}),
        ("核增 org=B kind=XZ n=2", {"A": 10, "B": 2, "上级": -12}),
        ("核增 org=B kind=XZ n=2 from=A", {"A": 8, "B": 2, "上级": -10}),
        ("核减 org=A kind=XZ n=3", {"A": 7, "上级": -10, "核销": 3}),
        ("收回 org=A kind=XZ n=3", {"A": 7, "上级": -7}),
        ("收回 org=A kind=XZ n=3 to=P", {"A": 7, "P": 3, "上级": -10}),
        ("划转 from=A to=B kind=XZ n=4.5", {"A": 5.5, "B": 4.5, "上级": -10}),
        ("入池 org=A pool=P kind=XZ n=6", {"A": 4, "P": 6, "上级": -10}),
        (
            "入池 org=A pool=P kind=XZ n=6\n出池 pool=P org=B kind=XZ n=2",
            {"A": 4, "B": 2, "P": 4, "上级": -10},
        ),
        (
            "置换 org=A kind=XZ n=4 to_kind=SY",
            {"A": 6, "A/SY": 4, "上级": -10, "置换": 4, "置换/SY": -4},
        ),
        (
            "置换 org=A kind=XZ n=4 to_kind=SY to_n=2 to_funding=full",
            {"A": 6, "A/SY/full": 2, "上级": -10, "置换": 4, "置换/SY/full": -2},
        ),
        ("核定 org=A kind=XZ n=12", {"A": 12, "上级": -12}),
        ("核定 org=A kind=XZ n=7", {"A": 7, "上级": -7}),
        ("核定 org=A kind=XZ n=7 from=P", {"A": 7, "P": 3, "上级": -10}),
        ("核定 org=A kind=XZ n=10", {"A": 10, "上级": -10}),
        ("核定 org=A kind=XZ n=0", {}),
        ("下达 to=A kind=LD1@6 n=1", {"A": 10, "A/LD1@6": 1, "上级": -10, "上级/LD1@6": -1}),
        (
            'kind=XZ legs=[{"holder":"A","n":-3},{"holder":"B","n":"2"},{"holder":"核销","n":1}]',
            {"A": 7, "B": 2, "上级": -10, "核销": 1},
        ),
        (
            'kind=XZ legs=[{"holder":"A","n":-1},{"holder":"A","n":1,"funding":"full"}]',
            {"A": 9, "A/XZ/full": 1, "上级": -10},
        ),
    ],
)
def test_each_verb_moves_posts_from_a_giver_to_a_taker(office, acts, after):
    office.post(draft(acts if not acts.startswith("kind") else f"调剂 {acts}"))
    assert office.view.posts() == after


def test_posts_move_on_the_day_of_the_act_or_else_of_its_document(office):
    office.write("""
        2023-01-01
          核减 org=A kind=XZ n=1
          核减 org=A kind=XZ n=1 on=2023-06-01
    """)
    view = office.view
    days = ("2022-12-31", "2023-01-01", "2023-05-31", "2023-06-01")
    assert [view.approved("A", day) for day in days] == [10, 9, 9, 8]


def test_a_transfer_may_change_the_funding_form(office):
    office.post(draft("划转 from=A to=A kind=XZ n=4 to_funding=full"))
    assert office.view.posts() == {"A": 6, "A/XZ/full": 4, "上级": -10}


def test_a_fixed_number_counts_from_what_the_unit_has_on_that_day(office):
    office.write("""
        2023-06-01
          核增 org=A kind=XZ n=5
        2023-03-01
          核定 org=A kind=XZ n=8
    """)
    view = office.view
    assert view.approved("A", "2023-03-01") == 8
    assert view.approved("A", "2023-06-01") == 13


FIELDS = {
    "下达": "to=A kind=XZ n=1",
    "核增": "org=A kind=XZ n=1",
    "核减": "org=A kind=XZ n=1",
    "收回": "org=A kind=XZ n=1",
    "划转": "from=A to=B kind=XZ n=1",
    "入池": "org=A pool=P kind=XZ n=1",
    "出池": "pool=P org=A kind=XZ n=1",
    "置换": "org=A kind=XZ n=1 to_kind=SY",
    "核定": "org=A kind=XZ n=11",
}


@pytest.mark.parametrize("verb", [verb for verb in FIELDS if verb != "核定"])
@pytest.mark.parametrize("n", ["0", "-1"])
def test_nothing_and_less_cannot_be_moved(office, verb, n):
    (problem,) = problems(office, draft(f"{verb} {FIELDS[verb].replace('n=1', f'n={n}')}"))
    assert (problem.code, problem.field) == ("bad-quantity", "n")
    assert f"数量 {n} 应大于零" in problem.what


@pytest.mark.parametrize("verb", FIELDS)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("=A", "=Q"), "unknown-unit"),
        (("kind=XZ", "kind=QQ"), "unknown-quota-kind"),
        (("kind=XZ", "kind=X"), "group-code"),
        (("kind=XZ", "kind=XZ funding=金"), "unknown-funding-form"),
        (("kind=XZ", "kind=XZ on=2019-12-31"), "before-birth"),
    ],
)
def test_every_verb_knows_its_units_kinds_and_days(office, verb, change, code):
    assert codes(office, draft(f"{verb} {FIELDS[verb].replace(*change)}")) == [code]


@pytest.mark.parametrize("verb", ["核减", "收回", "划转", "入池", "置换"])
def test_more_than_there_is_cannot_be_taken(office, verb):
    (problem,) = problems(office, draft(f"{verb} {FIELDS[verb].replace('n=1', 'n=10.5')}"))
    assert problem.code == "overdrawn"
    assert "甲局（A）" in problem.what
    assert "只有 10 名，要减 10.5 名，将为 -0.5" in problem.what


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("入池 org=A pool=B kind=XZ n=1", "unknown-unit", "pool"),
        ("出池 org=A pool=B kind=XZ n=1", "unknown-unit", "pool"),
        ("划转 from=A to=A kind=XZ n=1", "same-account", ""),
        ("收回 org=A kind=XZ n=1 to=A", "same-account", ""),
        ("核增 org=A kind=XZ n=1 from=Q", "unknown-unit", "from"),
        ("划转 from=A to=Q kind=XZ n=1", "unknown-unit", "to"),
        ("置换 org=A kind=XZ n=1 to_kind=S", "group-code", ""),
        ("置换 org=A kind=XZ n=1 to_kind=SY to_n=0", "bad-quantity", "n"),
        ("核定 org=A kind=XZ n=-1", "bad-quantity", "n"),
        ("核定 org=B kind=XZ n=1 from=P", "overdrawn", ""),
        ("出池 org=A pool=P kind=XZ n=1", "overdrawn", ""),
    ],
)
def test_what_a_verb_cannot_mean_is_refused_in_the_field_that_is_wrong(office, line, code, field):
    (problem,) = problems(office, draft(line))
    assert (problem.code, problem.field) == (code, field)


@pytest.mark.parametrize(
    ("legs", "code", "field"),
    [
        ("[]", "bad-list", "legs"),
        ('{"holder":"A","n":1}', "bad-list", "legs"),
        ('["A"]', "bad-leg", "legs[1]"),
        ('[{"holder":"A","n":-1},{"holder":"B"}]', "bad-leg", "legs[2]"),
        ('[{"holder":"A","n":0}]', "bad-quantity", "legs[1]"),
        ('[{"holder":"A","n":"一"}]', "bad-quantity", "legs[1]"),
        ('[{"holder":"A B","n":1}]', "bad-key", "legs[1]"),
        ('[{"holder":"A","n":-1},{"holder":"Q","n":1}]', "unknown-unit", "legs[2]"),
        ('[{"holder":"A","n":-1,"kind":["XZ"]}]', "bad-text", "legs[1]"),
        ('[{"holder":"A","n":-1,"fund":"full"}]', "unknown-field", "legs[1]"),
        ('[{"holder":"A","n":-1},{"holder":"B","n":2}]', "unbalanced", ""),
    ],
)
def test_a_wrong_leg_is_named_by_its_position(office, legs, code, field):
    (problem,) = problems(office, draft(f"调剂 kind=XZ legs={legs}"))
    assert (problem.code, problem.field) == (code, field)


def test_legs_keep_their_own_place_in_the_document(office):
    (made,) = office.post(
        draft(
            '调剂 kind=XZ source=附表 legs=[{"holder":"A","n":-1,"source":"附表!B2"},'
            '{"holder":"B","n":1}]'
        )
    )
    assert [posting.source for posting in made.rows.postings] == ["附表!B2", "附表"]


@pytest.mark.parametrize("verb", [verb for verb in FIELDS if "org=A" in FIELDS[verb]])
def test_a_counter_account_is_where_posts_come_from_or_go_to_but_never_a_unit(office, verb):
    (problem,) = problems(office, draft(f"{verb} {FIELDS[verb].replace('org=A', 'org=上级')}"))
    assert (problem.code, problem.field) == ("unknown-unit", "org")
