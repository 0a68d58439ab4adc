"""Uses of discounts that are given back, whole or in part."""

from decimal import Decimal

import pytest

from promotions.limits import DISCOUNTS
from promotions.models import EVERYBODY
from tests.promotions.factories import make_discount
from tests.promotions.uses import BEN, assert_counters_are_uses, counters, refused, use

pytestmark = pytest.mark.django_db


def test_claiming_again_changes_nothing_also_after_giving_back():
    discount = make_discount(most_uses=1)
    for _ in range(2):
        use(discount, "R1")
    assert counters(discount) == [(EVERYBODY, "ever", "1900-01-01", 1, 1)]
    for _ in range(2):
        DISCOUNTS.give_back(purchase="R1")
    assert counters(discount) == [(EVERYBODY, "ever", "1900-01-01", 0, 0)]
    use(discount, "R1")
    assert counters(discount) == [(EVERYBODY, "ever", "1900-01-01", 0, 0)]
    use(discount, "R2")
    assert refused(discount, "R3") == "total"
    assert_counters_are_uses()


def test_parts_free_the_budget_and_the_use_goes_on_counting():
    discount = make_discount(budget=10, most_a_customer=1, currency="EUR")
    use(discount, "R1", amount="10.00")
    DISCOUNTS.give_back(purchase="R1", parts={discount.pk: Decimal("4.00")})
    DISCOUNTS.give_back(purchase="R1", parts={discount.pk: Decimal("1.00")})
    assert refused(discount, "R2", amount="1.00") == "ever"
    use(discount, "R2", customer=BEN, amount="5.00")
    assert refused(discount, "R3", customer=3, amount="0.01") == "budget"
    assert_counters_are_uses()
    DISCOUNTS.give_back(purchase="R1")
    assert counters(discount)[0] == (EVERYBODY, "ever", "1900-01-01", 1, 5)
    assert_counters_are_uses()


def test_no_more_is_given_back_than_was_given():
    discount, other = make_discount(budget=10, currency="EUR"), make_discount()
    use(discount, "R1", amount="3.00")
    for pk, amount in ((discount.pk, "3.01"), (discount.pk, "-1"), (other.pk, "0.01")):
        with pytest.raises(ValueError, match="can't give back"):
            DISCOUNTS.give_back(purchase="R1", parts={pk: Decimal(amount)})
    DISCOUNTS.give_back(purchase="R1", parts={discount.pk: Decimal("3.00")})
    with pytest.raises(ValueError, match="can't give back"):
        DISCOUNTS.give_back(purchase="R1", parts={discount.pk: Decimal("0.01")})
    DISCOUNTS.give_back(purchase="no such purchase")
    assert_counters_are_uses()
