"""Uses of discounts of somebody who asks for what is held, or to be erased."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from customers.models import Customer
from customers.personal_data import export
from customers.references import unreferenced
from customers.verification import stated, verify
from promotions.limits import DISCOUNTS, Given, LimitReachedError
from promotions.models import Discount, Use, UseCounter
from tests.factories import NOON, make_customer
from tests.imports.runs import changed
from tests.promotions.factories import make_discount

pytestmark = pytest.mark.django_db


def use(discount, purchase, customer):
    given = [Given(discount.pk, Decimal("2.50"))]
    DISCOUNTS.claim(purchase=purchase, customer_id=customer.pk, given=given, at=NOON)


def test_personal_data_has_the_uses_of_the_person_alone():
    ann, ben = make_customer(), make_customer()
    discount = make_discount(name="Tea")
    use(discount, "R1", ann)
    use(discount, "R2", ben)
    held = json.loads(export(customer=ann, user=None, at=NOON))
    assert held["uses_of_discounts"] == [
        {
            "discount": "Tea",
            "purchase": "R1",
            "at": "2026-06-15T12:00:00Z",
            "amount": "2.500",
            "returned": "0.000",
            "given_back": False,
        }
    ]


def test_who_used_a_discount_is_spoken_of():
    ann, ben = make_customer(), make_customer()
    use(make_discount(), "R1", ann)
    free = Customer.objects.raw(
        f"SELECT id FROM customers_customer AS c WHERE {unreferenced('c')} ORDER BY id"
    )
    assert [each.pk for each in free] == [ben.pk]


@pytest.mark.django_db(transaction=True)
def test_an_erased_persons_uses_count_for_all_and_for_nobody_in_particular():
    ann, ben = make_customer(), make_customer()
    discount = make_discount(most_uses=3, most_a_day=1, budget=100, currency="EUR")
    use(discount, "R1", ann)
    use(discount, "R2", ben)
    job = changed("customer-erasure", customer=ann.pk)
    assert "Uses of offers: 1" in job.notes
    assert not Use.objects.filter(customer_id=ann.pk).exists()
    assert not UseCounter.objects.filter(customer_id=ann.pk).exists()
    cleo = make_customer()
    use(discount, "R3", cleo)
    with pytest.raises(LimitReachedError):
        use(discount, "R4", make_customer())
    DISCOUNTS.give_back(purchase="R1")
    Discount.objects.update(most_a_week=1)
    ours = [each for each in stated() if each.name.startswith("promotions.use")]
    assert [finding.evidence for finding in verify(ours, at=NOON + dt.timedelta(1))] == [[]]
    assert UseCounter.objects.get(customer_id=0).used == 2
