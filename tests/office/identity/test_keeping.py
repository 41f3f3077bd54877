"""Personal files: kept together or not at all, every change logged, one number for one person."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from bianzhi.core.errors import Refusal
from bianzhi.office.access.append_only import dropping
from bianzhi.office.identity.keeping import Details, Kept, find, initials, keep
from bianzhi.office.identity.models import FileChange, PersonFile
from bianzhi.office.identity.opening import key_file, person_key, rotate, vault
from tests.support.people import id_number

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
NUMBER = id_number(date(1985, 3, 9), "女")
OTHER = id_number(date(1985, 3, 9), "女", serial=2)


def put(*people, by="经办小周"):
    told = [
        Details(person_key(number), {"id_number": number, **values}, "人员表 · 第 5 行")
        for number, values in people
    ]
    return keep(told, by=by, now=NOW)


def test_importing_the_same_person_twice_changes_nothing():
    person = (NUMBER, {"name": "张小明", "education": "大学本科"})
    assert put(person) == Kept(new=1, changed=0, same=0)
    logged = FileChange.objects.count()
    assert put(person) == Kept(new=0, changed=0, same=1)
    assert FileChange.objects.count() == logged


def test_the_number_is_nowhere_readable_and_still_found():
    put((NUMBER, {"name": "张小明"}))
    file = find(NUMBER)
    assert file is not None
    assert (file.name, file.initials, file.sex) == ("张小明", "zxm", "女")
    assert (file.birth_date, file.masked_id) == (date(1985, 3, 9), f"9901{'*' * 12}{NUMBER[-2:]}")
    assert find(OTHER) is None
    assert vault().open(file.person, file.locked_id) == NUMBER
    for model in (PersonFile, FileChange):
        assert NUMBER not in str(list(model.objects.values_list()))


def test_a_later_value_replaces_and_an_empty_one_says_nothing():
    put((NUMBER, {"name": "张小明", "education": "大专"}))
    assert put((NUMBER, {"name": "", "education": "大学本科"}), by="单位小吴").changed == 1
    file = PersonFile.objects.get()
    assert (file.name, file.education, file.changed_by) == ("张小明", "大学本科", "单位小吴")
    logged = FileChange.objects.filter(field="education").order_by("id").last()
    assert logged is not None
    assert (logged.before, logged.after, logged.by) == ("大专", "大学本科", "单位小吴")
    assert logged.source == "人员表 · 第 5 行"


def test_a_new_file_is_one_line_of_the_log():
    put((NUMBER, {"name": "甲", "education": "大专"}))
    made = FileChange.objects.get()
    assert (made.field, made.after, made.source) == ("file", "新建", "人员表 · 第 5 行")


def test_the_log_masks_numbers():
    key = person_key(NUMBER)
    keep([Details(key, {"name": "甲"})], by="x", now=NOW)
    put((NUMBER, {}))
    assert FileChange.objects.get(field="id_number").after == f"9901{'*' * 12}{NUMBER[-2:]}"


def test_one_number_is_one_persons_and_nothing_is_kept_otherwise():
    put((NUMBER, {"name": "甲"}))
    wrong = [Details("r-9", {"name": "丙"}), Details("r-8", {"name": "乙", "id_number": NUMBER})]
    with pytest.raises(Refusal, match="已是 甲"):
        keep(wrong, by="x", now=NOW)
    twice = [Details(key, {"id_number": OTHER, "name": key}) for key in ("r-1", "r-2")]
    with pytest.raises(Refusal, match="是否同一人"):
        keep(twice, by="x", now=NOW)
    assert PersonFile.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"salary": "1"}, "没有“salary”这一栏"),
        ({"birth_date": "1985-03-09"}, "不是日期"),
        ({"id_number": "123"}, "应为 18 位"),
        ({"education": "很" * 41}, "超过 40 个字"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(values, said):
    with pytest.raises(Refusal, match=said) as caught:
        keep([Details("r-1", values, "表 · 第 3 行")], by="x", now=NOW)
    assert caught.value.problems[0].place == "表 · 第 3 行"


def test_the_log_of_changes_cannot_be_edited():
    put((NUMBER, {"name": "甲"}))
    for statement in ("UPDATE identity_filechange SET before = 'x'",
                      "DELETE FROM identity_filechange"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)
    assert list(dropping("t", "sqlite")) != []


def test_a_new_key_locks_everything_again(tmp_path, settings):
    settings.SECRET_FILE = tmp_path / "own.keys"
    put((NUMBER, {}), (OTHER, {}))
    before = {file.person: file.locked_id for file in PersonFile.objects.all()}
    assert rotate() == 2
    for file in PersonFile.objects.all():
        assert file.locked_id.startswith("2:")
        assert file.locked_id != before[file.person]
        assert vault().open(file.person, file.locked_id) in (NUMBER, OTHER)
    assert person_key(NUMBER) in before
    assert key_file().stat().st_mode & 0o077 == 0


def test_people_without_a_number_need_no_key_file(tmp_path, settings):
    settings.SECRET_FILE = tmp_path / "none.keys"
    keep([Details("r-1", {"name": "外聘甲", "work_start": date(2001, 7, 1)})], by="x", now=NOW)
    assert not settings.SECRET_FILE.exists()


def test_thousands_go_in_together():
    many = [Details(f"r-{n}", {"name": f"人{n}", "id_number": id_number(
        date(1970 + n % 30, 1, 1 + n % 28), serial=1 + n // 30)}) for n in range(2500)]  # fmt: skip
    assert keep(many, by="x", now=NOW) == Kept(2500, 0, 0)
    assert keep(many, by="x", now=NOW) == Kept(0, 0, 2500)


def test_initials_are_those_of_the_name():
    assert initials("欧阳 Ana") != ""
    assert initials("李四") == "ls"
