"""Who may try a basket, for whom, and whose offers they are told of."""

import pytest

from tests.factories import make_customer, make_user
from tests.pages import links, signed_in, staff_with
from tests.promotions.admin.try_basket.tried_baskets import (
    SEES_ALL,
    TRY,
    sent,
    sums,
    told,
    tried,
    words,
)

pytestmark = pytest.mark.django_db


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


def test_a_customer_s_page_leads_here(client, shop):
    ann = make_customer()
    page = client.get(f"/admin/customers/customer/{ann.pk}/change/")
    assert ("Try a basket", f"{TRY}?customer={ann.pk}") in links(page)
    stranger = staff_with("customers.view_customer")
    page = stranger.get(f"/admin/customers/customer/{ann.pk}/change/")
    assert "Try a basket" not in dict(links(page))
