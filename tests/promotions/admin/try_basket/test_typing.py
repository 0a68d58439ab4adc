"""What is typed into the form: lines, a customer, a moment, and what is wrong with them."""

import re

import pytest

from tests.factories import make_customer
from tests.promotions.admin.try_basket.tried_baskets import (
    TRY,
    row_errors,
    sent,
    sums,
    tried,
    words,
)
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["TEA", "5900000000017"])
def test_a_product_is_known_by_id_and_barcode_at_its_usual_price(client, shop, tea, code):
    assert sums(tried(client, f"{code}~2~"))["payable"] == "8.00 EUR"
    assert sums(tried(client, f"{code}~2~1.5"))["payable"] == "3.00 EUR"


def test_a_name_that_one_product_has_is_that_product(client, shop, tea):
    make_product("Black coffee")
    response = sent(client, ("green", "2", ""))
    assert (
        response.headers["Location"] == f"{TRY}?point_of_sale=P1&at=2026-06-15T12%3A00&line=TEA~2~"
    )


def test_a_name_that_several_have_is_asked_about(client, shop, tea):
    make_product("Black tea", external_id="BLACK")
    response = sent(client, ("tea", "2", ""))
    assert row_errors(response) == [["Several products match; write the ID of one."]]
    assert "Black tea – BLACK" in words(response)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (("NOPE", "1", ""), "No product has this ID, barcode or name."),
        (("TEA", "0", ""), "Write the quantity as a number above 0."),
        (("TEA", "two", ""), "Write the quantity as a number above 0."),
        (("TEA", "1", "cheap"), "Write the price as a number, such as 3.50."),
        (("TEA", "1", "NaN"), "Write the price as a number, such as 3.50."),
        (("", "1", "2.00"), "Write which product it is."),
        (("a\0b", "1", ""), "No product has this ID, barcode or name."),
    ],
)
def test_a_line_that_is_wrong_says_so_and_the_others_are_priced(client, shop, tea, line, error):
    response = sent(client, ("TEA", "1", ""), line)
    first, second = row_errors(response)
    assert (first, len(second), second[0].startswith(error)) == ([], 1, True)
    assert sums(response)["payable"] == "4.00 EUR"
    assert "1 line is left out until it is mended." in words(response)


@pytest.mark.parametrize(
    ("fields", "name", "error"),
    [
        ({"customer": "nobody@example.com"}, "customer", "There is no such customer."),
        ({"customer": "ann"}, "customer", "Write an e-mail address or the number of a customer."),
        ({"at": "yesterday"}, "at", "Enter a valid date/time."),
        ({"points_to_spend": "-1"}, "points_to_spend", "greater than or equal to 0"),
        ({"point_of_sale": "P9"}, "point_of_sale", "P9 is not one of the available choices."),
    ],
)
def test_errors_stand_by_their_fields(client, shop, tea, fields, name, error):
    response = sent(client, ("TEA", "1", ""), **fields)
    (found,) = response.context["form"].errors[name]
    assert error in found
    assert "Mend what is marked" in words(response)


def test_of_a_row_the_very_fields_that_are_wrong_are_marked(client, shop, tea):
    page = sent(client, ("TEA", "x", "y"), ("NOPE", "1", ""), ("TEA", "1", "")).content.decode()
    fields = re.findall(r'<input[^>]* id="(\w+-[1-3])"[^>]*>', page)
    marked = re.findall(r'<input[^>]* id="(\w+-\d)"[^>]*aria-invalid="true"', page)
    assert len(fields) == 9
    assert marked == ["quantity-1", "price-1", "product-2"]
    assert all(f'aria-describedby="about-{number}"' in page for number in (1, 2, 3))


def test_who_only_has_an_address_is_no_customer_yet(client, shop, tea):
    waits = make_customer("waits@example.com", is_prospect=True)
    for customer in ("waits@example.com", f"id:{waits.pk}"):
        response = sent(client, ("TEA", "1", ""), customer=customer)
        assert response.context["form"].errors["customer"] == ["There is no such customer."]


def test_what_is_sent_leads_to_an_address_with_the_customer_by_number(client, shop, tea):
    ann = make_customer("ann@example.com")
    response = sent(
        client, ("TEA", "2", "3,50"), ("", "", ""), customer="ANN@example.com", points_to_spend="1"
    )
    assert response.headers["Location"] == (
        f"{TRY}?point_of_sale=P1&at=2026-06-15T12%3A00&customer={ann.pk}&points_to_spend=1"
        "&line=TEA~2~3%2C50"
    )
    assert sums(client.get(response.headers["Location"]))["payable"] == "6.00 EUR"


def test_a_basket_too_long_for_an_address_is_priced_all_the_same(client, shop, tea):
    response = sent(client, *[("TEA", "1", "1.00")] * 250)
    assert sums(response)["payable"] == "250.00 EUR"
    assert "too long for an address" in words(response)


def test_more_rows_without_a_script(client, shop, tea):
    response = sent(client, ("TEA", "1", ""), add_rows="")
    filled = [row.row.product for row in response.context["rows"]]
    assert filled == ["TEA", *[""] * 6]
