"""The questionnaires at hand: the shipped one, and the office's own copies."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from django.utils import timezone

from bianzhi.core.errors import Refusal
from bianzhi.office.survey.rounds.models import QuestionnaireVersion
from bianzhi.office.survey.rounds.questions.questionnaire import Questionnaire
from bianzhi.office.survey.rounds.questions.reading import read_questionnaire

USUAL = "usual"
_SHIPPED = "bianzhi.office.survey.rounds.questions.shipped"
LARGEST_BYTES = 1_000_000
_KEY = re.compile(r"[a-z0-9-]{1,40}")


class Listed(NamedTuple):
    """A questionnaire as the page lists it; ``by`` is "" for a shipped one."""

    key: str
    title: str
    by: str
    at: object


@cache
def shipped() -> dict[str, str]:
    """Text by name of those that come with the product."""
    held = [each for each in files(_SHIPPED).iterdir() if each.name.endswith(".toml")]
    return {each.name.removesuffix(".toml"): each.read_text(encoding="utf-8") for each in held}


def listed() -> list[Listed]:
    """All of them, the shipped ones first, the office's own by name."""
    found = [Listed(key, read_questionnaire(text).title, "", None)
             for key, text in sorted(shipped().items())]  # fmt: skip
    last = {each.key: each for each in QuestionnaireVersion.objects.all()}
    return found + [Listed(key, each.title, each.by, each.at) for key, each in sorted(last.items())]


def text(key: str) -> str:
    """The text of one as it counts now.

    Raises:
        Refusal: There is none of that name.
    """
    last = QuestionnaireVersion.objects.filter(key=key).last()
    if last is not None:
        return last.text
    if key not in shipped():
        known = "、".join(each.key for each in listed())
        raise Refusal.of("unknown-questionnaire", f"没有代号为“{key}”的问卷", f"可选的有：{known}",
                         field="questionnaire")  # fmt: skip
    return shipped()[key]


def keep(key: str, given: str, by: str) -> tuple[QuestionnaireVersion, Questionnaire]:
    """Keep a questionnaire of the office's own, after it was checked.

    Raises:
        Refusal: With everything that is wrong with it.
    """
    if not _KEY.fullmatch(key):
        raise Refusal.of("bad-key", f"“{key}”不能作代号", "请用小写字母、数字和短横，如 own",
                         field="key")  # fmt: skip
    if key in shipped():
        raise Refusal.of("shipped-questionnaire", f"“{key}”是自带的问卷", "请换一个代号",
                         field="key")  # fmt: skip
    given = given.replace("\r\n", "\n").replace("\0", "")
    read = read_questionnaire(given)
    kept = QuestionnaireVersion.objects.create(
        key=key, title=read.title[:120], text=given, digest=read.digest, by=by, at=timezone.now()
    )
    return kept, read
