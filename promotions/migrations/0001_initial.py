import customers.audiences.calendar
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import promotions.models.catalogue
import promotions.models.points_of_sale
import promotions.models.texts
from django.db import migrations, models


def install_triggers(apps, schema_editor):
    """Those that the models' options name: by an operation each, models would be made anew each time."""
    for model in apps.get_app_config('promotions').get_models():
        for trigger in getattr(model._meta, 'triggers', ()):
            schema_editor.execute(trigger.install_sql, params=None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0009_key_scopes'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('external_id', models.CharField(max_length=64, unique=True, validators=[promotions.models.texts.visible_id], verbose_name='ID')),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='promotions.category', verbose_name='parent')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
                'ordering': ['name', 'pk'],
                'permissions': [('import_categories', 'Can import categories'), ('export_categories', 'Can export categories')],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='category_not_below_itself', violation_error_message="A category can't be below itself.")],
                'triggers': [pgtrigger.compiler.Trigger(name='category_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_categoriesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='07c588ad7d303ba91e9088ce070ce1d6bf68f862', operation='INSERT OR DELETE', pgid='pgtrigger_category_moves_8800f', table='promotions_category', when='AFTER')), pgtrigger.compiler.Trigger(name='category_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."parent_id" IS DISTINCT FROM (NEW."parent_id"))', func='\n        INSERT INTO promotions_categoriesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='62871a7822c9ee8cf2e6db72e60619b084a50532', operation='UPDATE', pgid='pgtrigger_category_update_moves_58596', table='promotions_category', when='AFTER')), pgtrigger.compiler.Trigger(name='category_no_cycle_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        WITH RECURSIVE above (start, id) AS (\n            SELECT id, parent_id FROM written WHERE parent_id IS NOT NULL\n            UNION\n            SELECT start, category.parent_id\n            FROM above JOIN promotions_category AS category ON category.id = above.id\n            WHERE category.parent_id IS NOT NULL\n        )\n        SELECT FROM above WHERE id = start\n    ) THEN\n        RAISE EXCEPTION 'A category can''t be below itself.'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'category_no_cycle';\n    END IF;\n    RETURN NULL;\n", hash='a138cf7aebdb0005465f072655dd87f103871e4a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_category_no_cycle_insert_ea8be', referencing='REFERENCING NEW TABLE AS written ', table='promotions_category', when='AFTER')), pgtrigger.compiler.Trigger(name='category_no_cycle_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        WITH RECURSIVE above (start, id) AS (\n            SELECT id, parent_id FROM written WHERE parent_id IS NOT NULL\n            UNION\n            SELECT start, category.parent_id\n            FROM above JOIN promotions_category AS category ON category.id = above.id\n            WHERE category.parent_id IS NOT NULL\n        )\n        SELECT FROM above WHERE id = start\n    ) THEN\n        RAISE EXCEPTION 'A category can''t be below itself.'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'category_no_cycle';\n    END IF;\n    RETURN NULL;\n", hash='62a0fc413e9e88a4d5402dc20972fe9e178c3f3b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_category_no_cycle_update_20db2', referencing='REFERENCING NEW TABLE AS written ', table='promotions_category', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('external_id', models.CharField(max_length=64, unique=True, validators=[promotions.models.texts.visible_id], verbose_name='ID')),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('price', models.DecimalField(decimal_places=3, help_text='The usual price, for previews and warnings; a basket brings its own.', max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price')),
                ('picture', models.ImageField(blank=True, upload_to=promotions.models.catalogue.picture_name, verbose_name='picture')),
                ('thumbnail', models.ImageField(blank=True, editable=False, upload_to=promotions.models.catalogue.picture_name)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='promotions.category', verbose_name='category')),
            ],
            options={
                'verbose_name': 'product',
                'verbose_name_plural': 'products',
                'ordering': ['name', 'pk'],
                'permissions': [('import_products', 'Can import products'), ('export_products', 'Can export products')],
                'indexes': [models.Index(fields=['name', 'id'], name='product_by_name'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'), django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('external_id'), name='gin_trgm_ops'), name='product_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='product_price_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Barcode',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='barcode')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barcodes', to='promotions.product')),
            ],
            options={
                'verbose_name': 'barcode',
                'verbose_name_plural': 'barcodes',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CategoriesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='categoriesversion_one_row')],
            },
        ),
        migrations.CreateModel(
            name='PersonalizedPromotion',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('backend_id', models.CharField(help_text='Identifies the promotion in imports and in the API.', max_length=64, unique=True, validators=[django.core.validators.RegexValidator('^[\\w.-]+\\Z', 'Write letters, digits, dots, dashes and underscores.')], verbose_name='BackendID')),
                ('users', models.CharField(choices=[('consumers', 'Consumers'), ('employees', 'Employees')], default='consumers', help_text='Whom lists may be assigned to.', max_length=10, verbose_name='users')),
                ('max_products', models.PositiveIntegerField(blank=True, help_text='How many products one customer may choose; empty for the whole list.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='maximum distinct products')),
                ('lock_after_apply', models.BooleanField(default=False, help_text='The first choice that a customer saves is final.', verbose_name='lock after first apply')),
            ],
            options={
                'verbose_name': 'personalized promotion',
                'verbose_name_plural': 'personalized promotions',
                'ordering': ['name', 'pk'],
                'permissions': [('PersonalizedPromotions', 'PersonalizedPromotions'), ('import_listed_products', 'Can import product lists of customers'), ('export_listed_products', 'Can export product lists of customers')],
                'default_permissions': (),
                'triggers': [pgtrigger.compiler.Trigger(name='personalized_promotion_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='7f4221f35f65d7c060349ad1e45f47835f227bae', operation='INSERT OR DELETE', pgid='pgtrigger_personalized_promotion_moves_dde7e', table='promotions_personalizedpromotion', when='AFTER')), pgtrigger.compiler.Trigger(name='personalized_promotion_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='e803c3475c78b8753daafa6571ebb999305d9e88', operation='UPDATE', pgid='pgtrigger_personalized_promotion_update_moves_4f5c4', table='promotions_personalizedpromotion', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_personalizedpromotionevent" ("backend_id", "description", "id", "lock_after_apply", "max_products", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "users") VALUES (NEW."backend_id", NEW."description", NEW."id", NEW."lock_after_apply", NEW."max_products", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."users"); RETURN NULL;', hash='435bc7e08a2117fc95a3e06246c7b2f8661cd155', operation='INSERT', pgid='pgtrigger_insert_insert_903e8', table='promotions_personalizedpromotion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_personalizedpromotionevent" ("backend_id", "description", "id", "lock_after_apply", "max_products", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "users") VALUES (NEW."backend_id", NEW."description", NEW."id", NEW."lock_after_apply", NEW."max_products", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."users"); RETURN NULL;', hash='1d28392c975aa0cbfa7ba18ced839b6bdfb1152f', operation='UPDATE', pgid='pgtrigger_update_update_4d10f', table='promotions_personalizedpromotion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_personalizedpromotionevent" ("backend_id", "description", "id", "lock_after_apply", "max_products", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "users") VALUES (OLD."backend_id", OLD."description", OLD."id", OLD."lock_after_apply", OLD."max_products", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."users"); RETURN NULL;', hash='fa32883b3191e60d33a2fe4a0fcf1aaf3bebd122', operation='DELETE', pgid='pgtrigger_delete_delete_5a25c', table='promotions_personalizedpromotion', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'promotion_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('first_at', models.DateTimeField(verbose_name='first saved')),
                ('last_at', models.DateTimeField(verbose_name='last saved')),
                ('customer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.customer')),
                ('promotion', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='choices', to='promotions.personalizedpromotion')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Discount',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='Printed on receipts.', max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='is active?')),
                ('start', models.DateTimeField(validators=[customers.audiences.calendar.check_moment], verbose_name='start date')),
                ('end', models.DateTimeField(validators=[customers.audiences.calendar.check_moment], verbose_name='end date')),
                ('time_zone', models.CharField(default='UTC', help_text='Of the dates, and of the days on which uses are counted.', max_length=64, validators=[promotions.models.points_of_sale.validate_time_zone], verbose_name='time zone')),
                ('priority', models.PositiveSmallIntegerField(default=100, help_text='The lower number comes first.', verbose_name='priority')),
                ('stacking', models.CharField(choices=[('combines', 'Combines'), ('one_per_item', 'One per item'), ('alone', 'Alone')], default='one_per_item', max_length=20, verbose_name='with other offers')),
                ('kind', models.CharField(choices=[('percentage', 'Percentage off'), ('amount', 'Amount off'), ('fixed_price', 'Fixed price')], max_length=20, verbose_name='discount type')),
                ('value', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='value')),
                ('scope', models.CharField(choices=[('units', 'On each unit'), ('lines', 'On each line'), ('receipt', 'On the receipt')], default='units', max_length=20, verbose_name='applies')),
                ('currency', models.CharField(blank=True, help_text='Of amounts; the discount is for points of sale with this currency.', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Write three capital letters, such as EUR.')], verbose_name='currency')),
                ('action', models.CharField(choices=[('products', 'Products'), ('product_sets', 'Product sets')], default='products', max_length=20, verbose_name='action')),
                ('everything', models.BooleanField(default=False, verbose_name='all products')),
                ('units', models.PositiveIntegerField(blank=True, help_text='The most units that get it on one receipt; empty for all.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='units a receipt')),
                ('uses', models.PositiveIntegerField(blank=True, default=1, help_text='How often product sets count on one receipt; empty without limit.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='repeat')),
                ('match', models.CharField(choices=[('all', 'All'), ('one', 'One of')], default='all', max_length=3, verbose_name='conditions')),
                ('most_uses', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses in total')),
                ('most_a_day', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer a day')),
                ('most_a_week', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer a week')),
                ('most_a_month', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer a month')),
                ('most_a_customer', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer')),
                ('budget', models.DecimalField(blank=True, decimal_places=3, help_text='All that it may give away, in its currency.', max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget')),
            ],
            options={
                'verbose_name': 'discount',
                'verbose_name_plural': 'discounts',
                'ordering': ['priority', 'pk'],
                'indexes': [models.Index(fields=['end'], name='discount_end')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='discount_name_unique', violation_error_message='Another discount has this name.'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='discount_end_after_start', violation_error_message='The end date must be after the start date.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'percentage'), _negated=True), ('value__lte', 100), _connector='OR'), name='discount_percentage_at_most_100', violation_error_message='A percentage is at most 100.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'percentage'), ('budget__isnull', True)), models.Q(('currency', ''), _negated=True), _connector='OR'), name='discount_money_has_currency', violation_error_message='Say in which currency the amounts are.')],
                'triggers': [pgtrigger.compiler.Trigger(name='discount_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='657f1a89a27b5bd07f2619340ae4d514f7e6c1db', operation='INSERT OR DELETE', pgid='pgtrigger_discount_moves_b02ce', table='promotions_discount', when='AFTER')), pgtrigger.compiler.Trigger(name='discount_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='613b9181a1b5e01dc919c7f386c460c167fc9599', operation='UPDATE', pgid='pgtrigger_discount_update_moves_f5643', table='promotions_discount', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_discountevent" ("action", "budget", "currency", "end", "everything", "id", "is_active", "kind", "match", "most_a_customer", "most_a_day", "most_a_month", "most_a_week", "most_uses", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "scope", "stacking", "start", "time_zone", "units", "uses", "value") VALUES (NEW."action", NEW."budget", NEW."currency", NEW."end", NEW."everything", NEW."id", NEW."is_active", NEW."kind", NEW."match", NEW."most_a_customer", NEW."most_a_day", NEW."most_a_month", NEW."most_a_week", NEW."most_uses", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."scope", NEW."stacking", NEW."start", NEW."time_zone", NEW."units", NEW."uses", NEW."value"); RETURN NULL;', hash='b2c8b97bdef60ca34e16ef00ece9576bf5b12a85', operation='INSERT', pgid='pgtrigger_insert_insert_9e1bb', table='promotions_discount', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_discountevent" ("action", "budget", "currency", "end", "everything", "id", "is_active", "kind", "match", "most_a_customer", "most_a_day", "most_a_month", "most_a_week", "most_uses", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "scope", "stacking", "start", "time_zone", "units", "uses", "value") VALUES (NEW."action", NEW."budget", NEW."currency", NEW."end", NEW."everything", NEW."id", NEW."is_active", NEW."kind", NEW."match", NEW."most_a_customer", NEW."most_a_day", NEW."most_a_month", NEW."most_a_week", NEW."most_uses", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."scope", NEW."stacking", NEW."start", NEW."time_zone", NEW."units", NEW."uses", NEW."value"); RETURN NULL;', hash='4326282738b601c7891a48b477e1d68c61924d97', operation='UPDATE', pgid='pgtrigger_update_update_99c7d', table='promotions_discount', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_discountevent" ("action", "budget", "currency", "end", "everything", "id", "is_active", "kind", "match", "most_a_customer", "most_a_day", "most_a_month", "most_a_week", "most_uses", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "scope", "stacking", "start", "time_zone", "units", "uses", "value") VALUES (OLD."action", OLD."budget", OLD."currency", OLD."end", OLD."everything", OLD."id", OLD."is_active", OLD."kind", OLD."match", OLD."most_a_customer", OLD."most_a_day", OLD."most_a_month", OLD."most_a_week", OLD."most_uses", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."priority", OLD."scope", OLD."stacking", OLD."start", OLD."time_zone", OLD."units", OLD."uses", OLD."value"); RETURN NULL;', hash='109e8e0c667b57352e0add1825f743f7915c0b2c', operation='DELETE', pgid='pgtrigger_delete_delete_495b7', table='promotions_discount', when='AFTER')), pgtrigger.compiler.Trigger(name='recounts_uses', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE limited int[];', func="\n                SELECT array_agg(id) INTO limited FROM offer JOIN before USING (id)\n                WHERE (offer.most_uses, offer.budget, offer.most_a_day, offer.most_a_week, offer.most_a_month, offer.most_a_customer, offer.time_zone) IS DISTINCT FROM (before.most_uses, before.budget, before.most_a_day, before.most_a_week, before.most_a_month, before.most_a_customer, before.time_zone);\n                PERFORM FROM promotions_discount WHERE id = ANY(limited) ORDER BY id FOR UPDATE;\n                DELETE FROM promotions_usecounter WHERE discount_id = ANY(limited);\n                INSERT INTO promotions_usecounter\n                    (customer_id, discount_id, period, since, used, spent)\n                SELECT counted.* FROM offer CROSS JOIN LATERAL (\n        SELECT counter.customer_id, use.discount_id, counter.period, counter.since,\n            count(*) AS used, sum(use.amount - use.returned) AS spent\n        FROM promotions_use AS use CROSS JOIN LATERAL (\n        SELECT 0 AS customer_id, 'ever' AS period, DATE '1900-01-01' AS since\n        WHERE offer.most_uses IS NOT NULL OR offer.budget IS NOT NULL\n        UNION ALL SELECT use.customer_id, 'ever', DATE '1900-01-01' WHERE offer.most_a_customer IS NOT NULL AND use.customer_id <> 0\nUNION ALL SELECT use.customer_id, 'month', date_trunc('month', (use.at AT TIME ZONE offer.time_zone))::date WHERE offer.most_a_month IS NOT NULL AND use.customer_id <> 0\nUNION ALL SELECT use.customer_id, 'week', date_trunc('week', (use.at AT TIME ZONE offer.time_zone))::date WHERE offer.most_a_week IS NOT NULL AND use.customer_id <> 0\nUNION ALL SELECT use.customer_id, 'day', (use.at AT TIME ZONE offer.time_zone)::date WHERE offer.most_a_day IS NOT NULL AND use.customer_id <> 0\n    ) AS counter\n        WHERE use.discount_id = offer.id AND NOT use.is_given_back\n        GROUP BY 1, 2, 3, 4\n    )\n                    AS counted\n                WHERE offer.id = ANY(limited);\n                RETURN NULL;\n            ", hash='b17e7859ac57cd65bba7e5aef194d853ffb02442', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_recounts_uses_8dd42', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS offer ', table='promotions_discount', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('order_amount', 'Order amount'), ('products', 'Products'), ('times', 'Days and hours'), ('points_of_sale', 'Points of sale'), ('groups', 'Customer groups'), ('audiences', 'Audiences')], max_length=20, verbose_name='condition')),
                ('minimum', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='minimum')),
                ('maximum', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='maximum')),
                ('quantity', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='quantity')),
                ('everything', models.BooleanField(default=False, verbose_name='all products')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(6)]), blank=True, default=list, help_text='Monday is 0; none for every day.', size=None, verbose_name='days')),
                ('begin', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('end', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('discount', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='promotions.discount')),
            ],
            options={
                'verbose_name': 'condition',
                'verbose_name_plural': 'conditions',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'order_amount'), _negated=True), ('minimum__isnull', False), _connector='OR'), name='condition_amount_has_minimum'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'products'), _negated=True), ('quantity__isnull', False), _connector='OR'), name='condition_products_has_quantity')],
                'triggers': [pgtrigger.compiler.Trigger(name='condition_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='a73c46c78e8de83e105b0a643ea574e86ad18842', operation='INSERT OR DELETE', pgid='pgtrigger_condition_moves_deba6', table='promotions_condition', when='AFTER')), pgtrigger.compiler.Trigger(name='condition_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='a567dfd67a31023b901219fbd3ecbc6fa6a4506e', operation='UPDATE', pgid='pgtrigger_condition_update_moves_0459d', table='promotions_condition', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_conditionevent" ("begin", "days", "discount_id", "end", "everything", "id", "kind", "maximum", "minimum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity") VALUES (NEW."begin", NEW."days", NEW."discount_id", NEW."end", NEW."everything", NEW."id", NEW."kind", NEW."maximum", NEW."minimum", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."quantity"); RETURN NULL;', hash='a510667ce3f6ae84b6905c9bc28eb857e69aa81c', operation='INSERT', pgid='pgtrigger_insert_insert_8a42c', table='promotions_condition', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_conditionevent" ("begin", "days", "discount_id", "end", "everything", "id", "kind", "maximum", "minimum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity") VALUES (NEW."begin", NEW."days", NEW."discount_id", NEW."end", NEW."everything", NEW."id", NEW."kind", NEW."maximum", NEW."minimum", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."quantity"); RETURN NULL;', hash='62166445825a610d15df6f9c035bfd55be60c833', operation='UPDATE', pgid='pgtrigger_update_update_bb34e', table='promotions_condition', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_conditionevent" ("begin", "days", "discount_id", "end", "everything", "id", "kind", "maximum", "minimum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity") VALUES (OLD."begin", OLD."days", OLD."discount_id", OLD."end", OLD."everything", OLD."id", OLD."kind", OLD."maximum", OLD."minimum", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."quantity"); RETURN NULL;', hash='b9f811e0327d4886b9960b4c9b08705841376f9c', operation='DELETE', pgid='pgtrigger_delete_delete_4e458', table='promotions_condition', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PointOfSale',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(help_text='How tills and apps name it, such as P1.', max_length=50, unique=True, validators=[django.core.validators.RegexValidator('^[\\w.-]+\\Z', 'Write letters, digits, dots, dashes and underscores.')], verbose_name='key')),
                ('name', models.CharField(max_length=100, unique=True, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('channel', models.CharField(choices=[('retail', 'In retail'), ('online', 'Online')], default='retail', max_length=10, verbose_name='channel')),
                ('time_zone', models.CharField(default='UTC', max_length=64, validators=[promotions.models.points_of_sale.validate_time_zone], verbose_name='time zone')),
                ('currency', models.CharField(default='EUR', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Write three capital letters, such as EUR.')], verbose_name='currency')),
            ],
            options={
                'verbose_name': 'point of sale',
                'verbose_name_plural': 'points of sale',
                'ordering': ['name'],
                'triggers': [pgtrigger.compiler.Trigger(name='point_of_sale_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='d197b1b9daca4407d2014f5d78f930830f97e81d', operation='INSERT OR DELETE', pgid='pgtrigger_point_of_sale_moves_c2e23', table='promotions_pointofsale', when='AFTER')), pgtrigger.compiler.Trigger(name='point_of_sale_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='10791b130b9be9a90a01c00d40c5793c19acdce3', operation='UPDATE', pgid='pgtrigger_point_of_sale_update_moves_d9af1', table='promotions_pointofsale', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_pointofsaleevent" ("channel", "currency", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") VALUES (NEW."channel", NEW."currency", NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."time_zone"); RETURN NULL;', hash='f77b03ccbac693e2a136b1fb86c70c3d50dabd75', operation='INSERT', pgid='pgtrigger_insert_insert_bcdc8', table='promotions_pointofsale', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_pointofsaleevent" ("channel", "currency", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") VALUES (NEW."channel", NEW."currency", NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."time_zone"); RETURN NULL;', hash='0f50d870133e8eab0bfca0b1a54d6727b6617bc6', operation='UPDATE', pgid='pgtrigger_update_update_5699b', table='promotions_pointofsale', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_pointofsaleevent" ("channel", "currency", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") VALUES (OLD."channel", OLD."currency", OLD."id", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."time_zone"); RETURN NULL;', hash='c385fdf38b7df5a5367862b7b9784f4d3ed19681', operation='DELETE', pgid='pgtrigger_delete_delete_a7c74', table='promotions_pointofsale', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ProductGroup',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
            ],
            options={
                'verbose_name': 'product group',
                'verbose_name_plural': 'product groups',
                'ordering': ['name'],
                'permissions': [('import_productgroups', 'Can import product groups'), ('export_productgroups', 'Can export product groups')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='product_group_name_unique', violation_error_message='Another product group has this name.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_productgroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='d21f20c1c6f4ba7a5b48a78445b513846e06d950', operation='INSERT', pgid='pgtrigger_insert_insert_9ab36', table='promotions_productgroup', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_productgroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='874b9135a4bfe6b83a5463051479ea64a0955eb1', operation='UPDATE', pgid='pgtrigger_update_update_fb66c', table='promotions_productgroup', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_productgroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='5e45ac1abd753eefa342a394bed78d6073f01d38', operation='DELETE', pgid='pgtrigger_delete_delete_8d78a', table='promotions_productgroup', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ProductSet',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name of product set')),
                ('required', models.PositiveIntegerField(default=1, help_text='At least so many products of this set must be in the basket.', verbose_name='required amount of products')),
                ('gets_discount', models.BooleanField(default=False, verbose_name='this product set gets the discount')),
                ('discounted', models.PositiveIntegerField(default=1, help_text='Counts where the set gets the discount.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='this many products get the discount')),
                ('everything', models.BooleanField(default=False, verbose_name='all products')),
                ('default_product', models.ForeignKey(blank=True, help_text='Counts as chosen by who chose nothing, if it is on their list.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promotions.product', verbose_name='default product')),
                ('discount', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='product_sets', to='promotions.discount')),
                ('personalized_promotion', models.ForeignKey(blank=True, help_text='The set is what each customer chose from their list.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='product_sets', to='promotions.personalizedpromotion', verbose_name='personalized promotion')),
            ],
            options={
                'verbose_name': 'product set',
                'verbose_name_plural': 'product sets',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('default_product', None), ('personalized_promotion__isnull', False), _connector='OR'), name='product_set_default_of_promotion', violation_error_message='Only a personalized promotion has a default product.')],
                'triggers': [pgtrigger.compiler.Trigger(name='product_set_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='6df8b9aa6532f2539d88ae647eba0f94667ee820', operation='INSERT OR DELETE', pgid='pgtrigger_product_set_moves_19e5a', table='promotions_productset', when='AFTER')), pgtrigger.compiler.Trigger(name='product_set_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='962d42bd6b0b36957e6436c0c640ba1f131250b9', operation='UPDATE', pgid='pgtrigger_product_set_update_moves_acfda', table='promotions_productset', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_productsetevent" ("default_product_id", "discount_id", "discounted", "everything", "gets_discount", "id", "name", "personalized_promotion_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "required") VALUES (NEW."default_product_id", NEW."discount_id", NEW."discounted", NEW."everything", NEW."gets_discount", NEW."id", NEW."name", NEW."personalized_promotion_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."required"); RETURN NULL;', hash='bbd25150ef15c350c24043db7a8ce6e52db2419d', operation='INSERT', pgid='pgtrigger_insert_insert_4fc6d', table='promotions_productset', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_productsetevent" ("default_product_id", "discount_id", "discounted", "everything", "gets_discount", "id", "name", "personalized_promotion_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "required") VALUES (NEW."default_product_id", NEW."discount_id", NEW."discounted", NEW."everything", NEW."gets_discount", NEW."id", NEW."name", NEW."personalized_promotion_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."required"); RETURN NULL;', hash='d91148f97ce461772a5468e6b9b4d377f57c34fb', operation='UPDATE', pgid='pgtrigger_update_update_d3061', table='promotions_productset', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_productsetevent" ("default_product_id", "discount_id", "discounted", "everything", "gets_discount", "id", "name", "personalized_promotion_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "required") VALUES (OLD."default_product_id", OLD."discount_id", OLD."discounted", OLD."everything", OLD."gets_discount", OLD."id", OLD."name", OLD."personalized_promotion_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."required"); RETURN NULL;', hash='e43c9ea35933b325c8837935c37aa56e2b840047', operation='DELETE', pgid='pgtrigger_delete_delete_b27b0', table='promotions_productset', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='DiscountItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.audience')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discount_items', to='promotions.category')),
                ('condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='promotions.condition')),
                ('customer_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customergroup')),
                ('discount', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='promotions.discount')),
                ('point_of_sale', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discount_items', to='promotions.pointofsale')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discount_items', to='promotions.product')),
                ('product_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discount_items', to='promotions.productgroup')),
                ('product_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='promotions.productset')),
            ],
            options={
                'verbose_name': 'item of a discount',
                'verbose_name_plural': 'items of discounts',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audience__isnull', True), ('category__isnull', True), ('customer_group__isnull', True), ('point_of_sale__isnull', True), ('product__isnull', False), ('product_group__isnull', True)), models.Q(('audience__isnull', True), ('category__isnull', False), ('customer_group__isnull', True), ('point_of_sale__isnull', True), ('product__isnull', True), ('product_group__isnull', True)), models.Q(('audience__isnull', True), ('category__isnull', True), ('customer_group__isnull', True), ('point_of_sale__isnull', True), ('product__isnull', True), ('product_group__isnull', False)), models.Q(('audience__isnull', True), ('category__isnull', True), ('customer_group__isnull', True), ('point_of_sale__isnull', False), ('product__isnull', True), ('product_group__isnull', True)), models.Q(('audience__isnull', True), ('category__isnull', True), ('customer_group__isnull', False), ('point_of_sale__isnull', True), ('product__isnull', True), ('product_group__isnull', True)), models.Q(('audience__isnull', False), ('category__isnull', True), ('customer_group__isnull', True), ('point_of_sale__isnull', True), ('product__isnull', True), ('product_group__isnull', True)), _connector='OR'), name='discount_item_names_one_thing'), models.CheckConstraint(condition=models.Q(('product_set', None), ('condition', None), _connector='OR'), name='discount_item_of_one_part'), models.UniqueConstraint(fields=('discount', 'product_set', 'condition', 'product', 'category', 'product_group', 'point_of_sale', 'customer_group', 'audience'), name='discount_item_once', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='discount_item_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='711f03e2538339455f15cabed34f08695978e115', operation='INSERT OR DELETE', pgid='pgtrigger_discount_item_moves_31eb9', table='promotions_discountitem', when='AFTER')), pgtrigger.compiler.Trigger(name='discount_item_update_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='\n        INSERT INTO promotions_rulesversion AS version (id, number)\n        VALUES (1, pg_current_xact_id()::text::bigint)\n        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number\n        WHERE version.number <> EXCLUDED.number;\n        RETURN NULL;\n    ', hash='6584d9343302abed65d08f9e574e107fce9d3388', operation='UPDATE', pgid='pgtrigger_discount_item_update_moves_beba3', table='promotions_discountitem', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_discountitemevent" ("audience_id", "category_id", "condition_id", "customer_group_id", "discount_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_of_sale_id", "product_group_id", "product_id", "product_set_id") VALUES (NEW."audience_id", NEW."category_id", NEW."condition_id", NEW."customer_group_id", NEW."discount_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_of_sale_id", NEW."product_group_id", NEW."product_id", NEW."product_set_id"); RETURN NULL;', hash='e191faa971b94d1b3fb5167e7fb236df0568e699', operation='INSERT', pgid='pgtrigger_insert_insert_d2ee2', table='promotions_discountitem', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promotions_discountitemevent" ("audience_id", "category_id", "condition_id", "customer_group_id", "discount_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_of_sale_id", "product_group_id", "product_id", "product_set_id") VALUES (NEW."audience_id", NEW."category_id", NEW."condition_id", NEW."customer_group_id", NEW."discount_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_of_sale_id", NEW."product_group_id", NEW."product_id", NEW."product_set_id"); RETURN NULL;', hash='9c8df4fbc5073c8ace6c2a9d7191ea43ac009ce1', operation='UPDATE', pgid='pgtrigger_update_update_a708a', table='promotions_discountitem', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promotions_discountitemevent" ("audience_id", "category_id", "condition_id", "customer_group_id", "discount_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_of_sale_id", "product_group_id", "product_id", "product_set_id") VALUES (OLD."audience_id", OLD."category_id", OLD."condition_id", OLD."customer_group_id", OLD."discount_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point_of_sale_id", OLD."product_group_id", OLD."product_id", OLD."product_set_id"); RETURN NULL;', hash='bae96efbb02258b6097c53774a676d40228da045', operation='DELETE', pgid='pgtrigger_delete_delete_1b602', table='promotions_discountitem', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ListCount',
            fields=[
                ('promotion', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='count', serialize=False, to='promotions.personalizedpromotion')),
                ('customers', models.PositiveIntegerField(default=0)),
                ('customers_who_chose', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ListedProduct',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'promotion_id', 'product_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('is_chosen', models.BooleanField(db_default=False, default=False)),
                ('customer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.customer')),
                ('product', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='promotions.product')),
                ('promotion', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='listed', to='promotions.personalizedpromotion')),
            ],
            options={
                'verbose_name': 'listed product',
                'verbose_name_plural': 'listed products',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('is_chosen', True)), fields=['customer', 'promotion', 'product'], name='listed_product_chosen')],
            },
        ),
        migrations.CreateModel(
            name='ProductGroupMember',
            fields=[
                ('pk', models.CompositePrimaryKey('product_id', 'group_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='promotions.productgroup')),
                ('product', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promotions.product')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RulesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='rulesversion_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'discount_id', 'purchase', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer_id', models.IntegerField(default=0)),
                ('purchase', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('amount', models.DecimalField(decimal_places=3, max_digits=16)),
                ('returned', models.DecimalField(db_default=0, decimal_places=3, default=0, max_digits=16)),
                ('is_given_back', models.BooleanField(db_default=False, default=False)),
                ('discount', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promotions.discount')),
            ],
            options={
                'verbose_name': 'use of a discount',
                'verbose_name_plural': 'uses of discounts',
                'default_permissions': (),
                'indexes': [models.Index(fields=['discount', 'at'], name='use_of_discount')],
                'constraints': [models.UniqueConstraint(fields=('purchase', 'discount'), name='use_once_a_purchase'), models.CheckConstraint(condition=models.Q(('returned__gte', 0), ('returned__lte', models.F('amount'))), name='use_returned_within_amount')],
            },
        ),
        migrations.CreateModel(
            name='UseCounter',
            fields=[
                ('pk', models.CompositePrimaryKey('customer_id', 'discount_id', 'period', 'since', blank=True, editable=False, primary_key=True, serialize=False)),
                ('customer_id', models.IntegerField(default=0)),
                ('period', models.CharField(choices=[('ever', 'ever'), ('month', 'month'), ('week', 'week'), ('day', 'day')], max_length=5)),
                ('since', models.DateField()),
                ('used', models.PositiveIntegerField(default=0)),
                ('spent', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('discount', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promotions.discount')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='usecounter_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ConditionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('order_amount', 'Order amount'), ('products', 'Products'), ('times', 'Days and hours'), ('points_of_sale', 'Points of sale'), ('groups', 'Customer groups'), ('audiences', 'Audiences')], max_length=20, verbose_name='condition')),
                ('minimum', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='minimum')),
                ('maximum', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='maximum')),
                ('quantity', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='quantity')),
                ('everything', models.BooleanField(default=False, verbose_name='all products')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(6)]), blank=True, default=list, help_text='Monday is 0; none for every day.', size=None, verbose_name='days')),
                ('begin', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('end', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.condition')),
                ('discount', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.discount')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DiscountEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('name', models.CharField(help_text='Printed on receipts.', max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='is active?')),
                ('start', models.DateTimeField(validators=[customers.audiences.calendar.check_moment], verbose_name='start date')),
                ('end', models.DateTimeField(validators=[customers.audiences.calendar.check_moment], verbose_name='end date')),
                ('time_zone', models.CharField(default='UTC', help_text='Of the dates, and of the days on which uses are counted.', max_length=64, validators=[promotions.models.points_of_sale.validate_time_zone], verbose_name='time zone')),
                ('priority', models.PositiveSmallIntegerField(default=100, help_text='The lower number comes first.', verbose_name='priority')),
                ('stacking', models.CharField(choices=[('combines', 'Combines'), ('one_per_item', 'One per item'), ('alone', 'Alone')], default='one_per_item', max_length=20, verbose_name='with other offers')),
                ('kind', models.CharField(choices=[('percentage', 'Percentage off'), ('amount', 'Amount off'), ('fixed_price', 'Fixed price')], max_length=20, verbose_name='discount type')),
                ('value', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='value')),
                ('scope', models.CharField(choices=[('units', 'On each unit'), ('lines', 'On each line'), ('receipt', 'On the receipt')], default='units', max_length=20, verbose_name='applies')),
                ('currency', models.CharField(blank=True, help_text='Of amounts; the discount is for points of sale with this currency.', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Write three capital letters, such as EUR.')], verbose_name='currency')),
                ('action', models.CharField(choices=[('products', 'Products'), ('product_sets', 'Product sets')], default='products', max_length=20, verbose_name='action')),
                ('everything', models.BooleanField(default=False, verbose_name='all products')),
                ('units', models.PositiveIntegerField(blank=True, help_text='The most units that get it on one receipt; empty for all.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='units a receipt')),
                ('uses', models.PositiveIntegerField(blank=True, default=1, help_text='How often product sets count on one receipt; empty without limit.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='repeat')),
                ('match', models.CharField(choices=[('all', 'All'), ('one', 'One of')], default='all', max_length=3, verbose_name='conditions')),
                ('most_uses', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses in total')),
                ('most_a_day', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer a day')),
                ('most_a_week', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer a week')),
                ('most_a_month', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer a month')),
                ('most_a_customer', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses per customer')),
                ('budget', models.DecimalField(blank=True, decimal_places=3, help_text='All that it may give away, in its currency.', max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.discount')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DiscountItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('audience', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.audience')),
                ('category', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.category')),
                ('condition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.condition')),
                ('customer_group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customergroup')),
                ('discount', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.discount')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.discountitem')),
                ('point_of_sale', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.pointofsale')),
                ('product', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.product')),
                ('product_group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.productgroup')),
                ('product_set', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.productset')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonalizedPromotionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('backend_id', models.CharField(help_text='Identifies the promotion in imports and in the API.', max_length=64, validators=[django.core.validators.RegexValidator('^[\\w.-]+\\Z', 'Write letters, digits, dots, dashes and underscores.')], verbose_name='BackendID')),
                ('users', models.CharField(choices=[('consumers', 'Consumers'), ('employees', 'Employees')], default='consumers', help_text='Whom lists may be assigned to.', max_length=10, verbose_name='users')),
                ('max_products', models.PositiveIntegerField(blank=True, help_text='How many products one customer may choose; empty for the whole list.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='maximum distinct products')),
                ('lock_after_apply', models.BooleanField(default=False, help_text='The first choice that a customer saves is final.', verbose_name='lock after first apply')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.personalizedpromotion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PointOfSaleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('key', models.CharField(help_text='How tills and apps name it, such as P1.', max_length=50, validators=[django.core.validators.RegexValidator('^[\\w.-]+\\Z', 'Write letters, digits, dots, dashes and underscores.')], verbose_name='key')),
                ('name', models.CharField(max_length=100, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('channel', models.CharField(choices=[('retail', 'In retail'), ('online', 'Online')], default='retail', max_length=10, verbose_name='channel')),
                ('time_zone', models.CharField(default='UTC', max_length=64, validators=[promotions.models.points_of_sale.validate_time_zone], verbose_name='time zone')),
                ('currency', models.CharField(default='EUR', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Write three capital letters, such as EUR.')], verbose_name='currency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.pointofsale')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProductGroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.productgroup')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProductSetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('name', models.CharField(max_length=200, validators=[promotions.models.texts.plain_name], verbose_name='name of product set')),
                ('required', models.PositiveIntegerField(default=1, help_text='At least so many products of this set must be in the basket.', verbose_name='required amount of products')),
                ('gets_discount', models.BooleanField(default=False, verbose_name='this product set gets the discount')),
                ('discounted', models.PositiveIntegerField(default=1, help_text='Counts where the set gets the discount.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='this many products get the discount')),
                ('everything', models.BooleanField(default=False, verbose_name='all products')),
                ('default_product', models.ForeignKey(blank=True, db_constraint=False, help_text='Counts as chosen by who chose nothing, if it is on their list.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.product', verbose_name='default product')),
                ('discount', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.discount')),
                ('personalized_promotion', models.ForeignKey(blank=True, db_constraint=False, help_text='The set is what each customer chose from their list.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promotions.personalizedpromotion', verbose_name='personalized promotion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='promotions.productset')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(install_triggers, migrations.RunPython.noop),
    ]
