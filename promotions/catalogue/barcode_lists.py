"""The barcodes that a file of products gives: a list for each product, in place of its old one."""

from imports.runs import Run
from promotions.catalogue.lines import ONCE
from promotions.models.catalogue import LONGEST_ID
from promotions.models.texts import NOT_IN_BARCODES

# The codes of a cell, sorted and each once; NULL if there is none.
BARCODES = (
    "(SELECT array_agg(DISTINCT code ORDER BY code)"
    " FROM unnest(string_to_array(translate(barcodes, E';\\u00a0\\t\\r\\n', '     '), ' '))"
    " AS code WHERE code <> '')"
)
BARCODES_OF = (
    "coalesce((SELECT array_agg(barcode.code::text ORDER BY barcode.code::text)"
    " FROM promotions_barcode AS barcode WHERE barcode.product_id = {product}), '{{{{}}}}')"
)


def make_bad_barcodes(run: Run) -> None:
    """Make {bad_barcodes} (line, code: why a barcode of the line can't be given) of {told}."""
    run.make("codes", CODES)
    run.make("bad_barcodes", BAD)


def list_anew(run: Run) -> None:
    """Give the products of {new} and {plan} the barcodes of their lines, and remember what was."""
    run.make("relisted", RELISTED)
    run.remember(
        "barcodes",
        "SELECT jsonb_agg(jsonb_build_array(id, before, barcodes)) FROM {relisted}"
        " HAVING count(*) > 0",
        columns="rows",
    )
    run.execute(
        "DELETE FROM promotions_barcode AS barcode USING {relisted} AS listed"
        " WHERE barcode.product_id = listed.id AND barcode.code <> ALL (listed.barcodes)"
    )
    run.execute(
        "INSERT INTO promotions_barcode (code, product_id)"
        " SELECT code, id FROM {relisted}, unnest(barcodes) AS code"
        " WHERE code <> ALL (before) ORDER BY code"
    )


def list_as_before(run: Run) -> None:
    """Take that back where a product's barcodes are those of the import, as far as still free."""
    run.make("relisted", REMEMBERED, job=run.job.pk)
    run.execute(
        "DELETE FROM promotions_barcode AS barcode USING {relisted} AS listed"
        " WHERE barcode.product_id = listed.id AND barcode.code <> ALL (listed.before)"
    )
    run.execute(
        "INSERT INTO promotions_barcode (code, product_id)"
        " SELECT code, id FROM {relisted}, unnest(before) AS code ORDER BY code"
        " ON CONFLICT DO NOTHING"
    )


CODES = (
    "SELECT told.line, told.external_id, own.id, barcode FROM {told} AS told"
    " LEFT JOIN promotions_product AS own USING (external_id), unnest(told.barcodes) AS barcode"
)

BAD = (
    "SELECT DISTINCT ON (line) line, code FROM ("
    "SELECT line, 1 AS place, 'barcode' AS code FROM {codes}"
    f" WHERE length(barcode) > {LONGEST_ID} OR barcode ~ '[{NOT_IN_BARCODES}]'"
    " UNION ALL SELECT line, 2, 'other_barcode' FROM {codes} AS codes"
    " JOIN promotions_barcode AS stored ON stored.code = codes.barcode"
    " WHERE stored.product_id IS DISTINCT FROM codes.id"
    " UNION ALL SELECT line, 3, 'repeated_barcode' FROM (SELECT line,"
    " line > min(line) OVER (PARTITION BY barcode) AS late FROM {codes}) AS given WHERE late"
    ") AS found ORDER BY line, place"
)

RELISTED = (
    "SELECT * FROM ("
    f"SELECT id, {BARCODES_OF.format(product='id')} AS before, barcodes FROM ("
    "SELECT coalesce(plan.id, numbered.id) AS id, barcodes FROM {plan} AS plan"
    " LEFT JOIN {numbered} AS numbered USING (line)"
    f" WHERE code IS NULL AND barcodes IS NOT NULL) AS listed {ONCE}) AS listed"
    " WHERE barcodes <> before"
)

REMEMBERED = (
    "SELECT id, before FROM (SELECT (was ->> 0)::int AS id,"
    " ARRAY(SELECT jsonb_array_elements_text(was -> 1)) AS before,"
    " ARRAY(SELECT jsonb_array_elements_text(was -> 2)) AS given"
    " FROM imports_undorecord AS record, jsonb_array_elements(record.rows) AS was"
    " WHERE record.job_id = %(job)s AND record.part = 'barcodes') AS listed"
    f" WHERE given = {BARCODES_OF.format(product='id')}"
)
