"""Short names taken for a unit, as questions to the clerk: 教体局 — is it 澜溪区教育和体育局?

Until she answers the guess stands; where she says it is not, the name is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bianzhi.office.intake.plan.differences import ANOTHER, THE_SAME, Difference
from bianzhi.office.intake.plan.names import Names, plain
from bianzhi.office.intake.plan.rows import Guess, Said

KIND = "简称"


def key(name: str, full: str) -> str:
    """The key of a question: the two names, whatever the unit's key is."""
    return f"{KIND}|{plain(name)}|{plain(full)}"[:200]


def denied(decisions: Mapping[str, str], names: Names) -> None:
    """Let the names know which guesses a person refused."""
    for question, answer in decisions.items():
        kind, _, rest = question.partition("|")
        if kind == KIND and answer == ANOTHER:
            name, _, full = rest.partition("|")
            names.denied.add((name, full))


def questions(said: Said, decisions: Mapping[str, str]) -> Iterator[Difference]:
    """A line for each guess; those refused before stay, so that the answer can be changed."""
    asked = dict(said.guesses)
    for question, answer in decisions.items():
        kind, _, rest = question.partition("|")
        if kind == KIND and answer == ANOTHER:
            name, _, full = rest.partition("|")
            asked.setdefault((name, full), Guess(name, full, "", ""))
    lines = {key(each.name, each.full): each for each in asked.values()}
    for question, each in lines.items():
        yield Difference(
            question, KIND, each.unit, each.full, "简称指哪个单位", each.full, "台账",
            each.name, each.origin, "表中写的是简称，只有这一个单位对得上；不是它请选“不是它”",
            THE_SAME, (), (THE_SAME, ANOTHER),
        )  # fmt: skip
