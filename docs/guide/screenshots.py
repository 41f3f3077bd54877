"""Makes the pictures of the guide from the running demo: python docs/guide/screenshots.py

Needs Chromium and Chinese fonts (Debian: apt install chromium fonts-noto-cjk) and the test tools.
"""

from __future__ import annotations

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
# name -> address; {unit} is the unit found by its pinyin initials
PICTURES = {
    "cockpit": f"/?on={DAY}",
    "units": f"/units?q=jyj&on={DAY}",
    "unit": f"/unit?code={{unit}}&on={DAY}",
    "chart": f"/chart?on={DAY}",
    "compare": f"/compare?before=2014-12-31&after=2015-12-31&on={DAY}",
    "people": f"/people/?on={DAY}",
    "ages": f"/people/ages?on={DAY}",
    "delivery": "/intake/1/",
    "differences": "/intake/1/differences",
}
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
                browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
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
    page = browser.new_page(base_url=address, viewport=SIZE, locale="zh-CN")
    page.set_default_timeout(120_000)
    page.goto("/access/login")
    page.fill("[name=username]", user)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(r"^(?!.*/access/login)"))
    page.goto(PICTURES["units"])
    link = page.locator("main tbody a[href*='code=JG']").first.get_attribute("href") or ""
    unit = re.search(r"code=([^&]+)", link)
    for name, where in PICTURES.items():
        page.goto(where.format(unit=unit[1] if unit else ""))
        page.wait_for_load_state("networkidle")
        page.wait_for_function("document.fonts.ready.then(() => true)")
        file = IMAGES / f"{name}.png"
        page.screenshot(path=file)
        print(f"{file.name}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
