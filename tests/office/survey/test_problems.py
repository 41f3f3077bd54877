"""共性、个性问题 on pages: themes and quotes, what classes share, and what the office decides."""

from __future__ import annotations

import polars as pl
import pytest

from bianzhi.office.access.models import LogEntry
from bianzhi.office.survey import told as survey
from bianzhi.office.survey.problems.models import ThemeDecision
from bianzhi.rules.diagnosis.told import PROBLEMS, Told
from tests.support.cast import browser
from tests.support.exports import workbook
from tests.support.pages import get, links, row, rows, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
TOWNS = [f"T{n}" for n in range(5)]
CENTRES = [f"C{n}" for n in range(8)]
OFFICE = """
    2020-01-01 opening
      设立 org=A name=测县农业局 category=121
      设立 org=Z name=青石镇 category=12X
""" + "".join(
    f"      设立 org={key} name=测县{key}站 category=49 supervisor={'Z' if key in TOWNS else 'A'}\n"
    f"      下达 to={key} kind=SY n=4\n" for key in TOWNS + CENTRES
)  # fmt: skip
SAID = [
    *((key, "problem", "上级下放事项多，人员没有跟着下来", f"{key}-1") for key in TOWNS[:4]),
    *((key, "proposal", "建议增加编制2名。", f"{key}-1") for key in CENTRES[:3]),
    ("C3", "problem", "1.经费紧张；2.院里古树把墙顶裂了。", "C3-1"),
    ("C4", "problem", "院内古树把围墙顶裂了", "C4-1"),
    ("C5", "problem", "暂无", "C5-1"), ("C6", "problem", "暂无", "C6-1"),
    ("C7", "problem", "暂无", "C7-1"), ("T4", "problem", "无", "T4-1"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def office(monkeypatch):
    """Thirteen units that answered, five of them led by a town."""
    problems = pl.DataFrame(SAID, schema=PROBLEMS, orient="row")
    monkeypatch.setattr(survey, "told", lambda _=None: Told(problems=problems))
    monkeypatch.setattr(survey, "address", lambda answer: f"/survey/answers/{answer}")
    with fresh(SQLITE) as record:
        record.write(OFFICE)
        yield record


def decide(**given: str) -> str:
    answer = browser("office_head").post(f"/survey/problems/decide?on={ON['on']}", given,
                                         follow=True)  # fmt: skip
    assert answer.status_code == 200
    return text(answer.content.decode())


def quotes(**asked: str) -> str:
    return get("/survey/problems/quotes", **ON, **asked)


def test_themes_with_how_many_say_them_and_who_shares_them():
    page = get("/survey/problems", **ON)
    assert "共性、个性问题：13 家单位，14 条" in text(page)
    cells = row(page, "上级下放无编制")
    assert cells[2:5] == ["4", "30.8%", "4"]
    assert "主管部门：青石镇；类型：乡镇（街道）所属" in cells[5]
    assert row(page, "经费不足")[6] == "1"
    assert row(page, "没有说问题")[2] == "4"
    assert row(page, "未归类")[6] == "2"
    assert "5 家乡镇（街道）所属的单位中 4 家提到“上级下放无编制”（80%），其余 8 家中 0 家" in text(
        page
    )


def test_quotes_with_the_words_that_decided_their_answer_and_what_stands_around():
    page = quotes(theme="funds")
    assert '<mark>经费紧张</mark><span class="muted">；2.院里古树把墙顶裂了。</span>' in page
    assert "/survey/answers/C3-1" in links(page)
    assert row(page, "测县C3站")[3].startswith("个性")


@pytest.mark.parametrize(
    ("asked", "count"),
    [({"theme": "handed-down"}, 4), ({"cls": "主管部门：青石镇"}, 5), ({"standing": "class"}, 4),
     ({"standing": "own"}, 3),
     ({"kind": "proposal"}, 3), ({"q": "古树"}, 3), ({"q": "C3 古树"}, 2),
     ({"theme": "unsorted"}, 2),
     ({"theme": "pay"}, 0)],
)  # fmt: skip
def test_filters(asked, count):
    assert f"{count} 条原话" in text(quotes(**asked))


@pytest.mark.parametrize("asked", [{"cls": "主管部门：没有"}, {"standing": "zz"}, {"kind": "zz"}])
def test_a_filter_there_is_not_is_refused_in_words(asked):
    answer = browser().get("/survey/problems", asked)
    assert answer.status_code == 400
    assert "不认识" in answer.content.decode()


def test_a_quote_is_moved_with_a_reason_logged_and_teaches_its_like():
    told = decide(verb="add", title="古树管护", reason="林业条线要单列")
    assert "已记下：新设：“古树管护”" in told
    code = f"own:{ThemeDecision.objects.get().pk}"
    told = decide(verb="move", theme="unsorted", to=code, answer="C3-1", quote="院里古树把墙顶裂了",
                  reason="说的是古树")  # fmt: skip
    assert "改归：“院里古树把墙顶裂了” → “古树管护”；理由：说的是古树" in told
    page = quotes(theme=code)
    assert "2 条原话" in text(page)
    assert "经办人改归，理由：说的是古树" in row(page, "测县C3站")[2]
    assert "与改归过的“院里古树把墙顶裂了”相近" in row(page, "测县C4站")[2]
    assert LogEntry.objects.filter(what__contains="说的是古树").exists()


def test_a_decision_is_taken_back_and_stays_in_sight():
    decide(verb="rename", theme="funds", title="钱不够", reason="照报告的叫法")
    first = ThemeDecision.objects.get().pk
    assert row(get("/survey/problems", **ON), "钱不够")
    told = decide(verb="undo", of=str(first), reason="还是按目录叫")
    assert row(get("/survey/problems", **ON), "经费不足")
    assert "已撤回" in told
    assert "没有第" in decide(verb="undo", of=str(first), reason="再撤一次试试")
    assert ThemeDecision.objects.count() == 2


def test_themes_are_joined_and_split():
    decide(verb="merge", theme="posts-short", to="handed-down", reason="其实是一回事")
    assert row(get("/survey/problems", **ON), "上级下放无编制")[2] == "7"
    decide(
        verb="split", theme="handed-down", title="人没有跟着来", words="跟着下来", reason="单独看看"
    )
    assert row(get("/survey/problems", **ON), "人没有跟着来")[2] == "4"


@pytest.mark.parametrize(
    ("given", "words"),
    [({"verb": "rename", "theme": "funds", "title": "钱", "reason": "好"}, "没有写清理由"),
     ({"verb": "rename", "theme": "zz", "title": "钱", "reason": "理由写得清楚"}, "不存在"),
     ({"verb": "zz", "reason": "理由写得清楚"}, "不认识"),
     ({"verb": "move", "theme": "funds", "to": "pay", "reason": "理由写得清楚"},
      "没有说改归哪一条"),
     ({"verb": "add", "title": "长" * 41, "reason": "理由写得清楚"}, "名称太长")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_not_kept(given, words):
    assert words in decide(**given)
    assert not ThemeDecision.objects.exists()


def test_the_workbook_has_every_quote_with_what_decided():
    words = str(workbook(browser().get("/survey/problems", {**ON, "as": "xlsx"})))
    assert "有这个主题的词“经费紧张”" in words
    assert "院里古树把墙顶裂了" in words
    words = str(workbook(browser().get(
        "/survey/problems/quotes", {**ON, "as": "xlsx", "theme": "funds"}
    )))  # fmt: skip
    assert "顶裂了" in words  # the whole answer stands beside the quote
    assert "下放" not in words


def test_a_new_theme_found_is_adopted(monkeypatch):
    texts = ("农户欠缴水费多年", "水费收缴率低，农户欠缴", "农户欠缴水费，催不动")
    said = [(f"C{at}", "problem", text, f"C{at}-2") for at, text in enumerate(texts)]
    frame = pl.DataFrame(said, schema=PROBLEMS, orient="row")
    monkeypatch.setattr(survey, "told", lambda _=None: Told(problems=frame))
    cells = next(each for each in rows(get("/survey/problems", **ON)) if "新发现" in each)
    page = quotes(theme=f"new:{cells[0]}")
    assert "采用为主题" in page
    assert page.count("<mark>") >= 3
    decide(verb="add", title="水费收缴", words="水费，欠缴", reason="三家都说")
    assert row(get("/survey/problems", **ON), "水费收缴")[2] == "3"
    assert "新发现" not in get("/survey/problems", **ON)
    assert ThemeDecision.objects.get().words == "水费、欠缴"


@pytest.mark.parametrize("role", ["department_clerk", "institution_clerk", "board_secretary"])
def test_a_unit_does_not_see_what_others_wrote(role):
    inside = "C0" if "clerk" in role else ""
    for address in ("/survey/problems", "/survey/problems/quotes?theme=funds"):
        assert browser(role, inside).get(address).status_code == 403
    assert browser(role, inside).post("/survey/problems/decide", {}).status_code == 403


def test_without_answers_the_page_says_what_will_be_there(monkeypatch):
    monkeypatch.setattr(survey, "told", lambda _=None: Told())
    page = text(get("/survey/problems", **ON))
    assert "共性、个性问题：0 家单位，0 条" in page
    assert "答卷交来以后，这里按主题列出" in page


def test_the_report_tells_what_a_class_shares_and_what_is_one_units_own():
    """Four of five units of the town say it; the tree is told by one, whose own it is."""
    said = text(get("/survey/report", **ON, part="troubles"))
    assert "单位反映的共性和个性问题" in said
    assert "乡镇（街道）所属单位" in said
    assert "上级下放事项多，人员没有跟着下来" in said
    page = get("/survey/report", **ON, part="troubles")
    count = next(each for each in links(page) if "name=theme%3A" in each or "name=theme:" in each)
    assert "测县T0站" in text(browser("office_head").get(count).content.decode())


def test_what_three_in_ten_say_is_shared_by_all(monkeypatch):
    """Five of thirteen, of no one class: no class shares it, the whole area does."""
    whose = [TOWNS[0], TOWNS[1], *CENTRES[:3]]
    said = [(key, "problem", "办公用房紧张，没有档案室", f"{key}-9") for key in whose]
    said += [(key, "problem", "暂无", f"{key}-9") for key in (*TOWNS, *CENTRES) if key not in whose]
    frame = pl.DataFrame(said, schema=PROBLEMS, orient="row")
    monkeypatch.setattr(survey, "told", lambda _=None: Told(problems=frame))
    assert any("全部单位" in each for each in rows(get("/survey/problems", **ON)))


def test_a_count_of_the_report_stays_what_it_was_when_a_theme_is_renamed_later():
    page = get("/survey/report", **ON, part="troubles")
    counts = sorted(each for each in links(page) if "name=theme:" in each)
    before = [text(browser("office_head").get(each).content.decode()) for each in counts]
    assert any("上级下放无编制" in each for each in before)
    decide(verb="rename", theme="handed-down", title="权责不一致", reason="按本区的说法")
    assert "权责不一致" in text(get("/survey/report", **ON, part="troubles"))
    assert [text(browser("office_head").get(each).content.decode()) for each in counts] == before
