import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models

# A lot's opening is as final as its end.
NO_LOT_OPENS_EARLIER = """
DROP TRIGGER only_remaining_changes ON loyalty_lot;
CREATE TRIGGER only_remaining_changes
    BEFORE UPDATE OF customer_id, entry_id, amount, expires_at, opens_at OR DELETE ON loyalty_lot
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
ALTER TABLE loyalty_lot ENABLE ALWAYS TRIGGER only_remaining_changes;
"""
AS_BEFORE = """
DROP TRIGGER only_remaining_changes ON loyalty_lot;
CREATE TRIGGER only_remaining_changes
    BEFORE UPDATE OF customer_id, entry_id, amount, expires_at OR DELETE ON loyalty_lot
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
ALTER TABLE loyalty_lot ENABLE ALWAYS TRIGGER only_remaining_changes;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('promotions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('share', models.DecimalField(decimal_places=2, default=Decimal('100'), help_text='Per cent. With 30, at most 30.00 of a receipt over 100.00 can be paid with points; with 0, nothing; with 100, all of it.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='share payable with points')),
                ('delay_days', models.PositiveSmallIntegerField(default=14, help_text="How long after the purchase points can't be spent yet: as long as goods can be brought back. With 14, those of 1 March open on 15 March; with 0, at once.", validators=[django.core.validators.MaxValueValidator(366)], verbose_name='days until points open')),
                ('lifetime_days', models.PositiveIntegerField(blank=True, help_text='Counted from when they open. With 365, points that open on 15 March 2026 expire on 15 March 2027. Leave it empty for points that never expire.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(36600)], verbose_name='days until points expire')),
                ('whole_points', models.BooleanField(default=False, help_text='Points earned are rounded down: 12.80 becomes 12. Otherwise 12.80 it is.', verbose_name='whole points only')),
            ],
            options={
                'verbose_name': 'points programme',
                'verbose_name_plural': 'points programme',
                'default_permissions': ('change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='ProgrammeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.SmallIntegerField(default=1, editable=False, serialize=False)),
                ('share', models.DecimalField(decimal_places=2, default=Decimal('100'), help_text='Per cent. With 30, at most 30.00 of a receipt over 100.00 can be paid with points; with 0, nothing; with 100, all of it.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='share payable with points')),
                ('delay_days', models.PositiveSmallIntegerField(default=14, help_text="How long after the purchase points can't be spent yet: as long as goods can be brought back. With 14, those of 1 March open on 15 March; with 0, at once.", validators=[django.core.validators.MaxValueValidator(366)], verbose_name='days until points open')),
                ('lifetime_days', models.PositiveIntegerField(blank=True, help_text='Counted from when they open. With 365, points that open on 15 March 2026 expire on 15 March 2027. Leave it empty for points that never expire.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(36600)], verbose_name='days until points expire')),
                ('whole_points', models.BooleanField(default=False, help_text='Points earned are rounded down: 12.80 becomes 12. Otherwise 12.80 it is.', verbose_name='whole points only')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_sign_fits_purpose',
        ),
        migrations.AddField(
            model_name='entry',
            name='purchase_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='lot',
            name='opens_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(NO_LOT_OPENS_EARLIER, AS_BEFORE),
        migrations.AlterField(
            model_name='entry',
            name='purpose',
            field=models.CharField(choices=[('issued', 'Issued'), ('redeemed', 'Redeemed'), ('expired', 'Expired'), ('adjusted', 'Adjusted'), ('returned', 'Returned')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', 'adjusted'), models.Q(('amount__gt', 0), ('purpose', 'issued')), models.Q(('amount__lt', 0), ('purpose__in', ['redeemed', 'expired'])), models.Q(('purpose', 'returned'), models.Q(('amount', 0), _negated=True)), _connector='OR'), name='entry_sign_fits_purpose'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at', None), ('opens_at', None), ('expires_at__gt', models.F('opens_at')), _connector='OR'), name='lot_opens_before_it_expires'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='programme_one_row'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 100)), name='programme_share_is_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('delay_days__lte', 366)), name='programme_delay_is_short'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('lifetime_days', None), models.Q(('lifetime_days__gte', 1), ('lifetime_days__lte', 36600)), _connector='OR'), name='programme_lifetime_is_possible'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='programme_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='51d5ff524582c4dd4b4b616522dca086d9b1a7a4', operation='INSERT OR DELETE', pgid='pgtrigger_programme_moves_4fdb4', table='loyalty_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='programme_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='f75675d90413fe3bbf6f7f994fb07dd8a10932a4', operation='UPDATE', pgid='pgtrigger_programme_update_moves_981cf', table='loyalty_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "loyalty_programmeevent" ("delay_days", "id", "lifetime_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "whole_points") VALUES (NEW."delay_days", NEW."id", NEW."lifetime_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share", NEW."whole_points"); RETURN NULL;', hash='0b1e84b37047d708b2a6b07c7acf2e96535f153f', operation='INSERT', pgid='pgtrigger_insert_insert_ff312', table='loyalty_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "loyalty_programmeevent" ("delay_days", "id", "lifetime_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "whole_points") VALUES (NEW."delay_days", NEW."id", NEW."lifetime_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share", NEW."whole_points"); RETURN NULL;', hash='0896596e181e5aaf22619420d70db5abb9c414c3', operation='UPDATE', pgid='pgtrigger_update_update_96875', table='loyalty_programme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "loyalty_programmeevent" ("delay_days", "id", "lifetime_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "whole_points") VALUES (OLD."delay_days", OLD."id", OLD."lifetime_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."share", OLD."whole_points"); RETURN NULL;', hash='bf330819224a6dad23cc66f3a71788a869f5392d', operation='DELETE', pgid='pgtrigger_delete_delete_c1bba', table='loyalty_programme', when='AFTER')),
        ),
        migrations.AddField(
            model_name='programmeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='programmeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='loyalty.programme'),
        ),
    ]
