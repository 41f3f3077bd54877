"""The office's own thresholds of the diagnosis: checked, dated, used at once, laid aside, kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.checks import packs, thresholds
from bianzhi.office.checks.models import PackVersion
from bianzhi.rules.diagnosis.thresholds import usual, usual_text
from tests.support.cast import browser
from tests.support.pages import get, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
OFFICE = """
    2020-01-01 opening
      设立 org=A name=测县城管局 category=121
      设立 org=B name=测县市容中心 category=49 supervisor=A
      下达 to=B kind=SY n=18
      上编 person=p1 org=B kind=SY
"""
# twenty posts are small here
OWN = usual_text().replace("low = 16\n", "low = 20\n").replace("通用门槛", "测县门槛")


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(OFFICE)
        yield record


def send(content: str, who: str = "office_head", **more: object):
    given = {"key": thresholds.KEY, "text": content, **more}
    return browser(who).post("/findings/packs/upload", given, follow=True)


def small() -> bool:
    return "机构诊断：1 个单位" in text(get("/survey/diagnosis", **ON, kind="small"))


def test_own_thresholds_are_used_at_once_and_their_formula_tells_their_own_numbers():
    assert not small()
    answer = text(send(OWN).content.decode())
    assert "“机构诊断测县门槛”已采用，马上按它诊断" in answer
    assert small()
    assert "5 名以下 1 分，20 名以上 0 分" in text(get("/survey/diagnosis", **ON))
    assert PackVersion.objects.get().text == OWN
    assert all(each.key != thresholds.KEY for each in packs.listed()), "不是规则包"


def test_a_file_is_as_good_as_typing():
    send("", file=SimpleUploadedFile("d.toml", OWN.encode("utf-8-sig")))
    assert small()


def test_laid_aside_they_are_kept_and_may_be_taken_up_again():
    send(OWN)
    page = browser("office_head").post(
        "/findings/packs/choose", {"key": "diagnosis", "used": "no"}, follow=True
    )
    assert "已停用" in page.content.decode()
    assert not small()
    assert thresholds.text() == OWN, "下次从它改起"
    packs.choose(thresholds.KEY, True, "甲")
    assert small()
    assert PackVersion.objects.count() == 3


def test_the_newest_whose_days_hold_the_day_is_the_one():
    first = 'valid_until = "2021-12-31"\n' + OWN
    second = 'valid_from = "2022-01-01"\n' + OWN.replace("low = 20\n", "low = 30\n")
    thresholds.keep(second, "甲")
    thresholds.keep(first, "甲")
    lows = {
        day: thresholds.thresholds_on(parse_day(day)).signs["small"]["low"]
        for day in ("2021-12-31", "2022-01-01")
    }
    assert lows == {"2021-12-31": 20, "2022-01-01": 30}
    page = text(get("/findings/packs", on="2022-01-01"))
    assert "2021-12-31 当日不用" in page
    only_later = 'valid_from = "2030-01-01"\n' + OWN
    packs.choose(thresholds.KEY, False, "甲")
    thresholds.keep(only_later, "甲")
    assert thresholds.thresholds_on(parse_day("2022-01-01")) == usual()


WRONG = (
    ("low = 16\n", "low = 5\n", "[signs.small] 的 low 和 high 相同"),
    ("low = 16\n", "low = 3\n", "[signs.small] 的 low 和 high 反了：数越小分应越高"),
    ("share = 0.2\n", "share = 20\n", "[signs.vacant] 的“share”应在 0 和 1 之间"),
    ("years = 3\n", "years = 2.5\n", "[signs.falling] 的“years”应为 1 以上的整数"),
    ("few = 0.7\n", "few = 1.1\n", "few 应小于 1，many 应大于 1"),
    ("work = 1.0, ", "", "[signs.weakened] 的权重缺少“work”"),
    ("weak = 0.4 }", "weak = -1 }", "权重“weak = -1”不对"),
    ("{high:g} 名以下", "{most:g} 名以下", "[signs.small] 的 formula 里花括号写得不对"),
    ("[signs.shell]", "[signs.shel]", "不认识 [signs.shel]"),
    ('grade = "V-"', 'grade = "A"', "证据等级“A”不认识"),
    ('institutions = ["4"]', 'institutions = ["44444"]', "没有机构类别“44444”"),
    ('norm = "schools-2014"', 'norm = "schools"', "没有“schools”这项定编标准"),
    ('day = "2006-01-01"', 'day = "2006-13-01"', "[[ended]] 第 1 项 的“day”"),
    ("each = 10000", "each = 0", "的“each”应为 1 以上的整数"),
    ('source = "单位自报"\n', "", "[signs.undone] 缺少“source”"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), WRONG)
def test_a_wrong_pack_is_refused_with_the_place_named(old, new, words):
    assert old in usual_text()
    with pytest.raises(Refusal) as told:
        thresholds.keep(usual_text().replace(old, new, 1), "甲")
    assert any(words in str(each) for each in told.value.problems)
    assert not PackVersion.objects.exists()


def test_everything_that_is_wrong_is_named_at_once_and_what_was_typed_stays():
    given = usual_text()
    for old, new, _ in WRONG[2:6]:
        given = given.replace(old, new, 1)
    page = send(given)
    assert page.status_code == 400
    words = page.content.decode()
    assert all(said in words.replace("&quot;", '"') for _, _, said in WRONG[2:6])
    assert "share = 20" in words, "写的还在，改了再交"
    assert not small()


@pytest.mark.parametrize("shape", ["signs = 3", "peers = 3", "scope = []", "valid_from = 20220101"])
def test_odd_shapes_are_told_and_never_crash(shape):
    with pytest.raises(Refusal):
        thresholds.keep(f'title = "x"\n{shape}\n', "甲")


def test_from_after_until_is_never():
    given = 'valid_from = "2022-01-02"\nvalid_until = "2022-01-01"\n' + OWN
    with pytest.raises(Refusal, match="失效日期早于生效日期"):
        thresholds.keep(given, "甲")


def test_own_ones_a_later_product_cannot_read_are_told_and_the_usual_ones_used(monkeypatch):
    send(OWN)
    PackVersion.objects.create(
        key=thresholds.KEY, title="旧的", text='title = "旧的"', used=True, by="甲",
        at=PackVersion.objects.get().at,
    )  # fmt: skip
    page = text(get("/findings/packs", **ON))
    assert "本办的诊断门槛用不上了：诊断门槛缺少“scope”" in page
    assert small(), "再早一份还能用"


def test_who_may_not_change_packs_may_not_change_thresholds():
    assert send(OWN, who="department_clerk").status_code == 403
    page = browser("department_clerk", "A").get("/findings/packs", ON)
    assert "改诊断门槛" not in page.content.decode()


def test_the_text_can_be_fetched_to_start_from():
    got = browser("office_head").get("/findings/packs/text", {"key": thresholds.KEY})
    assert got.content.decode() == usual_text()
