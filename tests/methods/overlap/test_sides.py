"""政事分开: powers belong to the department, services to the institution; the phrase is named."""

from __future__ import annotations

import pytest

from bianzhi.methods.overlap.sides import ADMINISTRATIVE, SERVICE, UNCLEAR, side_of

POWERS = {
    "低保审批，医疗救助审核，检查督促": "给付",
    "核发排污许可证": "许可",
    "负责动物防疫条件审查和处罚": "许可",
    "负责城市管理行政执法工作": "处罚",
    "对违法建设进行查处": "处罚",
    "组织违法建设的强制拆除": "强制",
    "依法查封、扣押违法财物": "强制",
    "征收城市基础设施配套费": "征收",
    "审定全县农业补贴发放名单": "许可",
    "对用人单位遵守劳动法律情况进行监督检查": "检查",
    "认定高新技术企业资格": "确认",
    "裁决土地权属争议": "裁决",
    "拟订全区卫生健康事业发展规划并组织实施": "其他",
}
SERVICES = [
    "协助开展行政许可的现场勘查",
    "受民政局委托承担社会组织评估",
    "承担行政许可事项的受理、初审",
    "为行政执法提供检测技术支撑",
    "承担征收补偿的事务性工作",
    "开展执法人员业务培训",
    "维护行政执法信息平台",
    "承担监督抽检样品的检验",
    "参与制定行业技术标准",
    "承担养老保险待遇核算的经办",
    "不承担行政许可，承担审批后的统计分析",
    "负责道路清扫保洁",
    "制定本单位内部管理办法",
]


@pytest.mark.parametrize(("text", "kind"), POWERS.items())
def test_powers_are_found_with_their_kind_and_phrase(text, kind):
    found = side_of(text)
    assert (found.side, found.kind) == (ADMINISTRATIVE, kind)
    assert text[found.start :].startswith(found.phrase)
    assert found.phrase in found.why


@pytest.mark.parametrize("text", SERVICES)
def test_services_are_services_though_they_speak_of_powers(text):
    found = side_of(text)
    assert found.side == SERVICE
    assert found.sure


def test_one_power_among_services_is_enough():
    """A relief centre that also approves benefits: the trap of real duty lists."""
    found = side_of("负责困难群众的走访慰问，承担低保审批")
    assert found.side == ADMINISTRATIVE
    assert found.phrase == "低保审批"


def test_without_a_word_for_either_side_it_is_taken_for_service_and_says_so():
    found = side_of("本区量子通信")
    assert (found.side, found.sure) == (SERVICE, False)
    assert "人工确认" in found.why


def test_nothing_written_is_no_side():
    assert side_of("").side == UNCLEAR
    assert side_of("不承担行政许可").side == UNCLEAR
