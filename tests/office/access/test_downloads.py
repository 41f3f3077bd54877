"""A file as an answer: under its Chinese name, saved and never run, a PDF shown."""

from __future__ import annotations

from urllib.parse import unquote

from bianzhi.office.access.downloads import saved, shown


def test_a_file_is_saved_under_its_chinese_name():
    answer = saved(b"x", "机构名册 2025-12-31.xlsx")
    how, name = answer["Content-Disposition"].split("; filename*=UTF-8''")
    assert (how, unquote(name)) == ("attachment", "机构名册 2025-12-31.xlsx")


def test_a_slash_in_a_name_is_no_folder():
    assert "/" not in unquote(saved(b"", "教科/体育.docx")["Content-Disposition"])


def test_what_people_handed_in_is_never_shown_by_the_browser():
    answer = saved(b"<script>", "附件.html")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_pdf_is_read_in_the_browser():
    answer = shown(b"%PDF-", "批复.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; ")
