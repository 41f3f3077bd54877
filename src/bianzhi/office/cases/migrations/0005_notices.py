"""Papers that tell others what the record already says: 入编通知, 核销回执."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Such a paper belongs to no matter, and covers entries of the record."""

    dependencies = (("cases", "0004_use_of_posts"),)
    operations = (
        migrations.AlterField(
            "issued",
            "case",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issued",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            "issued", "covers", models.JSONField(default=list, verbose_name="所告知的变动")
        ),
    )
