"""What the form tells while it is filled in: a sentence."""

import pytest

from tests.factories import make_audience
from tests.loyalty.admin.personal_offers.forms import LIST, entries
from tests.promotions.factories import make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


def test_the_sentence_says_what_was_made(client):
    make_product("Birthday cake", external_id="CAKE")
    born = make_audience({"all": []}, name="Born in February")
    sent = entries(
        whom="some",
        for_audiences=[born.pk],
        contents="chosen",
        goods="CAKE",
        units="1",
        days=["0"],
        needs_acceptance="on",
        most_uses="10",
    )
    assert client.post(f"{LIST}words/", sent).content.decode() == (
        "30% off each unit of Birthday cake (at most 1 unit); for audience Born in February; Mon;"
        " once the customer has accepted it; at most 10 uses in total."
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"mechanic": "products", "value": ""},
            "Each customer's own percentage off each unit of their own products;"
            " for everybody with items.",
        ),
        (
            {"mechanic": "receipt_amount", "preference": "points", "currency": "EUR"},
            "Each customer's own percentage (else 30%) in points for the receipt from their own"
            " receipt amounts on; for everybody with items; where prices are in EUR.",
        ),
        (
            {"preference": "points", "method": "amount", "value": "500", "scope": "receipt"},
            "500 points for the receipt; for all customers.",
        ),
        ({"value": "", "whom": "some"}, "… off each unit of any product; for …"),
    ],
)
def test_sentences_of_mechanics(client, changed, words):
    make_point_of_sale()
    assert client.post(f"{LIST}words/", entries(**changed)).content.decode() == words
