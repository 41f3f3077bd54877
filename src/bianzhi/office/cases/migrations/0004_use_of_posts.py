"""Numbers of tickets, why they ended, limits of the office; how many a decision approved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_paper_alone"),
    ]

    operations = [
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="期限")),
                ("value", models.IntegerField(verbose_name="数")),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="approved",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="批准数"),
        ),
        migrations.CreateModel(
            name="TicketEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="号码")),
                ("change", models.BigIntegerField(verbose_name="变更")),
                ("why", models.CharField(max_length=10, verbose_name="原因")),
                ("by", models.CharField(max_length=40, verbose_name="谁")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "change"), name="ticket_end_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20, unique=True, verbose_name="号码")),
                ("year", models.IntegerField(verbose_name="年")),
                ("seq", models.IntegerField(verbose_name="序号")),
                ("expires_on", models.IntegerField(verbose_name="有效期至")),
                (
                    "entry_form",
                    models.CharField(
                        blank=True, default="", max_length=40, verbose_name="进入形式"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "-seq"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "seq"), name="ticket_once")
                ],
            },
        ),
    ]
