"""The demo's round: there once, its answers taken back as workbooks, every stage to be seen."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from bianzhi.office.survey.rounds.demo import make_demo_round
from bianzhi.office.survey.rounds.models import TakenBack
from bianzhi.office.survey.told import told
from bianzhi.sample.said import Said, Served, Work
from tests.office.cases.conftest import DISTRICT
from tests.support.ledger import ledger
from tests.support.records import SQLITE, fresh
from tests.support.surveys import RECORD

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 1, 10, 9, tzinfo=timezone.get_default_timezone())


def unit(name: str) -> Said:
    """What one unit tells."""
    return Said(
        name, duties={"负责道路清扫保洁": ("part", "车辆不足")},
        work=[Work("清扫", "公里", {2020: 300.0, 2021: 310.0})],
        served=[Served("常住人口", {2021: 81000.0})], outside={"hired": 6},
        voices=[("problem", "车辆老旧"), ("problem", "缺司机"), ("proposal", "更新车辆")],
    )  # fmt: skip


def test_answers_come_back_through_the_door_of_all_workbooks_once():
    with fresh(SQLITE) as record:
        record.write(RECORD)
        given = [unit("环卫中心"), unit("农技中心")]  # B says nothing
        assert make_demo_round(lambda: given, "E", NOW) == 1
        assert make_demo_round(lambda: given, "E", NOW) == 1
        assert [each.problems for each in TakenBack.objects.all()] == [[], []]
        stands = dict(TakenBack.objects.values_list("sheet__unit", "sheet__status"))
        assert stands["E"] == "returned"  # the clerk's own is to be mended
        found = told()
        assert set(found.workload["unit"]) == {"C"}
        assert found.workload["amount"].to_list() == [300.0, 310.0]
        assert found.execution.select("done", "reason").rows() == [("part", "车辆不足")]
        assert found.problems["text"].to_list() == ["车辆老旧", "更新车辆", "缺司机"]


def test_a_record_without_institutions_has_no_round():
    with fresh(SQLITE) as record:
        record.post(*ledger(DISTRICT))
        assert make_demo_round(list, "", NOW) == 0
