"""The survey report: what it says of a small office, and that every number in it is grounded."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from bianzhi.core.days import parse_day
from bianzhi.files.report.document import Figure, Quote, Report, Table, pieces_of
from bianzhi.files.report.layout import laid_out
from bianzhi.office.access.models import LogEntry
from bianzhi.office.desk.held import held
from bianzhi.office.survey.drafted import drafted
from bianzhi.office.survey.report.drafting import PARTS
from bianzhi.office.survey.until import newest
from tests.support.cast import browser
from tests.support.pages import get, links, text
from tests.support.records import SQLITE, fresh
from tests.support.reports import (
    numbers,
    pdf_links,
    pdf_pages,
    word_lines,
    word_links,
    word_tables,
)

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
SITE = "http://localhost"
OFFICE = """
    2020-01-01 opening
      设立 org=A name=测县城管局 category=121
      设立 org=E name=测县民政局 category=121
      设立 org=E1 class=section parent=E name=救助科
      设立 org=B name=测县市容中心 category=49 supervisor=A rank=8
      设立 org=C name=测县环卫中心 category=49 supervisor=A rank=8
      设立 org=D name=测县低保中心 category=49 supervisor=E
      设立 org=C1 class=section parent=C name=机械科
      下达 to=B kind=SY n=4
      下达 to=C kind=SY n=20
      下达 to=C1 kind=SY n=2
      下达 to=D kind=SY n=2
      上编 person=p1 org=C kind=SY
      上编 person=p2 org=C1 kind=SY
      上编 person=p3 org=D kind=SY
      赋职 duty=d1 org=B text=承担渣土运输管理
      赋职 duty=d2 org=C text=负责建筑废弃物运输的管理
      赋职 duty=d3 org=C text=低保审批和医疗救助审核
      赋职 duty=d4 org=D text=承担低保核对工作
      赋职 duty=d5 org=B text=承担养路费征收的辅助工作
"""


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(OFFICE)
        yield record


def report(parts: tuple[str, ...] = tuple(PARTS)) -> Report:
    words = held().state(parse_day(ON["on"]), held().columns.head)
    return drafted(words, newest(), parts).report


def file(form: str, **given: object) -> bytes:
    answer = browser().get(f"/survey/report.{form}?" + urlencode({**ON, **given}, doseq=True))
    assert answer.status_code == 200
    return answer.content


def judge(**given: str) -> None:
    browser().post(f"/survey/diagnosis/judge?{urlencode(ON)}", given)


# -- what it says ------------------------------------------------------------------------------


def test_it_tells_units_posts_and_vacancies_with_those_of_sections():
    lines = word_lines(file("docx"))
    assert lines[:2] == ["测县事业单位机构编制", "调研报告"]
    assert any(line.startswith(
        "2022年1月1日，测县共有事业单位3家，分别由2个部门（单位）主管；核定编制28名，实有3人，"
        "平均每家核定9.3名。有空编的3家，空编25名；没有超出核定的单位，空编合计25名。"
    ) for line in lines)  # fmt: skip


def test_sorts_the_ledger_does_not_tell_are_blanks_nobody_overlooks():
    words = "\n".join(word_lines(file("docx")))
    assert "【请补充：经费形式、公益类别的构成】" in words
    assert "【请补充：调研的依据、时间、组织和方法】" in words
    assert "按机构规格分" in words


def test_each_kind_of_trouble_has_its_paragraph_with_examples():
    lines = word_lines(file("docx"))
    words = "\n".join(lines)
    assert re.search(r"有空壳线索的单位1家，占33\.3%；线索1条，尚未核实确认。", words)
    assert "“承担养路费征收的辅助工作”：“养路费”已于 2009-01-01 取消，职责仍写着" in lines
    assert re.search(r"交叉的职责\d+对，其中跨部门的\d+对，同一部门之内的\d+对。", words)
    assert re.search(r"没有发现.*资源配置不均.*的线索。", words)


def test_what_was_dismissed_is_left_out_and_what_was_confirmed_is_marked():
    judge(unit="B", kind="shell", about="", verdict="dismiss", reason="刚批准筹建，年底进人")
    judge(unit="B", kind="micro", about="", verdict="confirm", reason="现场看过，确实如此")
    words = "\n".join(word_lines(file("docx")))
    assert "有空壳线索" not in words
    assert "经核实不算问题的1条没有列入。" in words
    assert "小散弱※" in words
    assert "有小散弱线索的单位2家，占66.7%；线索2条，已确认1条。" in words


def test_advice_is_a_candidate_with_its_source():
    words = "\n".join(word_lines(file("docx")))
    assert (
        "空壳（1家）：没有人员、长期没有组建的，研究撤销，编制收回统筹使用。（参考：山东" in words
    )
    assert "供研究" in words


def test_causes_stand_only_where_their_figures_do(office):
    words = "\n".join(word_lines(file("docx")))
    assert "职责修订不及时" in words
    assert "定编没有统一尺度" not in words  # nothing uneven in this office


def test_parts_are_chosen_and_numbered_without_holes():
    lines = word_lines(file("docx", part=["troubles", "list"]))
    assert "一、主要问题" in lines
    assert "附件1" in lines
    assert not any("基本情况" in line or "意见建议" in line for line in lines)


def test_an_area_without_institutions_still_has_a_report():
    answer = browser().get("/survey/report.docx", {"on": "2019-01-01"})
    assert answer.status_code == 200
    assert "共有事业单位0家" in "\n".join(word_lines(answer.content))


# -- every number is a figure, and every figure is grounded --------------------------------------


def printed(made: Report) -> tuple[Counter[str], Counter[str]]:
    """The numbers a file must have: those of figures, and those of quotes and of counting."""
    told = laid_out(made)
    blocks = [*told["blocks"], *(each for annex in told["annexes"] for each in annex["blocks"])]
    figures, others = Counter[str](), Counter[str]()
    for word in (told["title"], told["under"], *(each["number"] for each in told["annexes"])):
        others.update(numbers(word))
    for annex in told["annexes"]:
        others.update(numbers(annex["lead"] + (told["where"] if annex["lead"] else "")))
    for block in blocks:
        for word in ("number", "title", "note"):
            others.update(numbers(block.get(word) or "" if block.get("title", "-") else
                                  block["note"] if word == "note" else ""))  # fmt: skip
        cells = [block["pieces"]] if block["kind"] == "paragraph" else [
            cell for row in block.get("rows", ()) for cell in row
        ]  # fmt: skip
        for piece in (piece for cell in cells for piece in cell):
            (figures if piece["look"] == "figure" else others).update(numbers(piece["text"]))
    return figures, others


def test_every_number_in_word_is_a_figure_a_quote_or_counting():
    figures, others = printed(report())
    found = Counter(number for line in word_lines(file("docx")) for number in numbers(line))
    site = Counter(numbers(SITE))
    assert found == figures + others + site
    assert figures.total() > 50


def test_every_number_in_pdf_is_one_of_the_same():
    made = report()
    figures, others = printed(made)
    scale = {each for block in made.blocks for each in getattr(block, "scale", ())}
    found = Counter(number for page in pdf_pages(file("pdf")) for number in numbers(page))
    assert set(found) <= set(figures) | set(others) | scale
    assert all(found[number] >= times for number, times in figures.items())


def test_quotes_that_bear_numbers_are_days_codes_names_or_can_be_opened():
    for block in report().blocks:
        for piece in pieces_of(block):
            if isinstance(piece, Quote) and "线索" in getattr(block, "title", ""):
                assert not numbers(piece.text) or piece.address or re.fullmatch(r"\w+", piece.text)


def test_every_figure_opens_a_page_that_shows_that_number_and_adds_up_to_it():
    visitor, named = browser(), {each.name: each for each in report().figures()}
    pages: dict[str, str] = {}
    for figure in named.values():
        if figure.address not in pages:
            answer = visitor.get(figure.address)
            assert answer.status_code == 200, figure.address
            pages[figure.address] = answer.content.decode()
        page = pages[figure.address]
        assert figure.text in re.findall(r'class="value">([^<]*)<', page), figure
        if "算法：下列各单位的数相加" in page:
            amounts = re.findall(r'<td class="r">(−?[\d.]+)', page)
            assert sum(float(each.replace("−", "-")) for each in amounts) == figure.value, figure
        elif "算法：逐个数单位" in page:
            rows = page[page.index("<tbody>") :].count("<tr><td>")
            assert rows == figure.value, figure
    assert len(named) > 100


def test_tables_with_a_total_add_up_as_they_are_read_back():
    summed = [each for each in report().blocks if isinstance(each, Table) and each.summed]
    assert len(summed) >= 5
    back = {tuple(table[0]): table for table in word_tables(file("docx"))}
    for table in summed:
        *rows, total = back[table.heads][1:]
        for place in table.numeric:
            if table.heads[place] != "占比":
                column = [float(row[place].replace("−", "-")) for row in rows]
                assert sum(column) == float(total[place].replace("−", "-")), table.title


def test_one_name_is_one_number_wherever_it_is_printed():
    by_name: dict[str, set[str]] = {}
    for figure in report().figures():
        by_name.setdefault(figure.name, set()).add(figure.text)
    assert all(len(texts) == 1 for texts in by_name.values())
    units = [each for each in report().figures() if each.name == "units"]
    assert len(units) > 3  # the sentence, tables, the annex: one and the same


def test_numbers_in_word_and_pdf_link_to_the_same_pages_of_this_site():
    made = report()
    words = (piece for block in made.blocks for piece in pieces_of(block))
    figures = {SITE + each.address for each in words if isinstance(each, Figure)}
    in_pictures = {each.group for each in made.figures()} - {""}
    figures |= {SITE + made.where + group for group in in_pictures}
    in_word = {address for _, address in word_links(file("docx"))}
    assert figures <= in_word
    assert {html.unescape(each) for each in pdf_links(file("pdf"))} == in_word


def test_a_printed_number_stays_what_it_was_when_more_is_judged_later():
    before = report()
    shells = next(each for each in before.figures() if each.name == "sign:shell.units")
    judge(unit="B", kind="shell", about="", verdict="dismiss", reason="刚批准筹建，年底进人")
    assert f'class="value">{shells.text}<' in browser().get(shells.address).content.decode()
    assert "sign:shell.units" not in {each.name for each in report().figures()}


def test_the_same_day_and_answers_give_the_same_bytes():
    for form in ("docx", "pdf"):
        assert file(form) == file(form)
    said = newest().said
    before = file("pdf", known=held().columns.head, said=said)
    judge(unit="B", kind="shell", about="", verdict="dismiss", reason="刚批准筹建，年底进人")
    assert file("pdf", known=held().columns.head, said=said) == before
    assert file("pdf") != before


# -- the page ----------------------------------------------------------------------------------


def test_the_preview_says_what_the_files_say():
    words = text(get("/survey/report", **ON))
    for line in word_lines(file("docx")):
        if "家，占" in line:
            assert re.sub(r"\s", "", line) in re.sub(r"\s", "", words)
    assert "图1" in words


def test_the_preview_leads_to_the_grounds_and_to_the_files_with_the_same_parts():
    page = get("/survey/report", **ON, part="troubles")
    found = links(page)
    assert any(each.startswith("/survey/report/figure?on=2022-01-01&known=") for each in found)
    assert any(each.startswith("/survey/report.docx?") and "part=troubles" in each
               for each in found)  # fmt: skip
    assert "一、主要问题" in page


def test_the_figures_of_a_table_stand_on_one_page():
    one = next(each for each in report().figures() if each.group == "size")
    page = get("/survey/report/figure", name="size", **ON)
    assert one.title in text(page)
    assert "0–5 名的家数 2" in text(page)


def test_a_unit_shows_its_accounts_down_to_the_entries():
    page = get("/survey/report/figure", name="unit:C", **ON)
    assert "测县环卫中心的核定编制 22" in text(page)
    assert any(each.startswith("/entries?") and "holder=C1" in each for each in links(page))


def test_what_there_is_not_is_told_in_words():
    answer = browser().get("/survey/report/figure", {**ON, "name": "没有"})
    assert answer.status_code == 404
    assert "数据来源" in answer.content.decode()
    assert browser().get("/survey/report", {**ON, "part": "zz"}).status_code == 400
    assert browser().get("/survey/report.xlsx", ON).status_code == 404


@pytest.mark.parametrize("role", ["department_clerk", "institution_clerk", "board_secretary"])
def test_a_unit_does_not_read_the_report(role):
    visitor = browser(role, "B" if "clerk" in role else "")
    for address in ("/survey/report", "/survey/report.docx", "/survey/report/figure?name=units"):
        assert visitor.get(address).status_code == 403


def test_taking_a_file_is_logged():
    file("docx")
    assert LogEntry.objects.filter(act="export", what__contains="调研报告").exists()


def test_neighbouring_headings_are_never_the_same():
    heads = [each for each in laid_out(report())["blocks"] if each["kind"] == "heading"]
    assert all(one != other for one, other in pairwise(heads))
    assert not any(isinstance(each, Figure) for each in heads)
