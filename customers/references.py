"""Which tables of the rooms above speak of a customer: those who are spoken of stay."""

tables: dict[str, str] = {}


def declare(table: str, column: str) -> None:
    """Say that `column` of `table` holds ids of customers. Called once, where it is imported to."""
    tables[table] = column


def unreferenced(customer: str) -> str:
    """SQL that is true of the row `customer` of customers_customer if no table speaks of it."""
    return (
        " AND ".join(
            f"NOT EXISTS (SELECT FROM {table} WHERE {table}.{column} = {customer}.id)"
            for table, column in tables.items()
        )
        or "true"
    )
