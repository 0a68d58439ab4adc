"""Saying yes or no to a personal offer (L13–L15): as often as one likes, until it ends."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from loyalty.batches import hold_customer
from loyalty.personal.dead_items import without_dead_items
from loyalty.personal.mine import Mine, mine_of
from loyalty.personal.names import names_of
from promotions.engine import Rule

HOLD_ITEMS = "SELECT FROM loyalty_offeritems WHERE customer_id = %s AND offer_id = %s FOR SHARE"
ANSWER = """
    INSERT INTO loyalty_offeranswer AS answer (customer_id, offer_id, item, accepted, at)
    SELECT %(customer)s, %(offer)s, item, %(accepted)s, %(at)s
    FROM unnest(%(items)s::int[]) AS asked (item) ORDER BY item
    ON CONFLICT (customer_id, offer_id, item) DO UPDATE
    SET accepted = EXCLUDED.accepted, at = EXCLUDED.at
    WHERE answer.accepted <> EXCLUDED.accepted
"""


@transaction.atomic
def answer(
    *,
    customer_id: int,
    offer_id: int,
    accepted: bool,
    at: dt.datetime,
    products: Collection[int] | None = None,
    seen: Collection[int] | None = None,
) -> Mine:
    """Note the customer's yes or no; the offer as they have it then.

    To all of the offer, or to these of its products; or to what is left of what was `seen`, as
    `asked_of` told it then. Answering the same again changes nothing. Raises ValidationError:
    `unknown_offer` for what is not theirs or has ended, `unknown_product`, `none_left` of what was
    seen, `not_asked` for what counts without being asked for. Seven queries.
    """
    # An import that takes items away waits, or has its answers to them dropped already.
    if not hold_customer(customer_id):
        raise ValidationError(_("There is no such customer."), code="unknown_customer")
    with connection.cursor() as cursor:
        cursor.execute(HOLD_ITEMS, [customer_id, offer_id])
    items = _items(_theirs(customer_id, offer_id, at), products, seen)
    with connection.cursor() as cursor:
        cursor.execute(
            ANSWER,
            {
                "customer": customer_id,
                "offer": offer_id,
                "items": sorted(items),
                "accepted": accepted,
                "at": at,
            },
        )
    return _theirs(customer_id, offer_id, at)


def _theirs(customer_id: int, offer_id: int, at: dt.datetime) -> Mine:
    _customer, found = mine_of("id", customer_id, at, upcoming=True)
    asked = [each for each in found if each.offer.pk == offer_id]
    for mine in without_dead_items(asked, names_of(asked)):
        return mine
    raise ValidationError(
        _("The customer has no such offer, or it has ended."), code="unknown_offer"
    )


def asked_of(rules: Iterable[Rule]) -> set[int]:
    """To what of an offer with these rules there are answers: products, or 0 for the whole."""
    return {rule.item for rule in rules if rule.consent}


def _items(mine: Mine, products: Collection[int] | None, seen: Collection[int] | None) -> set[int]:
    """What of it the answer is to."""
    asked = asked_of(piece.rule for piece in mine.pieces)
    if not asked:
        raise ValidationError(
            _("This offer counts without being accepted: there is nothing to answer."),
            code="not_asked",
        )
    if seen is not None:
        return _left(asked, seen)
    if products is None:
        return asked
    if not asked.issuperset(products) or 0 in products:
        raise ValidationError(
            _("Answer to products that the customer has of this offer, or leave them out."),
            code="unknown_product",
        )
    return set(products)


def _left(asked: set[int], seen: Collection[int]) -> set[int]:
    left = asked.intersection(seen)
    if not left:
        raise ValidationError(
            _("Nothing is left of what was seen. Answer to what the customer has now."),
            code="none_left",
        )
    return left
