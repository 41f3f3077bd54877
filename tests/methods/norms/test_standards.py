"""Norms are data with a grade; what is not sure is off until confirmed."""

from __future__ import annotations

import pytest

from bianzhi.methods.norms import (
    Bracket,
    NormError,
    by_beds,
    by_population,
    by_stage,
    load,
    national,
)


def test_a_norm_of_a_secondary_source_must_be_confirmed():
    with pytest.raises(NormError, match=r"V-.*尚未核实"):
        national().get("schools-2014")
    sure = national().confirm("schools-2014").get("schools-2014")
    assert by_stage({"高中": 125}, sure.figures).posts == 10
    assert not national().norms["schools-2014"].enabled


def test_a_published_norm_is_ready():
    figures = national().get("cdc-county-hebei").figures
    assert by_population(100_000, **figures).posts == 20


def test_beds_of_the_pack():
    sure = national().confirm("hospital-1978").get("hospital-1978")
    brackets = [Bracket(*each) for each in sure.figures["brackets"]]
    assert by_beds(600, brackets).posts == 990


def test_a_departments_own_standard_is_marked():
    assert not national().get("kindergarten-2013").basis


def test_every_norm_names_its_source_and_only_v_is_on():
    norms = national().norms.values()
    assert all(each.source and each.valid_from for each in norms)
    assert all(each.enabled == (each.grade == "V") for each in norms)


def test_unknown_and_faulty(tmp_path):
    with pytest.raises(NormError, match="没有“无”"):
        national().get("无")
    with pytest.raises(NormError, match="无法启用"):
        national().confirm("无")
    path = tmp_path / "own.toml"
    path.write_text('title = "本地"\n[norms.a]\ntitle = "甲"\n', encoding="utf-8")
    with pytest.raises(NormError, match="缺少 figures"):
        load(path)
