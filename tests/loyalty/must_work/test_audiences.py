"""L7 by name: offers for target audiences, from their set-up to the till and the ledger."""

import datetime as dt
from decimal import Decimal

import pytest

from loyalty.ledger import balance_of, pending_of
from tests.factories import make_attribute, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.must_work.asking import ANN, BOB, YEAR, earned, for_audience, noon, off
from tests.promotions.factories import make_category, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db(transaction=True)


def test_l7_30_off_birthday_cakes_for_those_born_in_february(till):
    make_customer(ANN, birth_date=dt.date(1990, 2, 28))
    make_customer(BOB, birth_date=dt.date(1990, 3, 1))
    make_customer("unknown@example.com")
    cakes = make_category("Birthday cakes")
    make_product(external_id="CAKE", category=make_category(parent=cakes))
    make_product(external_id="BREAD", category=make_category())
    born = {"field": "birth_date", "is": "month_in", "value": [2]}
    for_audience(born, value=30).targets.create(category=cakes)
    basket = ("CAKE", "45.00"), ("BREAD", "5.00")
    told = [off(till, who, noon(2, 10), *basket) for who in (ANN, BOB, "unknown@example.com", None)]
    assert told == [Decimal("13.50"), 0, 0, 0]


def test_l7_additional_discounts_on_childrens_products_for_parents(till):
    make_attribute("children_birth_dates", "dates")
    make_customer(ANN, children_birth_dates=[dt.date(2024, 12, 24)])
    make_customer(BOB, children_birth_dates=[dt.date(2019, 5, 1)])
    make_customer("childless@example.com")
    children = make_category("Children")
    make_product(external_id="NAPPIES", category=make_category(parent=children))
    make_product(external_id="BREAD", category=make_category())
    baby = {"field": "children_birth_dates", "is": "any_younger_than", "value": 1}
    parents = {"not": {"field": "children_birth_dates", "is": "is_empty"}}
    for_audience(baby, value=20).targets.create(category=children)
    for_audience(parents, value=5, stacking="combines").targets.create(category=children)
    basket = ("NAPPIES", "100.00"), ("BREAD", "5.00")
    told = {
        who: off(till, who, noon(6, 1), *basket)
        for who in (ANN, BOB, "childless@example.com", None)
    }
    # The parents' is additional: of what is left after the other.
    assert list(told.values()) == [Decimal("24.00"), Decimal("5.00"), 0, 0]
    assert off(till, ANN, noon(12, 24), *basket) == Decimal("5.00"), "the first birthday"


def test_l7_more_points_for_sovetsky_residents_in_the_sovetsky_supermarket(till):
    make_attribute("district", "choice", choices=["Sovetsky", "Podil"])
    ann = make_customer(ANN, district="Sovetsky")
    bob = make_customer(BOB, district="Podil")
    sovetsky = make_point_of_sale(key="S1", name="Sovetsky supermarket")
    everybody = make_personal_offer(**YEAR, preference="points", value=1, stacking="combines")
    assert everybody.all_customers
    residents = {"field": "district", "is": "equals_any", "value": ["Sovetsky"]}
    offer = for_audience(
        residents, preference="points", value=5, everything=True, stacking="combines"
    )
    offer.targets.create(point_of_sale=sovetsky)
    at, basket = noon(6, 1), ("ANY", "200.00")
    told = {
        (who, where): earned(till, who, at, basket, place=where)
        for who in (ANN, BOB, None)
        for where in ("S1", "P1")
    }
    assert told == {
        (ANN, "S1"): 12,
        (ANN, "P1"): 2,
        (BOB, "S1"): 2,
        (BOB, "P1"): 2,
        (None, "S1"): 0,
        (None, "P1"): 0,
    }
    for who in (ANN, BOB):
        till("/api/v1/purchases", who, at, basket, place="S1", receipt=f"R {who}")
    assert [pending_of(who.pk, at=at).amount for who in (ann, bob)] == [12, 2]
    assert [balance_of(who.pk, at=at + dt.timedelta(days=14)) for who in (ann, bob)] == [12, 2]


def test_l7_more_points_for_car_owners_on_car_products(till):
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])
    ann, bob = make_customer(ANN, cars=["Audi", "Fiat"]), make_customer(BOB)
    car = make_category("Car")
    make_product(external_id="SHAMPOO", category=make_category(parent=car))
    make_product(external_id="BREAD", category=make_category())
    owners = {"not": {"field": "cars", "is": "is_empty"}}
    for_audience(owners, preference="points", value=10).targets.create(category=car)
    at, basket = noon(6, 1), (("SHAMPOO", "9.50"), ("BREAD", "5.00"))
    for who in (ANN, BOB):
        till("/api/v1/purchases", who, at, *basket, receipt=f"R {who}")
    assert pending_of(ann.pk, at=at).amount == Decimal("0.95")
    assert pending_of(bob.pk, at=at) is None
    assert earned(till, None, at, *basket) == 0
