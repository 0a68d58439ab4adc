"""Choosing on the account page (E4, E5, E7, E20, E24)."""

import html
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from promotions.personal.selection import choose
from tests.factories import (
    make_customer,
    make_user,
)
from tests.pages import signed_in
from tests.promotions.account_pages import (
    PAGE,
    form,
    options,
    page_of,
    plain,
    promotion_for,
    ticked,
    till,
    titles,
)
from tests.promotions.personal.reading import chosen

pytestmark = pytest.mark.django_db


def test_E5_choosing_and_unchoosing_where_it_may_change(anna, goods):
    promotion = promotion_for(anna, goods)
    client = signed_in(anna.user)
    for wanted, text in (
        (goods[:2], "Your choice is saved."),
        (goods[2:], "Your choice is saved."),
        ([], "You have chosen nothing for now."),
    ):
        sent = form(client.get(PAGE), promotion, wanted)
        response = client.post(f"{PAGE}{promotion.pk}/", sent, follow=True)
        assert response.redirect_chain == [(f"{PAGE}#promotion-{promotion.pk}", 302)]
        assert text in plain(response.content.decode())
        assert chosen(promotion, anna) == [product.name for product in wanted]


def test_E5_a_final_choice_is_asked_for_once_more(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    client, sent = signed_in(anna.user), {"product": [goods[0].pk, goods[2].pk]}
    question = client.post(f"{PAGE}{promotion.pk}/", sent)
    assert "Choose for good?" in plain(question.content.decode())
    assert chosen(promotion, anna) == []
    back = html.unescape(re.search(r'<a href="([^"]*)">Back', question.content.decode())[1])
    assert sorted(ticked(client.get(back))) == sent["product"]
    confirmed = re.search(r'name="confirmed" value="([^"]*)"', question.content.decode())[1]
    client.post(f"{PAGE}{promotion.pk}/", {"confirmed": confirmed})
    assert chosen(promotion, anna) == ["Apples", "Cheese"]
    response = client.get(PAGE)
    assert options(response) == [
        "Apples 2.99 EUR You save 1.50 EUR Chosen",
        "Bread 4.00 EUR",
        "Cheese 9.50 EUR You save 4.75 EUR Chosen",
    ]
    page = response.content.decode()
    assert "Your choice is final" in page
    assert "checkbox" not in page
    refused = client.post(f"{PAGE}{promotion.pk}/", {"confirmed": goods[1].pk})
    assert refused.status_code == 422
    assert chosen(promotion, anna) == ["Apples", "Cheese"]


def test_E4_too_many_are_refused_with_the_ticks_kept(anna, goods):
    promotion = promotion_for(anna, goods, max_products=2, lock_after_apply=True)
    sent = {"product": [product.pk for product in goods]}
    response = signed_in(anna.user).post(f"{PAGE}{promotion.pk}/", sent)
    assert response.status_code == 422
    assert "At most 2 products can be chosen, not 3." in plain(response.content.decode())
    assert sorted(ticked(response)) == sent["product"]
    assert chosen(promotion, anna) == []


def test_nobody_chooses_from_another_s_list_or_what_is_not_on_it(anna, goods):
    promotion = promotion_for(anna, goods[:1])
    ben = make_customer(user=make_user())
    sent = {"product": [goods[0].pk]}
    assert signed_in(ben.user).post(f"{PAGE}{promotion.pk}/", sent).status_code == 422
    sent = {"product": [goods[1].pk]}
    assert signed_in(anna.user).post(f"{PAGE}{promotion.pk}/", sent).status_code == 422
    assert (chosen(promotion, anna), chosen(promotion, ben)) == ([], [])


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("lock", [True, False])
@pytest.mark.parametrize("which", ["deleted", "deleted with another", "no product"])
def test_E24_what_is_gone_by_the_time_of_saving_is_said_and_nothing_is_saved(
    anna, goods, which, lock, confirmed
):
    promotion = promotion_for(anna, goods, lock_after_apply=lock)
    if not lock:
        choose(promotion=promotion, customer=anna, products=goods[:1], at=timezone.now())
    bread, gone = (product.pk for product in goods[1:])
    goods[2].delete()
    sent = {
        "deleted": [gone],
        "deleted with another": [bread, gone],
        "no product": ["2147483648"],
    }[which]
    client = signed_in(anna.user)
    sent = {"confirmed": ",".join(map(str, sent))} if confirmed else {"product": sent}
    response = client.post(f"{PAGE}{promotion.pk}/", sent)
    assert response.status_code == 422
    assert "no longer on your list" in plain(response.content.decode())
    assert chosen(promotion, anna) == ([] if lock else ["Apples"])


def test_a_refusal_is_told_where_the_promotion_is_shown_no_more(anna, goods):
    promotion = promotion_for(anna, goods)
    anna.employee = True
    anna.save()
    sent = {"product": [goods[0].pk]}
    response = signed_in(anna.user).post(f"{PAGE}{promotion.pk}/", sent)
    assert response.status_code == 422
    assert "This promotion is not for you any more." in plain(response.content.decode())


def test_E20_E24_a_choice_that_was_deleted_gives_way_to_the_default_here_and_at_tills(anna, goods):
    promotion = promotion_for(anna, goods, default=goods[1], lock_after_apply=True)
    choose(promotion=promotion, customer=anna, products=goods[:1], at=timezone.now())
    assert till(anna, goods[1]) == 0
    goods[0].delete()
    assert till(anna, goods[1]) == Decimal("2.00")
    note = "Counts as long as you choose nothing"
    assert [note in option for option in options(page_of(anna))] == [True, False]
    # None of the final choice is left: it may be made anew.
    choose(promotion=promotion, customer=anna, products=goods[2:], at=timezone.now())
    assert chosen(promotion, anna) == ["Cheese"]


@pytest.mark.parametrize("lock", [True, False])
def test_E4_what_was_chosen_before_the_maximum_was_lowered_stays(anna, goods, lock):
    promotion = promotion_for(anna, goods, chosen=goods, max_products=3, lock_after_apply=lock)
    promotion.max_products = 2
    promotion.save()
    text = plain(page_of(anna).content.decode())
    kept = "You may keep what you chose. If you change it, at most 2 products can be chosen."
    assert ("3 chosen" in text, "of 2 chosen" in text, kept in text) == (True, False, not lock)
    assert till(anna, goods[2]) == Decimal("4.75")


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_asked_to_sign_in_and_staff_have_nothing(method, anna, goods):
    promotion = promotion_for(anna, goods)
    address = PAGE if method == "get" else f"{PAGE}{promotion.pk}/"
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/sign-in/?next={address}"
    staff = signed_in(make_user(is_staff=True))
    assert getattr(staff, method)(address).status_code == (200 if method == "get" else 404)
    # Back from the sign-in, where a form had been sent.
    back = signed_in(anna.user).get(address, follow=True)
    assert (back.status_code, back.request["PATH_INFO"]) == (200, PAGE)
    assert titles(staff.get(PAGE)) == ["No promotions right now"]
