"""Sweeping away lists and choices of promotions, products and customers that no longer exist."""

from django.db import connection, transaction


@transaction.atomic
def sweep_orphans() -> int:
    """How many rows that was. Nobody could see them: whatever reads lists joins what they name."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP_LISTS)
        swept = int(cursor.rowcount)
        cursor.execute(SWEEP_CHOICES)
        return swept + int(cursor.rowcount)


def _without(row: str, name: str) -> str:
    table = {"customer": "customers_customer", "promotion": "promotions_personalizedpromotion"}
    return (
        f"NOT EXISTS (SELECT FROM {table.get(name, f'promotions_{name}')} AS {name}"
        f" WHERE {name}.id = {row}.{name}_id)"
    )


SWEEP_LISTS = "DELETE FROM promotions_listedproduct AS listed WHERE " + " OR ".join(
    _without("listed", name) for name in ("customer", "promotion", "product")
)
SWEEP_CHOICES = "DELETE FROM promotions_choice AS choice WHERE " + " OR ".join(
    _without("choice", name) for name in ("customer", "promotion")
)
