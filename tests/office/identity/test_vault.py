"""Numbers under lock: opened only with the key, only for the person they belong to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.office.identity.keyring import Keyring
from bianzhi.office.identity.vault import Vault
from tests.support.people import id_number

VAULT = Vault(Keyring.new())
NUMBERS = st.builds(
    id_number,
    st.dates(date(1950, 1, 1), date(2008, 12, 31)),
    st.sampled_from("男女"),
    st.integers(1, 498),
)


@given(NUMBERS, st.text(min_size=1, max_size=20))
def test_what_is_locked_opens_again_and_shows_nothing(number, person):
    kept = VAULT.lock(person, number)
    assert VAULT.open(person, kept) == number
    assert number not in kept
    assert VAULT.lock(person, number) != kept  # equal numbers do not look equal


@given(NUMBERS, NUMBERS)
def test_a_number_has_one_key_and_one_index(one, other):
    assert (VAULT.person_key(one) == VAULT.person_key(other)) == (one == other)
    assert (VAULT.index(one) == VAULT.index(other)) == (one == other)


def test_a_person_key_depends_on_the_key_file_and_is_not_the_index():
    number = id_number(date(1990, 1, 1))
    assert Vault(Keyring.new()).person_key(number) != VAULT.person_key(number)
    assert VAULT.index(number) not in VAULT.person_key(number)


def test_a_text_moved_to_another_person_does_not_open():
    kept = VAULT.lock("rn-a", "秘密")
    with pytest.raises(Refusal, match="被改动过"):
        VAULT.open("rn-b", kept)


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_an_edited_text_does_not_open(place, char):
    kept = VAULT.lock("rn-a", id_number(date(1990, 1, 1)))
    place %= len(kept)
    edited = kept[:place] + char + kept[place + 1 :]
    if edited == kept:
        return
    with pytest.raises(Refusal):
        VAULT.open("rn-a", edited)


def test_even_the_bits_that_decoding_leaves_out_are_those_written():
    kept = next(each for each in (VAULT.lock("rn-a", text) for text in ("甲", "1", "12", "123"))
                if each.endswith("="))  # fmt: skip
    place = len(kept.rstrip("=")) - 1
    other = "B" if kept[place] == "A" else chr(ord(kept[place]) + 1)
    with pytest.raises(Refusal):
        VAULT.open("rn-a", kept[:place] + other + kept[place + 1 :])


def test_old_keys_open_what_they_locked_and_only_the_new_one_locks():
    kept = VAULT.lock("rn-a", "旧")
    new = Vault(VAULT.ring.rotated())
    assert new.open("rn-a", kept) == "旧"
    assert new.lock("rn-a", "新").startswith("2:")
    assert new.person_key("x") == VAULT.person_key("x")
    with pytest.raises(Refusal, match="缺少第 2 号密钥"):
        VAULT.open("rn-a", new.lock("rn-a", "新"))
