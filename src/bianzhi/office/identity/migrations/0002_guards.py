"""The log of changes to personal files is append-only."""

from django.db import migrations

from bianzhi.office.access.append_only import guard


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = (("identity", "0001_files"),)
    operations = (guard("identity_filechange"),)
