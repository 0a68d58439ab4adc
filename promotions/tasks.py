"""What the worker does for the promotions' sake."""

import datetime as dt

import structlog
from procrastinate.contrib.django import app

from promotions.personal import counting, sweeping

log = structlog.get_logger(__name__)


@app.periodic(cron="45 4 * * *")
@app.task(queue="housekeeping", queueing_lock="sweep_lists")
def sweep_lists(timestamp: int) -> None:
    """Delete what lists say of promotions, products and customers that no longer exist."""
    log.info("lists_swept", rows=sweeping.sweep_orphans())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="count_lists")
def count_lists(timestamp: int) -> None:
    """Count the customers with a list, for the overview of personalized promotions."""
    at = dt.datetime.fromtimestamp(timestamp, dt.UTC)
    log.info("lists_counted", promotions=counting.count_lists(at))
