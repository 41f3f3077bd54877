"""The one function that says who may do what to which unit."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from bianzhi.core.state import State
from bianzhi.office.access.models import User
from bianzhi.office.access.roles import ACTIONS

Visitor = User | AnonymousUser


def reach(user: Visitor) -> str | None:
    """The unit whose subtree a user is confined to; None for the whole area."""
    return user.unit if isinstance(user, User) and user.has.own_unit_only else None


def may(user: Visitor, action: str, unit: str | None = None, state: State | None = None) -> bool:
    """Whether a user may do something, to a unit where one is named.

    Args:
        user: Who asks.
        action: One of ``roles.ACTIONS``.
        unit: Key of the org, section or pool it is done to; None where it concerns no single one.
        state: A state scoped to ``reach(user)``; needed where a confined user names a unit.
    """
    if not isinstance(user, User) or not user.is_active or action not in user.has.actions:
        return False
    own = reach(user)
    if own is None or unit is None or unit == own:
        return True
    return state is not None and state.inside is not None and unit in state.inside


def need(user: Visitor, action: str, unit: str | None = None, state: State | None = None) -> None:
    """Go on only if the user may.

    Raises:
        PermissionDenied: The user may not; the page says so in words.
    """
    if not may(user, action, unit, state):
        raise PermissionDenied(
            f"您的角色不能{ACTIONS[action]}" + ("（不在您的范围内）" if unit else "")
        )
