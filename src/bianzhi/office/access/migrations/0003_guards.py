"""The access log is append-only."""

from django.db import migrations

from bianzhi.office.access.append_only import guard


class Migration(migrations.Migration):
    """After its table."""

    dependencies = (("access", "0002_log"),)
    operations = (guard("access_logentry"),)
