"""What the worker does for the ledger's sake, and for personal offers."""

import datetime as dt

import structlog
from procrastinate.contrib.django import app

from loyalty.expiry import expire_due
from loyalty.personal import counting, sweeping
from loyalty.purchases import holding, outbox

log = structlog.get_logger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="expire_cashback")
def expire_cashback(timestamp: int) -> None:
    """Take from balances what has expired."""
    entries = expire_due(dt.datetime.fromtimestamp(timestamp, dt.UTC))
    if entries:
        log.info("cashback_expired", entries=entries)


@app.periodic(cron="5-59/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="count_personal_offers")
def count_personal_offers(timestamp: int) -> None:
    """Count who has items of personal offers and answered them, for their overview."""
    at = dt.datetime.fromtimestamp(timestamp, dt.UTC)
    log.info("personal_offers_counted", offers=counting.count_offers(at))


@app.task(queue="housekeeping", retry=5)
def sweep_personal_offer(offer_id: int) -> None:
    """Delete what customers had of a personal offer that was just deleted."""
    log.info("personal_offer_swept", offer=offer_id, rows=sweeping.sweep_offer(offer_id=offer_id))


@app.periodic(cron="* * * * *")
@app.task(queue="housekeeping", queueing_lock="give_back_held_quotes")
def give_back_held_quotes(timestamp: int) -> None:
    """Let others have what nobody confirmed in time."""
    quotes = holding.give_back_expired(dt.datetime.fromtimestamp(timestamp, dt.UTC))
    if quotes:
        log.info("held_quotes_given_back", quotes=quotes)


@app.periodic(cron="20 4 * * *")
@app.task(queue="housekeeping", queueing_lock="sweep_events")
def sweep_events(timestamp: int) -> None:
    """Delete events that everybody has had the time to read."""
    log.info("events_swept", events=outbox.sweep(dt.datetime.fromtimestamp(timestamp, dt.UTC)))
