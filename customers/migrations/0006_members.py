import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('customers', '0005_attributes_audiences_groups')]

    operations = [
        migrations.CreateModel(
            name='AudienceMember',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'audience_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                ('audience', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='customers.audience')),
            ],
            options={'indexes': [models.Index(fields=['audience', 'customer'], name='audience_member_list')]},
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'group_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='members', to='customers.customergroup')),
            ],
            options={'indexes': [models.Index(fields=['group', 'customer'], name='group_member_list')]},
        ),
    ]
