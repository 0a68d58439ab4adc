"""Counters are what uses say after any sequence of claims, returns and new limits."""

from contextlib import suppress
from decimal import Decimal

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from promotions.limits import DISCOUNTS, Given, LimitReachedError
from promotions.models import EVERYBODY, Discount, UseCounter
from tests.factories import DAY, NOON
from tests.promotions.factories import make_discount
from tests.promotions.uses import ANN, BEN, assert_counters_are_uses

deeds = st.one_of(
    st.tuples(
        st.just("claim"),
        st.integers(1, 6),
        st.sampled_from([None, ANN, BEN]),
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 400)), max_size=3),
        st.integers(0, 40),
    ),
    st.tuples(st.just("cancel"), st.integers(1, 6)),
    st.tuples(st.just("return"), st.integers(1, 6), st.integers(0, 2), st.integers(0, 300)),
    st.tuples(st.just("limit"), st.integers(0, 2), st.sampled_from(["day", "ever", "none"])),
)


class CountersAreUsesWithinLimits(TestCase):
    @settings(max_examples=60, deadline=None)
    @drawn(st.lists(deeds, max_size=12))
    def test_any_sequence_of_claims_and_returns(self, sequence):
        discounts = [
            make_discount(most_uses=3, most_a_day=1, budget=10, currency="EUR"),
            make_discount(most_a_week=2, most_a_month=3, most_a_customer=4),
            make_discount(budget=5, currency="EUR", time_zone="Pacific/Kiritimati"),
        ]
        for deed, *how in sequence:
            getattr(self, f"do_{deed}")(discounts, *how)
            assert_counters_are_uses()
            self.assert_within_limits()

    def do_claim(self, discounts, number, customer, given, days):
        cents = {discounts[place].pk: cent for place, cent in given}
        with suppress(LimitReachedError):
            DISCOUNTS.claim(
                purchase=f"R{number}",
                customer_id=customer,
                given=[Given(pk, Decimal(cent) / 100) for pk, cent in cents.items()],
                at=NOON + days * DAY / 2,
            )

    def do_cancel(self, discounts, number):
        DISCOUNTS.give_back(purchase=f"R{number}")

    def do_return(self, discounts, number, place, cents):
        with suppress(ValueError):
            DISCOUNTS.give_back(
                purchase=f"R{number}", parts={discounts[place].pk: Decimal(cents) / 100}
            )

    def do_limit(self, discounts, place, limit):
        """Limits that hold for what was used already: others may be set, and be exceeded."""
        fields = {"day": {"most_a_day": 9}, "ever": {"most_a_customer": 99}}
        none = {"most_a_day": None, "most_a_customer": None}
        Discount.objects.filter(pk=discounts[place].pk).update(**fields.get(limit, none))

    def assert_within_limits(self):
        for counter in UseCounter.objects.select_related("discount"):
            discount = counter.discount
            if counter.customer_id == EVERYBODY:
                assert discount.most_uses is None or counter.used <= discount.most_uses
                assert discount.budget is None or counter.spent <= discount.budget
            else:
                field = "customer" if counter.period == "ever" else counter.period
                assert counter.used <= getattr(discount, f"most_a_{field}")
