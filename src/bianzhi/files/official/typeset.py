"""A paper as PDF (PDF/A-2b), to the measures of GB/T 9704-2012.

The same paper with the same fonts gives the same bytes: no clock goes in.
"""

from __future__ import annotations

import json
from importlib.resources import files

import typst

from bianzhi.core.errors import Refusal, refuse_if
from bianzhi.files.official.fonts import CHAINS, FontSet
from bianzhi.files.official.paper import Paper

_SOURCE = files("bianzhi.files.official").joinpath("gb9704.typ").read_bytes()


def typeset(paper: Paper, fonts: FontSet) -> bytes:
    """The paper as PDF.

    Raises:
        Refusal: Something an official paper must have is missing, or this machine has no font
            with Chinese characters.
    """
    refuse_if(paper.problems())
    chains = need_fonts(fonts)
    inputs = {
        "paper": json.dumps(paper.as_data(), ensure_ascii=False, sort_keys=True),
        "fonts": json.dumps(chains, ensure_ascii=False, sort_keys=True),
        "colophon": "",
    }
    if paper.printed_by and _last_page(inputs, fonts) % 2:
        inputs["colophon"] = "next page"
    made = typst.compile(
        _SOURCE, font_paths=fonts.fonts, sys_inputs=inputs, pdf_standards=["a-2b"], format="pdf"
    )
    return bytes(made)


def need_fonts(fonts: FontSet) -> dict[str, list[str]]:
    """The families of each role.

    Raises:
        Refusal: A role has none on this machine.
    """
    chains = fonts.chains()
    if missing := [CHAINS[role][0] for role, chain in chains.items() if not chain]:
        raise Refusal.of(
            "no-font",
            f"这台电脑没有可以排公文的中文字体（{'；'.join(missing)}）",
            "请把字体文件放进字体文件夹，或安装 Noto CJK 字体",
        )
    return chains


def _last_page(inputs: dict[str, str], fonts: FontSet) -> int:
    """On which page the paper would end."""
    found = typst.query(
        _SOURCE, "<last>", field="value", one=True, font_paths=fonts.fonts, sys_inputs=inputs
    )
    return int(json.loads(found))
