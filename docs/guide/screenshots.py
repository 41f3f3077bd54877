"""Makes the pictures of the guide from the running demo: python docs/guide/screenshots.py

Names after it take these pictures only: python docs/guide/screenshots.py survey survey-fill.
Needs Chromium and Chinese fonts (Debian: apt install chromium fonts-noto-cjk) and the test tools.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
DAY = "2026-11-01"
# name -> address; what stands in braces is found on the pages themselves (``places``)
PICTURES = {
    "cockpit": f"/?on={DAY}",
    "units": f"/units?q=jyj&on={DAY}",
    "unit": f"/unit?code={{unit}}&on={DAY}",
    "entries": f"/entries?holder={{unit}}&kind=XZ&on={DAY}",
    "change": "{change}",
    "changes": f"/changes?on={DAY}",
    "chart": f"/chart?on={DAY}",
    "succession": f"/succession?year=2019&on={DAY}",
    "compare": f"/compare?before=2014-12-31&after=2015-12-31&on={DAY}",
    "known": "/known?code={unit}&on=2015-12-31",
    "past": "/unit?code={unit}&on=2015-06-30",
    "people": f"/people/?on={DAY}",
    "ages": f"/people/ages?on={DAY}",
    "move": "/people/move?do=上编",
    "delivery": "/intake/1/",
    "sheet": "{sheet}",
    "findings": "/intake/1/findings",
    "differences": "/intake/1/differences",
    "account": "/access/account",
    "case-form": "/cases/new?type=merge",
    "case": "/cases/{deciding}",
    "meeting": "/cases/meetings/{meeting}",
    "case-issued": "/cases/{issued}",
    "register": "/cases/register",
    "signing": "/cases/signing",
    "report": "/cases/reports/2025",
    "survey-report": f"/survey/report?on={DAY}",
    "plan": f"/plan?code={{unit}}&on={DAY}",
    "survey": "/survey/rounds/1",
    "survey-fill": "/survey/mine",
}
MATTERS = {"case", "meeting", "case-issued", "register"}  # seen only after matters were decided
CLERK = "danwei"  # the clerk of one unit, and what is seen with that log-in
CLERKS = {"survey-fill"}
SIZE = {"width": 1366, "height": 768}
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--lang=zh-CN", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def main() -> None:
    """Start the demo in a folder of its own, take the pictures, stop it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("没有找到 chromium：请先安装（Debian：apt install chromium fonts-noto-cjk）")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        start = "from bianzhi.site.cli import main; main()"
        command = [sys.executable, "-u", "-c", start, "demo", "--port", "0"]
        demo = subprocess.Popen(  # noqa: S603 (our own program)
            command, cwd=folder, stdout=subprocess.PIPE, text=True
        )
        try:
            address, user, password = told(demo)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=SWITCHES,
                    env={**os.environ, "LANGUAGE": "zh_CN"},  # dates as a Chinese browser has them
                )  # fmt: skip
                take_all(browser, address, user, password)
                browser.close()
        finally:
            demo.terminate()
            demo.wait()


def told(demo: subprocess.Popen[str]) -> tuple[str, str, str]:
    """(address, user, password) the demo tells once it answers: those of the head of the office."""
    login = ("", "")
    for line in demo.stdout or ():
        if found := re.match(r"\s+(\S+)\s+(\S+)\s+编办负责人", line):
            login = (found[1], found[2])
        if found := re.search(r"http://[^\s　]+", line):
            return found[0].rstrip("/"), *login
    sys.exit("示例没有启动")


def take_all(browser: Any, address: str, user: str, password: str) -> None:
    """Log in and take every picture."""
    wanted = [each for each in PICTURES if each in (sys.argv[1:] or PICTURES)]
    page = logged_in(browser, address, CLERK, password)
    for name in (each for each in wanted if each in CLERKS):
        page.goto(PICTURES[name])
        page.click("main a:has-text('填写')")
        take(page, name)
    page = logged_in(browser, address, user, password)
    found = places(page)
    if MATTERS & set(wanted):
        found |= decide_matters(page, found["unit"])
    for name in (each for each in wanted if each not in CLERKS):
        page.goto(PICTURES[name].format(**found))
        take(page, name)


def logged_in(browser: Any, address: str, user: str, password: str) -> Any:
    """A window in which a user is logged in."""
    page = browser.new_page(base_url=address, viewport=SIZE, locale="zh-CN")
    page.set_default_timeout(120_000)
    page.goto("/access/login")
    page.fill("[name=username]", user)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(r"^(?!.*/access/login)"))
    return page


def take(page: Any, name: str) -> None:
    """Take the picture of the page at hand."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.fonts.ready.then(() => true)")
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    print(f"{file.name}: {file.stat().st_size // 1000} kB")


def places(page: Any) -> dict[str, str]:
    """The unit found by its pinyin initials, the newest document of its posts, the sheet of the
    一览表."""
    unit = re.search(r"code=([^&]+)", linked(page, PICTURES["units"], "a[href*='code=JG']"))
    code = unit[1] if unit else ""
    grounds = PICTURES["entries"].format(unit=code)
    return {
        "unit": code,
        "change": linked(page, grounds, "section.rest tr:last-child a[href*='/change?']"),
        "sheet": linked(page, "/intake/1/", "tr:has-text('一览表.xlsx') a"),
    }


def decide_matters(page: Any, unit: str) -> dict[str, str]:
    """Two matters of a unit: one issued, the other before the meeting that agreed to the first; the
    numbers of both and of the meeting, as the demo has some of its own."""
    page.goto("/cases/signing")
    for name, value in (("issuer", "中共澜溪区委机构编制委员会"), ("word", "澜编发")):
        page.fill(f"[form=head-board][name={name}]", value)
    page.click("#head-board button")
    page.goto("/cases/meetings/")
    page.fill("[name=title]", "区委编委第3次会议")
    page.click("main button:text-is('新建会议')")
    numbers = {"meeting": number(page)}
    for name, more in (("issued", "1"), ("deciding", "2")):
        file_matter(page, unit, more)
        numbers[name] = case = number(page)
        for code, words in (("accept", ""), ("study", "任务确有增加，同意核增"), ("refer", "")):
            form = page.locator("form.step", has=page.locator(f"[name=step][value={code}]"))
            if words:
                form.locator("[name=words]").fill(words)
            if code == "refer":
                form.locator("[name=meeting]").select_option(value=numbers["meeting"])
            form.locator("button").click()
        if name == "issued":
            page.goto(f"/cases/meetings/{numbers['meeting']}")
            page.select_option(f"[name='outcome.{case}']", label="同意")
            page.click("main button:text-is('登记决定')")
            page.goto(f"/cases/{case}")
            page.click("main button:text-is('印发')")
    return numbers


def number(page: Any) -> str:
    """The number of the matter or meeting a page is of."""
    page.wait_for_url(re.compile(r"/\d+$"))
    return str(page.url.rsplit("/", 1)[-1])


def file_matter(page: Any, unit: str, n: str) -> None:
    """File a 请示 that asks for posts."""
    page.goto("/cases/new?type=increase")
    page.select_option("[name=unit]", value=unit)
    page.select_option("[name=org]", value=unit)
    page.select_option("[name=kind]", value="XZ")
    page.fill("[name=n]", n)
    page.fill("[name=reason]", "新增民办学校管理任务")
    told = {"doc_no": f"澜教〔2026〕{n}号", "title": "关于核增行政编制的请示",
            "issuer": "区教育局", "doc_date": "2026-02-20"}  # fmt: skip
    for name, value in told.items():
        page.fill(f"[name='request.{name}']", value)
    page.click("main button:text-is('报送')")


def linked(page: Any, where: str, what: str) -> str:
    """Where the first such link in the tables of a page leads."""
    page.goto(where)
    return str(page.locator(f"main {what}").first.get_attribute("href"))


if __name__ == "__main__":
    main()
