"""Steps of a matter are added, never changed or removed."""

from django.db import migrations

from bianzhi.office.access.append_only import guard


class Migration(migrations.Migration):
    """After their table."""

    dependencies = (("cases", "0001_initial"),)
    operations = (guard("cases_casestep"),)
