"""Lines of receipts to purchases of the past, and back.

A receipt is taken whole or refused whole: half of one would be a wrong sum.
"""

from imports.resources import Text
from imports.runs import Run
from loyalty.purchases.drafts import MOST
from promotions.pricing.asked import MOST_LINES


def hold_imports(run: Run) -> None:
    """Let no other import of receipts write before this transaction ends.

    So the numbers that an import gives to receipts lie between its first and its last, amid those
    of tills only.
    """
    run.execute("SELECT pg_advisory_xact_lock(hashtext('loyalty.receipts'))")


def make_receipts(run: Run) -> None:
    """Make {receipts} of {lines} and {heads}, and reject the lines that can't be taken.

    `was` is the purchase that a receipt is already.
    """
    run.make("receipts", RECEIPTS, most=MOST, most_lines=MOST_LINES)
    run.reject("SELECT line, code FROM {lines} WHERE code IS NOT NULL")
    run.reject(
        "SELECT line, receipts.code FROM {lines} AS lines JOIN {receipts} AS receipts"
        " ON receipts.number = of_receipt WHERE lines.code IS NULL AND receipts.code IS NOT NULL"
    )


def count_new(run: Run) -> int:
    """Lines of the receipts that are not there yet."""
    (number,) = run.one(
        "SELECT coalesce(sum(lines), 0) FROM {receipts} WHERE code IS NULL AND was IS NULL"
    )
    return int(number)


def write(run: Run, step: Text, share: float) -> int:
    """Write the receipts that are not there yet; how many lines."""
    run.make("new", NEW)
    if run.execute(WRITE) < run.one("SELECT count(*) FROM {new}")[0]:
        _leave_out_what_tills_sent_meanwhile(run)
    run.make("scattered", SCATTERED)
    written = 0
    run.execute("CREATE INDEX ON {lines} (of_receipt)")
    for slice_ in run.slices("new", step, share, 1):
        written += run.execute(WRITE_LINES.format(slice=slice_))
    run.remember(
        "receipts",
        "SELECT min(id), jsonb_build_array(max(id)) FROM {new} HAVING count(*) > 0",
        columns="key, rows",
    )
    return written


def _leave_out_what_tills_sent_meanwhile(run: Run) -> None:
    run.make("written", "SELECT id FROM {new} JOIN loyalty_purchase USING (customer_id, id)")
    run.reject(
        "SELECT line, 'receipt_used' FROM {lines} AS lines JOIN {new} AS new"
        " ON new.number = of_receipt WHERE id NOT IN (SELECT id FROM {written})"
    )
    run.execute("DELETE FROM {new} WHERE id NOT IN (SELECT id FROM {written})")


def take_back(run: Run) -> int:
    """Delete the receipts that the job brought and to which nothing happened since; how many lines.

    Whoever returns or cancels one at this moment is waited for.
    """
    run.make("span", SPAN, job=run.job.pk)
    run.execute(f"SELECT FROM {THEIRS} ORDER BY customer_id, id FOR UPDATE OF purchase")
    run.make("gone", f"SELECT customer_id, id FROM {THEIRS} AND {UNTOUCHED}")
    run.execute(f"DELETE FROM loyalty_purchase AS purchase USING {{gone}} AS gone WHERE {SAME}")
    return run.execute(
        "DELETE FROM loyalty_purchaseline AS line USING {gone} AS gone"
        " WHERE line.customer_id = gone.customer_id AND line.purchase_id = gone.id"
    )


LINE = "md5(length(product) || ' ' || product || ' ' || quantity || ' ' || unit_price)"


def _summed(digits: str) -> str:
    return f"sum(('x' || {digits})::bit(60)::bigint)"


# The sums of two parts of each line's hash say what the lines are, in any order: nothing has to
# be sorted, and the database's processes can share the work.
SUMMED = (
    "SELECT of_receipt AS number, count(*) AS lines, bool_or(code IS NOT NULL) AS is_bad,"
    " max(line) - min(line) + 1 = count(*) AS is_together, sum(amount) AS total,"
    f" {_summed(f'left({LINE}, 15)')} || ' ' || {_summed(f'right({LINE}, 15)')} AS content"
    " FROM {lines} AS lines WHERE of_receipt IS NOT NULL GROUP BY of_receipt"
)

# Not the hash of what a till would send, so that none takes it for its own: what was imported got
# no offers and no points.
RECEIPTS = (
    "SELECT summed.number, summed.receipt, place_id, summed.currency, summed.at,"
    " summed.customer_id, lines, is_together, summed.total, hash, was.id AS was,"
    " CASE WHEN is_bad THEN 'with_others' WHEN lines > %(most_lines)s THEN 'too_many_lines'"
    " WHEN summed.total > %(most)s THEN 'amount'"
    " WHEN was.body_hash <> hash THEN 'receipt_used' END AS code"
    " FROM (SELECT head.receipt, place_id, currency, at, head.customer_id, summed.*, sha256("
    "convert_to(concat_ws(' ', place_id, customer_id, extract(epoch FROM at), lines, content),"
    " 'UTF8'))"
    f" AS hash FROM ({SUMMED}) AS summed JOIN {{heads}} AS head ON head.head = summed.number)"
    " AS summed LEFT JOIN loyalty_purchase AS was ON was.receipt = summed.receipt"
)

NEW = (
    "SELECT nextval('loyalty_purchase_number') AS id, sorted.* FROM"
    " (SELECT number, is_together, receipt, place_id, currency, at, customer_id, total, hash"
    " FROM {receipts} WHERE code IS NULL AND was IS NULL ORDER BY customer_id, at) AS sorted"
)

NOTHING = "0, 0, 0"

WRITE = (
    "INSERT INTO loyalty_purchase (customer_id, id, public_id, receipt, source, body_hash,"
    " point_of_sale_id, currency, at, confirmed_at, total, payable,"
    " discount, points_earned, points_spent, effects)"
    " SELECT customer_id, id, gen_random_uuid(), receipt, 'import', hash, place_id, currency, at,"
    f" now(), total, total, {NOTHING}, '[]' FROM {{new}} ON CONFLICT (receipt) DO NOTHING"
)

# Of receipts whose lines stand together, the place on the receipt follows from that in the file.
SCATTERED = (
    "SELECT line AS at_line, row_number() OVER (PARTITION BY number ORDER BY line)::int AS place"
    " FROM {lines} AS lines JOIN {new} AS new ON new.number = of_receipt WHERE NOT is_together"
)

PLACE = "coalesce(place, line - number + 1)"

WRITE_LINES = (
    "INSERT INTO loyalty_purchaseline (customer_id, purchase_id, number, line, code, product_id,"
    " name, quantity, unit_price, total, payable, discount, points_earned, points_spent)"
    f" SELECT customer_id, {{{{new}}}}.id, {PLACE}, ({PLACE})::text, product, product_id,"
    " coalesce(good.name, ''), quantity, unit_price, amount, amount,"
    f" {NOTHING} FROM {{{{new}}}} JOIN {{{{lines}}}} AS lines ON of_receipt = number"
    " LEFT JOIN {{scattered}} ON at_line = line"
    " LEFT JOIN promotions_product AS good ON good.id = product_id WHERE {slice}"
    " ORDER BY 1, 2, 3"
)

SPAN = (
    'SELECT key AS first, (rows ->> 0)::bigint AS "last" FROM imports_undorecord'
    " WHERE job_id = %(job)s"
)

THEIRS = (
    "loyalty_purchase AS purchase WHERE source = 'import' AND id BETWEEN"
    ' (SELECT first FROM {span}) AND (SELECT "last" FROM {span})'
)

UNTOUCHED = (
    "cancelled_at IS NULL AND NOT EXISTS (SELECT FROM loyalty_return AS back"
    " WHERE back.customer_id = purchase.customer_id AND back.purchase_id = purchase.id)"
)

SAME = "purchase.customer_id = gone.customer_id AND purchase.id = gone.id"
