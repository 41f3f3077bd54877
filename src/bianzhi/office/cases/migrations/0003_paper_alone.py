"""A paper may be issued that posts no change: a plan of the use of posts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The number of the change may be missing."""

    dependencies = (("cases", "0002_guard_steps"),)
    operations = (
        migrations.AlterField(
            "issued", "change", models.BigIntegerField(null=True, verbose_name="变更")
        ),
    )
