"""Who may do everything with discounts, and two cards of product sets."""

import pytest

from tests.pages import staff_with
from tests.promotions.admin.discounts.forms import ALL_SEEN
from tests.promotions.factories import make_personalized_promotion, make_product


@pytest.fixture
def client():
    return staff_with(*ALL_SEEN)


@pytest.fixture
def sets():
    shampoo = make_product("Shampoo")
    promotion = make_personalized_promotion(name="Five favourites")
    default = make_product("Soap")
    return [
        {"name": "Bought", "goods": shampoo.external_id, "required": "2"},
        {
            "name": "Own choice",
            "contents": "promotion",
            "personalized_promotion": promotion.pk,
            "default_product": default.external_id,
            "gets_discount": "on",
        },
    ]
