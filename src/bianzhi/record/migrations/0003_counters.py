"""The counter-accounts' holders exist from the start, before the first change."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from bianzhi.core.ledger import COUNTERS


def _create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    subject = apps.get_model("record", "Subject")
    subject.objects.using(schema_editor.connection.alias).bulk_create(
        subject(id=number, key=key, cls="counter", change_no=0, line=number)
        for number, key in enumerate(COUNTERS, start=1)
    )


class Migration(migrations.Migration):
    """After the guards: they allow adding."""

    dependencies = (("record", "0002_guards"),)
    operations = (migrations.RunPython(_create, migrations.RunPython.noop),)
