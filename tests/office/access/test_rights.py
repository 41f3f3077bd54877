"""Who may do what: one function, for any tree of units."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.office.access.models import User
from bianzhi.office.access.rights import may, need, reach
from bianzhi.office.access.roles import ACTIONS, POST, READ, ROLES, SECRETS, USERS
from tests.support.ledger import ledger

CONFINED = sorted(code for code, role in ROLES.items() if role.own_unit_only)
PARENTS = st.lists(st.integers(0, 10), min_size=1, max_size=10)


def someone(role, unit="", active=True):
    return User(username=role, role=role, unit=unit, is_active=active)


def tree(parents):
    """A record of units U0, U1 …, each below an earlier one or (by its own number) below none."""
    lines = ["    2020-01-01 opening", "      设立 org=U0 name=单位0"]
    above = {0: 0}
    for number, wish in enumerate(parents, 1):
        above[number] = wish % (number + 1)
        parent = "" if above[number] == number else f" parent=U{above[number]}"
        lines.append(f"      设立 org=U{number} name=单位{number}{parent}")
    record = MemoryRecord()
    record.post(*ledger("\n".join(lines)))
    return record, above


def below(above, own):
    """Every unit whose chain of parents passes through one, by walking up."""
    found = set()
    for number in above:
        step = number
        while step != own and above[step] != step:
            step = above[step]
        if step == own:
            found.add(f"U{number}")
    return found


@given(PARENTS, st.integers(0, 10), st.sampled_from(CONFINED))
def test_a_confined_user_never_sees_a_unit_outside(parents, pick, role):
    record, above = tree(parents)
    own = pick % len(above)
    user = someone(role, f"U{own}")
    state = State(record.columns(), 18500, scope=reach(user))
    allowed = below({number: (number if number == 0 else up) for number, up in above.items()}, own)
    assert {f"U{n}" for n in above if may(user, READ, f"U{n}", state)} == allowed
    assert set(state.orgs["key"]) == allowed
    assert set(state.accounts["holder"]) <= allowed


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_role_does_what_its_row_says_and_nothing_once_closed(role, action):
    assert may(someone(role, "U0"), action) == (action in ROLES[role].actions)
    assert not may(someone(role, "U0", active=False), action)
    assert not may(AnonymousUser(), action)


def test_nobody_who_manages_users_sees_data_and_no_confined_role_writes():
    for role in ROLES.values():
        assert USERS not in role.actions or READ not in role.actions
        assert not role.own_unit_only or not role.actions & {POST, SECRETS}


def test_without_a_state_a_confined_user_has_only_the_own_unit():
    user = someone("department_clerk", "U1")
    assert may(user, READ, "U1")
    assert not may(user, READ, "U2")


def test_a_refusal_says_what_was_asked():
    with pytest.raises(PermissionDenied, match="不能入账"):
        need(someone("auditor"), POST)
    with pytest.raises(PermissionDenied, match="不在您的范围内"):
        need(someone("department_clerk", "U1"), READ, "U2")
