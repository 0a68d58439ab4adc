"""Staged lines of items to the items that they ask for, each judged by itself.

As few words as possible are looked at: what lines say of sizes and dates is worked out by terms.py
and each target is looked up once; most customers are joined as they stand
(customers/plain_mentions.py). What lines are to each other is clashes.py's.
"""

from collections.abc import Sequence

from customers.identity import TRIMMED
from customers.mentions import resolve_mentions
from customers.plain_mentions import found, joins, ways_of
from imports.runs import Run
from loyalty.personal.terms import join_terms, make_terms


def match_lines(run: Run, *, offer: int | None, name: str) -> None:
    """Make {items} of the staged lines, and reject the lines that are bad in themselves.

    If one offer is chosen, its id and name are given: it is meant where a line names none, and
    lines that name another are rejected.
    """
    make_terms(run, offer=offer, name=name)
    run.make("goods", GOODS, trimmed=TRIMMED)
    _resolve(run, ways_of(run))
    run.reject("SELECT line, code FROM {resolved} WHERE code IS NOT NULL")
    run.reject(
        "SELECT line, m.code FROM {resolved} JOIN {mentions} AS m ON m.written = customer"
        " WHERE m.code IS NOT NULL"
    )


def _resolve(run: Run, ways: Sequence[str]) -> None:
    resolved = RESOLVED.format(found=found(ways), joins=join_terms(run) + GOODS_JOIN + joins(ways))
    run.make("resolved", resolved, trimmed=TRIMMED)
    run.make("unknown", "SELECT DISTINCT customer FROM {resolved} WHERE customer IS NOT NULL")
    resolve_mentions(run, of="unknown")
    run.make("strangers", STRANGERS)
    run.define("items", ITEMS)


NUMBERED = "CASE WHEN trimmed ~ '^[0-9]+$' AND length(trimmed) < 10 THEN trimmed::int END"

# Each word in each meaning that it can have in this file.
GOODS = (
    "SELECT word.written, kind, coalesce("
    "product.id, barcode.product_id, category.id, product_group.id,"
    " product_by_id.id, category_by_id.id, group_by_id.id)::numeric AS target"
    f" FROM (SELECT written, trimmed, {NUMBERED} AS number FROM (SELECT written,"
    " btrim(written, %(trimmed)s) AS trimmed FROM (SELECT DISTINCT target AS written"
    " FROM {rows} AS rows) AS words) AS words) AS word CROSS JOIN"
    " (SELECT DISTINCT mechanic || identifiers AS kind FROM {named}"
    " WHERE code IS NULL AND mechanic <> 'receipt_amount') AS kind"
    " LEFT JOIN promotions_product AS product"
    " ON kind = 'productsexternal' AND product.external_id = trimmed"
    " LEFT JOIN promotions_barcode AS barcode"
    " ON kind = 'productsexternal' AND barcode.code = trimmed"
    " LEFT JOIN promotions_category AS category"
    " ON kind = 'categoriesexternal' AND category.external_id = trimmed"
    " LEFT JOIN promotions_productgroup AS product_group"
    " ON kind = 'product_groupsexternal' AND lower(product_group.name) = lower(trimmed)"
    " LEFT JOIN promotions_product AS product_by_id"
    " ON kind = 'productsinternal' AND product_by_id.id = number"
    " LEFT JOIN promotions_category AS category_by_id"
    " ON kind = 'categoriesinternal' AND category_by_id.id = number"
    " LEFT JOIN promotions_productgroup AS group_by_id"
    " ON kind = 'product_groupsinternal' AND group_by_id.id = number"
)
GOODS_JOIN = (
    " LEFT JOIN {goods} AS goods ON goods.written = rows.target AND goods.kind = terms.kind"
)

CODE = (
    "coalesce(terms.code, CASE WHEN NOT is_amount THEN"
    " CASE WHEN goods.target IS NULL THEN 'unknown_' || mechanic END"
    " WHEN btrim(coalesce(rows.target, ''), %(trimmed)s) <> '' THEN 'target_of_receipt' END, fault)"
)

RESOLVED = (
    # Text is kept only where it is still needed: writing it costs as much as the joins.
    "SELECT line, customer_id, target, term, code,"
    " CASE WHEN customer_id IS NULL AND code IS NULL THEN customer END AS customer"
    f" FROM (SELECT line, {{found}} AS customer_id, {CODE} AS code, term,"
    " coalesce(goods.target, rises_at) AS target, coalesce(customer, '') AS customer"
    " FROM {{rows}} AS rows{joins}) AS judged"
)

STRANGERS = (
    "SELECT line, m.customer_id, target, term"
    " FROM {resolved} JOIN {mentions} AS m ON m.written = customer WHERE m.code IS NULL"
)

ITEMS = (
    "SELECT line, customer_id, offer_id, target, letter, sign, size, its_value, is_amount,"
    ' start, "end", tail FROM ('
    "SELECT line, customer_id, target, term FROM {resolved}"
    " WHERE code IS NULL AND customer IS NULL"
    " UNION ALL SELECT line, customer_id, target, term FROM {strangers}"
    ") AS lines JOIN {terms} AS terms USING (term)"
)
