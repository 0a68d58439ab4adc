"""Staged lines of receipts to what they say, each judged by itself.

Cells are judged once for each text that occurs. What lines of a receipt have in common, the head,
is looked up once for each head.
"""

from collections.abc import Sequence
from typing import Any

from customers.addresses import judge
from customers.identity import TRIMMED
from customers.mentions import resolve_mentions
from customers.plain_mentions import found, joins, ways_of
from imports.runs import Run
from loyalty.purchases.orders import APART
from loyalty.purchases.receipt_cells import CELLS
from promotions.models.points_of_sale import THREE_DECIMALS, WITHOUT_CENTS


def match_lines(run: Run) -> None:
    """Make {lines} of the staged lines, by receipt, with the code of what is wrong with each.

    And {heads}, by the number of their first line, which is a receipt's number, too, if it is the
    receipt's first line.
    """
    for column, rule in CELLS.items():
        run.make(f"word_{column}", WORD.format(column=column))
        judge(run, f"word_{column}", rule, written="written", normal="normal")
    run.make("written_heads", WRITTEN_HEADS)
    _make_heads(run, ways_of(run))
    run.make("goods", GOODS)
    run.make("lines", LINES)


def _make_heads(run: Run, ways: Sequence[str]) -> None:
    values: dict[str, Any] = {
        "trimmed": TRIMMED,
        "ahead": APART,
        "no_cents": [*WITHOUT_CENTS],
        "three": [*THREE_DECIMALS],
    }
    run.make("resolved", RESOLVED.format(found=found(ways), joins=joins(ways)), **values)
    run.make("unknown", "SELECT DISTINCT customer FROM {resolved} WHERE customer IS NOT NULL")
    resolve_mentions(run, of="unknown")
    run.make("heads", HEADS)


WORD = (
    "SELECT DISTINCT {column} AS written, NULL::text AS normal, NULL::text AS code"
    " FROM {{rows}} AS rows"
)

# As one value: of four that go together, the planner would take each to narrow down the others.
HEAD = "ARRAY[receipt, date, coalesce(customer, ''), point_of_sale]"

WRITTEN_HEADS = (
    "SELECT said, said[1] AS receipt, said[2] AS date, said[3] AS customer,"
    f" said[4] AS point_of_sale, min(line) AS head FROM (SELECT line, {HEAD} AS said"
    " FROM {rows} AS rows) AS rows GROUP BY said"
)

NOBODY = "btrim(customer, %(trimmed)s) = ''"

SAID = (
    "SELECT head, customer, receipt.normal AS receipt,"
    " coalesce(receipt.code, moment.code) AS cell_code,"
    " place.id AS place_id, place.currency,"
    " CASE WHEN place.currency = ANY (%(no_cents)s) THEN 0"
    " WHEN place.currency = ANY (%(three)s) THEN 3 ELSE 2 END AS digits,"
    " CASE WHEN right(moment.normal, 3) = '+00' THEN moment.normal::timestamptz"
    " ELSE moment.normal::timestamp AT TIME ZONE place.time_zone END AS at,"
    f" CASE WHEN {NOBODY} THEN 0 ELSE {{found}} END AS customer_id"
    " FROM {{written_heads}} AS rows"
    " JOIN {{word_receipt}} AS receipt ON receipt.written = rows.receipt"
    " JOIN {{word_date}} AS moment ON moment.written = rows.date"
    " LEFT JOIN promotions_pointofsale AS place"
    " ON place.key = btrim(rows.point_of_sale, %(trimmed)s)"
    "{joins}"
)

RESOLVED = (
    "SELECT head, receipt, place_id, currency, digits, at, customer_id,"
    " coalesce(cell_code, CASE WHEN place_id IS NULL THEN 'unknown_point_of_sale'"
    " WHEN at > now() + %(ahead)s THEN 'future' END) AS code,"
    " CASE WHEN customer_id IS NULL THEN customer END AS customer"
    f" FROM ({SAID} OFFSET 0) AS said"
)

OF_RECEIPT = "PARTITION BY receipt ORDER BY code IS NOT NULL, head"

HEADS = (
    "SELECT head, receipt, place_id, currency, digits, at, customer_id,"
    " CASE WHEN receipt IS NOT NULL THEN min(head) OVER (PARTITION BY receipt) END AS number,"
    " CASE WHEN code IS NOT NULL THEN code WHEN (place_id, at, customer_id) IS DISTINCT FROM"
    f" first_value((place_id, at, customer_id)) OVER ({OF_RECEIPT}) THEN 'differs' END AS code"
    " FROM (SELECT head, receipt, place_id, currency, digits, at,"
    " coalesce(resolved.customer_id, known.customer_id) AS customer_id,"
    " coalesce(resolved.code, known.code) AS code FROM {resolved} AS resolved"
    " LEFT JOIN {mentions} AS known ON known.written = resolved.customer) AS told"
)

# As prices know them: a product's own ID goes before barcodes.
GOODS = (
    "SELECT written, normal AS code, word.code AS reason, coalesce(own.id, other.product_id)"
    " AS product_id FROM {word_product} AS word"
    " LEFT JOIN promotions_product AS own ON own.external_id = normal"
    " LEFT JOIN promotions_barcode AS other ON own.id IS NULL AND other.code = normal"
)

LINES = (
    "SELECT line, head.number AS of_receipt, goods.code AS product, goods.product_id,"
    " quantity.normal::numeric AS quantity, price.normal::numeric AS unit_price,"
    " round(quantity.normal::numeric * price.normal::numeric, head.digits) AS amount,"
    " coalesce(head.code, goods.reason, quantity.code, price.code) AS code"
    f" FROM (SELECT *, {HEAD} AS said FROM {{rows}} AS rows) AS rows"
    " JOIN {written_heads} AS written ON written.said = rows.said"
    " JOIN {heads} AS head ON head.head = written.head"
    " JOIN {goods} AS goods ON goods.written = rows.product"
    " JOIN {word_quantity} AS quantity ON quantity.written = rows.quantity"
    " JOIN {word_unit_price} AS price ON price.written = rows.unit_price"
)
