"""What the worker does for the offers' sake, and whatever needs the altshops' time."""

import datetime as dt

import structlog
from procrastinate.contrib.django import app

from customers.audiences.counting import count_again
from offers import sweeping
from offers.altshops import shop_zone

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


@app.periodic(cron="15 4 * * *")
@app.task(queue="housekeeping", queueing_lock="count_audiences")
def count_audiences(timestamp: int) -> None:
    """Count who is in each audience today, as its list shows: the day is the default altshop's."""
    at = dt.datetime.fromtimestamp(timestamp, shop_zone())
    log.info("audiences_counted", audiences=count_again(at))
