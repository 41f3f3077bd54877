"""Acts on duties (职责): 赋职, 移职, 终职."""

from __future__ import annotations

from bianzhi.core.acts.base import Act, Key, Text, verb
from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal

HOLDING = ("org", "section")


def need_duty(book: Book, duty: str, day: int) -> str:
    """The unit that holds the duty on the day; refused when there is none."""
    holder = book.fact(duty, "holder", day) if book.cls(duty) == "duty" else None
    if holder is None:
        raise Refusal.of(
            "unknown-duty", f"当日没有代码为“{duty}”的职责", "请核对职责代码和日期", field="duty"
        )
    return holder


@verb("赋职", "给单位一项职责，条文出自它的三定。")
class AssignDuty(Act):
    """A unit is given a duty; the text is the clause of its 三定."""

    duty: Key
    org: Key
    text: Text

    def apply(self, book: Book, day: int) -> None:
        book.need(self.org, day, HOLDING, field="org")
        known = book.cls(self.duty)
        if known not in (None, "duty") or (known and book.fact(self.duty, "holder", day)):
            raise Refusal.of(
                "duplicate-duty", f"职责代码“{self.duty}”已在使用", "移交请用“移职”", field="duty"
            )
        if not self.text:
            raise Refusal.of("no-text", "职责内容不能为空", "请填写职责条文", field="text")
        if known is None:
            book.add_subject(self.duty, "duty")
        book.set(self.duty, "text", self.text, day)
        book.set(self.duty, "holder", self.org, day)


@verb("移职", "一项职责移交给另一个单位，条文可以另写。")
class MoveDuty(Act):
    """A duty goes to another unit, with a new wording if one is given."""

    duty: Key
    to: Key
    text: Text = ""

    def apply(self, book: Book, day: int) -> None:
        if need_duty(book, self.duty, day) == self.to:
            raise Refusal.of("same-account", "该职责当日已由它承担", "请核对", field="to")
        book.need(self.to, day, HOLDING, field="to")
        book.set(self.duty, "holder", self.to, day)
        if self.text:
            book.set(self.duty, "text", self.text, day)


@verb("终职", "一项职责不再由任何单位承担。")
class EndDuty(Act):
    """A duty that nobody has any more."""

    duty: Key

    def apply(self, book: Book, day: int) -> None:
        need_duty(book, self.duty, day)
        book.set(self.duty, "holder", None, day)
