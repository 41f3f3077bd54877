"""The tables of the record. Rows are only ever added: triggers refuse UPDATE and DELETE.

Days are days since 1970-01-01, quantities whole ten-thousandths. The tables hold plain numbers
where others hold foreign keys: deferred key checks would cost a bulk posting more than the
posting itself, and what they protect is covered by the digest of each change.
"""

from django.db import models


class Change(models.Model):
    """One posted change; ``no`` is gap-free and in commit order."""

    no = models.BigIntegerField(primary_key=True)
    recorded_at = models.TextField()
    by = models.TextField()
    kind = models.TextField()
    note = models.TextField()
    digest = models.TextField()

    class Meta:
        db_table = "record_change"


class Document(models.Model):
    """The paper behind a change; ``key`` finds a second change under the same paper."""

    change_no = models.BigIntegerField(primary_key=True)
    key = models.TextField(db_index=True)
    title = models.TextField()
    doc_no = models.TextField()
    issuer = models.TextField()
    doc_date = models.IntegerField(null=True)
    effective_on = models.IntegerField(null=True)
    clause = models.TextField()
    file_digest = models.TextField()

    class Meta:
        db_table = "record_document"


class Subject(models.Model):
    """A thing with a permanent key."""

    id = models.BigIntegerField(primary_key=True)
    key = models.TextField(unique=True)
    cls = models.TextField()
    change_no = models.BigIntegerField()
    line = models.IntegerField()

    class Meta:
        db_table = "record_subject"
        constraints = (
            models.UniqueConstraint(fields=["change_no", "line"], name="record_subject_row"),
        )


class Account(models.Model):
    """Holder, kind and funding form; numbered so that postings stay narrow."""

    id = models.BigIntegerField(primary_key=True)
    holder_id = models.BigIntegerField()
    kind = models.TextField()
    funding = models.TextField()

    class Meta:
        db_table = "record_account"
        constraints = (
            models.UniqueConstraint(
                fields=["holder_id", "kind", "funding"], name="record_account_unique"
            ),
        )


class Row(models.Model):
    """What every entry has: its change and line, its act and verb, its place in the document."""

    pk = models.CompositePrimaryKey("change_no", "line")
    change_no = models.BigIntegerField()
    line = models.IntegerField()
    act = models.IntegerField()
    verb = models.TextField()
    source = models.TextField()

    class Meta:
        abstract = True


class Fact(Row):
    """A value from a day; ``ref`` instead of ``value`` where it names another subject."""

    subject_id = models.BigIntegerField()
    field = models.TextField()
    value = models.TextField(null=True)
    ref = models.BigIntegerField(null=True)
    day = models.IntegerField()

    class Meta:
        db_table = "record_fact"
        indexes = (
            models.Index(fields=["subject_id"], name="record_fact_subject"),
            models.Index(
                fields=["ref"], name="record_fact_ref", condition=models.Q(ref__isnull=False)
            ),
        )


class Posting(Row):
    """Posts into or out of an account."""

    account_id = models.BigIntegerField()
    delta = models.BigIntegerField()
    day = models.IntegerField()

    class Meta:
        db_table = "record_posting"
        indexes = (models.Index(fields=["account_id", "day"], name="record_posting_account"),)


class Claim(Row):
    """A use of posts, or its end (no account)."""

    subject_id = models.BigIntegerField()
    slot = models.TextField()
    account_id = models.BigIntegerField(null=True)
    figure = models.TextField()
    amount = models.BigIntegerField()
    day = models.IntegerField()

    class Meta:
        db_table = "record_claim"
        indexes = (
            models.Index(fields=["subject_id"], name="record_claim_subject"),
            models.Index(
                fields=["account_id"],
                name="record_claim_account",
                condition=models.Q(account_id__isnull=False),
            ),
        )


class Link(Row):
    """Succession of organisations."""

    before_id = models.BigIntegerField(db_index=True)
    after_id = models.BigIntegerField(db_index=True)
    day = models.IntegerField()

    class Meta:
        db_table = "record_link"


class Assertion(Row):
    """A published total, compared for ever."""

    scope = models.TextField()
    holder_id = models.BigIntegerField(null=True)
    kind = models.TextField()
    funding = models.TextField(null=True)
    figure = models.TextField()
    expected = models.BigIntegerField()
    tolerance = models.BigIntegerField()
    day = models.IntegerField()
    at_change = models.BooleanField()

    class Meta:
        db_table = "record_assertion"
        indexes = (models.Index(fields=["holder_id"], name="record_assertion_holder"),)


class Amendment(Row):
    """A later word on an earlier change."""

    target = models.BigIntegerField(db_index=True)
    target_line = models.IntegerField()

    class Meta:
        db_table = "record_amendment"


class Head(models.Model):
    """The last change, kept apart so that a missing tail is noticed; it only moves forward."""

    id = models.SmallIntegerField(primary_key=True)
    no = models.BigIntegerField()
    digest = models.TextField()

    class Meta:
        db_table = "record_head"


APPEND_ONLY = (
    Change, Document, Subject, Account, Fact, Posting, Claim, Link, Assertion, Amendment,
)  # fmt: skip
