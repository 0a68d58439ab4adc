"""Limits of discounts: claimed, refused, and counted by the discount's calendar."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from customers.verification import verify
from promotions.limits import DISCOUNTS, Given, LimitReachedError
from promotions.models import EVERYBODY, Discount, Use, UseCounter
from tests.factories import DAY, NOON
from tests.promotions.factories import make_discount
from tests.promotions.uses import ANN, BEN, OURS, assert_counters_are_uses, counters, refused, use

pytestmark = pytest.mark.django_db


def test_a_discount_without_limits_has_uses_but_no_counters():
    discount = make_discount()
    use(discount, "R1", amount="2.50")
    assert list(Use.objects.values_list("customer_id", "purchase", "amount")) == [
        (ANN, "R1", Decimal("2.50"))
    ]
    assert counters(discount) == []


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("most_uses", "total"),
        ("most_a_day", "day"),
        ("most_a_week", "week"),
        ("most_a_month", "month"),
        ("most_a_customer", "ever"),
    ],
)
def test_a_use_that_would_exceed_a_limit_is_refused_P14(field, limit):
    discount = make_discount(**{field: 2})
    use(discount, "R1")
    use(discount, "R2")
    assert refused(discount, "R3") == limit
    if limit == "total":
        assert refused(discount, "R3", customer=BEN) == limit
    else:
        use(discount, "R3", customer=BEN)
    assert_counters_are_uses()


def test_a_budget_is_never_exceeded_and_a_use_never_cut_P14():
    discount = make_discount(budget=10, currency="EUR")
    use(discount, "R1", amount="4.00")
    assert refused(discount, "R2", amount="6.01") == "budget"
    use(discount, "R3", amount="6.00")
    assert refused(discount, "R4", amount="0.01") == "budget"
    assert counters(discount) == [(EVERYBODY, "ever", "1900-01-01", 2, 10)]


def test_nothing_is_half_done_when_one_of_several_is_refused():
    free, limited = make_discount(), make_discount(most_uses=1)
    use(limited, "R1")
    with pytest.raises(LimitReachedError):
        DISCOUNTS.claim(
            purchase="R2",
            customer_id=ANN,
            given=[Given(limited.pk, Decimal(1)), Given(free.pk, Decimal(1))],
            at=NOON,
        )
    assert list(Use.objects.values_list("purchase", flat=True)) == ["R1"]
    assert counters(limited) == [(EVERYBODY, "ever", "1900-01-01", 1, 1)]


def test_periods_are_those_of_the_discounts_zone_and_weeks_begin_on_monday():
    discount = make_discount(time_zone="Europe/Warsaw", most_a_day=1, most_a_week=2, most_a_month=5)
    sunday = dt.datetime(2026, 5, 31, 12, 0, tzinfo=dt.UTC)
    use(discount, "R1", at=sunday)
    assert refused(discount, "R2", at=sunday + dt.timedelta(hours=9, minutes=59)) == "day"
    # Midnight in Warsaw: another day, week and month.
    use(discount, "R2", at=sunday + dt.timedelta(hours=10))
    assert counters(discount) == [
        (ANN, "day", "2026-05-31", 1, 1),
        (ANN, "day", "2026-06-01", 1, 1),
        (ANN, "month", "2026-05-01", 1, 1),
        (ANN, "month", "2026-06-01", 1, 1),
        (ANN, "week", "2026-05-25", 1, 1),
        (ANN, "week", "2026-06-01", 1, 1),
    ]
    use(discount, "R3", at=sunday + 3 * DAY)
    assert refused(discount, "R4", at=sunday + 4 * DAY) == "week"
    assert_counters_are_uses()


def test_nobody_known_has_no_part_in_limits_for_each_customer():
    discount = make_discount(most_a_day=5, most_uses=10)
    assert refused(discount, "R1", customer=None) == "unknown"
    total = make_discount(most_uses=1)
    use(total, "R1", customer=None)
    assert refused(total, "R2", customer=None) == "total"


def test_what_a_discount_gave_is_claimed_in_one_sum():
    discount = make_discount(kind="amount", value=1, currency="EUR", everything=True, budget=10)
    with pytest.raises(ValueError, match="add up"):
        DISCOUNTS.claim(
            purchase="R1",
            customer_id=None,
            given=[Given(discount.pk, Decimal(4)), Given(discount.pk, Decimal(5))],
            at=NOON,
        )
    assert not Use.objects.exists()


@pytest.mark.parametrize("way", ["form", "set", "sql"])
def test_limits_that_are_set_later_count_the_uses_before(way):
    discount = make_discount()
    use(discount, "R1")
    use(discount, "R2", amount="2.00")
    DISCOUNTS.give_back(purchase="R1")
    DISCOUNTS.give_back(purchase="R2", parts={discount.pk: Decimal("0.50")})
    use(discount, "R3", customer=None)
    if way == "form":
        discount.most_uses, discount.most_a_day = 2, 1
        discount.save()
    elif way == "set":
        Discount.objects.update(most_uses=2, most_a_day=1)
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE promotions_discount SET most_uses = 2, most_a_day = 1")
    assert counters(discount) == [
        (EVERYBODY, "ever", "1900-01-01", 2, Decimal("2.50")),
        (ANN, "day", "2026-06-15", 1, Decimal("1.50")),
    ]
    assert refused(discount, "R4") == "day"
    Discount.objects.update(most_uses=None, most_a_day=None)
    assert counters(discount) == []


def test_another_zone_counts_other_days():
    discount = make_discount(most_a_day=1)
    use(discount, "R1", at=NOON.replace(hour=23))
    assert counters(discount) == [(ANN, "day", "2026-06-15", 1, 1)]
    Discount.objects.update(time_zone="Europe/Warsaw")
    assert counters(discount) == [(ANN, "day", "2026-06-16", 1, 1)]


def test_a_discount_that_was_deleted_meanwhile_is_gone():
    discount = make_discount()
    pk = discount.pk
    discount.delete()
    with pytest.raises(LimitReachedError) as caught:
        DISCOUNTS.claim(purchase="R1", customer_id=ANN, given=[Given(pk, Decimal(1))], at=NOON)
    assert (caught.value.offer_id, caught.value.limit) == (pk, "gone")


def test_verify_finds_counters_that_are_not_their_uses():
    discount, other = make_discount(most_uses=5), make_discount(most_uses=5)
    use(discount, "R1")
    use(other, "R1")
    UseCounter.objects.filter(discount=discount).update(used=2)
    UseCounter.objects.filter(discount=other).delete()
    (finding,) = verify(OURS, at=NOON)
    assert finding.broken == 2


@pytest.mark.parametrize("number", [1, 5])
def test_four_queries_to_claim_and_three_to_give_back(number, django_assert_num_queries):
    given = [Given(make_discount(most_uses=1).pk, Decimal(1)) for _ in range(number)]
    with django_assert_num_queries(6):  # and a savepoint
        DISCOUNTS.claim(purchase="R1", customer_id=ANN, given=given, at=NOON)
    with django_assert_num_queries(5):
        DISCOUNTS.give_back(purchase="R1")
