"""Who may in: a token of a user's, or the user's own login."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from bianzhi.office.access.models import Token, User
from bianzhi.office.access.seals import seal


class ByToken(HttpBearer):
    """``Authorization: Bearer …`` with a token from 我的账号."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The user of a token that is in force."""
        found = Token.objects.filter(digest=seal(token), revoked_at=None).select_related("user")
        held = found.first()
        if held is None or not held.user.is_active:
            return None
        request.user = held.user
        return held.user


class ByLogin(SessionAuth):
    """The login of the browser."""
