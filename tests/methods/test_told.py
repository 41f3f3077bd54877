"""What every public name of these methods says of itself: results, errors, sources."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re

import pytest

MODULES = ("indicators", "norms", "retirement", "forecast", "allocation", "inequality")

# They read packs or write a number down: there is nothing to calculate, so no paper.
PLAIN = {
    "load", "default", "example", "national", "month_number", "month_text", "rounded",
    "first_come", "proportional", "compare", "contribution_table",
}  # fmt: skip
# What goes in (and the law as data), not what comes out.
GIVEN = {
    "Activity", "Band", "Bracket", "Cap", "Category", "Checklist", "Choice", "Deduction",
    "Flexible", "Hazard", "Indicator", "Manual", "Policy", "Ratio", "Standard", "Standards",
    "Task", "WorkingTime",
}  # fmt: skip


def public(name: str) -> dict[str, object]:
    module = importlib.import_module(f"bianzhi.methods.{name}")
    return {each: getattr(module, each) for each in module.__all__}


def functions(name: str) -> dict[str, str]:
    return {each: inspect.getdoc(made) or "" for each, made in public(name).items()
            if inspect.isfunction(made)}  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_every_function_says_what_it_refuses_and_where_it_comes_from(name):
    told = {each: text for each, text in functions(name).items() if each not in PLAIN}
    silent = [each for each, text in told.items() if not re.search("Raises:|[Ee]rrors: as", text)]
    homeless = [each for each, text in told.items() if not re.search("Sources?:", text)]
    assert (silent, homeless) == ([], [])


@pytest.mark.parametrize("name", MODULES)
def test_every_value_is_frozen_and_every_result_is_a_table_and_words(name):
    values = {each: made for each, made in public(name).items() if dataclasses.is_dataclass(made)}
    loose = [each for each, made in values.items()
             if not getattr(made, "__dataclass_params__").frozen]  # noqa: B009  # fmt: skip
    mute = [each for each, made in values.items() if each not in GIVEN
            and not (hasattr(made, "to_frame") and hasattr(made, "summary"))]  # fmt: skip
    assert (loose, mute) == ([], [])


def test_the_lists_above_name_only_what_exists():
    names = {each for module in MODULES for each in public(module)}
    assert sorted((PLAIN | GIVEN) - names) == []
