"""A template is somebody's file: it may place fields, repeat and leave out, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from bianzhi.core.errors import Refusal
from bianzhi.files.official import Paper
from bianzhi.files.official.template import MOST_BYTES, need_template
from bianzhi.files.official.word import as_word, standard_template


def template(*paragraphs: str, change: Callable[[object], object] = lambda document: None) -> bytes:
    """A template of some paragraphs."""
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def refused(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refusal:
        need_template(data, "模板.docx")
    return [(each.code, each.what) for each in refusal.value.problems]


def test_the_one_the_system_starts_with_passes() -> None:
    need_template(standard_template(), "样板.docx")


def test_an_office_makes_its_own(reply: Paper) -> None:
    own = template("本局用笺", "{{ doc_no }}", "{%p for item in body %}", "{{ item.text }}",
                   "{%p endfor %}", "{{ issuer }}")  # fmt: skip
    need_template(own, "模板.docx")
    texts = [each.text for each in Document(io.BytesIO(as_word(reply, own))).paragraphs]
    assert texts[:2] == ["本局用笺", "澜编发〔2026〕5号"]


def test_a_field_no_paper_has_is_named_with_those_there_are() -> None:
    [(code, what)] = refused(template("{{ issuer }}{{ salary }}"))
    assert code == "unknown-field"
    assert "salary" in what


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "取用内部的东西"),
        ("{{ title.__init__.__globals__ }}", "取用内部的东西"),
        ("{{ title.upper() }}", "调用函数"),
        ("{{ 'x' * 999999999 }}", "计算"),
        ("{{ 9 ** 99999999 }}", "计算"),
        ("{% set x = title %}", "赋值"),
        ("{% macro x() %}{% endmacro %}", "定义宏"),
        ("{% include 'x' %}", "引入别的文件"),
        ("{{ body[title] }}", "按算出来的名称取用"),
    ],
)
def test_what_computes_calls_or_reaches_out_is_refused(words: str, told: str) -> None:
    assert told in "".join(what for _, what in refused(template(words)))


@pytest.mark.parametrize(
    "words", ["{{ lipsum }}", "{% for x in range %}{% endfor %}", "{{ cycler }}"]
)
def test_the_languages_own_helpers_are_unknown(words: str) -> None:
    assert [code for code, _ in refused(template(words))] == ["unknown-field"]


def test_repeats_in_repeats_are_bounded() -> None:
    deep = "{% for a in body %}" * 4 + "x" + "{% endfor %}" * 4
    assert [code for code, _ in refused(template(deep))] == ["forbidden"]


def test_headers_and_properties_are_looked_through_too() -> None:
    def header(document: object) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ secret }}"  # type: ignore[attr-defined]

    def properties(document: object) -> None:
        document.core_properties.title = "{{ secret }}"  # type: ignore[attr-defined]

    for change in (header, properties):
        assert [code for code, _ in refused(template("好", change=change))] == ["unknown-field"]


@pytest.mark.parametrize("words", ["{{ title", "{% if title %}", "{% for x %}", "{{ | }}"])
def test_broken_braces_are_told_in_words(words: str) -> None:
    assert [code for code, _ in refused(template(words))] == ["bad-template"]


def with_part(name: str, content: bytes) -> bytes:
    made = io.BytesIO(template("{{ title }}"))
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr(name, content)
    return made.getvalue()


def test_programs_inside_are_refused() -> None:
    assert [code for code, _ in refused(with_part("word/vbaProject.bin", b"x"))] == [
        "active-content"
    ]


def test_a_reference_to_the_outside_is_refused() -> None:
    relation = (
        b'<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" '
        b'Target="http://evil/t.dotm" TargetMode="External"/></Relationships>'
    )
    found = refused(with_part("word/_rels/settings.xml.rels", relation))
    assert [code for code, _ in found] == ["outside-reference"]


def test_what_is_no_word_file_is_refused() -> None:
    assert [code for code, _ in refused(b"MZ not a document")] == ["wrong-type"]
    assert [code for code, _ in refused(b"PK" + b"0" * (MOST_BYTES + 1))] == ["too-large"]
