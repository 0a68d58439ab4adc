"""Customers as most lines of a file mention them: in the one form in which they are stored.

Those are joined as they stand, by the ways that occur in the file; what that leaves is mended and
judged by customers/mentions.py.
"""

from collections.abc import Sequence

from imports.runs import Run


def ways_of(run: Run) -> list[str]:
    """How customers are mentioned in {rows}, by the forms that are looked up as they stand.

    A look at every tenth line is enough: what it misses is found with what has to be mended.
    """
    occurs = run.one(
        f"SELECT {', '.join(OCCURS.values())} FROM {{rows}} AS rows WHERE mod(line, 10) = 2"
    )
    return [way for way, there in zip(OCCURS, occurs, strict=True) if there]


def found(ways: Sequence[str]) -> str:
    """SQL of the customer's id, of those that `joins` joined."""
    return f"coalesce({', '.join(['NULL::int', *(f'by_{way}.id' for way in ways)])})"


def joins(ways: Sequence[str]) -> str:
    """SQL that joins by_WAY, a customer, to rows that have a column `customer`."""
    return "".join(JOIN.format(way=way, column=COLUMNS[way], key=WAYS[way]) for way in ways)


# What a mention of each kind would be in its column; a bare mention is tried as an e-mail.
WAYS = {
    "email": "CASE WHEN customer ^@ 'email:' THEN substr(customer, 7) ELSE customer END",
    "phone": "CASE WHEN customer ^@ 'phone:' THEN substr(customer, 7) END",
    "external": "CASE WHEN customer ^@ 'external:' THEN substr(customer, 10) END",
    "id": "CASE WHEN customer ~ '^id:[1-9][0-9]*$' AND length(customer) < 13"
    " THEN substr(customer, 4)::bigint END",
}
COLUMNS = {"email": "email", "phone": "phone", "external": "external_id", "id": "id"}
OCCURS = {
    "email": "bool_or(strpos(customer, '@') > 0)",
    **{way: f"bool_or(customer ^@ '{way}:')" for way in ("phone", "external", "id")},
}
JOIN = (
    " LEFT JOIN customers_customer AS by_{way}"
    " ON NOT by_{way}.is_prospect AND by_{way}.{column} = {key}"
)
