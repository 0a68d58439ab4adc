"""Staged lines of e-mails and offers to pairs of a customer and an offer.

As few words as possible are looked at: most addresses in a file are written as they are stored,
so they are joined as they stand, and only what that leaves is trimmed and judged; names of offers
are few, so each is judged once. Trimming a million cells costs as much as storing their pairs.
"""

from customers.addresses import resolve_strangers
from customers.identity import TRIMMED
from imports.runs import Run


def match_lines(run: Run, *, offer: int | None, name: str) -> None:
    """Make {resolved} and {strangers} of the staged lines, and reject the bad ones.

    If one offer is chosen, its id and name are given: it is meant where a line names none, and
    lines that name another are rejected.
    """
    written = "offer" if offer is None else OR_CHOSEN
    run.make(
        "named",
        f"SELECT written, o.id AS offer_id, {OFFER_CODE} AS code"
        f" FROM (SELECT DISTINCT {written} AS written FROM {{rows}} AS rows) AS names"
        # In lower case as the unique index has it: other rules would part what it holds equal.
        " LEFT JOIN offers_privateoffer AS o ON lower(o.name) = lower(btrim(written, %(trimmed)s))",
        name=name,
        offer=offer,
        trimmed=TRIMMED,
    )
    run.make(
        "resolved",
        # Text is kept only where it is still needed: writing it costs as much as the joins.
        "SELECT line, CASE WHEN c.id IS NULL THEN coalesce(rows.email, '') END AS email,"
        " c.id AS customer_id, named.offer_id, named.code FROM {rows} AS rows"
        f" JOIN {{named}} AS named ON named.written = {written}"
        " LEFT JOIN customers_customer AS c ON c.email = rows.email",
        name=name,
        trimmed=TRIMMED,
    )
    resolve_strangers(run)
    run.reject("SELECT line, code FROM {resolved} WHERE code IS NOT NULL")
    run.reject(
        "SELECT line, s.code FROM {resolved} AS r JOIN {strangers} AS s USING (email)"
        " WHERE r.customer_id IS NULL AND r.code IS NULL AND s.code IS NOT NULL"
    )


def count_new_pairs(run: Run) -> int:
    """How many pairs the good lines would add, were the addresses that are nobody's added too."""
    (known,) = run.one(f"SELECT count(*) FROM ({NEW_PAIRS_OF_CUSTOMERS}) AS pair")
    (strangers,) = run.one(f"SELECT count(*) FROM ({PAIRS_OF_STRANGERS}) AS pair")
    return known + strangers


def make_new_pairs(run: Run) -> int:
    """Make {pairs} of what the good lines add, in the order of the table's key; how many."""
    # Sorting in parallel and dropping repeats on the way beats hashing, then sorting.
    run.execute("SET LOCAL enable_hashagg = off")
    number = run.make("pairs", f"{NEW_PAIRS_OF_CUSTOMERS} ORDER BY 1, 2", to_join=False)
    run.execute("SET LOCAL enable_hashagg = on")
    return number


# Of a line that names no offer, the one that was chosen.
OR_CHOSEN = "coalesce(nullif(btrim(offer, %(trimmed)s), ''), %(name)s)"

# The first that is true of a name; %(offer)s is NULL unless one offer was chosen.
OFFER_CODE = (
    "CASE WHEN o.id IS NULL THEN 'unknown_offer' WHEN o.is_public THEN 'public_offer'"
    " WHEN o.id <> %(offer)s::int THEN 'other_offer' END"
)

NOT_ASSIGNED = (
    "NOT EXISTS (SELECT FROM offers_assignment AS a"
    " WHERE a.customer_id = pair.customer_id AND a.offer_id = pair.offer_id)"
)

# Pairs of a customer and an offer that the file asks for and that are not there yet.
NEW_PAIRS_OF_CUSTOMERS = (
    "SELECT DISTINCT customer_id, offer_id FROM ("
    "SELECT customer_id, offer_id FROM {resolved}"
    " WHERE code IS NULL AND customer_id IS NOT NULL"
    " UNION ALL SELECT c.id, r.offer_id FROM {resolved} AS r"
    " JOIN {strangers} AS s USING (email) JOIN customers_customer AS c ON c.email = s.address"
    " WHERE r.code IS NULL AND r.customer_id IS NULL AND s.code IS NULL"
    f") AS pair WHERE {NOT_ASSIGNED}"
)

# The same for addresses that are nobody's yet.
PAIRS_OF_STRANGERS = (
    "SELECT DISTINCT s.address, r.offer_id FROM {resolved} AS r"
    " JOIN {strangers} AS s USING (email)"
    " WHERE r.code IS NULL AND r.customer_id IS NULL AND s.code IS NULL"
    " AND NOT EXISTS (SELECT FROM customers_customer AS c WHERE c.email = s.address)"
)
