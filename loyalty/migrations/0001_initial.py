import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


NUMBERS = "CREATE SEQUENCE loyalty_entry_number AS bigint"

# One trigger a statement: nothing is added to what a row costs. ALWAYS, so that a session that
# plays a replica is refused as well.
APPEND_ONLY = """
CREATE FUNCTION loyalty_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation',
              HINT = 'Corrections are entries, too.';
END $$;

CREATE FUNCTION loyalty_keep_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.token, OLD.kind, OLD.group_id, OLD.customer_id, OLD.mode,
        OLD.amount, OLD.expires_at, OLD.undo_of_id, OLD.created_at)
        IS DISTINCT FROM
        (NEW.id, NEW.token, NEW.kind, NEW.group_id, NEW.customer_id, NEW.mode,
        NEW.amount, NEW.expires_at, NEW.undo_of_id, NEW.created_at)
        -- A comment on one person can be erased with that person.
        OR OLD.comment <> NEW.comment AND (OLD.kind <> 'single' OR NEW.comment <> '')
        OR OLD.posted_at IS NOT NULL AND
        (OLD.posted_at, OLD.members, OLD.changed, OLD.total, OLD.shortfall)
        IS DISTINCT FROM
        (NEW.posted_at, NEW.members, NEW.changed, NEW.total, NEW.shortfall)
    THEN
        RAISE EXCEPTION 'The ledger is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Save another batch, or undo this one.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON loyalty_entry
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON loyalty_lotuse
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER only_remaining_changes
    BEFORE UPDATE OF customer_id, entry_id, amount, expires_at OR DELETE ON loyalty_lot
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE ON loyalty_batch
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER asked_is_final BEFORE UPDATE ON loyalty_batch
    FOR EACH ROW EXECUTE FUNCTION loyalty_keep_batch();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loyalty_entry
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loyalty_lotuse
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loyalty_lot
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loyalty_batch
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();

ALTER TABLE loyalty_entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE loyalty_entry ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE loyalty_lotuse ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE loyalty_lotuse ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE loyalty_lot ENABLE ALWAYS TRIGGER only_remaining_changes;
ALTER TABLE loyalty_lot ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE loyalty_batch ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE loyalty_batch ENABLE ALWAYS TRIGGER asked_is_final;
ALTER TABLE loyalty_batch ENABLE ALWAYS TRIGGER never_emptied;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0006_members'),
        ('imports', '0002_idempotency_key'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE loyalty_entry_number"),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('customer_id', models.IntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer_id', models.IntegerField()),
                ('id', models.BigIntegerField(db_default=models.Func(models.Value('loyalty_entry_number'), function='nextval', output_field=models.BigIntegerField()))),
                ('batch_id', models.IntegerField(null=True)),
                ('purpose', models.CharField(choices=[('issued', 'Issued'), ('redeemed', 'Redeemed'), ('expired', 'Expired'), ('adjusted', 'Adjusted')], max_length=8)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=35)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['batch_id'], name='entry_batch')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose', 'adjusted'), models.Q(('amount__gt', 0), ('purpose', 'issued')), models.Q(('amount__lt', 0), ('purpose__in', ['redeemed', 'expired'])), _connector='OR'), name='entry_sign_fits_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'entry_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer_id', models.IntegerField()),
                ('entry_id', models.BigIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16)),
                ('remaining', models.DecimalField(decimal_places=2, max_digits=16)),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('expires_at__isnull', False), ('remaining__gt', 0)), fields=['expires_at'], name='lot_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('remaining__gte', 0), ('remaining__lte', models.F('amount'))), name='lot_remaining_is_of_it')],
            },
        ),
        migrations.CreateModel(
            name='LotUse',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'entry_id', 'lot_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer_id', models.IntegerField()),
                ('entry_id', models.BigIntegerField()),
                ('lot_id', models.BigIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='lot_use_is_of_something')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('group', 'Customer group'), ('single', 'Single customer')], max_length=10, verbose_name='kind')),
                ('customer_id', models.IntegerField(null=True)),
                ('mode', models.CharField(choices=[('relative', 'Relative to available balance'), ('absolute', 'Set the absolute value')], max_length=10, verbose_name='mode')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='cashback amount')),
                ('comment', models.CharField(help_text='The reason. Customers see it in their cashback history.', max_length=500, verbose_name='comment')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='credited until')),
                ('created_at', models.DateTimeField(verbose_name='saved')),
                ('posted_at', models.DateTimeField(null=True, verbose_name='posted')),
                ('members', models.PositiveIntegerField(default=0, verbose_name='customers')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                ('total', models.DecimalField(decimal_places=2, default=0, max_digits=35, verbose_name='total')),
                ('shortfall', models.DecimalField(decimal_places=2, default=0, max_digits=35, verbose_name='not taken')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customergroup', verbose_name='group')),
                ('job', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='imports.job')),
                ('undo_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='loyalty.batch', verbose_name='undoes')),
            ],
            options={
                'verbose_name': 'cashback batch',
                'verbose_name_plural': 'cashback batches',
                'ordering': ['-id'],
                'default_permissions': ('add', 'view'),
                'permissions': [('verify', 'Can verify the data')],
                'indexes': [models.Index(condition=models.Q(('customer_id__isnull', False)), fields=['customer_id'], name='batch_of_customer')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('customer_id__isnull', True), ('group__isnull', False), ('kind', 'group')), models.Q(('customer_id__isnull', False), ('group__isnull', True), ('kind', 'single')), _connector='OR'), name='batch_is_for_group_or_customer'), models.CheckConstraint(condition=models.Q(('mode', 'relative'), ('amount__gte', 0), _connector='OR'), name='batch_absolute_not_negative')],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION loyalty_refuse, loyalty_keep_batch CASCADE"),
    ]
