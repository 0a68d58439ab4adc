"""What several items of one customer and offer are to each other, and what comes of them together.

Only those are looked at of whom there are several for the same: in most files hardly anybody. An
item that says the very same as an earlier line is a repeated line; of the others one that is in
force while an earlier one of the same target is would leave open which counts; thresholds rise,
and give no less the higher they are, so that nobody pays more for buying more.
"""

from imports.runs import Run

MOST_ITEMS = 500
"""That a customer may have of one offer."""


def make_attributes(run: Run) -> None:
    """Define {attributes}, what customers will have, of {items}; reject the lines that clash."""
    run.make("gathered", GATHERED)
    run.make("alike", ALIKE)
    run.make("among", AMONG)
    run.make("clashes", CLASHES)
    run.reject("SELECT line, code FROM {clashes} WHERE code <> 'same'")
    run.define("attributes", ATTRIBUTES)


ALIKE = (
    "SELECT customer_id, offer_id FROM {gathered}"
    f" WHERE lines > targets OR lines > {MOST_ITEMS} OR offer_id IN"
    " (SELECT offer_id FROM {named} WHERE mechanic = 'receipt_amount')"
)

SAYS = 'letter, sign, size, start, "end"'

AMONG = (
    "SELECT items.*, row_number() OVER"
    f" (PARTITION BY customer_id, offer_id, target, {SAYS} ORDER BY line) = 1 AS is_first"
    " FROM {items} AS items JOIN {alike} AS alike USING (customer_id, offer_id)"
)

OF_OFFER = "PARTITION BY customer_id, offer_id ORDER BY line"
OF_TARGET = "PARTITION BY customer_id, offer_id, target ORDER BY start NULLS FIRST, line"
BEFORE = "ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW"
TERMS = 'letter, sign, start, "end"'

COMPARED = (
    f"SELECT *, row_number() OVER ({OF_OFFER}) AS number,"
    f" max(target) OVER ({OF_OFFER} {BEFORE}) AS highest,"
    f" max(its_value) OVER ({OF_OFFER} {BEFORE}) AS largest,"
    f" ROW({TERMS}) IS DISTINCT FROM first_value(ROW({TERMS})) OVER ({OF_OFFER}) AS differs,"
    f" max(coalesce(\"end\", 'infinity'::float8)) OVER ({OF_TARGET} {BEFORE}) AS ended"
    " FROM {among} AS among WHERE is_first"
)

CLASHES = (
    "SELECT line, 'same' AS code FROM {among} WHERE NOT is_first"
    " UNION ALL SELECT line, code FROM (SELECT line, CASE"
    f" WHEN number > {MOST_ITEMS} THEN 'too_many'"
    " WHEN is_amount AND target <= highest THEN 'thresholds'"
    " WHEN is_amount AND differs THEN 'threshold_terms'"
    " WHEN is_amount AND its_value < largest THEN 'threshold_smaller'"
    " WHEN NOT is_amount AND coalesce(start, '-infinity'::float8) < ended THEN 'overlap'"
    f" END AS code FROM ({COMPARED}) AS compared) AS judged WHERE code IS NOT NULL"
)


def _gathered(items: str) -> str:
    """What customers will have, in a sorted reading: sorting within each would take longer."""
    return (
        "SELECT customer_id, offer_id, '[[' || string_agg(item, '],[') || ']]' AS items,"
        " count(*) AS lines, count(DISTINCT target) AS targets FROM ("
        "SELECT customer_id, offer_id, target, target || tail AS item FROM"
        f" {items} ORDER BY customer_id, offer_id, target, start NULLS FIRST) AS sorted"
        " GROUP BY customer_id, offer_id"
    )


GATHERED = _gathered("{items} AS items")
WITHOUT_CLASHES = _gathered(
    "{among} AS items WHERE NOT EXISTS"
    " (SELECT FROM {clashes} AS clash WHERE clash.line = items.line)"
)

ATTRIBUTES = (
    "SELECT customer_id, offer_id, items::jsonb AS items, lines FROM ("
    "SELECT * FROM {gathered} AS gathered WHERE NOT EXISTS (SELECT FROM {alike} AS alike"
    " WHERE alike.customer_id = gathered.customer_id AND alike.offer_id = gathered.offer_id)"
    f" UNION ALL {WITHOUT_CLASHES}) AS found OFFSET 0"
)
