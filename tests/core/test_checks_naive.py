"""The checks refuse exactly what a naive model refuses: nothing more, nothing less."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from tests.support.ledger import START, codes, draft
from tests.support.records import Record, Remembered

HOLDERS = ("A", "B", "P")
DAYS = [f"2023-{month:02d}-01" for month in range(1, 7)]
_days = st.sampled_from(DAYS)
_moves = st.lists(
    st.tuples(
        st.sampled_from(["上级", *HOLDERS]),
        st.sampled_from([*HOLDERS, "上级", "核销"]),
        st.integers(1, 6),
        _days,
    ).filter(lambda move: move[0] != move[1]),
    min_size=3,
    max_size=15,
)


def office() -> Record:
    record = Remembered()
    record.write(START)
    return record


def accepts(record: Record, line: str, day: str) -> bool:
    try:
        record.post(draft(line, day=day))
    except Refusal:
        return False
    return True


@given(_moves)
@settings(max_examples=60)
def test_a_movement_is_accepted_exactly_when_no_account_is_ever_below_zero(moves):
    record, booked = office(), [("A", 10, "2020-01-01")]
    for giver, taker, n, day in moves:
        wanted = [*booked, (giver, -n, day), (taker, n, day)]
        fine = all(
            sum(delta for at, delta, on in wanted if at == holder and on <= until) >= 0
            for holder in HOLDERS
            for until in DAYS
        )
        assert accepts(record, f"划转 from={giver} to={taker} kind=XZ n={n}", day) is fine
        if fine:
            booked = wanted


_steps = st.lists(
    st.one_of(
        st.tuples(st.just("锁编"), st.integers(1, 5), _days),
        st.tuples(st.just("释放"), st.integers(0, 9), _days),
        st.tuples(st.just("核增"), st.integers(1, 3), _days),
        st.tuples(st.just("核减"), st.integers(1, 3), _days),
    ),
    min_size=3,
    max_size=15,
)


@given(_steps)
@settings(max_examples=80)
def test_a_promise_is_kept_exactly_when_there_is_a_vacancy_on_every_day_it_lasts(steps):
    record, approved = office(), [(10, "2020-01-01")]
    holds: list[list] = []  # [n, from, until]

    def short(posts: list[tuple[int, str]], held: list[list]) -> bool:
        return any(
            sum(n for n, day in posts if day <= on)
            < sum(n for n, start, end in held if start <= on < end)
            for on in DAYS
        )

    for verb, n, day in steps:
        if verb == "锁编":
            wanted = [*holds, [n, day, "9999"]]
            line = f"锁编 matter=M{len(holds)} org=A kind=XZ n={n}"
            fine = accepts(record, line, day)
            assert fine is not short(approved, wanted)
            # a refused matter keeps its place in the list, so that numbers stay their own
            holds = wanted if fine else [*holds, [0, day, day]]
        elif verb == "释放":
            held = n < len(holds) and holds[n][1] <= day < holds[n][2]
            assert accepts(record, f"释放 claimant=M{n}", day) is held
            if held:
                holds[n][2] = day
        else:
            posts = [*approved, (n if verb == "核增" else -n, day)]
            fine = accepts(record, f"{verb} org=A kind=XZ n={n}", day)
            assert fine is not short(posts, holds)
            approved = posts if fine else approved


@given(st.lists(st.tuples(st.sampled_from(["上编", "下编", "转隶"]), _days), max_size=12))
def test_a_person_is_where_the_last_entry_up_to_a_day_says(entries):
    """Entries may come in any order of days; each asks what holds on its own day."""
    record = office()
    places: dict[str, str | None] = {"0000": None}
    record.post(draft("核增 org=B kind=XZ n=1", day="2020-01-01"))

    def at(day: str) -> str | None:
        return places[max(on for on in places if on <= day)] if min(places) <= day else None

    for verb, day in entries:
        now = at(day)
        line, fine, then = {
            "上编": ("上编 person=R1 org=A kind=XZ", now is None, "A"),
            "下编": ("下编 person=R1", now is not None, None),
            "转隶": ("转隶 persons=R1 to=B", now is not None, "B"),
        }[verb]
        assert accepts(record, line, day) is fine
        if fine:
            places[day] = then
    found = [record.view.place("R1", day) for day in DAYS]
    assert [place and place[0] for place in found] == [at(day) for day in DAYS]


def test_a_refusal_is_for_the_reason_the_model_sees():
    record = office()
    assert codes(record, draft("划转 from=A to=B kind=XZ n=11")) == ["overdrawn"]
