"""Acts: the differences between what the register holds and what a return wants."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bianzhi.files.organograms.holders import Holder
from bianzhi.files.organograms.rows import plain

Act = dict[str, object]


def code(kind: str, name: str, parent: str) -> Act:
    """A local quota kind; one without a parent is a heading."""
    act: Act = {"do": "设码", "tree": "quota_kind", "code": kind, "name": name}
    return {**act, **({"parent": parent} if parent else {"attributes": {"group": True}})}


def set_up(holder: Holder) -> Act:
    """A body, unit, post or group that was never there before."""
    optional = {
        "parent": holder.parent,
        "supervisor": holder.supervisor,
        "short_name": holder.short_name,
        "note": holder.note,
    }
    return {
        "do": "设立",
        "org": holder.key,
        "name": holder.name,
        "class": "section" if holder.parent else "org",
        **{name: value for name, value in optional.items() if value},
        "source": holder.source,
    }


def thaw(holder: Holder) -> Act:
    """It is in the return again."""
    return {"do": "解冻", "org": holder.key, "source": holder.source}


def amend(old: Holder, new: Holder) -> Iterator[Act]:
    """What changed in the description of a holder; an empty value ends the fact."""
    if new.name != old.name:
        yield {"do": "更名", "org": new.key, "name": new.name, "source": new.source}
    moved = {
        field: getattr(new, field) or ""
        for field in ("parent", "supervisor")
        if getattr(new, field) != getattr(old, field)
    }
    if moved:
        yield {"do": "改隶", "org": new.key, **moved, "source": new.source}
    for field in ("short_name", "note"):
        if (value := getattr(new, field)) != getattr(old, field):
            yield {
                "do": "变更",
                "subject": new.key,
                "field": field,
                "value": value,
                "source": new.source,
            }


def quota(old: Holder | None, new: Holder) -> Iterator[Act]:
    """How the FTE of a holder moved; another grade is a conversion of one kind into another."""
    had, source = old.amount if old else Decimal(0), new.source
    if old and had and new.amount and new.kind != old.kind:
        yield {
            "do": "置换",
            "org": new.key,
            "kind": old.kind,
            "n": plain(had),
            "to_kind": new.kind,
            "source": source,
        }
    if new.amount > had:
        yield _moved("核增", new.key, new.kind, new.amount - had, source)
    elif new.amount < had and old:
        kind = new.kind if new.amount else old.kind
        yield _moved("核减", new.key, kind, had - new.amount, source)


def assign(holder: Holder, duty: str) -> Act:
    """The duty of a senior post, under a key of its own."""
    return {
        "do": "赋职",
        "duty": duty,
        "org": holder.key,
        "text": holder.duty,
        "source": holder.source,
    }


def end_duty(duty: str, source: str) -> Act:
    """The duty is no longer stated, or stated in other words (then a new one follows)."""
    return {"do": "终职", "duty": duty, "source": source}


def freeze(old: Holder, body: str, source: str) -> Iterator[Act]:
    """Not in this return but in a later one: kept, empty, under the body itself.

    There it holds open neither its unit nor the post it reported to, which may be abolished.
    """
    moved: Act = {} if old.parent == body else {"parent": body}
    if old.supervisor:
        moved["supervisor"] = ""
    if moved:
        yield {"do": "改隶", "org": old.key, **moved, "source": source}
    yield {"do": "冻结", "org": old.key, "source": source}


def abolish(old: Holder, source: str) -> Act:
    """Not in this return nor in any later one."""
    return {"do": "撤销", "org": old.key, "source": source}


def total(body: str, kind: str, fte: Decimal, source: str) -> Act:
    """The return's own total, compared for ever with what the register holds on that day."""
    return {
        "do": "核对",
        "scope": "subtree",
        "org": body,
        "kind": kind,
        "figure": "approved",
        "n": plain(fte),
        "source": source,
    }


def _moved(verb: str, org: str, kind: str, n: Decimal, source: str) -> Act:
    return {"do": verb, "org": org, "kind": kind, "n": plain(n), "source": source}
