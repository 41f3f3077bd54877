"""The look of every day that is kept by itself, once a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="round",
            name="daily",
            field=models.DateField(null=True, unique=True, verbose_name="自动检查的日期"),
        ),
    ]
