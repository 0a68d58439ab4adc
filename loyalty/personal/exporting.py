"""Items of personal offers as a file says them, a line each; imported again they are the same."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

from customers.models import Customer
from imports.resources import Row
from loyalty.models import OfferItems, PersonalOffer
from loyalty.personal.items import Item, number_in_words, parse, read
from promotions.engine import Effect, Kind

DAY = dt.timedelta(days=1)
PREFERENCES = {None: "", Effect.DISCOUNT: "discount", Effect.POINTS: "points"}
METHODS = {None: "", Kind.PERCENTAGE: "percent", Kind.AMOUNT: "amount"}

# Of a row all items whose targets there still are, each with what the target is called.
CALLED = """
    SELECT jsonb_agg(jsonb_build_array(item, called) ORDER BY place) FROM (
        SELECT item, place, CASE
            WHEN offer.mechanic = 'receipt_amount' THEN ''
            WHEN offer.mechanic = 'products' THEN (SELECT
                CASE offer.identifiers WHEN 'internal' THEN id::text ELSE external_id END
                FROM promotions_product WHERE id = (item ->> 0)::int)
            WHEN offer.mechanic = 'categories' THEN (SELECT
                CASE offer.identifiers WHEN 'internal' THEN id::text ELSE external_id END
                FROM promotions_category WHERE id = (item ->> 0)::int)
            WHEN offer.mechanic = 'product_groups' THEN (SELECT
                CASE offer.identifiers WHEN 'internal' THEN id::text ELSE name END
                FROM promotions_productgroup WHERE id = (item ->> 0)::int)
        END AS called
        FROM loyalty_personaloffer AS offer,
            jsonb_array_elements(loyalty_offeritems.items) WITH ORDINALITY AS listed (item, place)
        WHERE offer.id = loyalty_offeritems.offer_id
    ) AS found WHERE called IS NOT NULL
"""


class _Elements(Func):
    function = "jsonb_array_elements_text"
    set_returning = True
    output_field = TextField()


def rows(*, offer: int | None) -> QuerySet[Any, Row]:
    """One for each item, of one offer or all; in the order of the primary key, so that the first
    come at once.

    What is left of deleted offers, customers and targets is left out.
    """
    stored = (
        OfferItems.objects.all() if offer is None else OfferItems.objects.filter(offer_id=offer)
    )
    customer = Customer.objects.filter(pk=OuterRef("customer_id"))
    return (
        stored.filter(Exists(customer))
        .order_by("customer_id", "offer_id")
        .values_list(
            "offer_id",
            Subquery(customer.values(mentioned=_mention())),
            _Elements(RawSQL(CALLED, [])),  # noqa: S611 no parameters
        )
    )


def _mention() -> Case:
    """The first identity that there is."""
    identities = {"email": "email", "phone": "phone", "external": "external_id"}
    return Case(
        *(
            When(**{f"{field}__isnull": False}, then=Concat(Value(f"{kind}:"), F(field)))
            for kind, field in identities.items()
        ),
        default=Concat(Value("id:"), Cast("pk", CharField())),
        output_field=CharField(),
    )


def cells() -> Callable[[Row], Sequence[str]]:
    """What makes cells of such a row. One query."""
    offers = PersonalOffer.objects.in_bulk()

    def of_row(row: Row) -> tuple[str, ...]:
        offer, customer, element = row
        stored, called = parse(element)
        (item,) = read([stored])
        return (offers[offer].name, customer, called, *_of_item(item, offers[offer]))

    return of_row


def _of_item(item: Item, offer: PersonalOffer) -> tuple[str, ...]:
    is_amount = offer.mechanic == PersonalOffer.Mechanic.RECEIPT_AMOUNT
    return (
        number_in_words(item.target) if is_amount else "",
        PREFERENCES[item.effect],
        METHODS[item.kind],
        "" if item.value is None else number_in_words(item.value),
        start_in_words(item.start, offer.zone),
        end_in_words(item.end, offer.zone),
    )


def start_in_words(moment: dt.datetime | None, zone: dt.tzinfo) -> str:
    """The day alone where it begins with it."""
    return _in_words(moment, zone, dt.timedelta(0))


def end_in_words(moment: dt.datetime | None, zone: dt.tzinfo) -> str:
    """The last day alone where it ends with it."""
    return _in_words(moment, zone, DAY)


def _in_words(moment: dt.datetime | None, zone: dt.tzinfo, after_day: dt.timedelta) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    if local.time() == dt.time():
        return str(local.date() - after_day)
    return local.isoformat(" ", "seconds" if local.second else "minutes")
