import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0011_scopes_of_promotions_and_purchases'),
    ]

    operations = [
        migrations.AlterField(
            model_name='apikey',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('private-offers:read', 'See which private offers a customer has'), ('customers:read', 'See customers and what is known of them'), ('customers:write', 'Add and change customers'), ('groups:read', 'See customer groups and who is in them'), ('groups:write', 'Add customers to groups and remove them'), ('promotions:read', 'See product lists of personalized promotions and what customers chose'), ('promotions:write', 'Change product lists of personalized promotions, and choose for customers'), ('purchases:calculate', 'Ask what baskets cost'), ('purchases:write', 'Confirm, cancel and return purchases, and hold quotes'), ('purchases:read', 'See purchases and their returns'), ('events:read', 'Read what happened to purchases, in order'), ('imports:write', 'Import files, and see and confirm imports')], max_length=50), size=None, verbose_name='may'),
        ),
    ]
