"""Whom the lines of a file of customers speak of, and what they would change.

A line is about the customer with its external ID; if there is none, with its e-mail; if there is
none, with its phone. It is refused if another of its identities is another customer's, or if it
would change a stronger identity of a customer found by a weaker one: external IDs are never
changed, and a phone that two people share moves no e-mail from one to the other.
"""

from imports.runs import Run


def lock_customers(run: Run) -> None:
    """Let nobody else write customers until the run ends, so that what was compared holds.

    A sign-in for the first time waits here; those of known users and all reading go on. Nothing
    weaker would do: who has locked a customer and waits for us must not be waited for by us.
    """
    run.execute("LOCK TABLE customers_customer IN EXCLUSIVE MODE")


def match(run: Run) -> None:
    """Refuse the lines that can't be taken; make {new} and {changed} of the rest.

    {new} holds the customers to be created, {changed} (id, promoted) those to be changed, with
    all values as they will be; lines that change nothing are in neither.
    """
    run.make("matched", MATCHED)
    run.make("repeated", REPEATED)
    run.reject("SELECT line, code FROM {lines} WHERE code IS NOT NULL")
    run.reject("SELECT line, conflict FROM {matched} WHERE conflict IS NOT NULL")
    run.reject(
        "SELECT m.line, 'repeated' FROM {repeated} AS r JOIN {matched} AS m USING (line)"
        f" JOIN {{matched}} AS f ON f.line = r.first WHERE {_row('m')} IS DISTINCT FROM {_row('f')}"
    )
    run.make("new", NEW)
    run.make("changed", CHANGED)


# The fields of a customer that a file has, and a value that no cell has.
EMPTY = dict.fromkeys(("external_id", "email", "phone", "first_name", "last_name"), "''")
EMPTY["birth_date"] = "'infinity'"
FIELDS = tuple(EMPTY)


def _row(table: str) -> str:
    return f"ROW({', '.join(f'{table}.{field}' for field in FIELDS)})"


MATCHED = (
    "SELECT l.*, coalesce(e.id, m.id, p.id) AS id,"
    " CASE WHEN e.id <> m.id OR e.id <> p.id OR m.id <> p.id THEN 'different_customers'"
    " WHEN e.id IS NULL AND m.external_id <> l.external_id THEN 'other_customer'"
    " WHEN e.id IS NULL AND m.id IS NULL"
    " AND (p.external_id <> l.external_id OR p.email <> l.email) THEN 'other_customer'"
    " END AS conflict FROM {lines} AS l"
    " LEFT JOIN customers_customer AS e ON e.external_id = l.external_id"
    " LEFT JOIN customers_customer AS m ON m.email = l.email"
    " LEFT JOIN customers_customer AS p ON p.phone = l.phone WHERE l.code IS NULL"
)


def _repeats(key: str) -> str:
    return (
        f"SELECT line, first FROM {{matched}} JOIN (SELECT {key} AS shared, min(line) AS first"
        f" FROM {{matched}} WHERE conflict IS NULL AND {key} IS NOT NULL GROUP BY {key}"
        f" HAVING count(*) > 1) AS many ON shared = {key} WHERE conflict IS NULL AND line > first"
    )


# Lines that share an identity or the customer with an earlier line, and the first such line.
REPEATED = (
    "SELECT line, min(first) AS first FROM ("
    + " UNION ALL ".join(map(_repeats, ("external_id", "email", "phone", "id")))
    + ") AS found GROUP BY line"
)

ACCEPTED = "m.conflict IS NULL AND NOT EXISTS (SELECT FROM {repeated} AS r WHERE r.line = m.line)"

# Sorted, so that the largest index fills up page after page.
NEW = (
    "SELECT external_id, email, phone, coalesce(first_name, '') AS first_name,"
    " coalesce(last_name, '') AS last_name, birth_date"
    f" FROM {{matched}} AS m WHERE id IS NULL AND {ACCEPTED} ORDER BY email"
)

# An empty cell leaves what is stored alone.
CHANGED = (
    "SELECT c.id, c.is_prospect AS promoted, "
    + ", ".join(f"coalesce(m.{field}, c.{field}) AS {field}" for field in FIELDS)
    + f" FROM {{matched}} AS m JOIN customers_customer AS c ON c.id = m.id WHERE {ACCEPTED}"
    " AND (c.is_prospect OR "
    + " OR ".join(f"m.{field} <> coalesce(c.{field}, {empty})" for field, empty in EMPTY.items())
    + ")"
)
