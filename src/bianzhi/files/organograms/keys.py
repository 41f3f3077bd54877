"""Keys: what makes a unit, a post or a group of posts the same one in the next return.

A post is its reference. A unit or a grade is its name with case, brackets, apostrophes and the
ampersand ironed out, since returns spell them anew each time ("A2(L) (SEO)", "A2L (SEO)"); a
group of junior posts is its senior post, grade and job. Rows that share all this are numbered.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256

SENIOR_KIND, JUNIOR_KIND = "UK-SENIOR", "UK-JUNIOR"
_UNIT, _POST, _GROUP, _DUTY = "unit", "post", "jobs", "duty"
_LEAVING = (_GROUP, _POST, _UNIT)
_BODY_ROOM, _POST_ROOM, _ROOM = 40, 60, 76  # a key has at most 80 characters, its number included
_SILENT = re.compile(r"[()\[\]'’.]")
_BREAK = re.compile(r"[\W_]+")
_NOT_IN_KEY = re.compile(r"[/~|\s\x00-\x1f]+")


def slug(text: str) -> str:
    """The text without what returns spell differently from one time to the next.

    >>> slug("Strategy & Quality Directorate") == slug("Strategy and Quality directorate")
    True
    """
    spelled = _SILENT.sub("", text.casefold().replace("&", " and "))
    return _BREAK.sub("-", spelled).strip("-") or "none"


def body_key(body: str) -> str:
    """The key of a body."""
    return _fitted(_clean(body), _BODY_ROOM)


def unit_key(body: str, unit: str) -> str:
    """The key of a unit."""
    return _fitted(f"{body_key(body)}/{_UNIT}/{slug(unit)}", _ROOM)


def post_key(body: str, ref: str) -> str:
    """The key of a senior post; shorter than others, as the keys of its duties add a day."""
    return _fitted(f"{body_key(body)}/{_POST}/{_clean(ref).upper()}", _POST_ROOM)


def group_key(body: str, senior: str, grade: str, title: str) -> str:
    """The key of a group of junior posts."""
    group = f"{_clean(senior).upper()}/{slug(grade)}/{slug(title)}"
    return _fitted(f"{body_key(body)}/{_GROUP}/{group}", _ROOM)


def duty_key(holder: str, on: str) -> str:
    """The key of the duty a post was given on a day."""
    return f"{holder.replace(f'/{_POST}/', f'/{_DUTY}/', 1)}/{on}"


def is_post(key: str, body: str) -> bool:
    """Whether the key is one of a senior post of the body."""
    return key.startswith(f"{body_key(body)}/{_POST}/")


def is_group(key: str, body: str) -> bool:
    """Whether the key is one of a group of junior posts of the body."""
    return key.startswith(f"{body_key(body)}/{_GROUP}/")


def inner_first(key: str) -> tuple[int, str]:
    """Sorts groups before posts and posts before the units they lie in."""
    return _LEAVING.index(key.split("/")[1]), key


def senior_kind(grade: str) -> str:
    """The quota kind of senior posts of a grade."""
    return _fitted(f"{SENIOR_KIND}-{slug(grade).upper()}", _ROOM)


def junior_kind(grade: str) -> str:
    """The quota kind of junior posts of a grade."""
    return _fitted(f"{JUNIOR_KIND}-{slug(grade).upper()}", _ROOM)


class Numbering:
    """Tells apart rows of one return that would share a key: ``B72``, ``B72~2``."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def distinct(self, key: str) -> str:
        """The key, numbered from its second use on."""
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}~{self._seen[key]}"


def _clean(text: str) -> str:
    return _NOT_IN_KEY.sub("-", text.strip()) or "NONE"


def _fitted(key: str, room: int) -> str:
    # A long job title is cut; the digest keeps it apart from others that begin alike.
    if len(key) <= room:
        return key
    return f"{key[: room - 9]}-{sha256(key.encode()).hexdigest()[:8]}"
