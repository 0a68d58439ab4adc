"""Whom the lines of a file of customers speak of, and what they would change.

A line is about the customer with its external ID; if there is none, with its e-mail; if there is
none, with its phone. An address that only waits for its owner (a prospect) is nobody's: whom the
line is about otherwise takes it over, with what waits for it.

A line is refused if another of its identities is another customer's, or if it would change a
stronger identity of a customer found by a weaker one: external IDs are never changed, and a phone
that two people share moves no e-mail from one to the other.
"""

from customers.models.attributes import STANDARD
from imports.runs import Run


def lock_customers(run: Run) -> None:
    """Let nobody else write customers until the run ends, so that what was compared holds.

    A sign-in for the first time waits here; those of known users and all reading go on. Nothing
    weaker would do: who has locked a customer and waits for us must not be waited for by us.
    """
    run.execute("LOCK TABLE customers_customer IN EXCLUSIVE MODE")


def match(run: Run) -> None:
    """Refuse the lines that can't be taken; make {new} and {changed} of the rest.

    {new} holds the customers to be created, {changed} (id, promoted, prospect) those to be
    changed, with all values as they will be; lines that change nothing are in neither.
    `prospect` is whose address a customer takes over.
    """
    run.make("matched", MATCHED)
    run.make("repeated", REPEATED)
    run.define("told", TOLD)
    run.reject("SELECT line, code FROM {lines} WHERE code IS NOT NULL")
    run.reject("SELECT line, conflict FROM {matched} WHERE conflict IS NOT NULL")
    run.reject(
        "SELECT m.line, 'repeated' FROM {repeated} AS r JOIN {told} AS m USING (line)"
        f" JOIN {{told}} AS f ON f.line = r.first WHERE {_row('m')} IS DISTINCT FROM {_row('f')}"
    )
    run.make("new", NEW)
    run.make("changed", CHANGED)


# The fields of a customer that a file has.
IDENTITY = ("external_id", "email", "phone")
PROFILE = ("first_name", "last_name", "birth_date")
FIELDS = (*IDENTITY, *PROFILE, *STANDARD, "attributes")


def _row(table: str) -> str:
    return f"ROW({', '.join(f'{table}.{field}' for field in FIELDS)})"


# A prospect's id counts only if nobody else is found.
MATCHED = (
    "SELECT *, CASE WHEN prospect <> id THEN prospect END AS taken FROM ("
    "SELECT l.*, m.prospect, coalesce(e.id, m.id, p.id, m.prospect) AS id,"
    " CASE WHEN e.id <> m.id OR e.id <> p.id OR m.id <> p.id THEN 'different_customers'"
    " WHEN e.id IS NULL AND m.external_id <> l.external_id THEN 'other_customer'"
    " WHEN e.id IS NULL AND m.id IS NULL"
    " AND (p.external_id <> l.external_id OR p.email <> l.email) THEN 'other_customer'"
    " END AS conflict FROM {lines} AS l"
    " LEFT JOIN customers_customer AS e ON e.external_id = l.external_id"
    " LEFT JOIN (SELECT email, external_id, CASE WHEN NOT is_prospect THEN id END AS id,"
    " CASE WHEN is_prospect THEN id END AS prospect FROM customers_customer) AS m"
    " ON m.email = l.email"
    " LEFT JOIN customers_customer AS p ON p.phone = l.phone WHERE l.code IS NULL) AS found"
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

TOLD = (
    "SELECT m.*, "
    + ", ".join(f"v.{field}" for field in (*STANDARD, "attributes"))
    + " FROM {matched} AS m JOIN {values} AS v ON v.line = m.line"
)

# Sorted, so that the largest indexes fill up page after page.
NEW = (
    f"SELECT {', '.join(IDENTITY)}, coalesce(first_name, '') AS first_name,"
    " coalesce(last_name, '') AS last_name, birth_date, "
    + ", ".join(STANDARD)
    + ", coalesce(attributes, '{{}}') AS attributes"
    f" FROM {{told}} AS m WHERE id IS NULL AND {ACCEPTED} ORDER BY email"
)

# An empty cell leaves what is stored alone.
AFTER = {
    **{field: f"coalesce(m.{field}, c.{field})" for field in FIELDS},
    "attributes": "coalesce(c.attributes || m.attributes, c.attributes)",
}
CHANGES = {
    **{field: f"m.{field} IS NOT NULL AND (m.{field} = c.{field}) IS NOT TRUE" for field in FIELDS},
    "attributes": "c.attributes || m.attributes <> c.attributes",
}
CHANGED = (
    "SELECT c.id, c.is_prospect AS promoted, m.taken AS prospect, "
    + ", ".join(f"{value} AS {field}" for field, value in AFTER.items())
    + f" FROM {{told}} AS m JOIN customers_customer AS c ON c.id = m.id WHERE {ACCEPTED}"
    f" AND (c.is_prospect OR {' OR '.join(f'({change})' for change in CHANGES.values())})"
)
