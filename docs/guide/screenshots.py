"""Makes the pictures of the guide from the running demo: python docs/guide/screenshots.py

Needs Chromium and Chinese fonts (Debian: apt install chromium fonts-noto-cjk).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).parent / "images"
# name -> address, and the height that shows what the text speaks of
PICTURES = {"units": ("unit?code=S11&on=2026-11-01", 590)}
WIDTH = 1366
BROWSER = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=zh-CN",
    "--run-all-compositor-stages-before-draw", "--virtual-time-budget=5000",
)  # fmt: skip


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
            site = address(demo)
            for name, (page, height) in PICTURES.items():
                take(chromium, site + page, height, IMAGES / f"{name}.png", folder)
        finally:
            demo.terminate()
            demo.wait()


def address(demo: subprocess.Popen[str]) -> str:
    """The address the demo tells once it answers."""
    for line in demo.stdout or ():
        if found := re.search(r"http://\S+/", line):
            return found[0]
    sys.exit("示例没有启动")


def take(chromium: str, page: str, height: int, file: Path, folder: str) -> None:
    """One picture."""
    size = f"--window-size={WIDTH},{height}"
    profile = f"--user-data-dir={folder}/profile"
    command = [chromium, *BROWSER, profile, size, f"--screenshot={file}", page]
    environment = {**os.environ, "LANGUAGE": "zh_CN"}  # days are shown as in a Chinese browser
    subprocess.run(  # noqa: S603 (the browser that was found)
        command, check=True, capture_output=True, env=environment
    )
    print(f"{file.name}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
