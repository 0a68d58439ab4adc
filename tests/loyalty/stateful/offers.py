"""What they get: discounts and personal offers, made, changed, ended and deleted."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from hypothesis import strategies as st
from hypothesis.stateful import consumes, initialize, rule

from loyalty.models import PersonalOffer
from loyalty.personal import removal, sweeping
from tests.factories import DAY
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.stateful.world import World
from tests.promotions.factories import make_discount

LIMITS = st.sampled_from(
    [
        *({}, {}, {"most_uses": 1}, {"most_uses": 3}, {"most_a_day": 1}, {"most_a_customer": 2}),
        *({"budget": 5, "currency": "EUR"}, {"most_a_day": 1, "time_zone": "Pacific/Kiritimati"}),
    ]
)
DAYS = st.sampled_from([1, 3, 40])
STACKING = st.sampled_from(["one_per_item", "combines", "alone"])
SIZES = st.sampled_from(
    [("percentage", 10), ("percentage", 33), ("amount", 1), ("amount", Decimal("2.505"))]
)
MECHANICS = st.sampled_from(
    ["audience", "products", "products", "categories", "product_groups", "receipt_amount"]
)


class Offers(World):
    @initialize(target=World.offers, limits=LIMITS)
    def points_for_everybody(self, limits: dict[str, Any]) -> PersonalOffer:
        dates = {"start": self.now - DAY, "end": self.now + 365 * DAY}
        return make_personal_offer(preference="points", value=33, **dates, **limits)

    @rule(
        target=World.discounts,
        kind=st.sampled_from(["percentage", "amount", "fixed_price"]),
        value=st.sampled_from([5, 10, Decimal("2.505")]),
        scope=st.sampled_from(["units", "lines", "receipt"]),
        stacking=STACKING,
        limits=LIMITS,
        days=DAYS,
    )
    def make_discount(self, kind, value, scope, stacking, limits, days):
        money = {} if kind == "percentage" else {"currency": "EUR"}
        dates = {"start": self.now - DAY, "end": self.now + days * DAY}
        fields = {"kind": kind, "value": value, "scope": scope, "stacking": stacking}
        return make_discount(everything=True, **(fields | money | dates | limits))

    @rule(
        target=World.offers,
        mechanic=MECHANICS,
        preference=st.sampled_from(["discount", "points"]),
        size=SIZES,
        stacking=STACKING,
        limits=LIMITS,
        days=DAYS,
        needs_acceptance=st.booleans(),
        whom=st.sampled_from(["everybody", "group", "audience"]),
    )
    def make_offer(self, mechanic, size, limits, days, whom, **fields):
        fields |= {"method": size[0], "value": size[1]}
        fields |= {"start": self.now - DAY, "end": self.now + days * DAY}
        is_money = size[0] == "amount" and fields["preference"] == "discount"
        fields |= {"currency": "EUR"} if is_money or mechanic == "receipt_amount" else {}
        is_audience = mechanic == "audience"
        with transaction.atomic():
            if is_audience and whom != "everybody":
                fields["all_customers"] = False
            made = make_personal_offer(mechanic, **(fields | limits))
            if is_audience and whom == "group":
                made.targets.create(customer_group=self.group)
            if is_audience and whom == "audience":
                made.targets.create(audience=self.audience)
        return made

    @rule(offer=st.one_of(World.discounts, World.offers), how=st.sampled_from(["switch", "end"]))
    def switch_or_end(self, offer: Any, how: str) -> None:
        offer.refresh_from_db()
        if how == "switch":
            offer.is_active = not offer.is_active
        else:
            offer.end = max(self.now, offer.start + dt.timedelta(seconds=1))
        offer.save()

    @rule(offer=st.one_of(World.discounts, World.offers), limits=LIMITS)
    def change_limits(self, offer: Any, limits: dict[str, Any]) -> None:
        """Also to less than was used already."""
        offer.refresh_from_db()
        none = {"most_uses": None, "most_a_day": None, "most_a_customer": None, "budget": None}
        for name, value in (none | limits).items():
            setattr(offer, name, value)
        offer.save()

    @rule(offer=consumes(World.discounts))
    def delete_discount(self, offer: Any) -> None:
        self.delete(offer, "discount", offer.delete)

    @rule(offer=consumes(World.offers))
    def delete_offer(self, offer: PersonalOffer) -> None:
        number = offer.pk
        if not self.delete(offer, "personal_offer", lambda: removal.remove(offer=offer)):
            return
        sweeping.sweep_offer(offer_id=number)
        self.items = {key: kept for key, kept in self.items.items() if key[1] != number}
        self.answers = {key: said for key, said in self.answers.items() if key[1] != number}

    def delete(self, offer: Model, kind: str, deed: Callable[[], object]) -> bool:
        """What was used, also if it was given back, stays."""
        was_used = any((u.kind, u.offer) == (kind, offer.pk) for u in self.counted)
        gone = False
        with suppress(ProtectedError, IntegrityError), transaction.atomic():
            deed()
            gone = True
        assert gone is not was_used
        return gone
