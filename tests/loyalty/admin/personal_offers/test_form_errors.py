"""What no offer can be is refused by the form, by the database and when it is stored (L2, L5)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from loyalty.models import PersonalOffer
from loyalty.personal.composition import compositions_of, store
from tests.loyalty.admin.personal_offers.forms import ADD, entries, make_personal_offer
from tests.pages import errors
from tests.promotions.factories import make_point_of_sale

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"mechanic": ""}, "mechanic", "This field is required."),
        ({"whom": "some"}, "whom", "Choose at least one group or audience, or all customers."),
        ({"value": ""}, "value", "Say how much members of the audience get."),
        ({"value": "101"}, "value", "A percentage is at most 100."),
        ({"value": "-1"}, "value", "Ensure this value is greater than or equal to 0."),
        ({"method": "amount"}, "currency", "Say in which currency the amounts are."),
        ({"budget": "100"}, "currency", "Say in which currency the budget is."),
        (
            {"mechanic": "receipt_amount", "preference": "points"},
            "currency",
            "Say in which currency the amounts are.",
        ),
        (
            {"mechanic": "products", "scope": "receipt"},
            "scope",
            "What is of single items can't be on the receipt: choose units or lines.",
        ),
        (
            {"contents": "chosen"},
            "goods",
            "Choose at least one product, category or product group.",
        ),
        (
            {"preference": "points", "method": "amount", "value": "1.005"},
            "value",
            "Points have two decimals at most.",
        ),
        (
            {"method": "amount", "value": "1.005", "currency": "EUR"},
            "value",
            "Amounts in EUR have 2 decimals at most.",
        ),
        ({"end": "2030-06-01T00:00"}, "end", "The end date must be after the start date."),
        (
            {"text_pl": "Bez tytułu"},
            "title_pl",
            "Write a title, too, or leave all of this language empty.",
        ),
        ({"name": "TAKEN"}, "name", "Another personal offer has this name."),
    ],
)
def test_wrong_combinations_are_refused_where_they_can_be_mended(client, changed, field, words):
    make_point_of_sale()
    make_personal_offer(name="taken")
    answer = client.post(ADD, entries(**changed))
    assert errors(answer) == {field: [words]}
    assert PersonalOffer.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"mechanic": "products", "scope": "receipt"},
        {"mechanic": "categories", "everything": True},
        {"mechanic": "products", "all_customers": True},
        {"scope": "lines", "units": 2},
        {"mechanic": "receipt_amount", "scope": "receipt", "currency": "EUR", "quantity": 2},
        {"budget": 5},
        {"value": None},
        {"mechanic": "receipt_amount", "scope": "units", "currency": "EUR"},
    ],
)
def test_the_database_refuses_what_the_form_does(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_personal_offer(**fields)


@pytest.mark.parametrize("fields", [{"all_customers": False}, {"everything": False}, {"value": -1}])
def test_storing_refuses_what_no_constraint_can_see(fields):
    offer = make_personal_offer()
    for name, value in fields.items():
        setattr(offer, name, value)
    with pytest.raises(ValidationError):
        store(compositions_of([offer])[offer.pk])
