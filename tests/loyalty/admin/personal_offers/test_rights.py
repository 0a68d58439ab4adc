"""Who may look only, and who sees nothing of personal offers."""

import pytest

from loyalty.models import PersonalOffer
from tests.loyalty.admin.personal_offers.forms import (
    ADD,
    LIST,
    VIEW,
    entries,
    make_personal_offer,
    url,
)
from tests.pages import page_text, staff_with

pytestmark = pytest.mark.django_db


def test_who_may_only_look_reads_it_in_plain_words():
    offer = make_personal_offer()
    viewer = staff_with(VIEW)
    page = page_text(viewer.get(url(offer)))
    assert "30% off each unit of any product; for all customers." in page
    assert "Save" not in page
    assert viewer.post(url(offer), entries()).status_code == 403
    assert viewer.get(ADD).status_code == 403
    assert viewer.post(url(offer, "delete"), {"post": "yes"}).status_code == 403
    assert viewer.get(f"{LIST}goods/?q=a").status_code == 403
    for page in ("words", "preview"):
        assert viewer.post(f"{LIST}{page}/", entries()).status_code == 403
    assert PersonalOffer.objects.count() == 1


def test_staff_without_the_right_see_no_personal_offers():
    offer = make_personal_offer()
    client = staff_with("offers.view_privateoffer")
    for page in (LIST, ADD, url(offer), url(offer, "delete"), url(offer, "history")):
        assert client.get(page).status_code == 403
