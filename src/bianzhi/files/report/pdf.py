"""A report as PDF (PDF/A-2b), and its drawings as PNG for Word. The same report with the same fonts
gives the same bytes."""

from __future__ import annotations

import json
from importlib.resources import files

import typst

from bianzhi.files.official.fonts import FontSet
from bianzhi.files.official.typeset import need_fonts
from bianzhi.files.report.document import Report
from bianzhi.files.report.layout import laid_out

_SOURCE = files("bianzhi.files.report").joinpath("report.typ").read_bytes()
_ALONE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: 150mm)"""
SHARPNESS = 200  # dots an inch: an office printer shows no more in a drawing


def as_pdf(report: Report, fonts: FontSet) -> bytes:
    """The report as PDF.

    Raises:
        Refusal: This machine has no font with Chinese characters.
    """
    inputs = {
        "report": json.dumps(laid_out(report), ensure_ascii=False, sort_keys=True),
        "fonts": json.dumps(need_fonts(fonts), ensure_ascii=False, sort_keys=True),
    }
    made = typst.compile(
        _SOURCE, font_paths=fonts.fonts, sys_inputs=inputs, pdf_standards=["a-2b"], format="pdf"
    )
    return bytes(made)


def as_png(drawing: str, fonts: FontSet) -> bytes:
    """A drawing (SVG) as PNG.

    Raises:
        Refusal: This machine has no font with Chinese characters.
    """
    need_fonts(fonts)
    made = typst.compile(
        _ALONE, font_paths=fonts.fonts, sys_inputs={"drawing": drawing}, format="png",
        ppi=SHARPNESS,
    )  # fmt: skip
    return bytes(made)
