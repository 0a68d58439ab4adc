"""What the worker does for the customers' sake."""

import datetime as dt

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from customers.audiences.counting import count_again

log = structlog.get_logger(__name__)


@app.periodic(cron="15 4 * * *")
@app.task(queue="housekeeping", queueing_lock="count_audiences")
def count_audiences(timestamp: int) -> None:
    """Count who is in each audience today, as its list shows."""
    at = timezone.localtime(dt.datetime.fromtimestamp(timestamp, dt.UTC))
    log.info("audiences_counted", audiences=count_again(at))
