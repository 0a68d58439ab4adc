"""Staged lines of promotions, customers and products to the rows of lists that they ask for.

As few words as possible are looked at, as in offers/matching.py: promotions and products are few,
so each is judged once; most customers are joined as they stand (customers/plain_mentions.py).
"""

from collections.abc import Sequence

from customers.identity import TRIMMED
from customers.mentions import resolve_mentions
from customers.plain_mentions import found, joins, ways_of
from imports.runs import Run


def match_lines(run: Run, *, promotion: int | None, backend_id: str) -> None:
    """Make {resolved} and {strangers} of the staged lines, and reject the bad ones.

    If one promotion is chosen, its id and BackendID are given: it is meant where a line names
    none, and lines that name another are rejected.
    """
    written = "promotion" if promotion is None else OR_CHOSEN
    run.make("named", NAMED.format(written=written), id=promotion, name=backend_id, trimmed=TRIMMED)
    run.make("goods", GOODS, trimmed=TRIMMED)
    run.make("resolved", _resolved(written, ways_of(run)), name=backend_id, trimmed=TRIMMED)
    run.make("unknown", "SELECT DISTINCT customer FROM {resolved} WHERE customer IS NOT NULL")
    resolve_mentions(run, of="unknown")
    run.make("strangers", STRANGERS)
    run.reject("SELECT line, code FROM {resolved} WHERE code IS NOT NULL")
    run.reject("SELECT line, code FROM {strangers} WHERE code IS NOT NULL")


def _resolved(written: str, ways: Sequence[str]) -> str:
    """The query of {resolved}, which looks customers up in these ways."""
    employees = [f"by_{way}.employee" for way in ways]
    return RESOLVED.format(
        written=written,
        found=found(ways),
        employee=f"coalesce({', '.join([*employees, 'false'])})",
        joins=joins(ways),
    )


# Of a line that names no promotion, the one that was chosen.
OR_CHOSEN = "coalesce(nullif(btrim(promotion, %(trimmed)s), ''), %(name)s)"

NAMED = (
    "SELECT written, stored.id AS promotion_id, stored.users = 'employees' AS for_employees,"
    " CASE WHEN stored.id IS NULL THEN 'unknown_promotion'"
    " WHEN stored.id <> %(id)s::int THEN 'other_promotion' END AS code"
    " FROM (SELECT DISTINCT {written} AS written FROM {{rows}} AS rows) AS names"
    " LEFT JOIN promotions_personalizedpromotion AS stored"
    " ON stored.backend_id = btrim(written, %(trimmed)s)"
)

GOODS = (
    "SELECT written, coalesce(own.id, barcode.product_id) AS product_id FROM (SELECT written,"
    " btrim(written, %(trimmed)s) AS trimmed FROM (SELECT DISTINCT product AS written"
    " FROM {rows} AS rows) AS words) AS words"
    " LEFT JOIN promotions_product AS own ON own.external_id = trimmed"
    " LEFT JOIN promotions_barcode AS barcode ON barcode.code = trimmed"
)

SIDES = (
    "CASE WHEN {employee} AND NOT for_employees THEN 'for_consumers'"
    " WHEN NOT {employee} AND for_employees THEN 'for_employees' END"
)

RESOLVED = (
    # Text is kept only where it is still needed: writing it costs as much as the joins.
    "SELECT line, promotion_id, product_id, customer_id, for_employees, coalesce(code,"
    f" CASE WHEN customer_id IS NOT NULL THEN {SIDES.format(employee='employee')} END) AS code,"
    " CASE WHEN customer_id IS NULL AND code IS NULL THEN customer END AS customer FROM ("
    "SELECT line, promotion_id, product_id, for_employees, coalesce(customer, '') AS customer,"
    " {found} AS customer_id, {employee} AS employee, coalesce(named.code,"
    " CASE WHEN product_id IS NULL THEN 'unknown_product' END) AS code FROM {{rows}} AS rows"
    " JOIN {{named}} AS named ON named.written = {written}"
    " JOIN {{goods}} AS goods ON goods.written = rows.product{joins}) AS found"
)

STRANGERS = (
    "SELECT line, promotion_id, product_id, m.customer_id, coalesce(m.code,"
    f" {SIDES.format(employee='coalesce(c.employee, false)')}) AS code FROM {{resolved}} AS r"
    " JOIN {mentions} AS m ON m.written = r.customer"
    " LEFT JOIN customers_customer AS c ON c.id = m.customer_id"
)
