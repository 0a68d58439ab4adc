import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promotions", "0003_no_cycles")]

    operations = [
        migrations.CreateModel(
            name="ListCount",
            fields=[
                (
                    "promotion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="count",
                        serialize=False,
                        to="promotions.personalizedpromotion",
                    ),
                ),
                ("customers", models.PositiveIntegerField(default=0)),
                ("customers_who_chose", models.PositiveIntegerField(default=0)),
                ("counted_at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
