"""The example beside the upload of items."""

import csv
import re

import pytest

from tests.loyalty.factories import Mechanic, make_personal_offer
from tests.pages import staff_with, text

pytestmark = pytest.mark.django_db
PAGE = "/admin/imports/job/add/?type=personal-offer-items"
ALL = "Offer Customer Target Threshold Preference Method Value Start date End date"


DOWNLOAD = "/admin/imports/job/example/personal-offer-items.csv"


def header(address):
    body = staff_with("loyalty.import_items").get(address).content.decode()
    example = body[body.index("Example") :]
    return text(re.search(r"<thead>.*?</thead>", example, re.DOTALL)[0])


def downloaded(**options):
    """Target and threshold of each line."""
    file = staff_with("loyalty.import_items").get(DOWNLOAD, options).content.decode()
    return [(line["Target"], line["Threshold"]) for line in csv.DictReader(file.splitlines())]


def test_of_a_chosen_offer_it_leaves_out_only_the_offer():
    offer = make_personal_offer(Mechanic.PRODUCTS)
    assert header(PAGE) == ALL
    assert header(f"{PAGE}&offer={offer.pk}") == ALL.removeprefix("Offer ")


def test_of_a_chosen_offer_its_lines_are_of_one_kind():
    targets, thresholds = [("HANDBAG", ""), ("PURSE", "")], [("", "1000"), ("", "3000")]
    of_products = make_personal_offer(Mechanic.PRODUCTS)
    of_amounts = make_personal_offer(Mechanic.RECEIPT_AMOUNT)
    assert downloaded() == targets + thresholds
    assert downloaded(offer=of_products.pk) == targets
    assert downloaded(offer=of_amounts.pk) == thresholds


def test_there_is_no_example_for_an_offer_that_has_no_items():
    of_audience = make_personal_offer()
    for offer in (of_audience.pk, of_audience.pk + 1, "x"):
        answer = staff_with("loyalty.import_items").get(DOWNLOAD, {"offer": offer})
        assert answer.status_code == 404
