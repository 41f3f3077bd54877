"""The figures of a page, each with its heading and the address it opens."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lxml import html

# A page's heading -> the figure of the page it opens; whatever is not named here is named alike.
ALIKE = {
    "单位核定": "核定", "资源库": "核定", "职数": "核定", "正职核定": "核定", "副职核定": "核定",
    "在任": "实有", "正职实有": "实有", "副职实有": "实有", "空缺": "空编",
}  # fmt: skip
COUNTERS = ("下达总量", "核销", "置换")


class Number(NamedTuple):
    """A figure of a page: under which heading, how much, and what it opens."""

    heading: str
    value: Decimal
    address: str

    @property
    def figure(self) -> str:
        """What it is called where it leads."""
        return ALIKE.get(self.heading, self.heading)


def numbers(page: str) -> Iterator[Number]:
    """Every figure in the tables and tiles of a page that opens its entries."""
    tree = html.fromstring(page)
    for cell in tree.xpath("//td[a[starts-with(@href, '/entries')]]"):
        for link in cell.xpath("a"):
            yield Number(_heading(cell), decimal(link.text), link.get("href"))
    for link in tree.xpath("//div[contains(@class, 'tile')]/a[starts-with(@href, '/entries')]"):
        title = link.getparent().xpath("span")[0].text
        yield Number(title, decimal(link.text), link.get("href"))


def closed(page: str) -> list[str]:
    """Numbers in the tables of a page, under the heading of a figure, that open nothing."""
    tree = html.fromstring(page)
    figures = {*ALIKE, *ALIKE.values(), *COUNTERS, "待上编", "预留", "核定−实有", "不占编"}
    bare = "//td[not(*) and not(@class='none') and normalize-space(text())]"
    return [
        cell.text for cell in tree.xpath(bare)
        if _heading(cell) in figures
    ]  # fmt: skip


def _heading(cell) -> str:
    """The heading over a cell, counted from the right, where no cell spans columns; in a table of
    years the heading stands before the row."""
    row = cell.getparent()
    if row.xpath("./th and ./td and not(./th[@colspan])"):
        return str(row.xpath("./th")[0].text_content()).strip()
    after = len(cell.xpath("following-sibling::*"))
    heads = cell.xpath("ancestor::table[1]/thead/tr/th")
    assert len(heads) > after, html.tostring(row, encoding="unicode")
    return str(heads[-1 - after].text_content()).strip(" ▲▼\n")


def figures(page: str) -> dict[str, Decimal]:
    """What a page of grounds says its postings and uses add up to; 分录: the sum of the
    postings listed."""
    tree = html.fromstring(page)
    lines = tree.xpath("//table[contains(@class, 'grounds')]") or tree.xpath("//table[tfoot]")
    found: dict[str, Decimal] = {}
    if lines:
        heads = [each.text_content().strip(" ▲▼\n") for each in lines[0].xpath("thead/tr/th")]
        cells = (lines[0].xpath("tfoot/tr") or lines[0].xpath("tbody/tr"))[0].xpath("td")
        pairs = zip(heads, cells, strict=True)
        found = {head: decimal(cell.text) for head, cell in pairs if head != "单位"}
    return found | _added(tree)


def _added(tree) -> dict[str, Decimal]:
    """The rows listed, added up: 分录 over the postings in force, 用编 over the uses."""
    found = {}
    for name, head in (("分录", "增减"), ("用编", "数量")):
        for table in tree.xpath(f"//table[thead//th[text()='{head}']]"):
            place = 1 + [each.text for each in table.xpath("thead/tr/th")].index(head)
            cells = table.xpath(f"tbody/tr[not(@class='ahead')]/td[{place}][../td[2]]")
            found[name] = sum((decimal(each.text) for each in cells), Decimal(0))
    return found


def decimal(text: str) -> Decimal:
    """A number as a page writes it."""
    return Decimal(text.strip().replace("−", "-").removeprefix("+"))
