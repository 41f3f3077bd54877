"""Answers, steps, reminders, notes and files are added, never changed: nothing a unit said is lost."""

from django.db import migrations

from bianzhi.office.access.append_only import guard

TABLES = (
    "questionnaireversion", "version", "step", "reminder", "interview", "attached", "takenback",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("survey", "0003_rounds")]
    operations = [guard(f"survey_{table}") for table in TABLES]
