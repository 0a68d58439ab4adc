"""An offer that is there is opened, changed and saved (L2)."""

import pytest

from loyalty.models import OfferUseCounter, PersonalOffer
from tests.factories import make_audience, make_customer
from tests.loyalty.admin.personal_offers.forms import (
    ADD,
    EDITOR,
    aim,
    entries,
    give,
    make_personal_offer,
    names,
    url,
)
from tests.pages import errors, page_text, staff_with
from tests.promotions.factories import make_point_of_sale

pytestmark = pytest.mark.django_db


def test_the_form_shows_what_was_saved_and_saves_it_again(client):
    audience = make_audience({"all": []})
    shop = make_point_of_sale()
    sent = entries(
        whom="some",
        for_audiences=[audience.pk],
        retail=[shop.pk],
        title_pl="Tytuł",
        value="12.5",
        days=["2"],
    )
    client.post(ADD, sent)
    offer = PersonalOffer.objects.get()
    form = client.get(url(offer)).context["adminform"].form
    shown = {
        name: form[name].value()
        for name in ("whom", "for_audiences", "retail", "title_pl", "value", "days", "contents")
    }
    assert shown == {
        "whom": "some",
        "for_audiences": [audience.pk],
        "retail": [shop.pk],
        "title_pl": "Tytuł",
        "value": "12.5",
        "days": [2],
        "contents": "all",
    }
    assert client.post(url(offer), {**sent, "title_pl": "", "retail": []}).status_code == 302
    assert [*names(offer)] == ["audience"]
    assert offer.texts.count() == 0


def test_the_mechanic_stays_once_customers_have_items(client):
    offer = make_personal_offer(name="mine", mechanic="products")
    answer = client.post(url(offer), entries(name="mine", mechanic="categories"))
    assert answer.status_code == 302
    give(make_customer(), offer, [1])
    answer = client.post(url(offer), entries(name="mine", mechanic="products"))
    assert errors(answer) == {
        "mechanic": ["The mechanic can't change while customers have items of the offer."]
    }
    assert PersonalOffer.objects.get().mechanic == "categories"


def test_a_limit_that_is_used_up_is_asked_about(client):
    offer = make_personal_offer(name="birthday", most_uses=5)
    OfferUseCounter.objects.create(
        offer=offer, customer_id=0, period="ever", since="1900-01-01", used=5
    )
    sent = entries(most_uses="3")
    answer = client.post(url(offer), sent)
    said = "It was used 5 times already, and its limit is 3: it applies no more."
    assert said in page_text(answer)
    form = answer.context["adminform"].form
    confirmed = client.post(url(offer), {**sent, "confirmation": form.confirmation})
    assert confirmed.status_code == 302
    assert PersonalOffer.objects.get().most_uses == 3


def test_another_currency_for_amounts_that_customers_have_is_asked_about_L20(client):
    offer = make_personal_offer(
        name="birthday", mechanic="receipt_amount", scope="receipt", currency="PLN"
    )
    sent = entries(mechanic="receipt_amount", currency="UAH")
    assert client.post(url(offer), {**sent, "currency": "EUR"}).status_code == 302
    give(make_customer(), offer, [1000])
    answer = client.post(url(offer), sent)
    said = "amounts that were uploaded as EUR would count as UAH."
    assert said in page_text(answer)
    assert PersonalOffer.objects.get().currency == "EUR"
    form = answer.context["adminform"].form
    confirmed = client.post(url(offer), {**sent, "confirmation": form.confirmation})
    assert confirmed.status_code == 302
    assert PersonalOffer.objects.get().currency == "UAH"


def test_the_second_to_save_is_told(client):
    offer = make_personal_offer(name="birthday")
    opened = client.get(url(offer)).context["adminform"].form.state
    client.post(url(offer), entries(value="40"))
    answer = client.post(url(offer), entries(value="50", state=opened))
    assert "Somebody else saved this offer while you were editing it" in page_text(answer)
    assert PersonalOffer.objects.get().value == 40


def test_saving_keeps_targets_that_the_user_may_not_see():
    offer = make_personal_offer(name="secret", all_customers=False)
    aim(offer, audience=make_audience({"all": []}, name="Pregnant"))
    client = staff_with(*EDITOR)
    assert "1 audience (you may not see which): saving keeps it." in page_text(
        client.get(url(offer))
    )
    assert client.post(url(offer), entries(whom="some", value="35")).status_code == 302
    assert [target.audience.name for target in offer.targets.all()] == ["Pregnant"]
    answer = client.post(url(offer), entries(whom="all"))
    assert "It is for groups or audiences that you may not see: they stay." in page_text(answer)
