"""A district behind the API, and a token to read it with."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from bianzhi.office.access.models import Token
from bianzhi.office.access.seals import seal
from bianzhi.office.identity.keeping import Details, keep
from bianzhi.office.identity.opening import person_key
from tests.support.cast import user
from tests.support.people import id_number
from tests.support.register import post_district

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
WORD = "abcde-fghjk-mnpqr"
NUMBER = id_number(date(1985, 7, 1), "女")


@pytest.fixture
def district(db) -> str:
    """The key of 李四, who teaches in the school."""
    key = person_key(NUMBER)
    post_district({key: "李四"}, "YZ")
    keep([Details(key, {"name": "李四", "id_number": NUMBER})], by="测试", now=NOW)
    return key


@pytest.fixture
def token(district):
    """Makes a client that sends the token of a user."""

    def client(role: str = "office_clerk", unit: str = "") -> Client:
        owner = user(role, unit)
        secret = f"{WORD}-{role}-{unit}"
        Token.objects.get_or_create(
            digest=seal(secret), defaults={"user": owner, "title": "测试", "made_at": NOW}
        )
        return Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {secret}"})

    return client
