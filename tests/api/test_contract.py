"""Every answer of the API is one it declares, whatever it is asked."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bianzhi.office.access.models import Token
from bianzhi.office.access.seals import seal
from bianzhi.site.wsgi import application
from tests.api.conftest import NOW, WORD
from tests.support.cast import user

EXAMPLES = 10  # a route


schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture
def token_in_force(district):
    """The token that every call carries."""
    made = {"user": user("office_clerk"), "title": "测试", "made_at": NOW}
    Token.objects.get_or_create(digest=seal(WORD), defaults=made)


@pytest.mark.usefixtures("token_in_force")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
def test_every_answer_is_declared(case):
    # days that are none (2020-13-01) fit the pattern of days; they are refused in words
    case.call_and_validate(
        headers={"Authorization": f"Bearer {WORD}"},
        excluded_checks=[positive_data_acceptance],
    )


def test_every_route_declares_how_it_refuses():
    routes = schema.raw_schema["paths"]
    assert len(routes) == 10
    for route in routes.values():
        assert set(route) == {"get"}
        assert {"200", "400", "401", "403", "404", "422"} <= set(route["get"]["responses"])
