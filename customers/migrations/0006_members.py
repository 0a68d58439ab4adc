import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
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
            options={'default_permissions': (), 'indexes': [models.Index(fields=['audience', 'customer'], name='audience_member_list')]},
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'group_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='members', to='customers.customergroup')),
            ],
            options={'default_permissions': (), 'indexes': [models.Index(fields=['group', 'customer'], name='group_member_list')]},
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupmember',
            trigger=pgtrigger.compiler.Trigger(name='members_come', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM FROM customers_customergroup\n            WHERE id IN (SELECT group_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE customers_customergroup AS counted\n            SET members_count = members_count + number\n            FROM (SELECT group_id, count(*) AS number FROM changed GROUP BY group_id) AS change\n            WHERE counted.id = change.group_id;\n            RETURN NULL;\n        ', hash='34f5b2bcbb080e3a2a68d4c3f89d1fd2c584a63a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_members_come_f0949', referencing='REFERENCING NEW TABLE AS changed ', table='customers_groupmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupmember',
            trigger=pgtrigger.compiler.Trigger(name='members_go', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM FROM customers_customergroup\n            WHERE id IN (SELECT group_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE customers_customergroup AS counted\n            SET members_count = members_count - number\n            FROM (SELECT group_id, count(*) AS number FROM changed GROUP BY group_id) AS change\n            WHERE counted.id = change.group_id;\n            RETURN NULL;\n        ', hash='a505a47398ee7f20b9151e3864c9c86beb894148', level='STATEMENT', operation='DELETE', pgid='pgtrigger_members_go_bfcb0', referencing='REFERENCING OLD TABLE AS changed ', table='customers_groupmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='audiencemember',
            trigger=pgtrigger.compiler.Trigger(name='members_come', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM FROM customers_audience\n            WHERE id IN (SELECT audience_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE customers_audience AS counted\n            SET members_count = members_count + number\n            FROM (SELECT audience_id, count(*) AS number FROM changed GROUP BY audience_id) AS change\n            WHERE counted.id = change.audience_id;\n            RETURN NULL;\n        ', hash='b7fca919d54f5d52dbc65fc2b6d3e12cf6ec05e3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_members_come_9f5e8', referencing='REFERENCING NEW TABLE AS changed ', table='customers_audiencemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='audiencemember',
            trigger=pgtrigger.compiler.Trigger(name='members_go', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            PERFORM FROM customers_audience\n            WHERE id IN (SELECT audience_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n            UPDATE customers_audience AS counted\n            SET members_count = members_count - number\n            FROM (SELECT audience_id, count(*) AS number FROM changed GROUP BY audience_id) AS change\n            WHERE counted.id = change.audience_id;\n            RETURN NULL;\n        ', hash='088e5cb3f4736546fff6ac8d0c385ca4a26956a4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_members_go_303fe', referencing='REFERENCING OLD TABLE AS changed ', table='customers_audiencemember', when='AFTER')),
        ),
    ]
