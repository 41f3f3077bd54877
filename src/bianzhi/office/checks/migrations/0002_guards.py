"""Answers and pack versions are added, never changed: a past look can be made again."""

from django.db import migrations

from bianzhi.office.access.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("checks", "0001_initial")]
    operations = [guard("checks_answer"), guard("checks_packversion")]
