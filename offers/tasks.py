"""What the worker does for the offers' sake."""

import structlog
from procrastinate.contrib.django import app

from offers import sweeping

log = structlog.get_logger(__name__)


@app.task(queue="housekeeping", retry=5)
def sweep_offer(offer_id: int) -> None:
    """Delete the assignments of an offer that was just deleted."""
    log.info("offer_swept", offer=offer_id, assignments=sweeping.sweep_offer(offer_id=offer_id))


@app.periodic(cron="0 4 * * *")
@app.task(queue="housekeeping", queueing_lock="sweep_assignments")
def sweep_assignments(timestamp: int) -> None:
    """Delete the assignments of what no longer exists, and put the offers' counts right."""
    swept, corrected = sweeping.sweep_orphans(), sweeping.correct_counts()
    log.info("assignments_swept", assignments=swept, counts_corrected=corrected)
