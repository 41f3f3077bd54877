"""A district of people with personal files, on the test's database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bianzhi.office.identity.keeping import Details, keep
from bianzhi.office.identity.opening import person_key
from bianzhi.record.post import Poster
from tests.support.people import id_number
from tests.support.register import drafts, post_district

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
BORN = {"张小明": date(1966, 3, 9), "李四": date(1985, 7, 1), "王五": date(1998, 11, 30)}
NUMBERS = {name: id_number(born, "女" if name == "李四" else "男") for name, born in BORN.items()}


@pytest.fixture
def key() -> Callable[[str], str]:
    """The key of a person by name."""
    return lambda name: person_key(NUMBERS[name])


@pytest.fixture
def people(db, key) -> None:
    """张小明 and 李四 in the school; 王五 in the agriculture centre, working at the bureau."""
    post_district({key("张小明"): "张小明", key("李四"): "李四"}, "YZ")
    Poster().post(drafts([
        {"change": {"kind": "opening", "by": "测试", "note": "农技"}},
        {"do": "上编", "person": key("王五"), "name": "王五", "org": "NJ", "kind": "SY",
         "funding": "full", "on": "2020-01-01"},
        {"do": "变更", "subject": key("王五"), "field": "works_at", "value": "NY",
         "on": "2020-01-01"},
    ]))  # fmt: skip
    posts = {"张小明": "管理", "李四": "工勤技能", "王五": "专业技术"}
    keep([
        Details(key(name), {
            "name": name, "id_number": NUMBERS[name], "education": "大学本科",
            "position_type": posts[name],
        }, "人员表") for name in NUMBERS
    ], by="测试", now=NOW)  # fmt: skip
