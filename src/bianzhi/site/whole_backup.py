"""The whole backup: the record and everything the office keeps beside it, as of one moment.

Personal files and files handed over are in it as they are in the database, locked; the keys that
open them are not.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connections
from django.db.models import Field, Model

from bianzhi.office.access import log
from bianzhi.record import backup as record_backup
from bianzhi.record import restore as record_restore
from bianzhi.record.backup import Progress, Taken
from bianzhi.record.engine import Engine

# Apps whose tables are left out, and why.
LEFT_OUT = {
    "record": "the record has its own way into the backup",
    "auth": "groups and permissions are not used: roles are data of the program",
    "contenttypes": "made by the program",
    "sessions": "logins end with a restore",
    "axes": "lock-outs last minutes",
}
# tables read one row at a time, as one may be as large as a file; of the others MANY
FEW = dict.fromkeys(("intake_keptfile", "survey_attached", "survey_takenback"), 1)
MANY = 500


class ModelTable:
    """The table of a model, read and written through its fields, so that engines agree."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields: dict[str, Field[Any, Any]] = {
            str(field.column): field for field in model._meta.concrete_fields
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the model."""
        return tuple(self.fields)

    def rows(self, using: str) -> Iterator[list[Any]]:
        """The rows by key: texts, numbers, dates in ISO form, JSON as it is."""
        names = [field.attname for field in self.fields.values()]
        found = self.model._base_manager.using(using).order_by("pk").values_list(*names)
        for row in found.iterator(chunk_size=FEW.get(self.name, MANY)):
            yield [_plain(value) for value in row]

    def insert(self, using: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows under the names of their columns.

        Raises:
            ValueError: A value is none of its field's.
        """
        fields = [self.fields[column] for column in columns]
        others = [field for column, field in self.fields.items() if column not in columns]
        more = [field.get_default() for field in others]
        link = connections[using]
        try:
            stored = [
                [
                    field.get_db_prep_save(_read(field, value), link)
                    for field, value in zip([*fields, *others], [*row, *more], strict=True)
                ]
                for row in rows
            ]
        except (ValidationError, TypeError) as error:
            raise ValueError(f"{self.name} 有一行的内容不对：{error}") from error
        Engine(using).insert(self.name, [str(field.column) for field in [*fields, *others]], stored)

    def is_empty(self, using: str) -> bool:
        """Whether there is no row."""
        return not self.model._base_manager.using(using).exists()

    def finish(self, using: str) -> None:
        """New rows are numbered after those that were put in."""
        link = connections[using]
        for statement in link.ops.sequence_reset_sql(no_style(), [self.model]):
            Engine(using).run(statement)


def tables() -> list[ModelTable]:
    """Every table beside the record that belongs into a backup."""
    return [
        ModelTable(model)
        for config in apps.get_app_configs() if config.label not in LEFT_OUT
        for model in config.get_models(include_auto_created=True)
    ]  # fmt: skip


def backup(path: Path, using: str = "default", progress: Progress | None = None) -> Taken:
    """Write everything to a new file; the office goes on working.

    Raises:
        Refusal: The file exists already, or cannot be written.
    """
    return record_backup.backup(path, using, progress, tables())


def restore(path: Path, using: str = "default", progress: Progress | None = None) -> Taken:
    """Read everything into a new database, all of it or nothing.

    Raises:
        Refusal: Something is there already, the file is none of ours or damaged, or what it holds
            does not verify.
    """
    return record_restore.restore(path, using, progress, tables(), _faults)


def _faults(using: str) -> Iterator[str]:
    for no, what in log.faults(using):
        yield f"访问记录第 {no} 条有问题：{what}"


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Decimal) else value


def _read(field: Field[Any, Any], value: Any) -> Any:
    if value is None and not field.null:
        raise ValueError(f"{field.verbose_name}没有值")
    if isinstance(value, str) and "\0" in value:
        raise ValueError(f"{field.verbose_name}里有不可用的字符")
    if isinstance(value, list | dict) and field.get_internal_type() != "JSONField":
        raise ValueError(f"{field.verbose_name}不是一个值")
    return field.to_python(value)
