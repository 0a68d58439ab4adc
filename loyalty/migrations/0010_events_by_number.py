"""Events are told by their numbers: readers wait for who writes events, not for the whole server."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0009_cancelled_receipts")]

    operations = [
        migrations.RemoveIndex("event", "event_in_order"),
        migrations.RemoveField("event", "transaction"),
    ]
