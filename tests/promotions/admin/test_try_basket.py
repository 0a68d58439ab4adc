"""P7: a basket for any customer, moment and point of sale, and every offer's why and why not."""

import datetime as dt
import json
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from promotions.pricing import quoting
from promotions.pricing.asked import AskedBasket, AskedLine
from tests.factories import DAY, NOON, make_audience, make_customer, make_member, make_user
from tests.pages import links, signed_in, staff_with
from tests.promotions.admin.tried_baskets import (
    MAY,
    TRY,
    plain,
    receipt,
    row_errors,
    sent,
    sums,
    told,
    tried,
    words,
)
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db
SEES_ALL = (*MAY, "customers.view_audience", "customers.view_customergroup")


@pytest.fixture
def shop():
    return make_point_of_sale(key="P1", name="Main street")


@pytest.fixture
def tea():
    return make_product("Green tea", external_id="TEA", price="4.00", barcodes=["5900000000017"])


@pytest.fixture
def client():
    return staff_with(*MAY)


def test_the_receipt_says_what_each_line_was_and_is_and_who_took_what(client, shop, tea):
    half = make_discount(name="Half of it", everything=True, units=2)
    response = tried(client, "TEA~3~", "LOOSE~1.5~2.00")
    assert sums(response) == {"total": "15.00 EUR", "discount": "4.00 EUR", "payable": "11.00 EUR"}
    first, second = receipt(response).lines
    assert (first.name, first.quantity, first.is_known) == ("Green tea", "3", True)
    assert (plain(first.total), plain(first.payable)) == ("12.00 EUR", "8.00 EUR")
    assert (second.name, second.quantity, second.is_known) == ("LOOSE", "1.5", False)
    assert (second.is_reduced, second.takes) == (False, [])
    (take,) = first.takes
    assert (take.offer, take.words, plain(take.amount)) == ("Half of it", "2 of 3", "−4.00 EUR")
    assert ("Half of it", f"/admin/promotions/discount/{half.pk}/change/") in links(response)
    assert "You saved 4.00 EUR (27%)" in words(response)


def test_the_price_is_that_of_the_one_way_to_price(client, shop, tea):
    make_discount(name="Half of it", everything=True)
    ann = make_customer()
    lines = (AskedLine("1", "TEA", Decimal(3), Decimal(tea.price)),)
    priced = quoting.quote_basket(AskedBasket("P1", lines), customer_id=ann.pk, at=NOON)
    shown = sums(tried(client, "TEA~3~", customer=ann.pk))
    assert shown["payable"] == f"{priced.quote.payable} EUR"


def test_shares_of_the_whole_price_are_what_is_paid_and_what_each_offer_took(client, shop, tea):
    make_discount(name="A quarter", value=25, everything=True)
    shares = receipt(tried(client, "TEA~1~")).shares
    assert [(s.words, plain(s.amount), s.thousandths) for s in shares] == [
        ("To pay", "3.00 EUR", 750),
        ("A quarter", "1.00 EUR", 250),
    ]


def test_every_offer_is_told_applied_nearly_or_not_at_all(client, shop, tea):
    cup = make_product("Cup", external_id="CUP")
    half = make_discount(name="Half of tea")
    half.items.create(product=tea)
    pair = make_discount(name="Two teas, a cup free", value=100, stacking="combines")
    teas = make_product_set(pair, name="Teas", required=2)
    teas.items.create(discount=pair, product=tea)
    free = make_product_set(pair, name="Cup", gets_discount=True)
    free.items.create(discount=pair, product=cup)
    elsewhere = make_discount(name="Half of cups")
    elsewhere.items.create(product=cup)
    offers = tried(client, "TEA~1~").context["offers"]
    assert told(offers.applied) == {"Half of tea": "saves 2.00 EUR"}
    assert [plain(detail) for detail in offers.applied[0].details] == [
        "Green tea: 2.00 EUR off 1 unit"
    ]
    assert told(offers.near) == {
        "Two teas, a cup free": "Product set “Teas” needs 2 products; the basket has 1 for it."
    }
    assert told(offers.others) == {"Half of cups": "None of its products is in the basket."}


def test_near_misses_that_need_a_little_more_come_first(client, shop, tea):
    make_discount(name="Christmas", everything=True, start=NOON + DAY, end=NOON + 2 * DAY)
    large = make_discount(name="From 10", everything=True, currency="EUR")
    large.conditions.create(kind="order_amount", minimum=10)
    near = tried(client, "TEA~1~").context["offers"].near
    assert told(near) == {
        "From 10": "Needs an order amount of 10.00 EUR (the basket has 4.00 EUR, 6.00 EUR are"
        " missing).",
        "Christmas": "Starts on 2026-06-16 12:00 (UTC).",
    }
    assert [offer.name for offer in near] == ["From 10", "Christmas"]


@pytest.fixture
def for_owners():
    """An offer for owners, of whom Cleo is one and Ann is none."""
    owners = make_audience(name="Car owners")
    make_member(owners, make_customer(first_name="Cleo"))
    offer = make_discount(name="Car care", everything=True)
    offer.items.create(audience=owners)
    return owners


def test_an_offer_for_others_is_named_to_who_may_see_audiences(shop, tea, for_owners):
    client, ann = staff_with(*SEES_ALL), make_customer()
    offers = tried(client, "TEA~1~", customer=ann.pk).context["offers"]
    assert told(offers.near) == {
        "Car care": "A treat for “Car owners”, and this customer is not among them."
    }
    anybody = tried(client, "TEA~1~").context["offers"]
    assert told(anybody.near) == {
        "Car care": "A treat for “Car owners”; nobody knows who is buying here."
    }


def test_an_offer_for_others_is_nothing_to_who_may_not_see_audiences(client, shop, tea, for_owners):
    cleo = for_owners.members.get().customer_id
    for customer in ("", make_customer().pk):
        page = tried(client, "TEA~1~", customer=customer)
        assert "Car care" not in words(page)
        assert "Car owners" not in words(page)
        assert "you may not see those" in words(page)
    mine = tried(client, "TEA~1~", customer=cleo)
    assert told(mine.context["offers"].applied) == {"Car care": "saves 2.00 EUR"}
    assert "Car owners" not in words(mine)


def test_an_offer_from_lists_says_who_has_none(client, shop, tea):
    promotion, treat = make_personalized_promotion(name="Your five"), make_discount(name="Treat")
    make_product_set(treat, gets_discount=True, personalized_promotion=promotion)
    ann, ben = make_customer(), make_customer()
    make_list(promotion, ann, [tea])
    said = [
        told(tried(client, "TEA~1~", customer=customer).context["offers"].others)
        for customer in (ann.pk, ben.pk, "")
    ]
    assert said == [
        {"Treat": "This customer has chosen nothing in “Your five” yet."},
        {"Treat": "This customer has no list of “Your five”."},
        {"Treat": "From each customer’s own list of “Your five”; who buys is unknown."},
    ]


def test_prices_are_those_of_the_moment_on_the_clock_of_the_point_of_sale(client, tea):
    make_point_of_sale(key="P1", time_zone="Asia/Tokyo", currency="JPY")
    make_discount(name="In time", everything=True, start=NOON, end=NOON + dt.timedelta(minutes=1))
    on_time = tried(client, "TEA~1~100", at="2026-06-15T21:00")
    assert sums(on_time)["payable"] == "50 JPY"
    assert "2026-06-15 21:00 · Asia/Tokyo" in words(on_time)
    assert sums(tried(client, "TEA~1~100", at="2026-06-15T21:01"))["payable"] == "100 JPY"


@pytest.mark.parametrize(
    ("at", "off"),
    [
        ("2026-10-25T00:15:00Z", "0.00 EUR"),
        ("2026-10-25T01:15:00Z", "2.00 EUR"),
        ("2026-10-25T01:30:29.5Z", "2.00 EUR"),
        ("2026-10-25T01:30:30Z", "0.00 EUR"),
    ],
)
def test_pasted_moments_are_kept_to_the_second_and_when_clocks_are_put_back(client, tea, at, off):
    make_point_of_sale(key="P1", time_zone="Europe/Warsaw")
    start = dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC)
    make_discount(everything=True, start=start, end=start + dt.timedelta(minutes=30, seconds=30))
    lines = [{"product": "TEA", "quantity": "1"}]
    pasted = json.dumps({"point_of_sale": "P1", "at": at, "lines": lines})
    address = client.post(TRY, {"paste": pasted}).headers["Location"]
    page = client.get(address)
    assert sums(page).get("discount", "0.00 EUR") == off
    # What the field shows is sent again as it is.
    field = page.context["form"]["at"]
    assert (field.field.widget.input_type, field.value()) == (
        "text",
        dt.datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/Warsaw")).isoformat(),
    )


def test_points_are_spent_whatever_the_balance(client, shop, tea):
    shown = sums(tried(client, "TEA~2~", points_to_spend="3", customer=make_customer().pk))
    assert (shown["points_spent"], shown["payable"]) == ("3.00 EUR", "5.00 EUR")


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


def test_what_no_till_may_ask_is_told_above_the_receipt(client, shop, tea):
    response = tried(client, "TEA~1.00001~")
    assert response.context["error"].startswith("Line 1: ")
    assert "receipt" not in response.context


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


def test_the_same_as_a_request_of_the_api(client, shop, tea):
    ann = make_customer()
    page = tried(client, "TEA~2~", customer=ann.pk)
    assert json.loads(page.context["api_request"]) == {
        "customer": f"id:{ann.pk}",
        "point_of_sale": "P1",
        "at": "2026-06-15T12:00:00+00:00",
        "points_to_spend": "0",
        "lines": [{"id": "1", "product": "TEA", "quantity": "2", "unit_price": "4.000"}],
    }


def test_without_a_point_of_sale_it_says_what_is_missing(client):
    assert "First, a point of sale" in words(client.get(TRY))


def test_an_empty_basket_invites(client, shop):
    assert "Put something into the basket" in words(client.get(TRY))


def test_hundreds_of_offers_are_counted_and_the_first_are_shown(client, shop, tea):
    cup = make_product("Cup")
    for number in range(105):
        make_discount(name=f"Cups {number}").items.create(product=cup)
    page = tried(client, "TEA~1~")
    assert (len(page.context["offers"].others), page.context["offers"].more) == (100, 5)
    assert "And 5 more." in words(page)


def test_queries_do_not_grow_with_lines_and_offers(shop, tea, for_owners):
    client, customer = staff_with(*SEES_ALL), make_customer()

    def queries(*lines):
        tried(client, *lines, customer=customer.pk)
        with CaptureQueriesContext(connection) as captured:
            tried(client, *lines, customer=customer.pk)
        return len(captured)

    few = queries("TEA~1~")
    drinks = make_category("Drinks")
    for number in range(5):
        product = make_product(external_id=f"D{number}", category=drinks)
        make_discount(name=f"Drink {number}").items.create(product=product)
    make_discount(name="Drinks").items.create(category=drinks)
    many = queries("TEA~1~", *(f"D{number}~1~" for number in range(5)))
    # With the book of rules, which is read anew within a test's transaction.
    assert (few, many) == (28, 28)


def test_needs_the_right_to_see_discounts(shop, tea):
    for stranger in (staff_with("customers.view_customer"), staff_with()):
        assert stranger.get(TRY).status_code == 403
        assert sent(stranger, ("TEA", "1", "")).status_code == 403
        for what in ("products", "customers"):
            assert stranger.post(f"{TRY}{what}/", {"q": "tea"}).status_code == 403
    assert signed_in(make_user()).get(TRY).status_code == 302


def test_customers_are_for_who_may_see_them(shop, tea, for_owners):
    client, cleo = staff_with("promotions.view_discount"), for_owners.members.get().customer_id
    page = tried(client, "TEA~1~", customer=cleo)
    assert "customer" not in page.context["form"].fields
    assert sums(page)["payable"] == "4.00 EUR"
    assert client.post(f"{TRY}customers/", {"q": "cleo"}).status_code == 403


def test_products_are_found_by_name_with_their_price(client, tea):
    make_product("Coffee")
    found = client.post(f"{TRY}products/", {"q": "green"}).json()["found"]
    assert found == [
        {"value": "TEA", "name": "Green tea", "note": "TEA · 4.00", "picture": "", "price": "4.00"}
    ]
    assert client.post(f"{TRY}products/", {"q": " \0"}).json() == {"found": []}
    assert client.get(f"{TRY}products/?q=green").status_code == 405


def test_customers_are_found_by_name(client):
    ann = make_customer("ann@example.com", first_name="Ann", last_name="Kowal")
    make_customer("bob@example.com")
    found = client.post(f"{TRY}customers/", {"q": "kowal"}).json()["found"]
    assert found == [
        {"value": str(ann.pk), "name": "Ann Kowal", "note": f"id:{ann.pk} · ann@example.com"}
    ]


def test_a_customer_s_page_leads_here(client, shop):
    ann = make_customer()
    page = client.get(f"/admin/customers/customer/{ann.pk}/change/")
    assert ("Try a basket", f"{TRY}?customer={ann.pk}") in links(page)
    stranger = staff_with("customers.view_customer")
    page = stranger.get(f"/admin/customers/customer/{ann.pk}/change/")
    assert "Try a basket" not in dict(links(page))
