"""The example beside the upload of items."""

import re

import pytest

from tests.loyalty.factories import Mechanic, make_personal_offer
from tests.pages import staff_with, text

pytestmark = pytest.mark.django_db
PAGE = "/admin/imports/job/add/?type=personal-offer-items"
ALL = "Offer Customer Target Threshold Preference Method Value Start date End date"


def header(address):
    body = staff_with("loyalty.import_items").get(address).content.decode()
    example = body[body.index("Example") :]
    return text(re.search(r"<thead>.*?</thead>", example, re.DOTALL)[0])


def test_of_a_chosen_offer_it_leaves_out_only_the_offer():
    offer = make_personal_offer(Mechanic.PRODUCTS)
    assert header(PAGE) == ALL
    assert header(f"{PAGE}&offer={offer.pk}") == ALL.removeprefix("Offer ")
