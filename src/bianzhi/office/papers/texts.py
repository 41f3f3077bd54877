"""Finding papers: by any two characters in them, by 文号, by the file behind a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bianzhi.core.documents import normal_doc_no
from bianzhi.office.papers.models import KeptText

AROUND = 60  # characters shown on each side of what was sought
SHORTEST = 2  # characters that may be sought


@dataclass(frozen=True)
class Hit:
    """A text in which something was found, and the words around the first place."""

    text: KeptText
    before: str
    found: str
    after: str


def keep(digest: str, name: str, title: str, doc_no: str, text: str) -> KeptText:
    """Keep the text of a file; the same file again is the same text."""
    given = {"name": name[:250], "title": title[:250], "text": text}
    kept, _ = KeptText.objects.update_or_create(
        digest=digest, defaults={**given, "doc_no": normal_doc_no(doc_no)[:100]}
    )
    return kept


def search(sought: str, most: int = 100) -> list[Hit]:
    """Texts that hold what is sought, two characters or more; by names."""
    if len(sought) < SHORTEST:
        return []
    return [_hit(each, sought) for each in KeptText.objects.filter(text__contains=sought)[:most]]


def _hit(kept: KeptText, sought: str) -> Hit:
    at = kept.text.find(sought)
    end = at + len(sought)
    return Hit(kept, kept.text[max(0, at - AROUND) : at], sought, kept.text[end : end + AROUND])


def numbers_with(sought: str) -> set[str]:
    """The 文号 of papers that hold what is sought."""
    if len(sought) < SHORTEST:
        return set()
    found = KeptText.objects.filter(text__contains=sought).exclude(doc_no="")
    return set(found.values_list("doc_no", flat=True))


def of_document(doc_no: str, digest: str = "") -> KeptText | None:
    """The text behind a document: of the very file, else the one that bears its 文号."""
    found = KeptText.objects.filter(digest=digest).first() if digest else None
    if found is None and doc_no:
        found = KeptText.objects.filter(doc_no=normal_doc_no(doc_no)).first()
    return found


def known(doc_nos: Iterable[str]) -> set[str]:
    """Those 文号 whose papers are here, as they were given."""
    given = {normal_doc_no(each): each for each in doc_nos if each}
    found = KeptText.objects.filter(doc_no__in=list(given)).values_list("doc_no", flat=True)
    return {given[each] for each in found}
