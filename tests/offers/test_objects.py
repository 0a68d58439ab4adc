"""What an offer opens in the app is checked against the catalogue, where it is in it (T29)."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_offer
from tests.promotions.factories import make_category, make_product

pytestmark = pytest.mark.django_db


def refusal(link_type, object_id):
    """What is said beside the Object ID; None if it is taken."""
    offer = make_offer(link_type=link_type, object_id=object_id)
    try:
        offer.full_clean()
    except ValidationError as error:
        return error.message_dict
    return None


def test_t29_a_product_and_a_category_are_named_by_their_internal_ids():
    product, category = make_product(), make_category()
    assert refusal("product", str(product.pk)) is None
    assert refusal("category", str(category.pk)) is None


def test_t29_the_id_of_the_other_kind_names_nothing():
    category = make_category(id=900)
    product = make_product(id=901)
    assert refusal("product", str(category.pk)) == {
        "object_id": ["There is no product with this internal ID."]
    }
    assert refusal("category", str(product.pk)) == {
        "object_id": ["There is no category with this internal ID."]
    }


@pytest.mark.parametrize(
    "object_id", ["0", "-1", "007", "7.0", " 7", "٧", "7" * 200, "2147483648", "cakes", "1e3"]
)
def test_t29_what_is_no_id_names_nothing(object_id):
    make_product(id=7)
    assert refusal("product", object_id) == {
        "object_id": ["There is no product with this internal ID."]
    }


def test_t29_the_shops_own_id_is_recognised_and_the_internal_one_told():
    product = make_product("Honey cake", external_id="CAK-1")
    assert refusal("product", "CAK-1") == {
        "object_id": [
            f"This is the shop's own ID of “Honey cake”. Its internal ID is {product.pk}."
        ]
    }


@pytest.mark.parametrize("link_type", ["promotion_page", "openset_page", "custom_view"])
def test_t29_what_the_others_open_is_free(link_type):
    assert refusal(link_type, "pizza-friday") is None
