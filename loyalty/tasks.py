"""What the worker does for the ledger's sake."""

import datetime as dt

import structlog
from procrastinate.contrib.django import app

from loyalty.expiry import expire_due

log = structlog.get_logger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="expire_cashback")
def expire_cashback(timestamp: int) -> None:
    """Take from balances what has expired."""
    entries = expire_due(dt.datetime.fromtimestamp(timestamp, dt.UTC))
    if entries:
        log.info("cashback_expired", entries=entries)
