"""What is told of the key file: every table that keeps files counts, whichever room it is of."""

from __future__ import annotations

import pytest

from bianzhi.office.identity import opening
from bianzhi.office.intake import keeping
from bianzhi.office.survey.rounds.attaching import attach
from bianzhi.site import key_words
from tests.support import surveys
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.SECRET_FILE = str(tmp_path / "own.keys")
    return tmp_path / "own.keys"


def test_a_file_of_a_survey_locked_with_a_later_key_is_noticed(own_keys):
    """The key file kept before the keys were changed opens the roster, not what came after."""
    with fresh(SQLITE) as record:
        record.write(surveys.RECORD)
        keeping.keep(b"roster")
        early = own_keys.read_bytes()
        opening.rotate()
        attach(surveys.opened(), None, "访谈.pdf", b"%PDF-1.7", by="周敏", now=surveys.AT)
        assert key_words.state() == opening.FITS
        own_keys.write_bytes(early)
        assert key_words.state() == opening.OUTDATED
