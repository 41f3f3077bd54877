"""The house rules that no other tool holds: sizes, lock files, decision records, pure rooms."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import chain
from pathlib import Path
from statistics import median

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path for room in ("src", "tests", "benchmarks") for path in ROOT.glob(f"{room}/**/*.py")
)
PRODUCT = sorted(ROOT.glob("src/**/*.py"))
LOCKS = sorted(ROOT.glob("requirements*.lock"))
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

FILE_LINES, FUNCTION_LINES, TYPICAL_FILE_LINES = 500, 50, 120
PURE_ROOMS = ("core", "methods", "rules")
CLOCKS = {"today", "now", "utcnow"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function of a file with the lines it takes, its docstring and decorators left out."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, Function)]
    return [(node.name, lines_of(node)) for node in found]


def lines_of(function: Function) -> int:
    """Lines of a function; a long docstring is a service to the reader and does not count.

    >>> lines_of(ast.parse('''def days():
    ...     \"\"\"Two
    ...     lines.\"\"\"
    ...     return 1''').body[0])
    2
    """
    documented = ast.get_docstring(function, clean=False) is not None
    first = function.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_no_file_is_too_long_to_read():
    assert [named(path) for path in SOURCES if lines(path) > FILE_LINES] == []


def test_the_typical_file_fits_two_screens():
    assert median(lines(path) for path in PRODUCT) <= TYPICAL_FILE_LINES


def test_no_function_is_too_long_to_read():
    found = [(named(path), *each) for path in SOURCES for each in functions(path)]
    assert [each for each in found if each[-1] > FUNCTION_LINES] == []


def test_rooms_that_must_be_pure_never_read_the_clock():
    """import-linter forbids them `time`; `date.today()` hides in a module they may use."""
    found = [
        (named(path), node.lineno)
        for path in chain.from_iterable(
            ROOT.glob(f"src/bianzhi/{room}/**/*.py") for room in PURE_ROOMS
        )
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_lock_file_holds_exact_versions_with_hashes_and_no_address(lock):
    text = lock.read_text(encoding="utf-8")
    entries = text.replace("\\\n", "").splitlines()
    assert entries
    for entry in entries:
        assert re.fullmatch(
            r"[a-z0-9._\[\]-]+==\S+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry
        )


def locked(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    return dict(found)


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        (PROJECT["project"]["dependencies"], "requirements.lock"),
        (PROJECT["dependency-groups"]["test"], "requirements-dev.lock"),
        (PROJECT["dependency-groups"]["lint"], "requirements-dev.lock"),
        (PROJECT["dependency-groups"]["bench"], "requirements-bench.lock"),
    ],
    ids=["runtime", "test", "lint", "bench"],
)
def test_lock_file_gives_what_pyproject_asks_for(wanted, lock):
    versions = locked(lock)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(versions[requirement.name]), requirement


def test_lock_files_agree_with_each_other():
    runtime = locked("requirements.lock")
    for lock in LOCKS:
        for name, version in locked(lock.name).items():
            assert runtime.get(name, version) == version, f"{lock.name}: {name}"


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_decision_record_says_why_and_what_was_rejected(decision):
    text = decision.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", decision.name)
    headings = re.findall(r"^## (.+)$", text, re.M)
    assert [each for each in ("背景", "决定", "未采用的方案") if each not in headings] == []
