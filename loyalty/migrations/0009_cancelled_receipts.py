"""Cancelled receipts are few: their list has an index of its own, which others don't pay for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0008_what_was_not_taken_back")]

    operations = [
        migrations.AddIndex(
            "purchase",
            models.Index(
                fields=["at", "id"],
                condition=models.Q(cancelled_at__isnull=False),
                name="purchase_cancelled",
            ),
        ),
    ]
