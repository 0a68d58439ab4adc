import pgtrigger
from django.db import models


class ShowcaseVersion(models.Model):
    """One row: which transaction last changed what customers may see.

    Processes know the live offers by this number and read them anew when it moved. Only the
    database's triggers write it, so that no way of changing an offer is forgotten; a
    transaction's id never comes back, so that no two states share a number.
    """

    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="showcase_version_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)


def moves_showcase(
    name: str, condition: pgtrigger.Condition | None = None
) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers for a model whose rows customers see; `condition` limits the updates that count."""
    func = """
        INSERT INTO offers_showcaseversion AS version (id, number)
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
