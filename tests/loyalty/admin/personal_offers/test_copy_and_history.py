"""An offer is duplicated, and its history is told."""

import pytest

from loyalty.admin.personal_offers.history import history_of
from loyalty.models import PersonalOffer
from tests.factories import make_audience
from tests.loyalty.admin.personal_offers.forms import (
    ADD,
    EDITOR,
    VIEW,
    aim,
    entries,
    make_personal_offer,
    url,
)
from tests.pages import page_text, staff_with, user_of
from tests.promotions.factories import make_point_of_sale

pytestmark = pytest.mark.django_db


def test_a_copy_has_all_but_the_name_and_the_items(client):
    offer = make_personal_offer(name="bags", mechanic="products", needs_acceptance=True)
    aim(offer, audience=make_audience({"all": []}, name="Parents"))
    offer.texts.create(language="pl", title="Torby")
    form = client.get(f"{ADD}?copy={offer.pk}").context["adminform"].form
    shown = {
        name: form[name].value()
        for name in ("name", "mechanic", "needs_acceptance", "title_pl", "value")
    }
    assert shown == {
        "name": "bags (copy)",
        "mechanic": "products",
        "needs_acceptance": True,
        "title_pl": "Torby",
        "value": "30",
    }
    said_of = page_text(staff_with(*EDITOR).get(f"{ADD}?copy={offer.pk}"))
    assert "Left out: 1 audience (you may not see which)." in said_of
    assert "Customers' items are not copied" in said_of


@pytest.mark.django_db(transaction=True)
def test_the_history_tells_what_changed_and_keeps_secrets(client):
    audience = make_audience({"all": []}, name="Pregnant")
    make_point_of_sale()
    client.post(ADD, entries(title_pl="Tytuł"))
    offer = PersonalOffer.objects.get()
    sent = entries(value="40", whom="some", for_audiences=[audience.pk], title_pl="Inny")
    client.post(url(offer), sent)
    latest = history_of(offer.pk, to=user_of(client))[0]
    assert [(each.label, each.old, each.new) for each in latest.changes] == [
        ("All customers", "yes", "no"),
        ("Size", "30", "40"),
        ("Polish · Title", "Tytuł", "Inny"),
        ("Audience", "", "Pregnant"),
    ]
    assert "Pregnant" in page_text(client.get(url(offer, "history")))
    hidden = staff_with(VIEW).get(url(offer, "history")).content.decode()
    assert "Pregnant" not in hidden
