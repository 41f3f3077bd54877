"""Word templates that an office edits itself: what one may hold, checked when it is handed in.

A template is somebody's file, so it is trusted as little as any other: it may place the fields of
a paper, repeat a part for each paragraph, and leave a part out. It may compute nothing, call
nothing and reach nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from bianzhi.core.errors import Problem, refuse_if
from bianzhi.files.word.reading import read_word
from bianzhi.files.workbook.limits import Limits
from bianzhi.files.workbook.parts import Parts

# what a paper offers; docs/guide tells what each is
FIELDS = {
    "kind": "公文种类", "issuer": "发文机关", "doc_no": "文号", "title": "标题",
    "addressee": "主送机关", "body": "正文各段", "signed_on": "成文日期",
    "attachments": "附件名称", "tables": "附件表格", "copies": "抄送机关",
    "printed_by": "印发机关", "printed_on": "印发日期", "secrecy": "密级", "urgency": "紧急程度",
    "note": "附注", "day": "成文日期的年月日",
}  # fmt: skip
FILTERS = ("length", "join")
MOST_BYTES = 5 * 1024 * 1024
DEEPEST = 3  # repeats inside one another
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem,
    nodes.Const, nodes.For, nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Filter,
)  # fmt: skip
_WORDS = {
    nodes.Call: "调用函数", nodes.Include: "引入别的文件", nodes.Import: "引入别的文件",
    nodes.FromImport: "引入别的文件", nodes.Extends: "引入别的文件", nodes.Macro: "定义宏",
    nodes.Assign: "赋值", nodes.Mul: "计算", nodes.Pow: "计算", nodes.Add: "计算",
}  # fmt: skip
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_HYPERLINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_ACTIVE = re.compile(r"vbaProject|/activeX/|/embeddings/|\.bin$", re.IGNORECASE)


def environment() -> ImmutableSandboxedEnvironment:
    """What templates are run in: no globals, two filters, every text escaped."""
    made = ImmutableSandboxedEnvironment(autoescape=True)
    made.globals.clear()
    for name in set(made.filters) - set(FILTERS):
        del made.filters[name]
    return made


def need_template(data: bytes, name: str) -> None:
    """Go on only if the file may be used as a template.

    Raises:
        Refusal: Not a .docx, too large, with programs or outside references in it, or with
            anything but the fields of a paper; every problem is told.
    """
    limits = Limits(file_bytes=MOST_BYTES)
    read_word(data, name, limits)
    refuse_if(problem.at(name) for problem in _unsafe_parts(Parts(name, data, limits)))
    refuse_if(problem.at(name) for problem in _template_problems(data))


def _unsafe_parts(parts: Parts) -> Iterator[Problem]:
    for part in parts:
        if _ACTIVE.search(part):
            yield Problem("active-content", f"模板里有程序或嵌入的对象（{part}）", "请删去后另存")
        if part.endswith(".rels"):
            relations = parts.read(part).split(b"<Relationship")
            outside = (each for each in relations if _EXTERNAL.search(each))
            if any(not _HYPERLINK.search(each) for each in outside):
                yield Problem(
                    "outside-reference", "模板引用了外面的文件或网址", "请改为嵌入，或删去后另存"
                )


def _template_problems(data: bytes) -> Iterator[Problem]:
    try:
        trees = [environment().parse(each) for each in _sources(DocxTemplate(BytesIO(data)))]
    except TemplateSyntaxError as error:
        yield Problem(
            "bad-template", f"模板里的花括号写得不对：{error.message}", "请核对 {{ }} 和 {% %}"
        )
        return
    except (KeyError, ValueError, XMLSyntaxError, PackageNotFoundError) as error:
        yield Problem("bad-template", f"模板读不出来：{type(error).__name__}", "请用 Word 另存一次")
        return
    words = sorted({word for tree in trees for word in _forbidden(tree)})
    for word in words:
        yield Problem("forbidden", f"模板里不能{word}", "模板只能放公文的各项、重复和省略")
    if words:
        return  # looking for fields would work out what it computes
    unknown = {name for tree in trees for name in find_undeclared_variables(tree)}
    for each in sorted(unknown - FIELDS.keys()):
        yield Problem(
            "unknown-field", f"模板里用了“{each}”，公文没有这一项",
            f"可用的有：{'、'.join(FIELDS)}", field=each,
        )  # fmt: skip
    if max(map(_depth, trees)) > DEEPEST:
        yield Problem("forbidden", f"重复套了 {DEEPEST} 层以上", "请减少层次")


def _sources(template: DocxTemplate) -> Iterator[str]:
    """Every text of the file that the library will run: body, headers, footers, notes and
    properties."""
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield template.patch_xml(part.blob.decode("utf-8"))
    properties = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(properties, name)


def _forbidden(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            yield _WORDS.get(type(node), f"使用 {type(node).__name__}")
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield "取用内部的东西"
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            yield "按算出来的名称取用"


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)
