"""Which tables of the rooms above speak of a customer: those who are spoken of stay."""

tables: dict[str, str] = {}
moves: dict[str, str] = {}


def declare(table: str, column: str, *, move: str | None = None) -> None:
    """Say that `column` of `table` holds ids of customers. Called once, where it is imported to.

    A table that speaks of prospects, too, gives the SQL that moves its rows from one id to
    another, without leaving any twice; {pairs} stands for the relation of both, which has the
    columns prospect and customer.
    """
    tables[table] = column
    if move is not None:
        moves[table] = move


def unreferenced(customer: str) -> str:
    """SQL that is true of the row `customer` of customers_customer if no table speaks of it."""
    return _unmentioned(customer, tables)


def may_wait(customer: str) -> str:
    """The same, leaving out the tables that speak of prospects, too: the row could be one."""
    return _unmentioned(customer, {name: tables[name] for name in tables if name not in moves})


def _unmentioned(customer: str, columns: dict[str, str]) -> str:
    return (
        " AND ".join(
            f"NOT EXISTS (SELECT FROM {table} WHERE {table}.{column} = {customer}.id)"
            for table, column in columns.items()
        )
        or "true"
    )
