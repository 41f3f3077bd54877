"""Judgements are added, never changed: who said what and why stays as it was said."""

from django.db import migrations

from bianzhi.office.access.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("survey", "0001_initial")]
    operations = [guard("survey_judgement")]
