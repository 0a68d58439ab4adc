"""Imported receipts are mostly older than those of tills: their list doesn't read through these."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0010_events_by_number")]

    operations = [
        migrations.AddIndex(
            "purchase",
            models.Index(
                fields=["at", "id"],
                condition=models.Q(source="import"),
                name="purchase_imported",
            ),
        ),
    ]
