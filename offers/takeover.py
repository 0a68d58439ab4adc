"""How assignments of an address go to the customer who gets it (customers/takeover.py)."""

# An offer that both had is assigned once less. Offers are locked in the order of their ids, as in
# offers/counting.py.
MOVE_ASSIGNMENTS = """
WITH gone AS (
    DELETE FROM offers_assignment AS assignment USING {pairs} AS pair
    WHERE assignment.customer_id = pair.prospect
    RETURNING assignment.offer_id, pair.customer
), moved AS (
    INSERT INTO offers_assignment (customer_id, offer_id)
    SELECT customer, offer_id FROM gone ORDER BY 1, 2
    ON CONFLICT DO NOTHING RETURNING offer_id
), change AS (
    SELECT offer_id, sum(number) AS number FROM (
        SELECT offer_id, -1 AS number FROM gone UNION ALL SELECT offer_id, 1 FROM moved
    ) AS each GROUP BY offer_id HAVING sum(number) <> 0
), locked AS (
    SELECT id FROM offers_privateoffer WHERE id IN (SELECT offer_id FROM change)
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE offers_privateoffer AS offer SET assigned_count = assigned_count + change.number
FROM change JOIN locked ON locked.id = change.offer_id WHERE offer.id = change.offer_id
"""
