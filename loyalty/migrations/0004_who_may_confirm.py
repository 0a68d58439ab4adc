from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0003_personal_offers_and_purchases'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='purchase',
            options={'default_permissions': ('view',), 'permissions': [('import_receipts', 'Can import receipts'), ('confirm_purchase', 'Can confirm, cancel and return purchases')], 'verbose_name': 'purchase', 'verbose_name_plural': 'purchases'},
        ),
    ]
