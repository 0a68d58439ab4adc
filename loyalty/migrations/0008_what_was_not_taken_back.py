"""Of points to take back, what had expired and what is missing are told apart (P8)."""

from django.db import migrations, models
from django.db.models import Q

KEEP_PURCHASE = """
CREATE OR REPLACE FUNCTION loyalty_keep_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.cancelled_at IS NOT NULL OR NEW.cancelled_at IS NULL
        OR to_jsonb(OLD) - '{cancelled_at,points_missing}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{cancelled_at,points_missing}'::text[]
    THEN
        RAISE EXCEPTION 'A purchase is final: it can be cancelled once, or returned.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION loyalty_keep_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.cancelled_at IS NOT NULL
        OR to_jsonb(OLD) - 'cancelled_at' IS DISTINCT FROM to_jsonb(NEW) - 'cancelled_at'
    THEN
        RAISE EXCEPTION 'A purchase is final: it can be cancelled once, or returned.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def points(**options: int) -> models.DecimalField:
    return models.DecimalField(max_digits=16, decimal_places=2, default=0, **options)


def not_negative(*names: str) -> models.CheckConstraint:
    condition = Q(**{f"{name}__gte": 0 for name in names})
    return models.CheckConstraint(condition=condition, name="return_not_negative")


PARTS = ("payable", "discount", "points_earned", "points_spent")


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0007_receipts_of_the_past")]

    operations = [
        migrations.AddField("purchase", "points_missing", points(db_default=0)),
        migrations.AddField("return", "points_expired", points()),
        migrations.RemoveConstraint("return", "return_not_negative"),
        migrations.AddConstraint(
            "return", not_negative(*PARTS, "points_expired", "points_missing")
        ),
        migrations.RunSQL(KEEP_PURCHASE, AS_BEFORE),
    ]
