"""The texts of documents move to ``papers``, where the ledgers find them too."""

from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    """Take along what was kept; its 文号 is read when the document is handed over again."""
    using = schema_editor.connection.alias
    new = apps.get_model("papers", "KeptText").objects.using(using)
    for each in apps.get_model("intake", "KeptText").objects.using(using).iterator():
        new.get_or_create(digest=each.kept_id, defaults={"name": each.name, "text": each.text})


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("papers", "0001_initial")]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="KeptText"),
    ]
