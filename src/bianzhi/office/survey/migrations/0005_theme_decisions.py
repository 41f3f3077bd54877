"""Decisions about themes of problems; added, never changed."""

from django.db import migrations, models

from bianzhi.office.access.append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0004_guard_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThemeDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("move", "改归"),
                            ("rename", "改名"),
                            ("merge", "并入"),
                            ("split", "拆出"),
                            ("add", "新设"),
                            ("undo", "撤回"),
                        ],
                        max_length=10,
                        verbose_name="怎么办",
                    ),
                ),
                (
                    "theme",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="主题"),
                ),
                (
                    "to",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="归到"),
                ),
                (
                    "title",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="名称"),
                ),
                (
                    "words",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="词"),
                ),
                (
                    "answer",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="答卷"),
                ),
                ("quote", models.TextField(blank=True, default="", verbose_name="原话")),
                ("of", models.BigIntegerField(default=0, verbose_name="撤回的决定")),
                ("reason", models.TextField(verbose_name="理由")),
                ("by", models.CharField(max_length=80, verbose_name="决定人")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "对问题主题的决定",
                "verbose_name_plural": "对问题主题的决定",
                "ordering": ["id"],
            },
        ),
        guard("survey_themedecision"),
    ]
