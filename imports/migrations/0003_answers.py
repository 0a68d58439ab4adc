import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('imports', '0002_idempotency_key')]

    operations = [
        migrations.AddField(
            model_name='idempotencykey',
            name='answer',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='idempotencykey',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
    ]
