"""Before an audience in use changes, who comes and who leaves is shown and confirmed (L3)."""

import json

import pytest
from django.core.signing import Signer

from customers.models import Audience
from tests.customers.admin.audiences.pages import (
    FEBRUARY,
    LIST,
    MARCH,
    born,
    follow,
    form,
    of_staff,
)
from tests.factories import make_audience
from tests.pages import errors, page_text

pytestmark = pytest.mark.django_db


def test_before_an_audience_in_use_changes_who_comes_and_who_leaves_is_shown(marketer):
    born(2, first_name="Leaving")
    born(3, first_name="Coming"), born(3, first_name="Too")
    audience = make_audience(FEBRUARY, name="Cakes")
    follow(audience, "Cake lovers")
    page = marketer.post(f"{LIST}{audience.pk}/change/", form(MARCH))
    shown = page_text(page)
    assert "2 customers come Coming Too" in shown
    assert "1 customer leaves Leaving" in shown
    assert "Now Birth date is in February Then Birth date is in March" in shown
    assert "This concerns Customer group Cake lovers" in shown
    audience.refresh_from_db()
    assert audience.conditions == FEBRUARY
    confirmed = form(MARCH, confirmation=page.context["confirmation"])
    assert marketer.post(f"{LIST}{audience.pk}/change/", confirmed).status_code == 302
    audience.refresh_from_db()
    assert (audience.conditions, audience.members_count) == (MARCH, 2)


def test_a_confirmation_holds_for_exactly_the_change_that_was_shown(marketer):
    audience, other = make_audience(FEBRUARY), make_audience(FEBRUARY)
    follow(audience), follow(other, "Others")
    april = {"all": [{"field": "birth_date", "is": "month_in", "value": [4]}]}
    address = f"{LIST}{audience.pk}/change/"
    seal = marketer.post(address, form(MARCH)).context["confirmation"]
    nul = f"{seal}\0"
    forged = Signer(salt="something-else").signature(json.dumps(MARCH))
    for where, sent in (
        (address, form(april, confirmation=seal)),
        (address, form(MARCH, confirmation=forged)),
        (address, form(MARCH, confirmation=nul)),
        (f"{LIST}{other.pk}/change/", form(MARCH, confirmation=seal)),
    ):
        assert "Nothing is saved yet." in page_text(marketer.post(where, sent))
    Audience.objects.filter(pk=audience.pk).update(conditions=april)
    page = marketer.post(address, form(MARCH, confirmation=seal))
    assert "Nothing is saved yet." in page_text(page)
    assert set(Audience.objects.values_list("conditions__all__0__value__0", flat=True)) == {2, 4}


def test_back_to_editing_keeps_what_was_written(marketer):
    audience = make_audience(FEBRUARY)
    follow(audience)
    address = f"{LIST}{audience.pk}/change/"
    seal = marketer.post(address, form(MARCH)).context["confirmation"]
    sent = form(MARCH, name="New name", confirmation=seal, _edit="1")
    page = marketer.post(address, sent)
    assert "New name" in page.text
    assert errors(page) == {}
    assert Audience.objects.get().conditions == FEBRUARY
    assert '"value": [3]' in page.context["adminform"].form["conditions"].value()


def test_what_nobody_uses_is_changed_at_once_and_so_is_a_name(marketer):
    audience, used = make_audience(FEBRUARY, name="Free"), make_audience(FEBRUARY, name="Used")
    follow(used)
    assert marketer.post(f"{LIST}{audience.pk}/change/", form(MARCH)).status_code == 302
    renamed = form(FEBRUARY, name="Renamed")
    assert marketer.post(f"{LIST}{used.pk}/change/", renamed).status_code == 302
    assert set(Audience.objects.values_list("name", flat=True)) == {"Cakes", "Renamed"}


def test_conditions_that_made_no_sense_any_more_held_nobody(marketer):
    born(3, first_name="Coming")
    audience = make_audience({"all": [{"field": "gone", "is": "is_empty"}]})
    follow(audience)
    shown = page_text(marketer.post(f"{LIST}{audience.pk}/change/", form(MARCH)))
    assert "1 customer comes Coming" in shown
    assert "Now Holds nobody: There is no attribute “gone” (any more)." in shown


def test_examples_of_who_comes_are_for_who_may_see_customers():
    born(3, first_name="Coming")
    audience = make_audience(FEBRUARY)
    follow(audience)
    page = of_staff("view", "change").post(f"{LIST}{audience.pk}/change/", form(MARCH))
    assert "1 customer comes" in page_text(page)
    assert "Coming" not in page.text
