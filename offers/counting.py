"""Each offer's count of its assigned e-mails, kept by jobs in their own transaction."""

from typing import Any

from imports.runs import Run


def change_counts(run: Run, changes: str, **values: Any) -> None:
    """Add to the offers' counts what a query of (offer id, number) says.

    The rows are locked in the order of their ids, so that two jobs never block each other.
    """
    run.execute(
        f"WITH change (offer_id, number) AS ({changes}), locked AS (SELECT id"
        " FROM offers_privateoffer WHERE id IN (SELECT offer_id FROM change)"
        " ORDER BY id FOR NO KEY UPDATE)"
        " UPDATE offers_privateoffer AS o SET assigned_count = assigned_count + change.number"
        " FROM change JOIN locked ON locked.id = change.offer_id WHERE o.id = change.offer_id",
        **values,
    )
