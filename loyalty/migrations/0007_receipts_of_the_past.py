"""Imported receipts may be taken back as long as nothing happened to them; and lists of receipts.

Each index takes 60 to 75 MB for a million receipts.
"""

from django.db import migrations, models

# Checked once a statement, however many rows it deletes.
DELETABLE = """
DROP TRIGGER never_deleted ON loyalty_purchase;
DROP TRIGGER append_only ON loyalty_purchaseline;
CREATE FUNCTION loyalty_keep_bought() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone WHERE source <> 'import' OR cancelled_at IS NOT NULL
            OR EXISTS (SELECT FROM loyalty_return AS back
                WHERE back.customer_id = gone.customer_id AND back.purchase_id = gone.id)
    ) THEN
        RAISE EXCEPTION 'A purchase is final: only what was imported, and nothing else, is deleted.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION loyalty_keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone JOIN loyalty_purchase AS purchase
            ON purchase.customer_id = gone.customer_id AND purchase.id = gone.purchase_id
    ) THEN
        RAISE EXCEPTION 'The lines of a purchase are final as long as it is there.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER only_imported_deleted AFTER DELETE ON loyalty_purchase
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION loyalty_keep_bought();
CREATE TRIGGER never_changed BEFORE UPDATE ON loyalty_purchaseline
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER only_with_purchase_deleted AFTER DELETE ON loyalty_purchaseline
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION loyalty_keep_lines();
ALTER TABLE loyalty_purchase ENABLE ALWAYS TRIGGER only_imported_deleted;
ALTER TABLE loyalty_purchaseline ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE loyalty_purchaseline ENABLE ALWAYS TRIGGER only_with_purchase_deleted;
"""
NEVER = """
DROP TRIGGER only_imported_deleted ON loyalty_purchase;
DROP TRIGGER never_changed ON loyalty_purchaseline;
DROP TRIGGER only_with_purchase_deleted ON loyalty_purchaseline;
DROP FUNCTION loyalty_keep_bought();
DROP FUNCTION loyalty_keep_lines();
CREATE TRIGGER never_deleted BEFORE DELETE ON loyalty_purchase
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON loyalty_purchaseline
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse();
ALTER TABLE loyalty_purchase ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE loyalty_purchaseline ENABLE ALWAYS TRIGGER append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0006_who_may_answer")]

    operations = [
        migrations.AlterModelOptions(
            "purchase",
            {
                "default_permissions": ("view",),
                "permissions": [
                    ("import_receipts", "Can import receipts"),
                    ("export_receipts", "Can export receipts"),
                    ("confirm_purchase", "Can confirm, cancel and return purchases"),
                ],
                "verbose_name": "purchase",
                "verbose_name_plural": "purchases",
            },
        ),
        migrations.RunSQL(DELETABLE, NEVER),
        migrations.AddIndex("purchase", models.Index(fields=["at", "id"], name="purchase_by_date")),
        migrations.AddIndex(
            "purchase",
            models.Index(fields=["point_of_sale", "at", "id"], name="purchase_by_place"),
        ),
        migrations.AddIndex(
            "purchase",
            models.Index(
                fields=["receipt"],
                opclasses=["varchar_pattern_ops"],
                name="purchase_by_beginning",
            ),
        ),
    ]
