"""Numbers by which processes know that what they keep in memory is still true."""

import pgtrigger
from django.db import models
from django.db.models import Q


class Version(models.Model):
    """One row: the last transaction that changed what the number stands for.

    Only the database's triggers write it, so that no way of changing something is forgotten; a
    transaction's id never comes back, so that no two states share a number.
    """

    number = models.BigIntegerField()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="%(class)s_one_row")]

    def __str__(self) -> str:
        return str(self.number)


def moves(
    table: str, name: str, condition: pgtrigger.Condition | None = None
) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers for a model whose rows count; `condition` limits the updates that do."""
    func = f"""
        INSERT INTO {table} AS version (id, number)
        VALUES (1, pg_current_xact_id()::text::bigint)
        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number
        WHERE version.number <> EXCLUDED.number;
        RETURN NULL;
    """
    return (
        pgtrigger.Trigger(
            name=f"{name}_moves",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Delete,
            func=func,
        ),
        pgtrigger.Trigger(
            name=f"{name}_update_moves",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=condition or pgtrigger.AnyChange(),
            func=func,
        ),
    )
