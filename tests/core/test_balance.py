"""An account's balance through time equals the plain sum of what was booked, in any order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.ledger import COUNTERS, Balance, is_counter
from bianzhi.core.rows import Account

bookings = st.lists(st.tuples(st.integers(0, 9), st.integers(-5, 5)), max_size=20)


def booked(entries: list[tuple[int, int]]) -> Balance:
    balance = Balance()
    for day, delta in entries:
        balance.add(day, delta)
    return balance


def naive(entries: list[tuple[int, int]], day: int) -> int:
    return sum(delta for at, delta in entries if at <= day)


@given(bookings)
def test_on_any_day_it_is_the_sum_of_all_deltas_up_to_it(entries):
    balance = booked(entries)
    for day in range(-1, 12):
        assert balance.on(day) == naive(entries, day)


@given(bookings, st.permutations(range(20)))
def test_the_order_of_booking_does_not_matter(entries, order):
    shuffled = [entries[index] for index in order if index < len(entries)]
    assert [booked(shuffled).on(day) for day in range(11)] == [
        booked(entries).on(day) for day in range(11)
    ]


@given(bookings, st.integers(-1, 11))
def test_the_lowest_from_a_day_is_the_lowest_of_every_later_day_and_its_first(entries, day):
    found_day, lowest = booked(entries).lowest_from(day)
    later = [(naive(entries, at), at) for at in range(day, 13)]
    assert (lowest, found_day) == min(later)


def test_an_empty_account_is_zero_for_ever():
    assert Balance().on(5) == 0
    assert Balance().lowest_from(5) == (5, 0)


def test_a_change_dated_back_lowers_every_later_day():
    balance = booked([(10, 5), (30, -4)])
    balance.add(20, -2)
    assert [balance.on(day) for day in (10, 19, 20, 29, 30)] == [5, 5, 3, 3, -1]
    assert balance.lowest_from(20) == (30, -1)


def test_only_the_counter_accounts_may_be_negative():
    assert set(COUNTERS) == {"上级", "核销", "置换"}
    assert all(is_counter(Account(holder, "XZ")) for holder in COUNTERS)
    assert not is_counter(Account("A", "XZ"))
